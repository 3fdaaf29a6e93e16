"""What an answer to "anything against it?" says: an objection, or none."""

from __future__ import annotations

import re

_NONE = re.compile(
    r"\b(?:nothing|no objections?|none|not? from me|no,? nothing|close it|go ahead|fine|agreed|all good|no)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:wait|not yet|too early|hold on|keep (?:it )?open|don't|do not|still (?!fine|good|ok|well|green)|yes|against|"
    r"first|before (?:we|you)|not (?:sure|done|over|stable)|stays? open|unstable)\b",
    re.IGNORECASE,
)
_NOT_AGAINST = re.compile(r"\b(?:nothing|not|none|no one|nobody)\b[^.,;]{0,12}\bagainst\b", re.IGNORECASE)


def objects(answer: str) -> bool:
    """Whether somebody wants to wait; what says neither is no objection."""
    answer = answer.replace("’", "'")
    rest = _NOT_AGAINST.sub(" ", answer)
    return _AGAINST.search(rest) is not None and not (_NONE.match(rest.strip()) and "wait" not in rest.lower())

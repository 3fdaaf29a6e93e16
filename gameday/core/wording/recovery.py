"""Does an update say that it is over?"""

from __future__ import annotations

import re

from gameday.core.wording.clauses import clauses, sentences
from gameday.core.wording.eta import promises_eta
from gameday.core.wording.impact import goes_on, says_hurt
from gameday.core.wording.vocabulary import FUNCTIONS, NOT_YET, RECOVERED, RESTORED_WHAT, SUBJECTS, WHOLE

_DID = re.compile(
    rf"\bwe(?:'ve| have)?(?: now| fully| since)* (?:fixed|resolved|restored|solved) (?:all )?{RESTORED_WHAT.choice}",
    re.I,
)
_AGAIN = re.compile(
    r"\b(?:works?|working|runs?|running|complete|available|normal\w*|healthy|stable|open|online|reachable|ok|"
    r"able to \w+|go(?:es)? through|fine|good|up|succeed\w*|"
    r"can (?:all )?(?:now )?(?:log|sign|check|order|pay|search|buy|place|use|browse|access|reach|see|upload|be))\b"
    r"[^.]{0,30}\b(?:again|once more|as normal|as usual|as before)\b",
    re.I,
)
_MENDED = r"(?:fixed|resolved|solved|restored|mended|repaired|recovered)\b"
_GONE = r"(?:gone|over|cleared)\b"
_STATE = r"(?:fine|ok|okay|normal|working|back|available|operational|up|healthy|stable|open|running)\b"
_BE = r"(?:'s|'re| is| are| has been| have been| was| were| has| have| looks?)"
_FINISHED = re.compile(
    rf"(?:{SUBJECTS.choice}|{FUNCTIONS.choice})"
    rf"(?:{_BE}?(?: \w+){{0,2}}? {_MENDED}|{_BE}(?: \w+){{0,2}}? {_GONE})",
    re.I,
)
_WELL = re.compile(
    rf"{WHOLE.choice}{_BE}(?: \w+){{0,2}}? (?:{_STATE}|{_MENDED}|{_GONE})|"
    rf"{FUNCTIONS.choice}{_BE} up[ -]and[ -]running\b",
    re.I,
)
_WORKING_ON = re.compile(
    r"\bwork\w* (?:on|to|towards|with|hard)\b|\brunning (?:a|the|some)\b|\bback to (?!normal)\w+", re.I
)
_NO_LONGER = re.compile(r"\b(?:is|are) no longer (?:an? )?(?:issues?|problems?)\b", re.I)
_IF = re.compile(r"\W*(?:once|when|if|until|as soon as|before|by the time)\b", re.I)
_HEAD = re.compile(
    r"^\W*(?:now |fully |confirmed |all )*(?:resolved|recovered|green|fixed|solved|all clear|all good)\W*(?::|$)", re.I
)


def says_recovered(text: str) -> bool:
    """Says, without if or when, that it is over, and not that something is still hurt."""
    said = (clause for sentence in sentences(text) if not _IF.match(sentence) for clause in clauses(sentence))
    return any(_over(clause) for clause in said) and not goes_on(text)


def _over(clause: str) -> bool:
    if _HEAD.search(clause) or _NO_LONGER.search(clause):
        return True
    claimed = RECOVERED.found(clause) or any(pattern.search(clause) for pattern in (_DID, _FINISHED, _WELL))
    if not claimed and not (_AGAIN.search(clause) and not says_hurt(clause)):
        return False
    return not _WORKING_ON.search(clause) and not NOT_YET.found(clause) and not promises_eta(clause)

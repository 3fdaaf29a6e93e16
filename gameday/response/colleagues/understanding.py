"""What somebody makes of an ask beyond its words: a request to do something, how things are, a word of thanks.

Owns these readings, by plain patterns. Limits, subjects and intents are read by `gameday.core.wording`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gameday.core.commands import Command, parse_command
from gameday.core.wording import AskReading
from gameday.response.colleagues.knowing import Knowledge

_POLITE = (
    r"^\W*(?:(?:please|pls|now|ok(?:ay)?|hey|and|then|go ahead and|can you|could you|would you|will you|just)\W+)*"
)
_ORDERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(_POLITE + r"(?:roll\W?back|revert|take back)\b", re.IGNORECASE), "rollback {service}"),
    (re.compile(_POLITE + r"(?:restart|reboot|bounce)\b", re.IGNORECASE), "restart {service}"),
    (re.compile(_POLITE + r"(?:turn off|switch off|disable)\b", re.IGNORECASE), "flag {flag} off"),
    (re.compile(_POLITE + r"(?:turn|switch) .*\boff\b", re.IGNORECASE), "flag {flag} off"),
    (re.compile(_POLITE + r"(?:turn on|switch on|enable)\b", re.IGNORECASE), "flag {flag} on"),
    (re.compile(_POLITE + r"scale\b.*?(?P<count>\d+)\s*(?:replicas?)?\W*$", re.IGNORECASE), "scale {service} {count}"),
)
"""How somebody says that they want something done -> the command that does it."""

_HOW_IT_IS = re.compile(
    r"\b(?:ok|okay|fine|healthy|well|up|down|working|works|back|alive|recovered|better|worse|normal|stable|doing)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\b(?:news|status|update|report|how(?:'s| is| are) (?:it|things|you)|what do you (?:see|have|know|need)|"
    r"what have you|where are you|going on)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^\W*(?:thanks|thank you|thx|cheers|great|nice|good (?:job|work|catch)|well done)\b", re.IGNORECASE
)


def order(question: str, subjects: Sequence[str], knowledge: Knowledge) -> Command | None:
    """The command that somebody is asked to give, in words; None where they are asked for something else."""
    for pattern, text in _ORDERS:
        match = pattern.search(question)
        kind = "flag" if "{flag}" in text else "service"
        named = [name for name in subjects if (name in knowledge.flags) == (kind == "flag")]
        named = [name for name in named if not knowledge.is_entry(name)]
        if match is not None and len(named) == 1:
            return parse_command(text.format(**{kind: named[0]}, **match.groupdict()))
    return None


def is_thanks(question: str) -> bool:
    """Whether it is a kind word, and no ask."""
    return _THANKS.search(question) is not None and "?" not in question


def reread(question: str, reading: AskReading) -> AskReading:
    """How a service is means its numbers, how it goes means a report; what is vague beyond that stays so."""
    if not reading.vague or reading.intents:
        return reading
    if reading.subjects and _HOW_IT_IS.search(question):
        return replace(reading, intents=("metrics",), vague=False)
    if _NEWS.search(question):
        return replace(reading, intents=("can",), vague=False)
    return reading

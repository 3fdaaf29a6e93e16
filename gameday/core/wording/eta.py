"""Does an update promise when it will be mended? When the next update comes is no promise."""

from __future__ import annotations

import re

from gameday.core.wording.clauses import clauses, sentences
from gameday.core.wording.durations import DURATION
from gameday.core.wording.vocabulary import AHEAD, MENDED, NEXT, NOT_MENDED, SOON

_CLOCK = r"(?:[01]?\d|2[0-3])[:.h][0-5]\d\b|(?:1[0-2]|[1-9]) ?(?:am|pm)\b|noon\b|midnight\b"
_BEFORE = (
    r"(?:(?:in|within|by|at|before|for|around|about|under|inside|no later than|less than|takes?|need|needs|another)\s+)"
)
_SOFT = r"(?:about |around |roughly |approximately |less than |at most |up to |the next |another |just |only |the )*"
_TIME = rf"(?:{_BEFORE}+{_SOFT}(?:{DURATION}|{_CLOCK})|{SOON.choice})"
_WHEN = re.compile(_TIME, re.I)
_LASTS = re.compile(
    rf"\b(?:fix|fixes|fixing|repair|repairs|recovery|restoration|resolution|restoring|it|this)\b[^.]{{0,30}}?"
    rf"\b(?:takes?|needs?|will take|should take|will need)\b {_SOFT}{DURATION}",
    re.I,
)
_REPAIR = r"(?:fix|recovery|resolution|restoration|repair|solution)"
_NOUN = re.compile(
    rf"\b(?:eta|etr|time to (?:fix|recovery|resolution)|(?:time of |estimated |expected )(?:time |of |to )*"
    rf"{_REPAIR}(?: time)?|expected (?:back|up)|(?:recovery|repair) time)\b"
    rf"(?: (?:for|of) (?:a |the |this )?(?:\w+ ?){{1,3}}?)?(?: is| are)?:? *"
    rf"(?:of|at|in|about|around|approximately|by|~|:)*\s*(?:{DURATION}|{_CLOCK}|{SOON.choice}|\d)|"
    rf"\b(?:estimate|target) (?:for|of) [^.]{{0,40}}?(?:is|:) {_SOFT}(?:{DURATION}|{_CLOCK}|{SOON.choice})|"
    rf"\b{_REPAIR}\b (?:is |comes? |due |expected |coming |ready |out )*{_TIME}",
    re.I,
)
_AWAY = re.compile(
    rf"\b(?:{DURATION}|minutes|moments) (?:away|from) (?:from )?(?:an? |the |having (?:it|this|everything) )?"
    rf"{MENDED.choice}",
    re.I,
)
_BACK = re.compile(rf"\b(?:back(?: up| online| to normal)?|returns?|up again|fixed|resolved|restored) {_TIME}", re.I)
_WHILE = re.compile(rf"{DURATION} while we (?:\w+ )?(?:bring|get|put|{MENDED.choice})", re.I)
_THEN = re.compile(
    rf"{DURATION} (?:and|then) (?:we|it|all|everything)(?:'re|'s| are| is| will be) "
    rf"(?:good|back|done|fixed|fine|over)\b|"
    rf"{DURATION},? (?:and )?then [^.]*\b(?:again|back|normal\w*)\b|"
    rf"\b(?:takes?|needs?) {_SOFT}{DURATION}[^.]*\b(?:after which|then)\b[^.]*\b(?:again|back|normal\w*|over)\b",
    re.I,
)
_NOT_LONG = re.compile(
    r"\b(?:not|n't) (?:(?:take|be) (?:too |very |much )?long(?:er)?|exceed|(?:last|take) (?:more|longer) than)\b", re.I
)
_UNTIL = re.compile(rf"\b(?:only|just|another) {DURATION} (?:until|till|before) [^.]*{MENDED.choice}", re.I)
_BACK_IN = re.compile(r"\bback in (?:about )?\d{1,3}(?!\S)", re.I)
_NO = re.compile(r"\b(?:not|no(?! time\b| later than)|cannot|without|unable|never)\b|n't\b", re.I)
_ASKS = re.compile(r"\b(?:you|try|retry|please)\b", re.I)


def promises_eta(text: str) -> bool:
    """Says when it will be mended, however vaguely (`soon` is a promise too)."""
    if any(_WHILE.search(sentence) or _THEN.search(sentence) for sentence in sentences(text)):
        return True
    return any(_promises(NOT_MENDED.pattern.sub(" ", clause)) for clause in clauses(text) if not NEXT.found(clause))


def _promises(clause: str) -> bool:
    """A time, and a word of the future before a word of repair; or a time said for the repair itself."""
    if _NOT_LONG.search(clause):
        return True
    if _NO.search(clause):
        return False
    if any(pattern.search(clause) for pattern in (_NOUN, _LASTS, _AWAY, _BACK_IN, _UNTIL)):
        return True
    if _BACK.search(clause) and not re.search(r"\b(?:was|were|has|have|been|since)\b", clause, re.I):
        return True
    ahead = AHEAD.pattern.search(clause)
    if ahead is None or _ASKS.search(clause[: ahead.start()] if ahead.start() else ""):
        return bool(re.match(_TIME, clause, re.I)) and ahead is not None and MENDED.found(clause)
    return MENDED.pattern.search(clause, ahead.end()) is not None and _WHEN.search(clause) is not None

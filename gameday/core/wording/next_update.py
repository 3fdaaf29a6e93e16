"""Does an update say when the next one comes, and in how long?"""

from __future__ import annotations

import re

from gameday.core.units import MICRO
from gameday.core.wording.clauses import sentences
from gameday.core.wording.durations import durations
from gameday.core.wording.vocabulary import NEXT, NO_NEXT

_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])[:.h][0-5]\d\b|"
    r"\b(?:at|by|around|before|until) (?:about )?(?:1[0-2]|[1-9]) ?(?:am|pm|o'clock)\b|"
    r"\b(?:1[0-2]|[1-9]) ?(?:am|pm)\b|\b(?:at|by|before) (?:noon|midnight|lunchtime)\b|"
    r"\b(?:tomorrow|tonight) (?:at|by|morning|noon|before)\b|\btop of the hour\b|"
    r"\b(?:half past|quarter (?:past|to)) \w+|\bo'clock\b",
    re.I,
)
_BARE = re.compile(r"\b(?:in|within|every)(?: about| around| the next| another)? (\d{1,3})(?=\s*(?:$|[.,;!?)]))", re.I)
_PAST = re.compile(r"\s*(?:ago|earlier|later than|old)\b", re.I)
_SINCE = re.compile(
    r"\b(?:for|over|during|last|past|after|since|took)(?: the)?(?: last| past| about| around| some| nearly| over)* ?$",
    re.I,
)


def names_next_update(text: str) -> bool:
    """Says when customers will hear more: in how long, how often, or at what time of day. `Soon` is no time."""
    return any(_length_in(sentence) is not None or _CLOCK.search(sentence) for sentence in _announcements(text))


def next_update_in(text: str) -> int | None:
    """Microseconds until the next update as the text promises it; None where it names a time of day, or nothing."""
    lengths = (_length_in(sentence) for sentence in _announcements(text))
    return next((length for length in lengths if length), None)


def _announcements(text: str) -> list[str]:
    return [
        sentence
        for sentence in sentences(text)
        if NEXT.found(NO_NEXT.pattern.sub("", sentence)) or re.match(r"(?:next|updates?)\s*[:=]", sentence, re.I)
    ]


def _length_in(sentence: str) -> int | None:
    """The first duration after the words that announce the update, else the last before them in their clause.

    A bare number (`in 10`) is one of minutes.
    """
    said = NEXT.pattern.search(NO_NEXT.pattern.sub(lambda match: " " * len(match[0]), sentence))
    at = said.start() if said is not None else 0
    ahead = [
        span
        for span in durations(sentence)
        if not _PAST.match(sentence, span.end) and not _SINCE.search(sentence, 0, span.start)
    ]
    after = [span.length for span in ahead if span.start >= at]
    if after:
        return after[0]
    if bare := _BARE.search(sentence, at):
        return int(bare[1]) * 60 * MICRO
    before = [span.length for span in ahead if not re.search(r"[,;]", sentence[span.end : at])]
    return before[-1] if before else None

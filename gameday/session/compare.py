"""What differs between a recorded line and the line that simulating again gives in its place, in words.

Owns the comparison of whole records, whatever a playback shows of them, and what the first difference is called.
Does not own running again (`replay`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from gameday.core.text import clean_line
from gameday.session.digests import PARTS
from gameday.session.records import (
    Changed,
    CommandRecord,
    End,
    Header,
    Record,
    ResultRecord,
    Row,
    SeenEvent,
    Tick,
)

_SHOWN = 120
"""Characters of a text that are quoted at most."""

UNREPEATABLE = ("started", "versions")
"""What the header of a session that is simulated again does not share with the recorded one."""


def difference(recorded: Record, again: Record | None, header: Header) -> str | None:
    """Where the two differ; None where they are the same in everything."""
    match recorded, again:
        case Header(), Header():
            return _of_headers(recorded, again)
        case _ if recorded == again:
            return None
        case Tick(), Tick():
            return _of_ticks(recorded, again, header)
        case CommandRecord(), CommandRecord():
            return _of_commands(recorded, again)
        case ResultRecord(), ResultRecord() if recorded.n == again.n:
            return f"what command {recorded.n} led to; {_two(recorded.text, again.text)}"
        case End(), End():
            return _of_ends(recorded, again)
        case _, ResultRecord():
            return f"the line that says what command {again.n} led to is missing"
    return f"a {recorded.k} line that the session does not write there"


def _of_headers(recorded: Header, again: Header) -> str | None:
    for name in Header.model_fields:
        if name not in UNREPEATABLE and getattr(recorded, name) != getattr(again, name):
            return f"the header's {name.replace('_', ' ')}"
    return None


def _of_commands(recorded: CommandRecord, again: CommandRecord) -> str:
    text = f'"{clean_line(recorded.text, _SHOWN)}"'
    if recorded.accepted and not again.accepted:
        return f"{text} was accepted then and is not now: {again.result}"
    if again.accepted and not recorded.accepted:
        return f"{text} was rejected then and is accepted now"
    if recorded.result != again.result:
        return f"why {text} was rejected; {_two(recorded.result, again.result)}"
    for name in CommandRecord.model_fields:
        if getattr(recorded, name) != getattr(again, name):
            return f"the {'number' if name == 'n' else name} of the command {text}"
    return f"the command {text}"


def _of_ticks(recorded: Tick, again: Tick, header: Header) -> str:
    place = (
        _of_rows("service", header.services, recorded.s, again.s)
        or _of_rows("entry", header.entries, recorded.e, again.e)
        or _of_views(recorded.x, again.x)
        or _of_seen(recorded.seen, again.seen)
    )
    if place is not None:
        return place
    pairs = zip(PARTS, recorded.state, again.state, strict=True)
    hidden = [part for part, then, now in pairs if then != now]
    return f"the state of {' and '.join(hidden)}, behind the same readings"


def _of_rows(what: str, names: Sequence[str], then: Sequence[Row], now: Sequence[Row]) -> str | None:
    for name, one, other in zip_longest(names, then, now):
        if one != other:
            return f"{what} {name}" if name is not None else f"more rows than there is of {what}"
    return None


def _of_views(then: Changed, now: Changed) -> str | None:
    return next((name for name in Changed.model_fields if getattr(then, name) != getattr(now, name)), None)


def _of_seen(then: Sequence[SeenEvent], now: Sequence[SeenEvent]) -> str | None:
    for one, other in zip_longest(then, now):
        if one == other:
            continue
        if one is None:
            return f'the event "{clean_line(other.text, _SHOWN)}" is missing'
        if other is None:
            return f'the event "{clean_line(one.text, _SHOWN)}", which did not happen'
        if one.text != other.text:
            return f"an event; {_two(one.text, other.text)}"
        return f'the event "{clean_line(one.text, _SHOWN)}"'
    return None


def _of_ends(recorded: End, again: End) -> str:
    if (place := _of_seen(recorded.seen, again.seen)) is not None:
        return place
    return "the digest of the whole run" if recorded.digest != again.digest else "the mark of the end"


def _two(then: str, now: str) -> str:
    return f"recorded: {clean_line(then, _SHOWN)}; now: {clean_line(now, _SHOWN)}"

"""What happens in a session if nobody acts, as rows of a timeline with the hidden truth, and the script's state.

Owns which events are told and in which words. Does not run the session, and does not print.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from gameday.core import events as happened
from gameday.core.events import Event, FaultBegan, FaultEnded, InjectCame, MessageReceived
from gameday.core.units import MICRO, format_clock
from gameday.response.injects import InjectView
from gameday.scenario.models import Scenario

TOLD = 3
"""Of tickets, and of what comes again and again, so many rows are shown; the rest is counted."""

_NUMBER = re.compile(r" [0-9]+$")

KINDS: Mapping[type[Event], str] = {
    happened.FaultBegan: "fault",
    happened.FaultEnded: "fault",
    happened.ObjectiveMissed: "objective",
    happened.ObjectiveRestored: "objective",
    happened.InjectCame: "inject",
    happened.InjectSettled: "inject",
    happened.FalseAlarmBegan: "alert",
    happened.AlertFired: "alert",
    happened.AlertCleared: "alert",
    happened.AlertGrouped: "alert",
    happened.Paged: "page",
    happened.PageEscalated: "page",
    happened.PageExhausted: "page",
    happened.PageAcknowledged: "page",
    happened.PageResolved: "page",
    happened.PersonJoined: "people",
    happened.PersonLeft: "people",
    happened.Said: "people",
    happened.MessageReceived: "message",
    happened.QuestionPut: "question",
    happened.QuestionMissed: "question",
    happened.ActionStarted: "action",
    happened.ActionCompleted: "action",
    happened.ActionFailed: "action",
}
"""Event -> the word for it in the timeline; others are not told."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the timeline. `at` in microseconds; `visible`: responders see it too."""

    at: int
    kind: str
    text: str
    visible: bool


def timeline(events: Sequence[Event], scenario: Scenario) -> list[Row]:
    """Everything that is worth telling, in order."""
    support = None if scenario.support is None else scenario.support.sender
    return [
        Row(
            event.at,
            "ticket" if _is_ticket(event, support) else kind,
            event.text().removeprefix(f"{kind} "),
            event.visible,
        )
        for event in events
        if (kind := KINDS.get(type(event))) is not None
    ]


def shortened(events: Sequence[Event], scenario: Scenario) -> list[Row]:
    """The timeline for people: of tickets, and of what comes again and again, the first rows and how many more."""
    counts: dict[str, int] = {}
    last: dict[str, Row] = {}
    rows: list[Row] = []
    told = (event for event in events if type(event) in KINDS)
    names = fault_names(events)
    for full, event in zip(timeline(events, scenario), told, strict=True):
        row = _without_number(full, event, names)
        topic = _topic(event, row)
        counts[topic] = counts.get(topic, 0) + 1
        if not topic or counts[topic] <= (TOLD if row.kind == "ticket" else 1):
            rows.append(row)
        else:
            last[topic] = row
    for topic, row in last.items():
        more = counts[topic] - (TOLD if row.kind == "ticket" else 1)
        rows.append(Row(row.at, row.kind, f"... and {more} more like this by now: {row.text}", row.visible))
    return sorted(rows, key=lambda row: row.at)


def fault_names(events: Sequence[Event]) -> dict[str, str]:
    """Fault -> its name for people: without the number of one that its author did not name, where that tells enough."""
    began = {event.fault: event for event in events if isinstance(event, FaultBegan)}
    bare = {
        name: _NUMBER.sub("", event.named) if name.endswith(f" {event.component} {name.split()[-1]}") else event.named
        for name, event in began.items()
    }
    times = Counter(bare.values())
    return {name: text if times[text] == 1 else began[name].named for name, text in bare.items()}


def _without_number(row: Row, event: Event, names: Mapping[str, str]) -> Row:
    if not isinstance(event, FaultBegan | FaultEnded):
        return row
    return replace(row, text=row.text.replace(event.named, names[event.fault], 1))


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """Rows as text; a star marks what responders never see."""
    for row in rows:
        yield f"{format_clock(row.at):>7} {' ' if row.visible else '*'} {row.kind:<10} {row.text}"


def script_lines(views: Sequence[InjectView]) -> Iterator[str]:
    """The facilitator's list: state, name, what and when."""
    width = max((len(view.name) for view in views), default=0)
    for view in views:
        clock = "" if view.at is None else format_clock(view.at * MICRO)
        times = f", {view.times} times" if view.times > 1 else ""
        yield f"{view.state:<6}{clock:>6}  {view.name:<{width}}  {view.what}  [{view.when}{times}]"


def timeline_json(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Rows as plain data, times in seconds."""
    return [{"t": row.at / MICRO, "kind": row.kind, "text": row.text, "visible": row.visible} for row in rows]


def script_json(views: Sequence[InjectView]) -> list[dict[str, object]]:
    """The facilitator's list as plain data."""
    return [asdict(view) for view in views]


def _is_ticket(event: Event, support: str | None) -> bool:
    return isinstance(event, MessageReceived) and support is not None and event.sender == support


def _topic(event: Event, row: Row) -> str:
    """What rows have in common that are told once; nothing for a row that stands by itself."""
    if row.kind == "ticket":
        return "tickets"
    if isinstance(event, FaultBegan | FaultEnded):
        return f"{event.kind} {event.fault}"
    return f"inject {event.inject}" if isinstance(event, InjectCame) else ""

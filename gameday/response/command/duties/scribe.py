"""The scribe: a line of the timeline every few minutes, of what has happened since the last."""

from __future__ import annotations

from gameday.core.events import (
    ActionCompleted,
    ActionFailed,
    ActionStarted,
    CauseDiagnosed,
    Event,
    HandedOver,
    HypothesisStated,
    IncidentDeclared,
    PageAcknowledged,
    PersonJoined,
    PersonLeft,
    RoleAssigned,
    SeverityChanged,
    StatusPosted,
)
from gameday.core.units import MICRO, format_clock
from gameday.response.colleagues import Worker
from gameday.response.command.duties.post import Post, Steps

_EVERY = 180 * MICRO
_WRITES = 10 * MICRO
_MOST = 6
"""Things in one line; of more, the newest."""

_NOTED = (
    ActionCompleted,
    ActionFailed,
    ActionStarted,
    CauseDiagnosed,
    HypothesisStated,
    IncidentDeclared,
    PageAcknowledged,
    PersonJoined,
    PersonLeft,
    RoleAssigned,
    SeverityChanged,
)


def serve(post: Post) -> Steps:
    """The process of one scribe."""
    since = -1
    while post.is_held:
        written_to = post.room.now

        def write(worker: Worker, after: int = since, to: int = written_to) -> Steps:
            worker.expect(_WRITES)
            yield from worker.pause(_WRITES)
            line = timeline([event for event in post.heard if after < event.at <= to])
            if line and post.is_held:
                post.room.give(post.name, f"note Timeline: {line}")

        post.do("the timeline", write)
        since = written_to
        yield post.room.env.timeout(_EVERY)


def timeline(events: list[Event]) -> str:
    """What happened, in order, each with its time: `02:45 ana declared SEV-2; 05:10 bo (auth) joined`."""
    told = [(event.at, text) for event in events if (text := _in_short(event))]
    return "; ".join(f"{format_clock(at)} {text}" for at, text in told[-_MOST:])


def _in_short(event: Event) -> str:
    match event:
        case StatusPosted():
            return f"customers told by {event.by}"
        case HandedOver():
            return f"{event.by} hands {event.role} over to {event.to}"
        case _:
            return event.text() if isinstance(event, _NOTED) else ""

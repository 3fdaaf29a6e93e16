"""The support lead: every few minutes, how many customers have written and what most of them say."""

from __future__ import annotations

from collections.abc import Callable

from gameday.core.events import MessageReceived
from gameday.core.units import MICRO
from gameday.response.colleagues import Worker
from gameday.response.command.duties.post import Post, Steps
from gameday.response.command.roles import COMMANDER

_EVERY = 180 * MICRO
_READS = 20 * MICRO
_QUOTED = 90
"""Characters of a ticket that are quoted."""

_SUMS_UP = (
    "From support: {count} messages by customers in three minutes, the last one: “{last}”",
    "Tickets: {count} since I last wrote. One of them: “{last}”",
)
_QUIET = ("Support is quiet: no ticket in three minutes.", "No new tickets since I last wrote.")


def serve(post: Post) -> Steps:
    """The process of one support lead."""
    since, was_quiet = -1, False
    while post.is_held:
        new = tickets(post, since)
        since = post.room.now
        if new or not was_quiet:
            post.do("the tickets", _summing_up(post, new))
        was_quiet = not new
        yield post.room.env.timeout(_EVERY)


def tickets(post: Post, since: int) -> list[MessageReceived]:
    """What came from support after a time (microseconds), or from customers themselves."""
    support = post.room.scenario.support
    senders = ("support", "customer", "customers", *([support.sender] if support is not None else []))
    told = [event for event in post.heard if isinstance(event, MessageReceived) and event.at > since]
    return [event for event in told if event.sender.lower() in senders]


def _summing_up(post: Post, new: list[MessageReceived]) -> Callable[[Worker], Steps]:
    def sum_up(worker: Worker) -> Steps:
        worker.expect(_READS)
        yield from worker.pause(_READS)
        room = post.room
        if not post.is_held:
            return
        minute = str(room.now // (60 * MICRO))
        if new:
            last = new[-1].message[:_QUOTED]
            message = room.words(_SUMS_UP, "sums up tickets", minute).format(count=len(new), last=last)
        else:
            message = room.words(_QUIET, "no tickets", minute)
        room.say(post.name, message, room.roles.holder(COMMANDER) or "")

    return sum_up

"""The deputy: keeps an eye on what customers are owed. Command falls to them when the commander goes (`roles`)."""

from __future__ import annotations

from gameday.core.events import UpdateDue, UpdateMissed
from gameday.core.units import MICRO, format_clock
from gameday.response.command.duties.post import Post, Steps
from gameday.response.command.roles import COMMANDER, LIAISON

_TICK = 5 * MICRO
_REMINDS = (
    "{name}, {what} is due at {due}.",
    "A word on customers, {name}: {what} falls due at {due}.",
)
_MISSED = (
    "{name}, {what} was due at {due}, and customers have not heard from us. Shall we write it now?",
    "{name}, customers still wait for {what}; it was due at {due}.",
)


def serve(post: Post) -> Steps:
    """The process of one deputy."""
    room = post.room
    upto = room.now
    while post.is_held:
        new = [event for event in post.heard if upto < event.at <= room.now]
        upto = room.now
        for event in new:
            name = room.roles.holder(LIAISON) or room.roles.holder(COMMANDER) or ""
            if isinstance(event, UpdateDue | UpdateMissed) and name in room.seats:
                choices = _MISSED if isinstance(event, UpdateMissed) else _REMINDS
                words = room.words(choices, "deputy reminds", event.what, str(event.due_at // MICRO))
                room.say(post.name, words.format(name=name, what=event.what, due=format_clock(event.due_at)), name)
        yield room.env.timeout(_TICK)

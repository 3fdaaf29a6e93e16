"""Who sees what: an event may be hidden from all responders, or be one person's alone until they share it."""

from __future__ import annotations

from collections.abc import Collection

from gameday.core.events.base import Event
from gameday.core.events.doing import LookCompleted


def seen_by(event: Event, played: Collection[str]) -> bool:
    """Whether those who are `played` see the event.

    Hidden events are for the facilitator. What a look found is its person's own: of a simulated colleague's look,
    players see that it is under way, and what it found once it is shared or reported.
    """
    if isinstance(event, LookCompleted) and event.person not in played:
        return False
    return event.visible

"""What whoever leads keeps an eye on besides the wall: pages that nobody takes, roles that nobody has, broken glass."""

from __future__ import annotations

from gameday.core.events import GlassBroken, PageExhausted
from gameday.core.units import MICRO
from gameday.response.command import phrases
from gameday.response.command.roles import COMMANDER
from gameday.response.command.room import Room

_SEND_ON_AFTER, _SEND_ON_BEFORE = 120 * MICRO, 90 * MICRO


def mind_pages(room: Room, name: str) -> None:
    """Sends a page on that nobody takes, before its policy does."""
    for page in room.pages.in_state("triggered"):
        soon = page.escalates_at is not None and page.escalates_at <= room.now + _SEND_ON_BEFORE
        if not soon or page.opened_at + _SEND_ON_AFTER > room.now or page.moved_by:
            continue
        if room.give(name, f"escalate {page.ref}").accepted:
            words = room.words(phrases.SENDS_ON, "sends on", page.subject, str(page.turn))
            room.say(name, words.format(ref=page.ref))


def mind_exhausted(room: Room, name: str, event: PageExhausted) -> None:
    """A policy is at its end: somebody has to be named."""
    words = room.words(phrases.ALL_PAGED, "all paged", event.page)
    room.say(name, words.format(ref=event.page))


def mind_glass(room: Room, name: str, event: GlassBroken) -> None:
    """Somebody went past the guardrails: fine in need, and worth a note."""
    if event.by != name:
        words = room.words(phrases.GLASS, "glass", event.command)
        room.say(name, words.format(ref=event.action, command=event.command), event.by)


def fill_roles(room: Room, name: str) -> None:
    """Gives a role that is open to somebody simulated who is here and practised in it."""
    for person, model in room.scenario.people.items():
        if not room.is_simulated_here(person) or person == name or room.roles.held_by(person):
            continue
        open_roles = (role for role in model.roles or () if role != COMMANDER and room.roles.holder(role) is None)
        role = next(open_roles, None)
        if role is not None:
            room.give(name, f"assign {role} {person}")

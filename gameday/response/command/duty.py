"""The simulated commander on duty: who it is, when they come by themselves, how they take command.

They come 45 to 90 s after the incident was declared, or three minutes after the first page, whichever is first; sooner
if somebody pages them. Owns only this; how they lead stands in `lead`.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import MessageReceived
from gameday.core.units import MICRO
from gameday.response.command import phrases
from gameday.response.command.roles import COMMANDER
from gameday.response.command.room import Room
from gameday.scenario.models import Scenario

AFTER_PAGE = 180 * MICRO
AFTER_DECLARATION = (45, 90)
"""Seconds, least and most."""

PAGER = "pager"
"""Who tells a commander who is played."""

_TICK = 5 * MICRO


def on_duty(scenario: Scenario, seats: tuple[str, ...]) -> str:
    """The first person practised as incident commander whom nobody plays; empty where there is none."""
    if not seats:
        return ""
    practised = (name for name, person in scenario.people.items() if COMMANDER in (person.roles or ()))
    return next((name for name in practised if name not in seats), "")


def arrive(room: Room) -> Generator[simpy.Event, object, None]:
    """A process: waits for what calls the commander on duty, then lets them join."""
    name = room.roles.on_duty
    delay = room.moment(*AFTER_DECLARATION, "commander arrives", name)
    while not room.people.is_here(name):
        due = [room.first_page_at + AFTER_PAGE] if room.first_page_at is not None else []
        if room.incident.declared_at is not None:
            due.append(room.incident.declared_at + delay)
        if due and min(due) <= room.now and not room.incident.resolved and not room.is_away(name):
            room.people.arrive(name)
            return
        wait = min((at - room.now for at in due if at > room.now), default=_TICK)
        yield room.env.timeout(min(wait, _TICK))


def tell(room: Room, names: tuple[str, ...]) -> Generator[simpy.Event, object, None]:
    """A process: who is played as commander on duty hears of the first alert that pages, and whom it pages."""
    yield room.pages.first_opened
    while (page := next((page for page in room.pages.pages if page.alert), None)) is None:
        yield room.env.timeout(MICRO)
    yield room.env.timeout(MICRO)
    if room.incident.declared:
        return
    who = " and ".join(page.targets)
    summary = page.summary.rstrip(".")
    paged = f" {page.ref} pages {who}." if who else f" {page.ref} pages nobody."
    for name in names:
        message = f"{name}, you are incident commander on duty. {summary}.{paged} Declare if it is an incident."
        room.office.publish(MessageReceived(room.now, PAGER, message))


def take_command(room: Room) -> None:
    """Whoever is on duty is here now: where an incident is declared they lead it, and say so themselves."""
    name = room.roles.on_duty
    before = room.roles.holder(COMMANDER)
    if before is None:
        room.announce(name, room.words(phrases.TAKES_COMMAND, "takes command", name).format(name=name))
        if room.incident.declared:
            room.give(name, f"assign {COMMANDER} {name}")
    elif before != name:
        room.announce(name, room.words(phrases.TAKES_OVER, "takes command", name).format(name=name, before=before))
        room.give(name, f"assign {COMMANDER} {name}")

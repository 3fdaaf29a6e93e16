"""Injects that say something: a message, a pile of tickets, a third party that calls back."""

from __future__ import annotations

from gameday.core.units import MICRO
from gameday.response.injects.scene import Scene, Steps
from gameday.response.support.words import pile, ticket
from gameday.scenario.models.injects import Inject

LOOK_BACK = 60
"""Seconds of which customers write in a pile of tickets."""

_NOTHING = (
    "{count} tickets this minute: passwords, invoices, one about the colour of a button. Nothing unusual",
    "{count} tickets, all of the everyday sort: a lost password, a wrong address, a thank-you note",
    "{count} tickets in the queue; none sounds like an outage to me",
)
_VENDOR = (
    "This is the hotline of {service}. You wanted to know: {word}",
    "{service} support here, calling you back: {word}",
    "Hello, {service} operations desk. About your question: {word}",
)


def message(scene: Scene, inject: Inject, name: str) -> Steps:
    """Somebody outside says this."""
    del name
    scene.say(inject.sender or "somebody", inject.text)
    yield from ()


def tickets(scene: Scene, inject: Inject, name: str) -> Steps:
    """So many tickets at once: with the text given, else from those who are hurt, else about nothing in particular."""
    sender, count = inject.sender or "support", inject.count or 1
    entries = scene.office.scenario.system.traffic.entries
    hurt = scene.office.hands.hurt(LOOK_BACK)
    if inject.text:
        scene.say(sender, f"{count} ticket{'' if count == 1 else 's'}: {inject.text}")
    elif hurt:
        worst = max(hurt, key=lambda one: one.count)
        scene.say(sender, pile(count, worst.entry, entries))
        scene.say(sender, ticket(worst, entries, scene.office.seed, scene.now // MICRO))
    else:
        scene.say(sender, scene.pick(_NOTHING, "tickets", name).format(count=count))
    yield from ()


def vendor(scene: Scene, inject: Inject, name: str) -> Steps:
    """The hotline of a third party says how it is doing: what is true, and no reasons."""
    service = inject.service or ""
    word = scene.office.hands.vendor(service)
    said = scene.pick(_VENDOR, "vendor", name).format(service=service, word=word)
    scene.say(inject.sender or f"{service} hotline", f"{said}.{f' {inject.text}' if inject.text else ''}")
    yield from ()

"""The facilitator's list: what each inject is, in a few words, and whether it has come. Responders never see it."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.expressions import parse_condition
from gameday.core.kinds.faults import Fault
from gameday.core.text import clean_line
from gameday.core.units import format_clock, format_duration
from gameday.scenario.models.injects import Inject

_LONGEST = 80
_PLACES = ("service", "edge", "entry", "flag", "zone", "person")


@dataclass(frozen=True, slots=True)
class InjectView:
    """A line of the list. `state` is `armed` or `came`; `at` the second at which it came last; `times` how often."""

    name: str
    kind: str
    what: str
    when: str
    state: str
    at: int | None
    times: int


def view(name: str, inject: Inject, came: tuple[int, ...]) -> InjectView:
    """The line of an inject that has come at these seconds."""
    state = "came" if came else "armed"
    return InjectView(
        name, inject.kind, describe(inject), when_of(inject), state, came[-1] if came else None, len(came)
    )


def when_of(inject: Inject) -> str:
    """When it comes: `at 02:00`, `once a.bad > 5%`, and how often."""
    parts = [] if inject.at is None else [f"{'from' if inject.when else 'at'} {format_clock(inject.at)}"]
    if inject.when is not None:
        parts.append(f"once {parse_condition(inject.when)}")
    if inject.every is not None:
        parts.append(f"every {format_duration(inject.every)}")
    return ", ".join(parts)


def describe(inject: Inject) -> str:
    """What it does, in a few words."""
    match inject.kind:
        case "deploy":
            what = f"deploy {inject.service} {inject.version} ({inject.text or 'harmless'})"
        case "fault":
            what = f"fault {fault_words(inject.fault)}" if inject.fault is not None else "fault"
        case "false-alert":
            what = f"the alert {inject.alert} fires without a reason"
        case "executive":
            order = f": {inject.command}" if inject.command else ""
            what = f"executive, {inject.swoop}{order}"
        case "tickets":
            what = f"{inject.count} tickets{f': {inject.text}' if inject.text else ''}"
        case "vendor":
            what = f"the hotline of {inject.service} calls"
        case "journalist":
            what = f"a journalist asks{f': {inject.text}' if inject.text else ''}"
        case "message":
            what = f"{inject.sender or 'somebody'}: {inject.text}"
    return clean_line(what, _LONGEST)


def fault_words(fault: Fault) -> str:
    """A fault's kind, where it is and how long it lasts."""
    place = next((str(name) for key in _PLACES if (name := getattr(fault, key, None))), "")
    lasts = "" if fault.lasts is None else f" for {format_duration(fault.lasts)}"
    return f"{fault.name or fault.kind}{f' {place}' if place and not fault.name else ''}{lasts}"

"""What the facilitator sees and the players must not: faults and injects with their state, and the cause.

Reads a session and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gameday.core.units import MICRO, format_clock
from gameday.response.injects.views import InjectView, fault_words

if TYPE_CHECKING:
    from gameday.session.session import Session


@dataclass(frozen=True, slots=True)
class ScriptItem:
    """A fault or an inject. `when` says when it comes, or when it came; `is_over` whether it has come."""

    name: str
    kind: str
    when: str
    text: str
    is_over: bool


def script(session: Session) -> tuple[ScriptItem, ...]:
    """The faults of the variant, then the injects, in the order in which they are written."""
    variant = session.exercise.scenario.variants[session.variant]
    faults = [
        ScriptItem("fault", fault.kind, f"at {format_clock(fault.at)}", fault_words(fault), fault.at <= session.now)
        for fault in variant.faults
    ]
    return (*faults, *(_item(view) for view in session.response.script.views()))


def cause(session: Session) -> str:
    """What is wrong, in one line."""
    true = session.exercise.scenario.variants[session.variant].cause
    kept = f", kept up by {true.sustaining}" if true.sustaining not in (None, "none") else ""
    return f"{true.component}: {true.mechanism}{kept}"


def _item(view: InjectView) -> ScriptItem:
    if view.at is None:
        return ScriptItem(view.name, view.kind, view.when, view.what, False)
    often = f" ({view.times} times)" if view.times > 1 else ""
    return ScriptItem(view.name, view.kind, f"at {format_clock(view.at * MICRO)}{often}", view.what, True)

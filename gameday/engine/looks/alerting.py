"""The alert rules: what each asks, what it sees now, whether it fires, who has silenced it.

A rule that nobody evaluates sees no data, as one does whose signals do not come: which of the two it is, responders
have to find out.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.units import MICRO, format_clock, format_duration
from gameday.engine.looks.base import LookWorld
from gameday.scenario.alert_rules import NO_DATA, Rule, rule_of
from gameday.scenario.models.alerts import Alert


def lines(world: LookWorld, command: Command) -> tuple[str, ...]:
    """Two lines a rule: what it is, and what it says now."""
    del command
    found: list[str] = []
    for name, alert in world.scenario.alerts.items():
        rule = rule_of(alert, world.scenario.slos)
        found += [_rule_line(name, alert, rule), f"  {_now(world, name, alert, rule)}"]
    return tuple(found) or ("no alert rules",)


def _rule_line(name: str, alert: Alert, rule: Rule) -> str:
    more = [alert.kind or "", f"group {alert.group}" if alert.group else ""]
    more += ["fires without data"] if alert.no_data == "fire" else []
    words = "".join(f", {word}" for word in more if word)
    lasting = f" for {format_duration(alert.hold)}" if alert.hold else ""
    return f"{name}: {rule}{lasting} -> {alert.policy} ({alert.urgency}{words})"


def _now(world: LookWorld, name: str, alert: Alert, rule: Rule) -> str:
    signals = world.signals
    second = int(world.env.now) // MICRO
    says = NO_DATA if alert.is_broken(int(world.env.now)) else rule.says(signals, second)
    state = "fires" if signals.value("alerts", name, second) else "clear"
    ends = signals.value("silences", name, second)
    silence = f", silenced until {format_clock(round(ends * MICRO))}" if ends else ""
    return f"{state}{silence}; {says}" if says else f"{state}{silence}"

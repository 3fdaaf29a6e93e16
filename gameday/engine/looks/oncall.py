"""Who is on call: the levels of each policy, who is on duty at each now, and until when."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.units import MICRO, format_duration
from gameday.engine.looks.base import LookWorld
from gameday.scenario import schedules
from gameday.scenario.models.oncall import EscalationPolicy, Rule

AHEAD = schedules.DAY
"""Handovers within a day are worth a word."""


def on_call(world: LookWorld, command: Command) -> tuple[str, ...]:
    """Who is paged at which level, and after how long the next one is."""
    del command
    texts = []
    for name, policy in world.scenario.escalation_policies.items():
        texts.append(f"{name}: {policy.num_loops + 1} time(s) through{_again(policy)}")
        texts += [f"  level {level}: {_level(world, rule)}" for level, rule in enumerate(policy.rules, 1)]
    return tuple(texts) or ("no escalation policies",)


def _again(policy: EscalationPolicy) -> str:
    timeout = policy.acknowledgement_timeout
    return f"; an acknowledged page triggers again after {format_duration(timeout)}" if timeout else ""


def _level(world: LookWorld, rule: Rule) -> str:
    people = ", ".join(_who(world, target) for target in rule.targets)
    turns = "one after another of " if rule.assignment_strategy == "round-robin" else ""
    return f"{turns}{people}; next after {format_duration(rule.escalation_delay)}"


def _who(world: LookWorld, target: str) -> str:
    schedule = world.scenario.schedules.get(target)
    if schedule is None:
        return target
    now = schedules.beginning(world.scenario) + int(world.env.now)
    first, *later = schedules.shifts(schedule, now, AHEAD)
    shown = f"{first.person or 'nobody'} ({target})"
    if not later:
        return shown
    left = (first.end - now) // MICRO * MICRO
    return f"{shown}, in {format_duration(max(left, MICRO))} {later[0].person or 'nobody'}"

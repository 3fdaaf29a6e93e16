"""Checks of what models cannot see: references between parts of a file and between files, and advice.

A check is a plain function (scenario, report); a new one is a function and a line here.
"""

from __future__ import annotations

from collections.abc import Callable

from gameday.core.errors import Problem
from gameday.scenario.checks import (
    alerts,
    calls,
    demand,
    effects,
    faults,
    injects,
    mechanisms,
    oncall,
    people,
    procedures,
    steps,
    system,
    timing,
    variants,
)
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Playbook, Scenario
from gameday.scenario.models.roster import OncallFile
from gameday.scenario.source import Document, in_file_order

Check = Callable[[Scenario, Report], None]

CHECKS: tuple[Check, ...] = (
    system.check_names,
    system.check_owners,
    system.check_entries,
    system.check_dependencies,
    system.check_circles,
    system.check_reached,
    mechanisms.check_queues,
    mechanisms.check_zones,
    mechanisms.check_autoscaling,
    mechanisms.check_quota,
    mechanisms.check_replication,
    mechanisms.check_entry_mechanisms,
    mechanisms.check_secrets,
    calls.check_waiting,
    calls.check_limits,
    calls.check_caches,
    calls.check_shared_caches,
    calls.check_consumers,
    effects.check_flags,
    people.check_people,
    oncall.check_schedules,
    oncall.check_policies,
    alerts.check_alerts,
    alerts.check_groups,
    alerts.check_false_alarms,
    people.check_seats,
    timing.check_times,
    timing.check_shapes,
    timing.check_timeouts,
    variants.check_causes,
    faults.check_faults,
    injects.check_injects,
    variants.check_mitigations,
    procedures.check_actions,
    procedures.check_procedures,
    procedures.check_releases,
)
SOUND_SYSTEM_CHECKS: tuple[Check, ...] = (demand.check_demand, demand.check_cost)
"""Checks that compute with the system, and so need one without dangling names, circles and shapes out of order."""

_UNSOUND = ("unknown-service", "circular-calls", "self-call", "bad-order")


def check_scenario(document: Document, scenario: Scenario) -> list[Problem]:
    """Every problem of a scenario by itself, in file order."""
    report = Report(document)
    for check in CHECKS:
        check(scenario, report)
    computable = not report.lacks_part(("system",)) and not report.lacks_part(("duration",))
    if computable and not any(problem.code in _UNSOUND for problem in report.problems):
        for check in SOUND_SYSTEM_CHECKS:
            check(scenario, report)
    return in_file_order(report.problems)


def check_oncall(document: Document, roster: OncallFile) -> list[Problem]:
    """Every problem of a file of only people, schedules and escalation policies."""
    report = Report(document)
    oncall.check_roster(roster, report)
    return in_file_order(report.problems)


def check_playbook(document: Document, playbook: Playbook) -> list[Problem]:
    """Every problem of a playbook that can be seen without a scenario."""
    report = Report(document)
    steps.check_steps(report, ("steps",), playbook.steps, None)
    return in_file_order(report.problems)


def check_playbook_in(document: Document, playbook: Playbook, scenario: Scenario, name: str) -> list[Problem]:
    """What the playbook refers to and the scenario called `name` does not have."""
    alone = {(problem.line, problem.column, problem.code) for problem in check_playbook(document, playbook)}
    report = Report(document, context=f"in {name}")
    steps.check_contents(report, ("steps",), playbook.steps, Names.of(scenario))
    found = [problem for problem in report.problems if (problem.line, problem.column, problem.code) not in alone]
    return in_file_order(found)

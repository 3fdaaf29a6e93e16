"""Checks of what models cannot see: references between parts of a file and between files, and advice.

A check is a plain function (scenario, report); a new one is a function and a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel

from gameday.core.errors import Problem
from gameday.scenario.checks import (
    alerts,
    calls,
    demand,
    effects,
    faults,
    figures,
    injects,
    mechanisms,
    oncall,
    people,
    procedures,
    reaches,
    rest,
    steps,
    system,
    times,
    timing,
    variants,
)
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Playbook, Scenario
from gameday.scenario.models.roster import OncallFile
from gameday.scenario.source import Document, in_file_order, versions

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
    figures.check_service_figures,
    figures.check_edge_figures,
    figures.check_traffic_figures,
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
    reaches.check_growth,
    reaches.check_idle_faults,
    reaches.check_idle_effects,
    injects.check_injects,
    times.check_levels,
    times.check_reached_times,
    times.check_hidden_rules,
    times.check_weights,
    variants.check_mitigations,
    procedures.check_actions,
    procedures.check_procedures,
    procedures.check_releases,
)
SOUND_SYSTEM_CHECKS: tuple[Check, ...] = (
    demand.check_demand,
    demand.check_cost,
    rest.check_answers_in_time,
    rest.check_rates_at_rest,
)
"""Checks that compute with the system, and so need one without dangling names, circles and shapes out of order."""

_UNSOUND = ("unknown-service", "circular-calls", "self-call", "bad-order")


_ENOUGH = 4
"""Versions of a file that must say the same for it to be said of a block that is wrong in part."""

_Model = TypeVar("_Model", bound=BaseModel)


def check_scenario(document: Document, scenario: Scenario) -> list[Problem]:
    """Every problem of a scenario by itself, in file order."""

    def check(report: Report, meant: Scenario) -> None:
        _check_scenario(report, meant.model_copy(update={"playbooks": scenario.playbooks}))

    return _whatever_was_meant(document, scenario, check)


def _check_scenario(report: Report, scenario: Scenario) -> None:
    for check in CHECKS:
        check(scenario, report)
    computable = not report.lacks_part(("system",)) and not report.lacks_part(("duration",))
    if computable and not any(problem.code in _UNSOUND for problem in report.problems):
        for check in SOUND_SYSTEM_CHECKS:
            check(scenario, report)


def check_oncall(document: Document, roster: OncallFile) -> list[Problem]:
    """Every problem of a file of only people, schedules and escalation policies."""
    return _whatever_was_meant(document, roster, lambda report, meant: oncall.check_roster(meant, report))


def check_playbook(document: Document, playbook: Playbook) -> list[Problem]:
    """Every problem of a playbook that can be seen without a scenario."""
    return _whatever_was_meant(
        document, playbook, lambda report, meant: steps.check_steps(report, ("steps",), meant.steps, None)
    )


def check_playbook_in(document: Document, playbook: Playbook, scenario: Scenario, name: str) -> list[Problem]:
    """What the playbook refers to and the scenario called `name` does not have."""
    alone = {(problem.line, problem.column, problem.code) for problem in check_playbook(document, playbook)}
    names = Names.of(scenario)
    found = _whatever_was_meant(
        document,
        playbook,
        lambda report, meant: steps.check_contents(report, ("steps",), meant.steps, names),
        f"in {name}",
    )
    return [problem for problem in found if (problem.line, problem.column, problem.code) not in alone]


def _whatever_was_meant(
    document: Document, model: _Model, check: Callable[[Report, _Model], None], context: str = ""
) -> list[Problem]:
    """What a check finds, whatever was meant where the document is not as it was written."""
    report = Report(document, context)
    check(report, model)
    found, tentative, tried = report.problems, report.tentative, 0
    for version, meant in versions(document, type(model)) if found or tentative else ():
        other = Report(version, context)
        check(other, meant)
        said = dict.fromkeys((*other.problems, *other.tentative), True)
        found = [problem for problem in found if problem in said]
        tentative = [problem for problem in tentative if problem in said]
        tried += 1
    return in_file_order(_without_echoes([*found, *(tentative if tried >= _ENOUGH else ())]))


def _without_echoes(problems: list[Problem]) -> list[Problem]:
    """Without advice about a value that is refused: whoever mends that reads what is left then."""
    refused = {(problem.line, problem.column): True for problem in problems if problem.severity == "error"}
    return [one for one in problems if one.severity == "error" or (one.line, one.column) not in refused]

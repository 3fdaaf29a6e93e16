"""What is never come to: levels of policies, shifts, injects, actions and rules that lie beyond the session's end."""

from __future__ import annotations

from typing import get_args

from gameday.core.units import format_duration
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Scenario
from gameday.scenario.models.injects import Inject
from gameday.scenario.models.roster import Roster
from gameday.scenario.models.scenario import Dimension
from gameday.scenario.source import Path


def check_levels(scenario: Scenario, report: Report) -> None:
    """Levels of escalation policies that a page can come to in the session, and each target once."""
    check_targets(scenario, report)
    for name, policy in scenario.escalation_policies.items():
        waited = 0
        for index, rule in enumerate(policy.rules):
            if index and waited >= scenario.duration:
                message = f"a page comes to this level after {format_duration(waited)}, after the session's end"
                report.warning(("escalation_policies", name, "rules", index), message, "beyond-the-end")
                break
            waited += rule.escalation_delay


def check_targets(roster: Roster, report: Report) -> None:
    """Nobody is named twice at a level, and taking turns needs several."""
    for name, policy in roster.escalation_policies.items():
        for index, rule in enumerate(policy.rules):
            path: Path = ("escalation_policies", name, "rules", index)
            for at, target in enumerate(rule.targets):
                if target in rule.targets[:at]:
                    message = f'"{target}" stands at this level already'
                    report.warning((*path, "targets", at), message, "duplicate-name")
            if rule.assignment_strategy == "round-robin" and len(dict.fromkeys(rule.targets)) == 1:
                message = "there is only one target, so there are no turns to take"
                report.warning((*path, "assignment_strategy"), message, "idle-figure")


def check_reached_times(scenario: Scenario, report: Report) -> None:
    """People, injects, actions, procedures and updates that have their time in the session."""
    end, whole = scenario.duration, format_duration(scenario.duration)
    late: list[tuple[Path, int | None, str]] = []
    for name, person in scenario.people.items():
        for index, contact in enumerate(person.contacts or ()):
            late.append((("people", name, "contacts", index, "after"), contact.after, "nobody is reached so"))
        if person.works is not None:
            late.append((("people", name, "works", "shift_ends"), person.works.shift_ends, "they never go home"))
    late += [
        (("actions", index, "takes"), rule.takes, "it is never done") for index, rule in enumerate(scenario.actions)
    ]
    late += [
        (("procedures", name, "takes"), procedure.takes, "it is never done")
        for name, procedure in (scenario.procedures or {}).items()
    ]
    if "first" in scenario.communication.model_fields_set:
        late.append((("communication", "first"), scenario.communication.first, "no update ever falls due"))
    for path, time, what in late:
        if time is not None and time >= end:
            report.warning(path, f"the session lasts {whole}, so {what}", "beyond-the-end")
    for index, inject in enumerate(scenario.injects):
        _check_inject(inject, ("injects", index), end, report)
    _check_horizon(scenario, report)


def _check_inject(inject: Inject, path: Path, end: int, report: Report) -> None:
    """What comes again can come again, and has so many words as it comes times at most."""
    begins = inject.at or 0
    if inject.answer_within is not None and begins < end <= begins + inject.answer_within:
        message = "they wait beyond the session's end, so they never lose patience"
        report.warning((*path, "answer_within"), message, "beyond-the-end")
    if inject.every is None or begins >= end:
        return
    times = (end - 1 - begins) // inject.every
    if times == 0:
        message = f"the next time lies after the session's end at {format_duration(end)}, so it comes once"
        report.warning((*path, "every"), message, "beyond-the-end")
    elif inject.again is not None and len(inject.again) > times:
        message = f"it comes {times} more time(s) at most, so these words are never said"
        report.warning((*path, "again", times), message, "beyond-the-end")


def _check_horizon(scenario: Scenario, report: Report) -> None:
    for name, variant in scenario.variants.items():
        first = min(fault.at for fault in variant.faults)
        if scenario.horizon is not None and scenario.horizon <= first < scenario.duration:
            message = f"in {name} nothing goes wrong before {format_duration(first)}, so no impact is counted"
            report.warning(("horizon",), message, "beyond-the-end")


def check_hidden_rules(scenario: Scenario, report: Report) -> None:
    """The first rule that is about an action holds: one behind a rule that covers it never does."""
    for index, rule in enumerate(scenario.actions):
        for before, earlier in enumerate(scenario.actions[:index]):
            if earlier.verb == rule.verb and earlier.target in (None, rule.target):
                message = f"the rule in line {report.line(('actions', before))} holds first, so this one never does"
                report.warning(("actions", index), message, "hidden-rule")
                break
    for index, release in enumerate(scenario.releases or ()):
        service = scenario.system.services.get(release.service)
        if service is not None and service.version == release.version:
            message = f'"{release.service}" runs {release.version} from the start; call the release otherwise'
            report.error(("releases", index, "version"), message, "duplicate-version")


def check_weights(scenario: Scenario, report: Report) -> None:
    """Some dimension counts, and every zone has something in it."""
    weights = scenario.scoring.weights
    if all(weights.get(dimension) == 0.0 for dimension in get_args(Dimension)):
        report.error(("scoring", "weights"), "all weights are 0, so nothing is scored", "impossible", key=True)
    used = [zone for service in scenario.system.services.values() for zone in service.zones or ()]
    for index, zone in enumerate(scenario.system.zones or ()):
        if zone not in used:
            report.warning(("system", "zones", index), f'no service has a replica in "{zone}"', "unused-zone")

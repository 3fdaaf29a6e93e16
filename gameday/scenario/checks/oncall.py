"""Schedules and escalation policies: that names are known, times are in order, and a page comes to somebody."""

from __future__ import annotations

from gameday.core.units import format_duration
from gameday.scenario import schedules
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Scenario
from gameday.scenario.models.oncall import EscalationPolicy, Layer, Schedule
from gameday.scenario.models.people import Person
from gameday.scenario.models.roster import Roster
from gameday.scenario.schedules import format_instant, parse_instant
from gameday.scenario.source import Path

LOOKED_AHEAD = 2 * schedules.WEEK
"""How far gaps are looked for at most: rotations and windows come round within two weeks, or nearly."""


def check_schedules(scenario: Scenario, report: Report) -> None:
    """The schedules of a scenario, which needs a date where they depend on one."""
    check_schedules_of(scenario, report)
    for name, schedule in scenario.schedules.items():
        if not schedule.is_fixed and scenario.starts_at is None:
            message = f'who is on duty in "{name}" depends on the time; say when it happens with starts_at'
            report.error(("schedules", name), message, "no-date", key=True)
    if scenario.starts_at is not None:
        check_gaps(scenario, report, min(scenario.duration, LOOKED_AHEAD))


def check_policies(scenario: Scenario, report: Report) -> None:
    """The policies of a scenario; whoever is played may always answer."""
    check_policies_of(scenario, report, {seat.person: True for seat in scenario.seats})
    used = [team.policy for team in scenario.teams.values()] + [alert.policy for alert in scenario.alerts.values()]
    for name in scenario.escalation_policies:
        if name not in used:
            message = f'no team and no alert pages by the policy "{name}"'
            report.warning(("escalation_policies", name), message, "unused-policy", key=True)
    for name in scenario.schedules:
        if not _is_used(scenario, name):
            message = f'no rule of a policy pages who is on duty in "{name}"'
            report.warning(("schedules", name), message, "unused-schedule", key=True)


def check_roster(roster: Roster, report: Report) -> None:
    """A file of only people, schedules and policies."""
    for name, person in roster.people.items():
        report.expect(("people", name, "team"), person.team, tuple(roster.teams), "team")
    for name, team in roster.teams.items():
        report.expect(("teams", name, "policy"), team.policy, tuple(roster.escalation_policies), "policy")
    check_schedules_of(roster, report)
    check_policies_of(roster, report, {})


def check_schedules_of(roster: Roster, report: Report) -> None:
    """Names, and times in order."""
    for name, schedule in roster.schedules.items():
        path: Path = ("schedules", name)
        if name in roster.people:
            message = f'"{name}" is a person too; a rule names people or schedules, so they need different names'
            report.error(path, message, "duplicate-name", key=True)
        for index, person in enumerate(schedule.people or ()):
            report.expect((*path, "people", index), person, tuple(roster.people), "person")
        _check_layers(roster, report, path, schedule)
        _check_overrides(roster, report, path, schedule)


def check_policies_of(roster: Roster, report: Report, played: dict[str, bool]) -> None:
    """Every rule names somebody; a policy of people who never answer is worth a word."""
    for name, policy in roster.escalation_policies.items():
        path: Path = ("escalation_policies", name)
        for index, rule in enumerate(policy.rules):
            for at, target in enumerate(rule.targets):
                place = (*path, "rules", index, "targets", at)
                report.expect(place, target, (*roster.people, *roster.schedules), "target")
        if not any(_may_answer(roster, played, person) for person in people_of(roster, policy)):
            message = f'nobody whom the policy "{name}" pages ever answers, however often it loops'
            report.warning(path, message, "nobody-answers", key=True)


def check_gaps(roster: Roster, report: Report, length: int) -> None:
    """Schedules that policies use leave nobody out: advice, for the `length` (microseconds) from the beginning on."""
    begin = schedules.beginning(roster)
    for name, schedule in roster.schedules.items():
        found = [] if schedule.is_fixed or not _is_used(roster, name) else schedules.gaps(schedule, begin, length)
        if found:
            first = found[0]
            more = f", and {len(found) - 1} more times" if len(found) > 1 else ""
            times = f"{format_instant(first.begin)} to {format_instant(first.end)}"
            message = f'nobody is on duty in "{name}" from {times}{more}'
            report.warning(("schedules", name), message, "gap-in-schedule", key=True)


def people_of(roster: Roster, policy: EscalationPolicy) -> tuple[str, ...]:
    """Everybody whom a policy can come to page, known or not."""
    names: list[str] = []
    for rule in policy.rules:
        for target in rule.targets:
            schedule = roster.schedules.get(target)
            names += [target] if schedule is None else schedules.everybody(schedule)
    return tuple(dict.fromkeys(names))


def can_answer(person: Person) -> bool:
    """Whether a page of high urgency can ever reach this person and be answered."""
    if person.contacts is None:
        return person.responds.p > 0.0
    return any(
        contact.p > 0.0 and (contact.responds or (person.phone if contact.by == "phone" else person.responds)).p > 0.0
        for contact in person.contacts
        if contact.urgency == "high"
    )


def _may_answer(roster: Roster, played: dict[str, bool], name: str) -> bool:
    return name in played or name not in roster.people or can_answer(roster.people[name])


def _is_used(roster: Roster, name: str) -> bool:
    return any(name in rule.targets for policy in roster.escalation_policies.values() for rule in policy.rules)


def _check_layers(roster: Roster, report: Report, path: Path, schedule: Schedule) -> None:
    zone = schedule.time_zone or "UTC"
    layers = schedule.layers or ()
    for index, layer in enumerate(layers):
        place: Path = (*path, "layers", index)
        for at, person in enumerate(layer.users):
            report.expect((*place, "users", at), person, tuple(roster.people), "person")
        if layer.start and layer.end and parse_instant(layer.end, zone) <= parse_instant(layer.start, zone):
            report.error((*place, "end"), "the layer ends before it begins", "bad-order")
        if any(_covers_all(later) for later in layers[index + 1 :]):
            message = "a later layer covers all the time, so this one never holds; the last that covers does"
            report.warning(place, message, "hidden-layer")
        _check_windows(report, place, layer)


def _covers_all(layer: Layer) -> bool:
    return layer.start is None and layer.end is None and layer.restrictions is None


def _check_windows(report: Report, place: Path, layer: Layer) -> None:
    windows = layer.restrictions or ()
    for index, window in enumerate(windows):
        if window in windows[:index]:
            message = f"this window of {format_duration(window.duration)} stands here twice"
            report.warning((*place, "restrictions", index), message, "duplicate-restriction")


def _check_overrides(roster: Roster, report: Report, path: Path, schedule: Schedule) -> None:
    zone = schedule.time_zone or "UTC"
    spans = [(parse_instant(one.start, zone), parse_instant(one.end, zone)) for one in schedule.overrides or ()]
    for index, override in enumerate(schedule.overrides or ()):
        place: Path = (*path, "overrides", index)
        begin, end = spans[index]
        report.expect((*place, "user"), override.user, tuple(roster.people), "person")
        if end <= begin:
            report.error((*place, "end"), "the override ends before it begins", "bad-order")
        earlier = next((at for at, span in enumerate(spans[:index]) if span[0] < end and begin < span[1]), None)
        if earlier is not None:
            user = (schedule.overrides or ())[earlier].user
            message = f"it overlaps with the override of {user}; the later one in the list holds"
            report.warning(place, message, "overlapping-overrides")

"""People, teams, schedules, policies, alerts and seats: that they know each other, and that a page reaches somebody."""

from __future__ import annotations

from gameday.scenario.checks.conditions import check_condition
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Scenario
from gameday.scenario.models.oncall import EscalationPolicy
from gameday.scenario.source import Path


def check_people(scenario: Scenario, report: Report) -> None:
    """People are in teams, teams have policies, schedules hold people."""
    names = Names.of(scenario)
    for name, person in scenario.people.items():
        report.expect(("people", name, "team"), person.team, names.teams, "team")
        if name in names.teams:
            message = f'"{name}" is a team too; a page names a person or a team, so they need different names'
            report.error(("people", name), message, "duplicate-name", key=True)
    for name, team in scenario.teams.items():
        report.expect(("teams", name, "policy"), team.policy, names.policies, "policy")
    for name, schedule in scenario.schedules.items():
        if name in names.people:
            message = f'"{name}" is a person too; a rule names people or schedules, so they need different names'
            report.error(("schedules", name), message, "duplicate-name", key=True)
        for index, person_name in enumerate(schedule.people):
            report.expect(("schedules", name, "people", index), person_name, names.people, "person")


def check_policies(scenario: Scenario, report: Report) -> None:
    """Every rule pages somebody; a policy of people who never answer is worth a word."""
    names = Names.of(scenario)
    for name, policy in scenario.escalation_policies.items():
        path: Path = ("escalation_policies", name)
        for index, rule in enumerate(policy.rules):
            for at, target in enumerate(rule.targets):
                place = (*path, "rules", index, "targets", at)
                report.expect(place, target, (*names.people, *names.schedules), "target")
        if _nobody_answers(scenario, policy):
            message = f'nobody whom the policy "{name}" pages ever answers, however often it loops'
            report.warning(path, message, "nobody-answers", key=True)


def _nobody_answers(scenario: Scenario, policy: EscalationPolicy) -> bool:
    played = {seat.person: True for seat in scenario.seats}
    for rule in policy.rules:
        for target in rule.targets:
            name = scenario.schedules[target].people[0] if target in scenario.schedules else target
            if name not in scenario.people or name in played or scenario.people[name].responds.p > 0.0:
                return False
    return True


def check_alerts(scenario: Scenario, report: Report) -> None:
    """Conditions, policies and playbooks of alerts."""
    names = Names.of(scenario)
    for name, alert in scenario.alerts.items():
        path: Path = ("alerts", name)
        check_condition(report, (*path, "when"), alert.when, names)
        report.expect((*path, "policy"), alert.policy, names.policies, "policy")
        report.expect((*path, "playbook"), alert.playbook, names.playbooks, "playbook")
    if not scenario.alerts:
        report.warning(("alerts",), "there is no alert, so nobody is ever paged", "no-alert")


def check_seats(scenario: Scenario, report: Report) -> None:
    """Seats are people, each at most once; the playbooks named are named once."""
    names = Names.of(scenario)
    seen: dict[str, bool] = {}
    for index, seat in enumerate(scenario.seats):
        path: Path = ("seats", index, "person")
        report.expect(path, seat.person, names.people, "person")
        if seat.person in seen:
            report.error(path, f'"{seat.person}" has a seat already', "duplicate-name")
        seen[seat.person] = True
    for index, name in enumerate(scenario.playbooks):
        if name in scenario.playbooks[:index]:
            report.error(("playbooks", index), f'the playbook "{name}" is named twice', "duplicate-name")

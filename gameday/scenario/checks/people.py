"""People, teams and seats: that they know each other."""

from __future__ import annotations

from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Scenario
from gameday.scenario.models.people import Works
from gameday.scenario.source import Path


def check_people(scenario: Scenario, report: Report) -> None:
    """People are in teams and know services, teams have policies."""
    names = Names.of(scenario)
    for name, person in scenario.people.items():
        report.expect(("people", name, "team"), person.team, names.teams, "team")
        if person.works is not None:
            _check_works(name, person.works, names, report)
        if name in names.teams:
            message = f'"{name}" is a team too; a page names a person or a team, so they need different names'
            report.error(("people", name), message, "duplicate-name", key=True)
    for name, team in scenario.teams.items():
        report.expect(("teams", name, "policy"), team.policy, names.policies, "policy")


def _check_works(name: str, works: Works, names: Names, report: Report) -> None:
    """What somebody knows are services; whoever relieves them is somebody else, and comes when their shift ends."""
    path: Path = ("people", name, "works")
    for index, service in enumerate(works.knows or ()):
        report.expect((*path, "knows", index), service, names.services, "service")
    if works.relief is None or not report.expect((*path, "relief"), works.relief, names.people, "person"):
        return
    if works.relief == name:
        report.error((*path, "relief"), f'"{name}" cannot relieve themselves', "own-relief")
    elif works.shift_ends is None:
        message = f"{works.relief} never comes; say with shift_ends when {name} goes home"
        report.warning((*path, "relief"), message, "unused-block", key=True)


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
        if seat.denied is not None and not seat.denied.strip():
            message = f'say why the access of "{seat.person}" does not work; leave the key out where it does'
            report.error(("seats", index, "denied"), message, "bad-value")
    for index, name in enumerate(scenario.playbooks):
        if name in scenario.playbooks[:index]:
            report.error(("playbooks", index), f'the playbook "{name}" is named twice', "duplicate-name")

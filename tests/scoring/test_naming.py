"""What people are called in a review."""

from __future__ import annotations

from gameday.core.events import IncidentDeclared, PersonLeft, RoleAssigned
from gameday.core.units import MICRO
from gameday.scoring.naming import Names, renamed, standing

S = MICRO
PEOPLE = {
    "ana": {"team": "auth", "title": "auth on-call"},
    "bo": {"team": "auth"},
    "eli": {"team": "auth"},
}


def test_everybody_is_called_by_title_or_team_and_nobody_alike(make_exercise):
    labels = standing(make_exercise(people=PEOPLE).scenario)
    assert labels == {"ana": "auth on-call", "bo": "auth responder", "eli": "auth responder 2"}


def test_a_name_inside_a_word_stays_and_a_label_is_not_renamed_again():
    labels = {"auth": "lead", "on": "bo", "bo": "auth on-call"}
    assert renamed("bo asks auth about auth-db", labels) == "auth on-call asks lead about auth-db"


def test_who_is_called_by_name_is_just_told():
    labels = {"ira": "incident commander"}
    assert renamed("pager: ira, you are on duty.", labels) == "pager: You are on duty."


def test_a_role_is_used_from_when_it_is_held_until_it_is_not(make_record, make_exercise):
    events = [
        IncidentDeclared(60 * S, "ana", "SEV-2"),
        RoleAssigned(120 * S, "bo", "incident-commander"),
        RoleAssigned(130 * S, "ana", "customer-liaison"),
        PersonLeft(300 * S, "bo", "end of shift"),
    ]
    names = Names(make_record(events=events, exercise=make_exercise(people=PEOPLE)))
    told = [names.at("ana and bo", at * S) for at in (60, 90, 121, 131, 301)]
    assert told == [
        "auth on-call and auth responder",
        "incident commander and auth responder",
        "auth on-call and incident commander",
        "customer liaison and incident commander",
        "customer liaison and auth responder",
    ]
    assert names.ever("ana") == "auth on-call"

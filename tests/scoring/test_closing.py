from __future__ import annotations

import pytest

from gameday.core.events import IncidentDeclared, IncidentReopened, IncidentResolved, PageEscalated
from gameday.scoring.closing import closed_at
from gameday.scoring.command import command
from gameday.scoring.dimension import Case
from gameday.scoring.impact import measure_impact
from gameday.scoring.outcome import ending_of
from gameday.scoring.times import measure_times
from gameday.session.record import SessionRecord

S = 1_000_000
OUTAGE = "......" + 20 * "x"  # logins fail from 60 s to 260 s
CHECK = "the incident is closed when what customers feel has held"


def closed(*seconds: int, by: str = "ana") -> list[IncidentResolved]:
    return [IncidentResolved(second * S, by) for second in seconds]


def check_of(record: SessionRecord):
    case = Case(record, measure_times(record), measure_impact(record), None)
    return next(check for check in command(case, 10).checks if check.text == CHECK)


def test_nobody_is_asked_how_they_closed_what_they_did_not_close(make_record):
    assert not check_of(make_record(login=OUTAGE)).due
    assert not check_of(make_record(login=OUTAGE, events=closed(100, by="ira"))).due


@pytest.mark.parametrize(("second", "met"), [(130, False), (262, False), (379, True), (400, True), (50, True)])
def test_it_is_closed_in_time_once_every_objective_has_been_met_for_the_hold_window(make_record, second, met):
    check = check_of(make_record(login=OUTAGE, events=closed(second)))
    assert (check.due, check.met) == (True, met)


def test_one_missed_window_alone_does_not_keep_it_open_but_the_newest_does(make_record):
    login = OUTAGE + 6 * "." + "x"
    assert check_of(make_record(login=login, events=closed(400))).met
    assert not check_of(make_record(login=login, events=closed(331))).met


def test_what_came_after_the_closing_does_not_decide(make_record):
    assert check_of(make_record(login=OUTAGE + 14 * "." + 5 * "x", events=closed(395))).met


def test_what_was_still_bad_is_told_and_how_much_later_it_was_over(make_record):
    early = check_of(make_record(login=OUTAGE, events=closed(130)))
    assert early.detail == "closed at 02:10: login was still 50% bad; it was mitigated 2m10s later"
    soon = check_of(make_record(login=OUTAGE, events=closed(232)))
    assert soon.detail == "closed at 03:52: login was still 50% bad; it was mitigated 28s later"
    never = check_of(make_record(login="......" + 54 * "x", events=closed(130)))
    assert never.detail == "closed at 02:10: login was still 50% bad; it was never mitigated"
    hasty = check_of(make_record(login=OUTAGE, events=closed(300)))
    assert hasty.detail == "closed at 05:00: login had not held for 2m"


def test_the_closing_that_stands_is_the_one_that_nobody_took_back(make_record):
    opened = IncidentReopened(200 * S, "ana")
    record = make_record(login=OUTAGE, events=[*closed(130), opened, *closed(500)])
    assert closed_at(record) == 500 * S
    assert closed_at(make_record(events=[*closed(130), opened])) is None
    assert not check_of(record).met


def test_what_was_opened_again_and_never_healed_did_not_recover_falsely(make_record):
    failing = "......" + 54 * "x"
    taken_back = make_record(login=failing, events=[*closed(130), IncidentReopened(200 * S, "ana")])
    false = make_record(login=failing, events=closed(130))
    assert [ending_of(one, measure_times(one)) for one in (taken_back, false)] == ["unresolved", "false-recovery"]


def test_a_page_that_comes_when_the_incident_is_closed_is_nobodys_to_escalate(make_record):
    declared, gone = IncidentDeclared(100 * S, "ana", "SEV-2"), PageEscalated(500 * S, "A2", 2, "policy")
    checks = {}
    for events in ([declared, gone], [declared, *closed(450), gone]):
        record = make_record(login=OUTAGE, events=events)
        case = Case(record, measure_times(record), measure_impact(record), None)
        [check] = [one for one in command(case, 10).checks if one.text.startswith("pages that nobody")]
        checks[len(events)] = check.due
    assert checks == {2: True, 3: False}

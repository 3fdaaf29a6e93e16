"""Public updates against their deadlines and the truth. The trigger is at 60 s, the outage begins with it."""

from __future__ import annotations

import pytest

from gameday.core.events import IncidentDeclared, IncidentResolved, StatusPosted
from gameday.core.units import MICRO
from gameday.scoring.communication import communication
from gameday.scoring.dimension import Case
from gameday.scoring.impact import measure_impact
from gameday.scoring.times import measure_times

S = MICRO
GOOD = "Some customers cannot log in. Browsing works. Next update in 8 minutes."
OVER = "Logins have recovered; everything is back to normal."
DOWN = "......" + "x" * 54
OUTAGE = "......" + "x" * 20
LONG = "......" + "x" * 120


def case_of(record):
    return Case(record, measure_times(record), measure_impact(record), None)


def post(at, text=GOOD):
    return StatusPosted(at * S, "ana", text)


def judged(record):
    """Text of each check that fell due -> whether it was met."""
    return {check.text: check.met for check in communication(case_of(record), 15).checks if check.due}


def test_nothing_due_is_full_marks_and_counts_as_covered(make_record):
    dimension = communication(case_of(make_record()), 15)
    assert (dimension.value, dimension.evaluated) == (1.0, 15)


def test_silence_is_worth_nothing(make_record):
    assert communication(case_of(make_record(login=DOWN)), 15).value == 0.0


def test_a_good_team_gets_everything(make_record):
    events = [IncidentDeclared(120 * S, "ana", "SEV-2"), post(180), post(400, OVER), IncidentResolved(420 * S, "ana")]
    dimension = communication(case_of(make_record(login=OUTAGE, events=events)), 15)
    assert dimension.value == 1.0
    assert sum(check.due for check in dimension.checks) >= 5


@pytest.mark.parametrize(("at", "met"), [(420, True), (421, False)])
def test_the_first_update_is_due_five_minutes_after_the_declaration(make_record, at, met):
    events = [IncidentDeclared(120 * S, "ana", "SEV-2"), post(at)]
    assert judged(make_record(login=DOWN, events=events))["first public update by 07:00"] is met


@pytest.mark.parametrize(("at", "met"), [(540, True), (541, False)])
def test_or_eight_minutes_after_impact_if_that_is_sooner(make_record, at, met):
    events = [IncidentDeclared(300 * S, "ana", "SEV-2"), post(at)]
    assert judged(make_record(login=DOWN, events=events))["first public update by 09:00"] is met


def test_the_scope_follows_within_five_more_minutes(make_record):
    vague = "We are investigating an issue. Next update in 8 minutes."
    text = "an update that says what is hurt by 14:00"
    record = make_record(login=LONG, windows=126, events=[post(400, vague), post(800)])
    assert judged(record)[text] is True
    record = make_record(login=LONG, windows=126, events=[post(400, vague), post(841)])
    assert judged(record)[text] is False


def test_updates_follow_each_other_at_the_interval(make_record):
    record = make_record(login=LONG, windows=126, events=[post(200), post(600), post(1100)])
    assert judged(record) | {"the next update by 11:20": True, "the next update by 18:00": False} == judged(record)


def test_a_flood_of_updates_earns_no_more_checks_than_the_interval_asks_for(make_record):
    flood = make_record(login=LONG, windows=126, events=[post(at) for at in range(200, 1200, 5)])
    assert sum(text.startswith("the next update") for text in judged(flood)) == 2


def test_no_update_is_due_once_it_is_over_and_said_so(make_record):
    record = make_record(login=OUTAGE, windows=126, events=[post(200), post(500, OVER)])
    assert not any(text.startswith("the next update") for text in judged(record))


def test_resolving_too_early_does_not_end_the_duty(make_record):
    early = [IncidentResolved(100 * S, "ana")]
    assert judged(make_record(login=DOWN, events=early))["first public update by 09:00"] is False


def test_one_vague_update_fails_what_every_update_has_to_say(make_record):
    record = make_record(login=DOWN, events=[post(200), post(300, "We rolled back. It will be fixed in 5 minutes.")])
    checks = judged(record)
    assert checks["every update says what or whom it hurts"] is False
    assert checks["every update says when the next update comes"] is False
    assert checks["every update promises no time for the repair"] is False


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        (GOOD, True),
        ("We are investigating. Next update in 5 minutes.", True),
        ("Some customers cannot browse.", False),
        ("Logins work normally; looking at products fails.", False),
        ("Logins fail and browsing is not affected.", True),
        (OVER, False),
        ("sessions-db is down.", True),
    ],
)
def test_updates_agree_with_what_was_so(make_record, text, agrees):
    assert judged(make_record(login=DOWN, events=[post(300, text)]))["updates agree with what was so"] is agrees


def test_saying_that_it_is_over_is_true_from_when_it_is_mitigated(make_record):
    text = "updates agree with what was so"
    assert judged(make_record(login=OUTAGE, events=[post(260, OVER)]))[text] is True
    assert judged(make_record(login=OUTAGE, events=[post(259, OVER)]))[text] is False


@pytest.mark.parametrize(("last", "met"), [(OVER, True), (GOOD, False)])
def test_the_last_update_says_that_it_is_over(make_record, last, met):
    events = [post(200), post(400, last), IncidentResolved(420 * S, "ana")]
    assert judged(make_record(login=OUTAGE, events=events))["the last update says that it is over"] is met


def test_the_interval_is_the_scenarios(make_record, make_exercise):
    exercise = make_exercise(communication={"first": "2m", "every": "3m"})
    events = [IncidentDeclared(120 * S, "ana", "SEV-2"), post(200), post(390)]
    checks = judged(make_record(login=DOWN, events=events, exercise=exercise))
    assert checks["first public update by 04:00"] is True
    assert checks["the next update by 06:20"] is False


def rhythm(record):
    """(due second, met) of each check for a next update."""
    checks = communication(case_of(record), 15).checks
    return [(check.due_at // S, check.met) for check in checks if check.text.startswith("the next update")]


def promising(minutes):
    return f"Some customers cannot log in. Next update in {minutes} minutes."


def test_a_later_promise_holds_up_to_twice_the_interval(make_record):
    record = make_record(login=LONG, windows=126, events=[post(200, promising(14)), post(1000)])
    assert rhythm(record) == [(1040, True)]
    record = make_record(login=LONG, windows=126, events=[post(200, promising(30)), post(1000)])
    assert rhythm(record) == [(680, False), (1160, True)]


def test_a_sooner_promise_that_is_broken_is_missed_when_it_was_promised(make_record):
    record = make_record(login=LONG, windows=126, events=[post(200, promising(3)), post(600), post(1000)])
    assert rhythm(record)[0] == (380, False)
    check = next(c for c in communication(case_of(record), 15).checks if c.due_at == 380 * S)
    assert check.detail == "promised at 03:20; came at 10:00"


def test_many_short_promises_that_are_kept_earn_no_more_checks(make_record):
    flood = make_record(login=LONG, windows=126, events=[post(at, promising(1)) for at in range(200, 1260, 50)])
    calm = make_record(login=LONG, windows=126, events=[post(at) for at in range(200, 1200, 480)])
    assert all(met for _, met in rhythm(flood))
    assert len(rhythm(flood)) == len(rhythm(calm)) == 2


def test_every_check_that_can_fall_due_names_its_source_and_a_deadline_its_instant(make_record):
    checks = communication(case_of(make_record(login=LONG, windows=126, events=[post(200)])), 15).checks
    assert all(check.source for check in checks)
    assert [check.due_at for check in checks if " by " in check.text] == [540 * S, 840 * S, 680 * S, 1160 * S]
    first = checks[0]
    assert (first.text, first.due_at, first.detail) == ("first public update by 09:00", 540 * S, "at 03:20")


def late(record):
    """What is told of each deadline that was missed: text -> detail."""
    return {c.text: c.detail for c in communication(case_of(record), 15).checks if c.due and not c.met and c.due_at}


def test_what_was_soon_after_declaring_and_late_for_customers_is_told_with_both(make_record):
    events = [IncidentDeclared(668 * S, "ana", "SEV-2"), post(718)]
    assert late(make_record(login=LONG, windows=126, events=events))["first public update by 09:00"] == (
        "at 11:58, 50s after declaring; customers had waited since 01:00 and are owed it within 8m"
    )


def test_what_never_came_is_told_by_what_it_counts_from(make_record):
    waited = "never; customers had waited since 01:00 and are owed it within"
    told = late(make_record(login=LONG, windows=126))
    assert told["first public update by 09:00"] == f"{waited} 8m"
    assert told["an update that says what is hurt by 14:00"] == f"{waited} 13m"
    told = late(make_record(login=DOWN, events=[IncidentDeclared(120 * S, "ana", "SEV-2")]))
    assert told["first public update by 07:00"] == "never; declared at 02:00"

"""Each rule of the conclusions by itself, on evidence written by hand."""

from __future__ import annotations

import pytest

from gameday.response.colleagues.concluding import astray, conclude
from gameday.response.colleagues.findings import CallNumbers, Change, Evidence, Numbers
from gameday.response.colleagues.knowing import Knowledge

FINE = {"rate": 20.0, "goodput": 20.0, "errors": 0.0, "p95": 0.05, "saturation": 0.2, "load": 0.2, "replicas": 2.0}


def numbers(subject, now, before=None, calls=(), deploy_age=None, at_deploy=None):
    return Numbers(
        subject,
        300,
        {**FINE, **now},
        {**FINE, **(before or {})},
        {**FINE, **(at_deploy or {})},
        deploy_age,
        tuple(calls),
    )


def call(callee, errors=0.0, retries=0.0, p95=0.05, **causes):
    return CallNumbers(f"web>{callee}", callee, 20.0, errors, retries, p95, causes)


def evidence(*found, changes=()):
    return Evidence({one.subject: one for one in found}, tuple(changes))


@pytest.fixture
def knowledge(small_exercise):
    return Knowledge(small_exercise().scenario)


BAD = {"errors": 0.9, "goodput": 2.0}
STARVED = {"saturation": 1.0, "load": 0.01, **BAD}


def test_what_is_well_has_no_cause(knowledge):
    assert conclude(evidence(numbers("db", {})), knowledge) is None


def test_who_gets_less_to_do_is_not_unwell(knowledge):
    assert conclude(evidence(numbers("db", {"rate": 2.0, "goodput": 2.0})), knowledge) is None


def test_workers_that_wait_point_to_the_worst_call(knowledge):
    found = conclude(evidence(numbers("web", STARVED, calls=[call("mail"), call("db", errors=0.9)])), knowledge)
    assert (found.component, found.below) == ("db", "db")


def test_one_that_was_looked_at_and_is_well_is_not_pointed_to(knowledge):
    web = numbers("web", {**STARVED, "pool": 1.0}, {"pool": 0.1}, calls=[call("db", errors=0.9)])
    found = conclude(evidence(web, numbers("db", {})), knowledge)
    assert (found.component, found.mechanism) == ("web", "pool-leak")


def test_a_recent_deploy_and_worse_since_is_the_deploy(knowledge):
    deploy = Change("04:00", "db", "deploy db 8", "pipeline")
    found = conclude(evidence(numbers("db", BAD, deploy_age=60.0), changes=[deploy]), knowledge)
    assert (found.component, found.mechanism) == ("db", "bad-deploy")
    assert found.why.startswith("deploy db 8 is 60 s old")


def test_a_deploy_since_which_nothing_got_worse_is_not(knowledge):
    bad = {"errors": 0.9, "load": 0.9, "saturation": 0.9}
    found = conclude(evidence(numbers("db", bad, deploy_age=60.0, at_deploy=bad)), knowledge)
    assert found.mechanism == "capacity"


def test_an_old_deploy_is_not_suspect(knowledge):
    found = conclude(evidence(numbers("db", {**BAD, "load": 1.0}, deploy_age=3000.0)), knowledge)
    assert found.mechanism == "capacity"


def test_a_caller_that_was_deployed_and_asks_more_is_to_be_looked_at(knowledge):
    web = numbers("web", BAD, calls=[call("db", errors=0.9)], deploy_age=100.0)
    db = numbers("db", {**BAD, "rate": 90.0, "load": 1.0, "saturation": 1.0})
    found = conclude(evidence(numbers("web", STARVED, calls=web.calls, deploy_age=100.0), db), knowledge)
    assert (found.component, found.mechanism) == ("web", "bad-deploy")


def test_retries_many_times_what_gets_through_keep_it_down(knowledge):
    web = numbers("web", {**STARVED, "retries": 60.0}, calls=[call("db", errors=0.9, retries=60.0)])
    db = numbers("db", {**BAD, "rate": 80.0, "load": 1.0, "saturation": 1.0})
    found = conclude(evidence(web, db), knowledge)
    assert (found.component, found.sustaining) == ("db", "retry-storm")
    assert "keeps it down" in found.why


def test_more_demand_that_is_no_retries_is_traffic(knowledge):
    found = conclude(evidence(numbers("db", {**BAD, "rate": 60.0, "load": 1.0})), knowledge)
    assert (found.mechanism, found.why) == ("traffic", "db gets 60/s, and it was 20/s")


def test_cache_hits_that_fell_come_before_what_they_set_off(knowledge):
    web = numbers("web", {"cache_hits": 0.1, **BAD}, {"cache_hits": 0.95}, calls=[call("db", errors=0.9)])
    found = conclude(evidence(web, numbers("db", {**BAD, "rate": 200.0, "load": 1.0})), knowledge)
    assert (found.component, found.mechanism) == ("web", "cache")


def test_a_backlog_that_grows_is_a_stall_and_poison_where_messages_kill(knowledge):
    grows = numbers("mail", {"backlog": 900.0}, {"backlog": 10.0})
    assert conclude(evidence(grows), knowledge).mechanism == "stall"
    killed = Change("04:00", "web", "web killed: it could not process a message", "web")
    assert conclude(evidence(grows, changes=[killed]), knowledge).mechanism == "poison"


def test_replicas_that_are_gone_are_a_crash(knowledge):
    assert conclude(evidence(numbers("db", {"replicas": 1.0, **BAD})), knowledge).mechanism == "crash"


@pytest.mark.parametrize(
    ("cause", "mechanism"), [("certificate", "certificate"), ("dns", "dns"), ("unauthorized", "credentials")]
)
def test_trust_that_is_lost_is_told_by_its_cause(knowledge, cause, mechanism):
    web = numbers("web", BAD, calls=[call("db", errors=0.9, **{cause: 0.9})])
    assert conclude(evidence(web), knowledge).mechanism == mechanism


def test_its_own_errors_are_errors(knowledge):
    assert conclude(evidence(numbers("db", {**BAD, "errors_error": 0.5})), knowledge).mechanism == "errors"


def test_going_astray_blames_the_newest_release_of_something_else(knowledge):
    changes = [
        Change("04:10", "db", "scale db to 4", "autoscaler"),
        Change("04:00", "db", "deploy db 8", "pipeline"),
        Change("03:00", "mail", "deploy mail 2", "pipeline"),
    ]
    seen = evidence(numbers("db", BAD, deploy_age=60.0), changes=changes)
    right = conclude(seen, knowledge)
    wrong = astray(seen, knowledge, right, 1)
    assert (right.component, wrong.component, wrong.astray) == ("db", "mail", True)
    assert wrong.sure > right.sure


def test_what_was_taken_back_already_is_not_blamed_again(knowledge):
    changes = [
        Change("04:30", "mail", "rollback mail to 1", "ana"),
        Change("03:00", "mail", "deploy mail 2", "pipeline"),
    ]
    seen = evidence(numbers("db", {**BAD, "load": 1.0}), changes=changes)
    assert astray(seen, knowledge, conclude(seen, knowledge), 1).component == "web"


def test_going_astray_without_a_release_blames_a_neighbour(knowledge):
    seen = evidence(numbers("db", {**BAD, "load": 1.0}))
    assert astray(seen, knowledge, conclude(seen, knowledge), 1).component == "web"

"""What could never come to pass, or would change nothing, is told beforehand: where it stands, and what keeps it."""

from __future__ import annotations

import pytest

from gameday.scenario.load import check_paths
from tests.scenario.small import SCENARIO, problems_of, write
from tests.scenario.test_mechanism_checks import CALL, ENTRY, FAULT, SHOP, STORE, effect, fault, more

SCALING = "replicas: 2, autoscaling: {target: 0.5, most: 4"
POLICY = "rules: [{escalation_delay: 5m, targets: [ana]}]"
TOP = "seats:\n"


def top(text):
    return TOP, f"{text}\n{TOP}"


REFUSED = [
    (more(SHOP, "crash_loop: {first: 10s, most: 2s}"), "first is longer than most, 2s"),
    (more(SHOP, "memory: {used: 100%}"), "leaves none to work with; say less than 100%"),
    (more(SHOP, "queue_limit: 60, autoscaling: {metric: queue, target: 60, most: 4}"), "never holds more than 60"),
    (more(SHOP, "autoscaling: {target: 0.5, most: 4, every: 10us}"), "30 million times in a session"),
    (more(SHOP, "per_replica: {health: {every: 1us, timeout: 1us}}"), "takes too long to simulate; write 1s, say"),
    (more(CALL, "retries: 2, backoff: 1m, backoff_max: 1s"), "backoff is longer than backoff_max, 1s"),
    (more(CALL, "retries: 2, budget: {initial: 50.0, capacity: 5.0}"), "cannot begin with 50"),
    (more(ENTRY, "clients: {retries: 1, delay: 2m}"), "delay is longer than delay_most, 1m"),
    (("timeout: 100ms", "timeout: 5ms"), "store needs 5ms on the mean, without any queue"),
    (("timeout: 1s}", "timeout: 10ms}"), "so clients mostly give up"),
    (("within: 500ms", "within: 10ms"), "an answer takes 10ms on the mean, without any queue, so the objective"),
    (fault("kind: latency, service: store, add: 0s"), "a time of 0 added changes nothing"),
    (fault("kind: deploy, service: store, version: v1"), '"store" runs v1 already'),
    (top("releases: [{service: shop, version: v1}]"), '"shop" runs v1 from the start'),
    (effect("service: store, write_errors: 5%"), "store has no caller with writes: true"),
    (
        top(
            "scoring: {weights: {recovery_time: 0, customer_impact: 0, diagnosis: 0, decisions: 0, communication: 0, "
            "command: 0}}"
        ),
        "all weights are 0, so nothing is scored",
    ),
    (fault("kind: latency, service: store, factor: 5, lasts: 10s, ramp: 20s"), "longer than the fault lasts, 10s"),
]  # fmt: skip

ADVISED = [
    (more(SHOP, "warm_up: {lasts: 5s, factor: 1}"), "a factor of 1 changes nothing"),
    (more(SHOP, "contention: {}"), "it does nothing without sigma or kappa"),
    (more(SHOP, "in_flight: 2"), "no more than 2 are ever inside, so some of 8 workers are idle"),
    (more(SHOP, "replicas: 2, autoscaling: {target: 0.5, least: 2, most: 2}"), "there is nothing to scale"),
    (more(SHOP, f"{SCALING}, every: 10m, window: 10m}}"), "so it is never done"),
    (more(SHOP, f"start_up: 10m, {SCALING}}}"), "none that it adds ever serves"),
    (more(SHOP, "replicas: 2, per_replica: {health: {every: 1s, timeout: 5s}}"), "longer than 1s, when the next one"),
    (more(SHOP, "limit: {rate: 5/s}"), "about 20 come a second, so some are turned away"),
    (more(CALL, "limit: {rate: 5/s}"), "about 20 calls go out a second, so some fail"),
    (more(CALL, "breaker: {calls: 1000}"), "at rest about 200 calls come within 10s, so it hardly ever opens"),
    (more(CALL, "retries: 2, budget: {initial: 0.0, per_success: 0.0}"), "so nothing is ever tried again"),
    (("timeout: 100ms", "required: false, timeout: 5ms"), "so the call is mostly given up"),
    (more(ENTRY, "clients: {jitter: 50%}"), "jitter does nothing without retries"),
    (more(ENTRY, "clients: {}"), "it does nothing without retries or patience"),
    (more(ENTRY, "segments: {abroad: 0%}"), "no request is of the segment abroad"),
    (more(ENTRY, "shape: [{at: 0, factor: 0.0}]"), "so nothing ever comes"),
    (more(ENTRY, "shape: [{at: 10m, factor: 2.0}]"), "this is after the session's end at 5m"),
    (more(ENTRY, "series: {every: 10m, factors: [1.0, 2.0]}"), "its second step comes after the session's end"),
    (("  traffic:\n", "  zones: [a]\n  traffic:\n"), 'no service has a replica in "a"'),
    (fault("kind: latency, service: store, factor: 5, ramp: 10m"), "the session ends 4m after this begins"),
    (fault("kind: deploy, service: store, version: v2, rollout: 10m"), "the session ends 4m after this begins"),
    (fault("kind: dns, service: store, ttl: 10m"), "the session ends 4m after this begins"),
    (fault("kind: crash, service: store, restarts: true, again_after: 20s, lasts: 10s"), "so it is never done"),
    (fault("kind: monitoring, delay: 10m"), "frozen: true says that"),
    (fault("kind: person-unavailable, person: ana"), "while a player has the seat of ana, this does nothing"),
    ((FAULT, f"{FAULT}\n      {FAULT}"), "the same fault stands here before, word for word"),
    (effect("service: store, service_time: 1"), "factor on the service time: 1 changes nothing"),
    (effect("service: store, errors: 5%, replica: 3"), "1 replica(s), so there is no number 3"),
    ((POLICY, f"{POLICY[:-1]}, {{escalation_delay: 5m, targets: [ana]}}]"), "a page comes to this level after 5m"),
    ((POLICY, POLICY.replace("[ana]", "[ana, ana]")), '"ana" stands at this level already'),
    (("ana: {team: web}", "ana: {team: web, works: {shift_ends: 10m}}"), "so they never go home"),
    (("ana: {team: web}", "ana: {team: web, contacts: [{by: push}, {by: sms, after: 10m}]}"), "nobody is reached so"),
    (top("actions: [{verb: restart, takes: 10m}]"), "the session lasts 5m, so it is never done"),
    (top("actions: [{verb: restart}, {verb: restart, on: shop}]"), "holds first, so this one never does"),
    (top("actions: [{verb: restart, on: orders}]"), 'restart is never about "orders", but about services'),
    (top("communication: {first: 10m}"), "so no update ever falls due"),
    (top("horizon: 30s"), "in slow nothing goes wrong before 1m"),
    (top("injects: [{at: 1m, every: 10m, kind: tickets, count: 1}]"), "so it comes once"),
    (top("injects: [{at: 1m, every: 2m, kind: tickets, count: 1, text: a, again: [b, c, d]}]"), "never said"),
    (top("injects: [{at: 1m, kind: journalist, text: a, answer_within: 10m}]"), "so they never lose patience"),
]  # fmt: skip


def told(folder, change):
    old, new = change
    assert SCENARIO.count(old) == 1
    problems, _ = check_paths([write(folder, SCENARIO.replace(old, new))])
    return problems, SCENARIO[: SCENARIO.index(old)].count("\n") + 1


@pytest.mark.parametrize(("change", "said"), REFUSED, ids=[case[0][1].strip()[:70] for case in REFUSED])
def test_what_is_impossible_is_refused_where_it_stands(tmp_path, change, said):
    problems, line = told(tmp_path, change)
    (refused,) = [problem for problem in problems if problem.severity == "error"]
    assert said in refused.message
    assert line <= refused.line <= line + 1


@pytest.mark.parametrize(("change", "said"), ADVISED, ids=[case[0][1].strip()[:70] for case in ADVISED])
def test_what_would_change_nothing_is_advised_against_where_it_stands(tmp_path, change, said):
    problems, line = told(tmp_path, change)
    (advice,) = problems
    assert advice.severity == "warning"
    assert said in advice.message
    assert line <= advice.line <= line + 1


def test_a_crash_that_nobody_is_back_from_in_time_is_worth_a_word(tmp_path):
    text = SCENARIO.replace(*more(STORE, "start_up: 10m")).replace(
        *fault("kind: crash, service: store, restarts: true")
    )
    (found,) = check_paths([write(tmp_path, text)])[0]
    assert found.message == "store needs 10m to start, and is not back before the session's end"
    assert found.severity == "warning"


def test_a_fault_of_requests_that_never_come_to_its_service_is_refused(tmp_path):
    crawl = (
        "orders: {to: shop, rate: 20/s, timeout: 1s}\n      crawl: {to: store, rate: 1/s, timeout: 1s, counts: false}"
    )
    text = SCENARIO.replace("orders: {to: shop, rate: 20/s, timeout: 1s}", crawl)
    text = text.replace(*fault("kind: errors, service: shop, share: 50%, entry: crawl"))
    (found,) = check_paths([write(tmp_path, text)])[0]
    assert found.message == 'no request of "crawl" ever comes to "shop"'
    assert found.excerpt[found.column - 1 :].startswith("crawl")


def test_connections_leak_so_slowly_that_none_is_gone_by_the_end(tmp_path):
    text = SCENARIO.replace(*more(CALL, "pool: {size: 4}"))
    text = text.replace(*fault("kind: pool-leak, edge: shop>store, leaks: 1/h"))
    (found,) = check_paths([write(tmp_path, text)])[0]
    assert found.message == "not one connection leaks in the 4m that it has"


def test_an_autoscaler_without_room_cannot_do_the_wrong_thing(tmp_path):
    text = SCENARIO.replace(*more(STORE, "autoscaling: {target: 0.5, most: 4}"))
    text = text.replace(*fault("kind: autoscaler, service: store, does: shrinks"))
    (found,) = check_paths([write(tmp_path, text)])[0]
    assert found.message == "store has its least of 1 replica(s) from the start"


def test_a_label_that_is_mistyped_is_one_problem_and_not_two(tmp_path):
    (found,) = problems_of(tmp_path, "{slow: useless}", "{slwo: useless}")
    assert found.message == 'variant "slwo" is not defined; did you mean "slow"?'

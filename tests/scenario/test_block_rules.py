"""A rule about a whole block is told also where other values of the block are wrong, and never because of them."""

from __future__ import annotations

import pytest

from gameday.scenario.load import check_paths
from tests.scenario.small import SCENARIO, codes, write

EDGE = "- {from: shop, to: store, timeout: 100ms}"
FAULT = "- {kind: latency, at: 60s, service: store, factor: 50}"
ENTRY = "orders: {to: shop, rate: 20/s, timeout: 1s}"
ALERT = "orders-fail: {when: orders.errors > 5% for 30s, policy: web, summary: Orders fail, playbook: small}"
SHOP = "shop: {team: web, service_time: 5ms}"


def told(folder, old, new):
    assert SCENARIO.count(old) == 1
    return check_paths([write(folder, SCENARIO.replace(old, new))])[0]


def effect(text):
    return f"- {{kind: bad-deploy, at: 60s, service: store, version: v2, effects: [{{{text}}}]}}"


BOTH = [
    (FAULT, "- {kind: latency, at: 60, service: store, factor: 50, add: 5s}", "say either factor or add"),
    (FAULT, "- {kind: latency, at: 60, service: store}", "say either factor or add"),
    (FAULT, "- {kind: bad-deploy, at: 60, service: store, version: v2}", "a bad-deploy has effects"),
    (FAULT, "- {kind: provisioning, at: 60, quota: 5, delay: 5s}", "say either quota or delay"),
    (FAULT, "- {kind: third-party, at: 60, service: store, trouble: down, rate: 5/s}", "rate belongs to"),
    (FAULT, effect("service: store, edge: shop>store, errors: much"), "an effect names exactly one target"),
    (FAULT, effect("service: store, timeout: 5s, reach: most"), "timeout is a parameter of an edge"),
    (EDGE, "- {from: shop, to: store, retries: many}", "a call that somebody waits for needs a timeout"),
    (EDGE, "- {from: shop, to: store, mode: async, retries: 3, backoff: 5}", "nobody waits for an async call"),
    (EDGE, "- {from: shop, to: store, timeout: 0s, jitter: 5}", "a timeout of zero lets nothing through"),
    (ENTRY, "orders: {to: shop, rate: 20, timeout: 1s, segments: {a: 60%, b: 60%}}", "add up to 1.2, more than 1"),
    (ALERT, "orders-fail: {policy: web, urgency: hgh, summary: 5}", "either `when`, a condition, or `burn`"),
    (SHOP, "shop: {service_time: 5ms, autoscaling: {target: x, least: 5, most: 2}}", "must be <= most(=2)"),
    ("playbooks: [small]\n", "playbooks: [small]\ninjects: [{kind: message, from: 5}]\n", "needs `at` or `when`"),
]


@pytest.mark.parametrize(("old", "new", "rule"), BOTH, ids=[new[:60].strip() for _, new, _ in BOTH])
def test_a_rule_and_a_wrong_value_in_its_block_are_told_at_once(tmp_path, old, new, rule):
    found = told(tmp_path, old, new)
    assert len([problem for problem in found if rule in problem.message]) == 1, found
    assert len([problem for problem in found if problem.severity == "error"]) >= 2


OPEN = [
    (FAULT, "- {kind: bad-deploy, at: 60s, service: store, version: v2, effects: 5}", ["wrong-type"]),
    (EDGE, "- {from: shop, to: store, timeout: 100}", ["missing-unit"]),
    (EDGE, "- {from: shop, to: store, timeout: 100ms, mode: [sync]}", ["bad-choice"]),
    (EDGE, "- {from: shop, to: store, mode: asynk}", ["bad-choice"]),
    (ENTRY, "orders: {to: shop, rate: 20/s, timeout: 1s, segments: {a: 60%, b: most}}", ["bad-value"]),
    (SHOP, "shop: {team: web, service_time: 5ms, autoscaling: {target: 0.5, least: 5, most: x}}", ["wrong-type"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), OPEN, ids=[new[:60] for _, new, _ in OPEN])
def test_a_rule_that_depends_on_a_wrong_value_waits_until_that_is_mended(tmp_path, old, new, expected):
    assert codes(told(tmp_path, old, new)) == expected


def test_two_rules_that_no_single_change_mends_are_told_at_once(tmp_path):
    found = told(tmp_path, FAULT, "- {kind: latency, at: 60s, service: store, zone: a, reach: 50%}")
    assert [problem.message for problem in found] == ["say either zone or reach", "say either factor or add"]


def test_two_rules_that_one_change_mends_are_one_problem(tmp_path):
    found = told(tmp_path, FAULT, "- {kind: partition, at: 60s, zones: [a, a]}")
    assert [problem.message for problem in found] == ["zone a reaches itself"]


AROUND = [
    (EDGE, f"{EDGE}\n    - {{from: shop, to: store, timeout: 5}}", ["duplicate-edge", "missing-unit"]),
    (SHOP, "shop: {team: 5, service_time: 5ms, codel: {target: 200ms, interval: 1us}}", ["unused-block", "impossible"]),
    (EDGE, "- {from: shop, to: store, timeout: 100ms, writes: true, cache: {keys: x}}", ["impossible", "wrong-type"]),
    (SHOP, "shop: {team: web, service_time: x, replicas: 9, autoscaling: {target: x, most: 2}}", ["impossible"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), AROUND, ids=[new[:60] for _, new, _ in AROUND])
def test_a_check_that_needs_the_block_is_made_also_where_a_value_of_it_is_wrong(tmp_path, old, new, expected):
    found = codes(told(tmp_path, old, new))
    assert [code for code in expected if code not in found] == []


UNSAID = [
    ("store: {kind: database, team: web, service_time: 5ms}", "store: 5", ["wrong-type"]),
    (SHOP, "shop: {team: web, service_time: 5ms, replicas: three, zones: [a]}", ["unknown-zone", "wrong-type"]),
    (EDGE, "- {from: shop, to: store, timeout: 100ms, hedge: {after: 5}}", ["missing-unit"]),
    ("targets: [ana]", "targets: ana", ["wrong-type"]),
    ("duration: 5m", "duration: 5", ["missing-unit"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), UNSAID, ids=[new[:60] for _, new, _ in UNSAID])
def test_nothing_is_said_that_comes_from_what_stands_in(tmp_path, old, new, expected):
    assert sorted(codes(told(tmp_path, old, new))) == sorted(expected)


def test_a_pair_that_is_one_short_lacks_an_item(tmp_path):
    (found,) = told(tmp_path, FAULT, "- {kind: partition, at: 60s, zones: [a]}")
    assert found.message == '"zones" lacks item 2'

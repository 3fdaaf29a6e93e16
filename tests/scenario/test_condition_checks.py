"""What the checks say of conditions on edges, and of durations that a session has no room for."""

from __future__ import annotations

import pytest

from gameday.core.expressions import ConditionError
from gameday.scenario.conditions import edges_named
from gameday.scenario.load import check_paths, load
from tests.scenario.small import PLAYBOOK, SCENARIO, codes, problems_of, problems_of_playbook, write

WHEN = "orders.errors > 5% for 30s"
EDGE = "    - {from: shop, to: store, timeout: 100ms}\n"
TWO = """\
    - {from: shop, to: store, label: read, timeout: 100ms, pool: {size: 20}, breaker: {}}
    - {from: shop, to: store, label: write, timeout: 100ms, cache: {keys: 50, ttl: 5s}}
    - {from: shop, to: mail, mode: async}
"""
MAIL = "    store: {kind: database"
WIDE = SCENARIO.replace(EDGE, TWO).replace(MAIL, f"    mail: {{team: web, service_time: 1ms}}\n{MAIL}")


def problems(folder, when):
    """What is wrong with a scenario of several edges whose alert asks this."""
    return check_paths([write(folder, WIDE.replace(WHEN, when))])[0]


def pointed_at(problem):
    return problem.excerpt[problem.column - 1 : problem.column - 1 + problem.width]


@pytest.mark.parametrize(
    "when",
    [
        "shop>store#read.pool > 90%",
        "'shop>store#read.breaker == open for 10s'",
        "shop>store#write.cache_hits < 50% over 10s",
        "shop>store#write.retries > 20/s over 10s and shop>store#read.errors > 5%",
        "shop>mail.errors_refused > 5% over 1m",
    ],
)
def test_edges_have_the_signals_of_what_they_have_quoted_or_not(tmp_path, when):
    assert problems(tmp_path, when) == []


@pytest.mark.parametrize(
    ("when", "code", "words"),
    [
        ("shop>store#raed.errors > 5%", "unknown-edge", "there is shop>store#read and shop>store#write"),
        ("shop>store.errors > 5%", "unknown-edge", "there is shop>store#read and shop>store#write"),
        ("shop>mial.errors > 5%", "unknown-edge", 'no dependency "shop>mial"; did you mean "shop>mail"?'),
        ("mail>shop.errors > 5%", "unknown-edge", 'no dependency "mail>shop"'),
        ("shop>store#write.pool > 90%", "unknown-metric", "shop>store#write has no pool"),
        ("shop>store#write.breaker == open", "unknown-metric", "shop>store#write has no breaker"),
        ("shop>store#read.cache_hits < 9%", "unknown-metric", "shop>store#read has no cache"),
        ("shop>mail.p99 > 1s", "unknown-metric", "nobody waits for an async call"),
        ("shop>mail.retries > 1/s", "unknown-metric", "nobody waits for an async call"),
        ("shop>mail.queue > 5", "unknown-metric", '"queue" is no metric of a dependency'),
        ("shop>mail.erors > 5%", "unknown-metric", 'did you mean "errors"?'),
        ("shop.breaker == open", "unknown-metric", 'write for example "shop>store#read.breaker"'),
        ("mail.breaker == open", "unknown-metric", "a metric of a dependency, not of a service"),
    ],
)
def test_what_an_edge_is_not_or_has_not_is_refused_at_its_place(tmp_path, when, code, words):
    (problem,) = problems(tmp_path, when)
    assert (problem.code, problem.severity) == (code, "error")
    assert words in problem.message
    assert pointed_at(problem) == when.split()[0]


HAVING = WIDE.replace(
    "    - {from: shop, to: mail, mode: async}\n",
    "    - {from: shop, to: mail, mode: async}\n"
    "    - {from: mail, to: sender, mode: pull, timeout: 5s, consumption: {}}\n",
).replace(
    "    mail: {team: web, service_time: 1ms}\n",
    "    mail: {kind: queue, team: web, service_time: 1ms}\n"
    "    sender: {team: web, service_time: 1ms, replicas: 2, per_replica: {}}\n"
    "    copy: {kind: database, team: web, service_time: 5ms, replication: {of: store, lag: 1s}}\n",
)
ONE = "replication: {of: store, lag: 1s}"


@pytest.mark.parametrize(
    ("metric", "has", "has_not"),
    [
        ("backlog > 400", "mail", "sender"),
        ("lag > 5s", "copy", "store"),
        ("healthy < 2", "sender", "shop"),
        ("cache_hits < 50%", "shop", "store"),
        ("pool > 90%", "shop", "mail"),
    ],
)
def test_a_metric_that_this_service_can_never_have_is_refused_with_who_has_it(tmp_path, metric, has, has_not):
    def found(service):
        return check_paths([write(tmp_path, HAVING.replace(WHEN, f"{service}.{metric}"))])[0]

    assert [one.message for one in found(has) if one.severity == "error"] == []
    (problem,) = [one for one in found(has_not) if one.severity == "error"]
    name = metric.split()[0]
    assert (problem.code, pointed_at(problem)) == ("unknown-metric", f"{has_not}.{name}")
    assert problem.message.startswith(f'{has_not} has no "{name}": only ')
    assert problem.message.endswith(f"; there is {has}")


def test_a_primary_whose_old_self_rejoins_may_lag(tmp_path):
    rejoining = HAVING.replace(ONE, "replication: {of: store, lag: 1s, rejoin: 2m}")
    found = check_paths([write(tmp_path, rejoining.replace(WHEN, "store.lag > 5s"))])[0]
    assert [one.message for one in found if one.severity == "error"] == []


def test_what_no_edge_can_ever_show_is_refused_at_its_place(tmp_path):
    (problem,) = problems(tmp_path, "shop>mail.errors > 5")
    assert (problem.code, pointed_at(problem)) == ("bad-condition", "5")


def test_two_states_of_one_breaker_never_hold_together(tmp_path):
    when = "shop>store#read.breaker == open and shop>store#read.breaker == closed"
    (problem,) = problems(tmp_path, when)
    assert "never hold together" in problem.message


def test_an_edge_may_be_named_in_steps_and_injects_and_is_looked_up_there(tmp_path):
    ok = problems_of_playbook(tmp_path, "orders.errors < 1%", "shop>store.errors < 1%")
    assert ok == []
    (problem,) = problems_of_playbook(tmp_path, "orders.errors < 1%", "shop>stor.errors < 1%")
    assert (problem.code, pointed_at(problem)) == ("unknown-edge", "shop>stor.errors")
    inject = "playbooks: [small]\ninjects: [{when: shop>stor.errors > 5%, kind: message, from: x, text: y}]"
    assert codes(problems_of(tmp_path, "playbooks: [small]", inject)) == ["unknown-edge"]


@pytest.mark.parametrize(
    ("when", "at", "words"),
    [
        ("orders.errors > 5% for 1h", "1h", '"for 1h" never comes to pass: the session lasts 5m'),
        ("orders.errors > 5% over 30m", "30m", '"over 30m" is longer than the session, which lasts 5m'),
        ("not (shop.queue > 5 or store.queue > 9 over 301s)", "301s", "over 5m1s"),
        ("(orders.errors > 5% for 3m) for 3m", "3m", '"for 3m" never comes to pass'),
    ],
)
def test_a_duration_longer_than_the_session_is_refused_where_it_is_written(tmp_path, when, at, words):
    (problem,) = problems_of(tmp_path, WHEN, when)
    assert (problem.code, problem.severity, pointed_at(problem)) == ("beyond-the-end", "error", at)
    assert words in problem.message


def test_a_duration_as_long_as_the_session_is_taken(tmp_path):
    assert problems_of(tmp_path, WHEN, "orders.errors > 5% over 5m for 5m") == []


def test_so_is_one_that_an_alert_must_have_held(tmp_path):
    (problem,) = problems_of(tmp_path, f"when: {WHEN},", f"when: {WHEN}, for: 6m,")
    assert (problem.code, pointed_at(problem)) == ("beyond-the-end", "6m")


def test_a_playbook_is_held_against_the_scenario_that_uses_it(tmp_path):
    (problem,) = problems_of_playbook(tmp_path, "check: orders.errors < 1%", "check: orders.errors < 1% for 6m")
    assert problem.code == "beyond-the-end"
    assert problem.message.startswith("in tiny.yaml: ")
    playbook = PLAYBOOK.replace("check: orders.errors < 1%", "check: orders.errors < 1% for 6m")
    path = write(tmp_path, playbook=playbook).parent.parent / "playbooks" / "small.yaml"
    assert check_paths([path])[0] == [], "by itself it knows no session"


def test_the_edges_that_conditions_name_are_found_wherever_they_stand(tmp_path):
    plain = load(str(write(tmp_path, WIDE)))
    assert edges_named(plain) == ()
    text = WIDE.replace(WHEN, "shop>mail.errors > 5%").replace("run: [restart store]", "check: shop.queue < 5")
    book = PLAYBOOK.replace("orders.errors < 1%", "not shop>store#read.breaker == open")
    assert edges_named(load(str(write(tmp_path, text, book)))) == ("shop>store#read", "shop>mail")


def test_a_condition_on_edges_that_cannot_be_read_is_no_session(tmp_path):
    exercise = load(str(write(tmp_path, WIDE)))
    alert = exercise.scenario.alerts["orders-fail"].model_copy(update={"when": "shop>mail.errors >"})
    exercise.scenario.alerts["orders-fail"] = alert
    with pytest.raises(ConditionError):
        edges_named(exercise)

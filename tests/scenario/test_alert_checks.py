"""What the checks say of alerts."""

from __future__ import annotations

import pytest

from gameday.scenario.load import check_paths
from tests.scenario.small import SCENARIO, codes, problems_of, write

WHEN = "when: orders.errors > 5% for 30s, "
BURN = "burn: {entry: orders, rate: 14.4, long: 5m, short: 25s}, "


def test_a_burn_rate_instead_of_a_condition_is_fine(tmp_path):
    assert problems_of(tmp_path, WHEN, BURN) == []


def test_both_or_neither_is_one_problem(tmp_path):
    both, neither = problems_of(tmp_path, WHEN, WHEN + BURN), problems_of(tmp_path, WHEN, "")
    assert (codes(both), codes(neither)) == (["bad-value"], ["bad-value"])
    assert "either `when`, a condition, or `burn`" in both[0].message


def test_a_burn_rate_is_of_an_entry_that_there_is(tmp_path):
    (problem,) = problems_of(tmp_path, WHEN, BURN.replace("entry: orders", "entry: ordes"))
    assert problem.code == "unknown-entry"
    assert 'did you mean "orders"' in problem.message


def test_traffic_without_an_objective_has_no_budget_to_burn(tmp_path):
    text = SCENARIO.replace(
        "orders: {to: shop,", "crawl: {to: shop, rate: 1/s, timeout: 1s, counts: false}\n      orders: {to: shop,"
    )
    text = text.replace(WHEN, BURN.replace("entry: orders", "entry: crawl"))
    problems = check_paths([write(tmp_path, text)])[0]
    assert codes(problems) == ["no-objective"]
    assert problems[0].excerpt[problems[0].column - 1 :].startswith("crawl")


def test_a_rate_that_no_outage_reaches_is_worth_a_word(tmp_path):
    (problem,) = problems_of(tmp_path, WHEN, BURN.replace("14.4", "100"))
    assert (problem.code, problem.severity) == ("never-fires", "warning")
    assert "nothing burns faster than 100x, and this asks for more" in problem.message


def test_a_window_too_long_for_the_session_is_worth_a_word(tmp_path):
    (problem,) = problems_of(tmp_path, WHEN, BURN.replace("5m", "1h"))
    assert (problem.code, problem.severity) == ("never-fires", "warning")
    assert "would burn 8m38s until this fires, and the session lasts 5m" in problem.message


def test_windows_that_cannot_be_are_said_at_their_place(tmp_path):
    (problem,) = problems_of(tmp_path, WHEN, BURN.replace("5m", "2h"))
    assert "from 1s to 1h" in problem.message
    assert problem.excerpt[problem.column - 1 :].startswith("2h")


def test_a_group_of_one_is_worth_a_word(tmp_path):
    assert codes(problems_of(tmp_path, "policy: web, summary", "group: shop, policy: web, summary")) == ["lone-group"]


def test_a_group_pages_by_one_policy(tmp_path):
    rules = "  web: {rules: [{escalation_delay: 5m, targets: [ana]}]}\n"
    other = "  slow: {when: orders.p99 > 1s, policy: other, summary: Slow, group: shop}\n"
    text = SCENARIO.replace(rules, rules + rules.replace("web", "other"))
    text = text.replace("alerts:\n", "alerts:\n" + other).replace(
        "policy: web, summary", "group: shop, policy: web, summary"
    )
    problems = check_paths([write(tmp_path, text)])[0]
    assert codes(problems) == ["group-of-two-policies"]


def test_a_symptom_that_asks_no_entry_is_worth_a_word(tmp_path):
    (problem,) = problems_of(tmp_path, WHEN, "when: store.saturation > 90%, kind: symptom, ")
    assert (problem.code, problem.severity) == ("not-a-symptom", "warning")
    assert problems_of(tmp_path, WHEN, WHEN + "kind: symptom, ") == []
    assert problems_of(tmp_path, WHEN, "when: store.saturation > 90%, kind: cause, ") == []


def test_an_alert_that_never_comes_is_what_its_author_wants(tmp_path):
    assert problems_of(tmp_path, WHEN, WHEN + "broken: true, ") == []
    assert problems_of(tmp_path, WHEN, WHEN + "broken: {from: 1m, lasts: 2m}, ") == []


def test_broken_is_a_yes_or_a_stretch_of_time(tmp_path):
    (problem,) = problems_of(tmp_path, WHEN, WHEN + "broken: maybe, ")
    assert problem.excerpt[problem.column - 1 :].startswith("maybe")


def test_a_false_alarm_comes_within_the_session(tmp_path):
    assert problems_of(tmp_path, WHEN, WHEN + "false_alarms: [{at: 90s, lasts: 60s}], ") == []
    assert codes(problems_of(tmp_path, WHEN, WHEN + "false_alarms: [{at: 9m, lasts: 60s}], ")) == ["beyond-the-end"]


def test_a_false_alarm_of_a_broken_rule_is_never_raised(tmp_path):
    keys = "broken: true, false_alarms: [{at: 90s, lasts: 60s}], "
    assert codes(problems_of(tmp_path, WHEN, WHEN + keys)) == ["never-fires"]


def test_a_silence_in_a_playbook_names_an_alert(tmp_path):
    assert problems_of(tmp_path, "run: [restart store]", "run: [silence orders-fail 5m]") == []
    assert codes(problems_of(tmp_path, "run: [restart store]", "run: [silence orders-fial]")) == ["unknown-alert"]
    assert codes(problems_of(tmp_path, "run: [restart store]", "run: [silence orders-fail 5]")) == ["bad-command"]


@pytest.mark.parametrize(
    "when",
    [
        "orders.bad > 50% and orders.bad < 10%",
        "orders.bad > 10% and orders.bad < 10%",
        "not (orders.rate >= 30/s and orders.errors > 0 and orders.rate < 20/s) or orders.bad > 1%",
        "incident.declared == 1 and incident.declared == 0",
    ],
)
def test_what_can_never_hold_together_is_refused(tmp_path, when):
    (found,) = problems_of(tmp_path, "orders.errors > 5% for 30s", when)
    assert found.code == "bad-condition"
    assert "never hold together" in found.message


@pytest.mark.parametrize(
    "when",
    [
        "orders.bad > 10% and orders.bad < 50%",
        "orders.bad >= 10% and orders.bad <= 10%",
        "orders.bad > 50% over 5m and orders.bad < 10%",
        "orders.bad > 50% or orders.bad < 10%",
        "orders.bad > 50% and orders.bad != 60%",
    ],
)
def test_what_can_hold_together_is_fine(tmp_path, when):
    assert problems_of(tmp_path, "orders.errors > 5% for 30s", when) == []

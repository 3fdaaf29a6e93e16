"""The arithmetic of burn rates, and what a rule says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gameday.scenario.alert_rules import BurnRate, rule_of
from gameday.scenario.models.alerts import Alert
from gameday.scenario.models.scenario import Objective

DAYS_30 = 30 * 86_400
WORKBOOK = [(14.4, 3600, 300, 0.02), (6.0, 21_600, 1800, 0.05), (1.0, 259_200, 21_600, 0.10)]
"""Rate, long and short window in seconds, budget of 30 days consumed: the workbook's recommendation."""


@dataclass
class Bad:
    """Signals of an entry of which, second by second, this share is bad."""

    share: Callable[[int], float | None]

    def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
        assert metric == "bad"
        seen = [share for at in range(max(0, second - length), second) if (share := self.share(at)) is not None]
        return sum(seen) / len(seen) if seen else None


def outage(begins: int, share: float, ends: int = 1_000_000) -> Bad:
    return Bad(lambda second: share if begins <= second < ends else 0.0)


def first(rule: BurnRate, signals: Bad, upto: int, begin: int = 1, *, holds: bool = True) -> int | None:
    return next((second for second in range(begin, upto) if rule.holds(signals, second) is holds), None)


def test_a_burn_rate_is_the_bad_share_by_the_budget():
    rule = BurnRate("login", 0.999, 14.4, 60, 5)
    assert rule.over(outage(0, 0.01), 100, 60) == pytest.approx(10.0)
    assert rule.share == pytest.approx(0.0144)


@pytest.mark.parametrize(("rate", "long", "short", "spent"), WORKBOOK)
def test_the_budget_that_is_spent_when_it_fires_is_that_of_the_workbook(rate, long, short, spent):
    assert BurnRate("login", 0.999, rate, long, short).spent(DAYS_30) == pytest.approx(spent)


@pytest.mark.parametrize(("share", "minutes"), [(1.0, 0.864), (0.1, 8.64), (0.02, 43.2)])
def test_the_time_to_fire_is_that_of_the_workbook(share, minutes):
    """Detection time = (1 - objective) / ratio of errors x window x burn rate."""
    after = BurnRate("login", 0.999, 14.4, 3600, 300).fires_after(share)
    assert after == pytest.approx(60 * minutes)


@pytest.mark.parametrize("begins", [3, 40, 500])
@pytest.mark.parametrize("share", [1.0, 0.5, 0.3])
def test_it_fires_when_the_arithmetic_says_also_early_in_a_session(begins, share):
    rule = BurnRate("login", 0.99, 14.4, 300, 25)
    after = rule.fires_after(share)
    assert after is not None
    fired = first(rule, outage(begins, share), begins + 400)
    assert fired is not None
    assert after < fired - begins <= after + 1.0 + 1e-9


def test_it_lets_go_when_the_arithmetic_says_and_not_when_the_long_window_does():
    rule = BurnRate("login", 0.99, 14.4, 300, 25)
    over = first(rule, outage(100, 0.5, 300), 1000, 300, holds=False)
    assert over is not None
    after = rule.lets_go_after(0.5)
    assert 0 <= over - 300 - after < 1.0
    assert after < 25


def test_what_burns_more_slowly_never_fires():
    rule = BurnRate("login", 0.99, 14.4, 300, 25)
    assert rule.fires_after(0.144) is None
    assert first(rule, outage(10, 0.144), 900) is None


def test_a_short_burst_fires_nothing():
    rule = BurnRate("login", 0.99, 14.4, 300, 25)
    assert first(rule, outage(100, 1.0, 130), 900) is None


@given(good=st.floats(0.9, 0.9999), rate=st.floats(1.0, 8.0), long=st.integers(24, 300), share=st.floats(0.01, 1.0))
def test_the_budget_spent_does_not_depend_on_how_bad_it_is(good, rate, long, share):
    rule = BurnRate("login", good, rate, long, max(1, long // 12))
    after = rule.fires_after(share)
    if after is not None:
        assert share * after / ((1.0 - good) * DAYS_30) == pytest.approx(rule.spent(DAYS_30))


def test_it_says_what_it_sees():
    rule = BurnRate("login", 0.99, 14.4, 300, 25)
    assert str(rule) == "login burns its budget faster than 14.4x over 5m and 25s"
    assert rule.says(outage(75, 0.5), 100) == "burns 50x over 25s, 4.17x over 5m, fires at 14.4x on both"
    blind = Bad(lambda second: None)
    assert (rule.says(blind, 100), rule.has_data(blind, 100), rule.holds(blind, 100)) == ("no data", False, False)


def test_a_condition_says_what_it_sees_of_each_signal():
    read = {"success": 0.934, "p99": 0.25, "queue": 17.0}
    rule = rule_of(alert(when="web.success < 95% and web.p99 > 1s and (web.queue > 3 or flags.oak)"), {})

    class Seen:
        def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
            return read.get(metric, 0.0)

    assert rule.says(Seen(), 9) == "web.success 93.4%, web.p99 250ms, web.queue 17"
    assert rule.has_data(Seen(), 9)


def test_one_signal_that_does_not_come_is_no_data_for_the_rule():
    rule = rule_of(alert(when="web.success < 95% or web.queue > 3"), {})

    class Seen:
        def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
            return None if metric == "success" else 1.0

    assert not rule.has_data(Seen(), 9)
    assert rule.says(Seen(), 9) == "web.success no data, web.queue 1"


def test_a_rule_of_an_objective_takes_its_budget_from_it():
    burn = {"entry": "login", "rate": 14.4, "long": "5m", "short": "25s"}
    rule = rule_of(alert(burn=burn), {"login": Objective.model_validate({"good": "99.5%", "within": "1s"})})
    assert rule == BurnRate("login", 0.995, 14.4, 300, 25)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({}, "either `when`"),
        ({"when": "web.up", "burn": {"entry": "a", "rate": 2, "long": "1m", "short": "5s"}}, "either `when`"),
        ({"burn": {"entry": "a", "rate": 2, "long": "5s", "short": "5s"}}, "shorter"),
        ({"burn": {"entry": "a", "rate": 2, "long": "61m", "short": "5s"}}, "from 1s to 1h, found 1h1m"),
        ({"burn": {"entry": "a", "rate": 2, "long": "1m", "short": "500ms"}}, "whole seconds"),
    ],
)
def test_what_is_no_rule_is_refused(keys, words):
    with pytest.raises(ValidationError, match=words):
        alert(**keys)


def alert(**keys: object) -> Alert:
    return Alert.model_validate({"policy": "web", "summary": "it hurts", **keys})

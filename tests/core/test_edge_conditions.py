"""Edges in conditions: `web>db.errors > 5%`."""

from __future__ import annotations

import pytest

from gameday.core.expressions import ConditionError, comparisons, parse_condition
from gameday.core.signals import BREAKER_STATES, breaker_word


class Constant:
    """Signals that all have one value."""

    def __init__(self, value):
        self.seen = value

    def value(self, subject, metric, second, length=1):
        return self.seen


def leaf(text):
    (found,) = comparisons(parse_condition(text))
    return found


@pytest.mark.parametrize(
    ("text", "subject", "metric", "operator", "threshold", "window"),
    [
        ("web>db.retries > 20/s over 10s", "web>db", "retries", ">", 20.0, 10),
        ("web>db.errors > 5%", "web>db", "errors", ">", 0.05, 1),
        ("web>db.pool>90%", "web>db", "pool", ">", 0.9, 1),
        ("web>db#read.p99 >= 250ms", "web>db#read", "p99", ">=", 0.25, 1),
        ("order-api>stock-db-2.errors_timeout<1%", "order-api>stock-db-2", "errors_timeout", "<", 0.01, 1),
        ("web>db.breaker == open", "web>db", "breaker", "==", 1.0, 1),
        ("web>db.breaker!=closed", "web>db", "breaker", "!=", 0.0, 1),
        ("web>db.breaker == half-open", "web>db", "breaker", "==", 2.0, 1),
    ],
)
def test_an_edge_is_one_word_and_a_comparison_follows_its_metric(text, subject, metric, operator, threshold, window):
    found = leaf(text)
    assert (found.subject, found.metric, found.operator, found.window) == (subject, metric, operator, window)
    assert found.threshold == pytest.approx(threshold)


@pytest.mark.parametrize(
    "text",
    [
        "web>db#read.retries > 20/s over 10s for 30s",
        "not web>db.breaker == open and (web>db.errors > 5% or web.queue > 50)",
        "web>db.breaker != closed for 1m",
    ],
)
def test_a_condition_on_edges_reads_back_as_itself(text):
    parsed = parse_condition(text)
    assert str(parsed) == text
    assert parse_condition(str(parsed)) == parsed


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("web > db.errors > 5%", 'an edge is one word: write "web>db.errors" without spaces', 0),
        ("a.up or web >db.errors > 5%", 'write "web>db.errors" without spaces', 8),
        ("web>db > 5%", '"web>db" names no metric; write for example web>db.errors', 0),
        ("web>db.errors > 5", '"5" is above 1; errors is a share: write 5%', 16),
        ("web>db.pool > 120%", "is above 100%; pool is a share", 14),
        ("web>db.retries > 250ms", "retries is a number a second: write for example 30/s", 17),
        ("web>db.rate < 0", "web>db.rate is never below 0", 0),
        ("web>db.breaker", "closed, open or half-open: write for example web>db.breaker == open", 0),
        ("web>db.breaker == 1", 'expected closed, open or half-open, found "1"', 18),
        ("web>db.breaker == opne", 'no state of a circuit breaker; did you mean "open"?', 18),
        ("web>db.breaker > closed", '">" says nothing about a state: write == or !=', 15),
        ("web>db.breaker == open over 1m", 'write "for" instead of "over"', 28),
        ("web>db.errors == open", 'expected a number, found "open"', 17),
    ],
)
def test_what_cannot_be_asked_of_an_edge_says_why_and_where(text, message, offset):
    with pytest.raises(ConditionError) as caught:
        parse_condition(text)
    assert message in str(caught.value)
    assert caught.value.offset == offset


def test_a_breaker_is_compared_by_the_word_for_its_state():
    holds = {word: parse_condition(f"web>db.breaker == {word}") for word in BREAKER_STATES}
    for place, word in enumerate(BREAKER_STATES):
        signals = Constant(float(place))
        assert [one for one, condition in holds.items() if condition.holds(signals, 9)] == [word]
        assert breaker_word(float(place)) == word


def test_a_breaker_of_which_nothing_is_seen_is_in_no_state():
    assert not parse_condition("web>db.breaker == closed").holds(Constant(None), 9)
    assert not parse_condition("web>db.breaker != open").holds(Constant(None), 9)


def test_a_flag_or_a_person_may_be_called_breaker():
    assert str(parse_condition("flags.breaker and not people.breaker")) == "flags.breaker and not people.breaker"

"""Conditions that are looked at second by second."""

from __future__ import annotations

import pytest

from gameday.core.draws import draw_name, uniform
from gameday.core.expressions import parse_condition
from gameday.response.injects.following import follow


class Series:
    """Metrics that are high or low at random, the same whenever they are asked; a state that begins at a second."""

    def __init__(self, declared_from=1_000_000):
        self.declared_from = declared_from
        self.second = 0

    def value(self, subject, metric, second, length=1):
        if subject == "incident":
            return float(self.second >= self.declared_from)
        return float(uniform(draw_name(3, subject, str(second))) > 0.25)


@pytest.mark.parametrize(
    "text",
    [
        "a.rate > 0",
        "a.rate > 0 for 3s",
        "a.rate > 0 for 3s and b.rate > 0 for 2s",
        "a.rate > 0 for 4s or not b.rate > 0 for 2s",
        "(a.rate > 0 or b.rate > 0) for 9s",
        "not (a.rate > 0 for 2s) for 3s",
        "(a.rate > 0 for 2s and b.rate > 0) for 2s",
    ],
)
def test_of_what_is_measured_it_says_the_same_as_the_condition(text):
    condition, series = parse_condition(text), Series()
    look = follow(condition)
    for second in range(200):
        assert look(series, second) == condition.holds(series, second), second


def test_of_a_state_it_remembers_how_long_it_has_been_so():
    series = Series(declared_from=10)
    look = follow(parse_condition("somebody has declared for 5s"))
    held = []
    for second in range(20):
        series.second = second
        held.append(look(series, second))
    assert held.index(True) == 14, "it was declared at 10, and has been for the five seconds 10 to 14"

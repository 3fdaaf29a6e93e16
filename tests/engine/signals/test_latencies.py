"""Quantiles of windows that were put together are those of all their requests, within a stated error."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameday.core.draws import draw_name, lognormal, mix
from gameday.core.units import MICRO
from gameday.engine.signals.latencies import EXACT, NONE, merge, pack, quantile

MICROS = st.integers(min_value=0, max_value=1 << 40)


def nearest_rank(values, percent):
    return sorted(values)[-(-len(values) * percent // 100) - 1] / MICRO


@given(windows=st.lists(st.lists(MICROS, max_size=40), min_size=1, max_size=8), percent=st.sampled_from([50, 95, 99]))
def test_few_values_keep_their_exact_quantiles_however_they_are_split(windows, percent):
    together = [value for window in windows for value in window]
    found = quantile([pack(array("Q", sorted(window))) for window in windows], percent)
    assert found == (nearest_rank(together, percent) if together else None)


def drawn(count, windows):
    key = draw_name(1, "latencies")
    return [
        sorted(round(20_000 * lognormal(mix(mix(key, w), n), 1.0, 2.0)) + 1 for n in range(count))
        for w in range(windows)
    ]


@pytest.mark.parametrize(("count", "windows"), [(300, 10), (3000, 1), (3000, 4), (50, 600)])
def test_many_values_are_within_one_part_in_128(count, windows):
    values = drawn(count, windows)
    together = [value for window in values for value in window]
    parts = [pack(array("I", window)) for window in values]
    for percent in (50, 95, 99):
        assert quantile(parts, percent) == pytest.approx(nearest_rank(together, percent), rel=1 / 128)


def test_putting_together_in_steps_adds_no_error():
    parts = [pack(array("I", window)) for window in drawn(3000, 8)]
    at_once, in_steps = merge(parts), merge([merge(parts[:3]), merge([merge(parts[3:5]), *parts[5:]])])
    assert at_once.values == in_steps.values
    assert at_once.counts == in_steps.counts


def test_what_is_kept_of_a_second_does_not_grow_with_the_traffic():
    (values,) = drawn(200_000, 1)
    assert len(pack(array("I", values[:EXACT])).values) == EXACT
    assert len(pack(array("I", values)).values) < EXACT
    assert len(pack(array("I", values))) == 200_000


def test_a_window_without_successes_has_no_quantile():
    assert quantile([], 95) is None
    assert quantile([NONE, pack(array("I"))], 95) is None

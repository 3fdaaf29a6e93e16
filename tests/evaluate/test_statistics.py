from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameday.evaluate.statistics import median, median_interval, median_or_never


@pytest.mark.parametrize(
    ("values", "expected"),
    [([5.0], 5), ([1, None], None), ([1, 2, None], 2), ([1, None, None], None), ([3, 1, 2, None], 2.5), ([], None)],
)
def test_never_is_later_than_everything(values, expected):
    assert median_or_never(values) == expected


@pytest.mark.parametrize(
    ("count", "first", "last"), [(1, 1, 1), (4, 1, 4), (5, 1, 5), (6, 1, 6), (10, 2, 9), (20, 6, 15), (200, 86, 115)]
)
def test_the_interval_of_a_median_is_between_the_tabled_order_statistics(count, first, last):
    assert median_interval(range(1, count + 1)) == (first, last)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_the_interval_holds_the_median(values):
    low, high = median_interval(values)
    assert low <= median(values) <= high


def test_no_values_have_no_median():
    with pytest.raises(ValueError, match="no values"):
        median([])
    with pytest.raises(ValueError, match="no values"):
        median_interval([])

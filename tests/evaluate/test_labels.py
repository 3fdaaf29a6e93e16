"""Labels at their thresholds. Par costs a fifth of what nothing costs, unless said: half of the way is 0.6."""

from __future__ import annotations

import pytest

from gameday.evaluate.labels import label_of, prove_label


@pytest.mark.parametrize(
    ("ratio", "recovers", "label"),
    [
        (0.2, 1.0, "right"),
        (0.6, 1.0, "right"),
        (0.6, 0.9, "right"),
        (0.6, 0.0, "stop-gap"),
        (0.6, 0.5, "unclear"),
        (0.61, 1.0, "partial"),
        (0.95, 0.0, "partial"),
        (0.951, 0.0, "useless"),
        (1.0, 0.0, "useless"),
        (1.149, 0.0, "useless"),
        (1.15, 0.0, "harmful"),
        (3.0, 1.0, "harmful"),
    ],
)
def test_a_move_is_labelled_by_what_it_costs_against_nothing_and_whether_it_recovers(ratio, recovers, label):
    assert label_of(ratio, (ratio, ratio), 0.2, recovers)[0] == label


@pytest.mark.parametrize("interval", [(0.55, 0.65), (0.9, 0.96), (1.1, 1.2), (0.3, 1.0)])
def test_a_label_is_refused_where_the_interval_crosses_a_border(interval):
    label, reason = label_of(sum(interval) / 2, interval, 0.2, 1.0)
    assert label == "unclear"
    assert "crosses a border" in reason


def test_where_waiting_is_nearly_par_right_still_means_five_per_cent_better():
    assert label_of(0.96, (0.96, 0.96), 0.94, 1.0)[0] == "useless"
    assert label_of(0.94, (0.94, 0.94), 0.94, 1.0)[0] == "right"


def test_seeds_are_compared_with_themselves_so_that_their_noise_drops_out():
    idle = [1000.0 * (1 + n) for n in range(20)]
    proof = prove_label([value * 1.01 for value in idle], idle, [False] * 20, 0.2)
    assert (proof.label, proof.ratio, proof.interval) == ("useless", 1.01, (1.01, 1.01))
    assert (proof.median, proof.least, proof.most) == (pytest.approx(10605), 1010, 20200)


def test_nothing_lost_by_waiting_leaves_no_way_to_be_right():
    assert prove_label([0.0] * 20, [0.0] * 20, [True] * 20, 1.0).label == "useless"
    assert prove_label([5.0] * 20, [0.0] * 20, [True] * 20, 1.0).label == "harmful"


def test_a_change_says_of_what_so_that_less_reads_as_good():
    _, reason = label_of(0.311, (0.30, 0.33), 0.2, 1.0)
    assert reason == "-68.9% bad requests against nothing (-70.0% to -67.0%), recovers"

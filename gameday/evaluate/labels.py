"""What a mitigation is worth: right, stop-gap, partial, useless or harmful, computed and never by intuition.

Each seed's B stands against what doing nothing cost on the same seed, so that the noise of the traffic drops out.
"""

from __future__ import annotations

from collections.abc import Sequence

from gameday.evaluate.statistics import median, median_interval
from gameday.scoring.proof import LabelProof

HALFWAY = 0.5
"""Right and stop-gap come at least this far from nothing to par."""
USELESS_BETTER = 0.95
"""Useless is less than 5 % better than nothing ..."""
HARMFUL = 1.15
"""... and less than 15 % worse; harmful is at least that."""
RECOVERS = 0.9
"""Share of the runs that must recover for right; as many must not for stop-gap."""
UNCLEAR = "unclear"


def grade(ratio: float, par_ratio: float) -> str:
    """The label of B / B_nothing, before asking whether it recovers: `halfway`, partial, useless or harmful."""
    if ratio >= HARMFUL:
        return "harmful"
    if ratio > USELESS_BETTER:
        return "useless"
    halfway = 1.0 - HALFWAY * (1.0 - par_ratio)
    return "halfway" if ratio <= halfway else "partial"


def label_of(ratio: float, interval: tuple[float, float], par_ratio: float, recovers: float) -> tuple[str, str]:
    """The label and its reason; refused (`unclear`) where the interval of the median crosses a border.

    `ratio` and `par_ratio` are B / B_nothing of the move and of par; `recovers` is the share of runs that recovered.
    """
    change = f"{_change(ratio)} bad requests against nothing ({_change(interval[0])} to {_change(interval[1])})"
    grades = dict.fromkeys(grade(value, par_ratio) for value in (ratio, *interval))
    if len(grades) > 1:
        return UNCLEAR, f"{change}: the interval crosses a border"
    found = next(iter(grades))
    if found != "halfway":
        return found, change
    if recovers >= RECOVERS:
        return "right", f"{change}, recovers"
    if recovers <= 1.0 - RECOVERS:
        return "stop-gap", f"{change}, and stays short of its objectives"
    return UNCLEAR, f"{change}, recovers in {recovers:.0%} of the runs"


def prove_label(bad: Sequence[float], idle: Sequence[float], recovered: Sequence[bool], par_ratio: float) -> LabelProof:
    """The label of a mitigation from its B, and the B of doing nothing on the same seeds."""
    ratios = [_ratio(value, nothing) for value, nothing in zip(bad, idle, strict=True)]
    ratio, interval = median(ratios), median_interval(ratios)
    recovers = sum(recovered) / len(recovered)
    label, reason = label_of(ratio, interval, par_ratio, recovers)
    return LabelProof(
        label=label,
        median=round(median(bad), 6),
        least=min(bad),
        most=max(bad),
        ratio=round(ratio, 6),
        interval=(round(interval[0], 6), round(interval[1], 6)),
        recovers=recovers,
        reason=reason,
    )


def _change(ratio: float) -> str:
    """`-74.5%`; a change that rounds to nothing has no sign."""
    text = f"{ratio - 1.0:+.1%}"
    return "0%" if text in ("+0.0%", "-0.0%") else text


def _ratio(bad: float, nothing: float) -> float:
    if nothing > 0.0:
        return bad / nothing
    return 1.0 if bad <= 0.0 else HARMFUL

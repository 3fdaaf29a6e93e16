"""What an outage cost: bad requests, missed windows, error budget, money and customers.

Owns the formulas. Everything is counted by arrival up to the record's horizon; requests are the scaled ones that people
are shown (`traffic.scale` real requests for one simulated).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from gameday.core.units import MICRO
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import Entry, ShapePoint
from gameday.scoring.windows import WINDOW, any_missed, entries_missed, start_of
from gameday.session.record import SessionRecord

BUDGET_PERIOD = 30 * 86_400
"""Seconds over which an error budget is given."""


@dataclass(frozen=True, slots=True)
class Impact:
    """`bad_requests` is B, weighted; `bad_seconds` the length of the missed windows; the budget's share burned is 1
    where all of it is gone, and can be more."""

    bad_requests: float
    bad_seconds: int
    error_budget_burned: float
    revenue_lost: float | None
    customers_left: int | None

    def to_json(self) -> dict[str, float | int | None]:
        return {
            "bad_requests": self.bad_requests,
            "bad_seconds": self.bad_seconds,
            "error_budget_burned": self.error_budget_burned,
            "revenue_lost": self.revenue_lost,
            "customers_left": self.customers_left,
        }


def measure_impact(record: SessionRecord) -> Impact:
    """The impact of a session up to its horizon."""
    scenario = record.exercise.scenario
    lost = bad_demand(record)
    business = scenario.business
    return Impact(
        bad_requests=bad_requests(record),
        bad_seconds=bad_seconds(record),
        error_budget_burned=error_budget_burned(record),
        revenue_lost=round(lost * business.revenue_per_good_request, 2) if business else None,
        customers_left=math.floor(lost / business.leaves_after) if business else None,
    )


def bad_requests(record: SessionRecord) -> float:
    """B = scale x sum over the entries that are demand of weight x bad root requests."""
    scenario = record.exercise.scenario
    parts = [
        scenario.system.traffic.entries[name].weight * impact.bad
        for name, impact in record.impact.items()
        if scenario.system.traffic.entries[name].counts
    ]
    return round(math.fsum(parts) * scenario.system.traffic.scale, 6)


def weighted_arrivals(record: SessionRecord) -> float:
    """The demand that came, as B weighs it: scale x sum of weight x root requests that arrived before the horizon."""
    scenario = record.exercise.scenario
    parts = [
        scenario.system.traffic.entries[name].weight * impact.arrived
        for name, impact in record.impact.items()
        if scenario.system.traffic.entries[name].counts
    ]
    return round(math.fsum(parts) * scenario.system.traffic.scale, 6)


def bad_demand(record: SessionRecord) -> float:
    """Requests of demand gone bad, scaled and unweighted: what money and customers are counted by.

    `revenue_lost` = this x revenue per good request; `customers_left` = this / `leaves_after`, rounded down, as if each
    customer who leaves had met exactly that many failures.
    """
    scenario = record.exercise.scenario
    entries = scenario.system.traffic.entries
    bad = sum(impact.bad for name, impact in record.impact.items() if entries[name].counts)
    return bad * scenario.system.traffic.scale


def bad_seconds(record: SessionRecord) -> int:
    """Length of the windows before the horizon in which some entry missed its objective."""
    missed = any_missed(entries_missed(record))
    return WINDOW * sum(missed[index] for index in range(len(missed)) if start_of(index) < record.horizon)


def error_budget_burned(record: SessionRecord) -> float:
    """bad / (30 days of the entry's baseline demand x (1 - objective)), for the entry where it is highest."""
    scenario = record.exercise.scenario
    burned = 0.0
    for name, objective in scenario.slos.items():
        entry = scenario.system.traffic.entries.get(name)
        impact = record.impact.get(name)
        if entry is None or impact is None or not entry.counts or not entry.rate:
            continue
        burned = max(burned, impact.bad / (BUDGET_PERIOD * entry.rate * (1.0 - objective.good)))
    return burned


def baseline_demand(scenario: Scenario, horizon: int) -> float:
    """What B would be if every request of the planned traffic up to the horizon (microseconds) went bad."""
    traffic = scenario.system.traffic
    parts = [
        entry.weight * entry.rate * _shape_seconds(entry, traffic.shape, horizon)
        for entry in traffic.entries.values()
        if entry.counts
    ]
    return round(math.fsum(parts) * traffic.scale, 6)


def _shape_seconds(entry: Entry, default: tuple[ShapePoint, ...], horizon: int) -> float:
    """Integral of the rate's factor up to the horizon, in seconds: linear between the points, constant outside."""
    points = entry.course(default)
    total, at, factor = 0.0, 0, points[0][1]
    for next_at, next_factor in [*points, (horizon, points[-1][1])]:
        end = min(next_at, horizon)
        if end > at:
            reached = factor + (next_factor - factor) * (end - at) / (next_at - at)
            total += (factor + reached) / 2.0 * (end - at)
            at, factor = end, reached
        if next_at <= horizon:
            factor = next_factor
    return total / MICRO

"""Lines while everything goes wrong at once: nothing is lost, made up or counted twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from gameday.core.kinds.mechanisms import Replicas
from gameday.engine.traffic.codes import ABANDONED, OK, OVERDUE, QUEUED, WORKING
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.mechanisms.fleets import Fleet
from gameday.engine.traffic.pace import ReplicaRow
from tests.reference.shop import SECOND, SHOP, with_lines

STEPS = 80
BEHIND = {"ejection": {"failures": 3, "lasts": "200s"}, "health": {"every": "50s", "timeout": "20s", "deep": True}}


def watched(spec):
    """Every fleet with ejection and checks."""
    services = []
    for one in spec.services:
        behind = one.per_replica
        if behind is not None:
            behind = Replicas.model_validate({"balancing": behind.balancing, "panic": "40%", **BEHIND})
        services.append(replace(one, per_replica=behind, zones=("east", "west", "north")))
    edges = [replace(one, cancels=one.name != "web-prices", deadline=one.name == "cart-database") for one in spec.edges]
    return replace(spec, services=tuple(services), edges=tuple(edges))


def disturb(traffic, step):
    services = traffic.services
    if step % 7 == 0:
        traffic.kill_replicas("web", (step % 3,))
        traffic.kill_replicas("prices", (0,))
    if step % 9 == 0:
        services["cart"].set_capacity(2 + step % 4, 1, (1,) if step % 2 else ())
        services["web"].set_capacity(1 + step % 5, 4, (0, 2)[: step % 3])
        services["database"].set_capacity(step % 3, 2)
    if step % 10 == 0:
        bad = ReplicaRow([3.0] * 3, [0] * 3, [0.9] * 3)
        services["web"].set_rows(None if step % 20 else [ReplicaRow([1.0] * 3, [0] * 3, [0.0] * 3), bad])
        services["mail"].set_limit(0.02 if step % 20 else 0.0)
        services["advice"].dns = 0.2 if step % 20 else 0.0
    if step % 4 == 0:
        for visit in list(services["gateway"].queue)[::3]:
            traffic._leave_line(visit, ABANDONED)
        for visit in list(services["cart"].queue)[::2]:
            traffic._leave_line(visit, ABANDONED)


def check(station):
    states = Counter(visit.state for visit in station.visits)
    holding = sum(states.values()) - states[QUEUED] if station.thread else states[WORKING]
    assert station.busy == holding
    assert station.held == (holding - states[WORKING] if station.thread else 0)
    assert len(station.queue) == states[QUEUED]
    lines = station.lines
    if lines is None:
        return
    assert list(station.queue) == [visit for visit in station.visits if visit.state == QUEUED]
    for place in lines.places():
        mine = Counter(visit.state for visit in station.visits if lines.place_of(visit) is place)
        assert place.inside == sum(mine.values())
        assert place.line.length == mine[QUEUED]
        assert place.busy == (place.inside - mine[QUEUED] if station.thread else mine[WORKING])
        assert not place.line.length or place.busy >= place.workers
    if isinstance(lines, Fleet) and lines.outliers is not None:
        assert lines.outliers.ejected == sum(one.ejected_until > 0 for one in lines.replicas)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_counts_agree_at_every_moment(seed):
    traffic = Traffic(watched(with_lines(SHOP)), seed, trace_share=1.0, trace_limit=None)
    ejected = unhealthy = 0
    for step in range(1, STEPS + 1):
        traffic.advance(step * 6 * SECOND // STEPS)
        disturb(traffic, step)
        traffic.advance(traffic.now + 1)
        for station in traffic.services.values():
            check(station)
            ejected += sum(state.ejected for state in station.replica_states())
            unhealthy += sum(not state.healthy for state in station.replica_states())
    assert ejected
    assert unhealthy
    for station in traffic.services.values():
        assert station.outcomes[OK]
        assert station.arrived == sum(station.outcomes) + station.in_flight
    assert traffic.services["cart"].outcomes[ABANDONED]


def test_time_in_flight_is_the_time_that_visits_spent_there():
    traffic = Traffic(watched(with_lines(SHOP)), 9, trace_share=1.0, trace_limit=None)
    for step in range(1, STEPS + 1):
        traffic.advance(step * 4 * SECOND // STEPS)
        disturb(traffic, step)
    traces = [*traffic.sampler.traces, *traffic.sampler.failed_traces, *traffic.sampler.open_traces.values()]
    spent, waited = Counter(), Counter()
    for span in (span for trace in traces for span in trace.spans if span.arrived is not None):
        ended = traffic.now if span.ended is None else span.ended
        spent[span.service] += ended - span.arrived
        waited[span.service] += (ended if span.started is None else span.started) - span.arrived
    for name, station in traffic.services.items():
        assert station.flight_area + station.in_flight * traffic.now == spent[name]
        assert station.queue_area + len(station.queue) * traffic.now == waited[name]


def test_it_goes_the_same_way_however_often_anybody_advances_it():
    spec = watched(with_lines(SHOP))
    once, often = Traffic(spec, 5), Traffic(spec, 5)
    once.advance(3 * SECOND)
    for step in range(1, 501):
        often.advance(step * 3 * SECOND // 500)
    assert once.digest_state() == often.digest_state()
    assert once.services["prices"].outcomes[OVERDUE]

"""How long work takes and whether it fails: replicas that differ, contention, cold starts, writes."""

from __future__ import annotations

import pytest

from gameday.core.draws import mix, uniform
from gameday.core.kinds.mechanisms import Contention, Replicas, WarmUp
from gameday.engine.traffic.codes import ERROR, OK, REPLICA
from gameday.engine.traffic.mechanisms.contention import slowdown
from gameday.engine.traffic.mechanisms.warming import coldness, mean_coldness
from gameday.engine.traffic.pace import ReplicaRow
from tests.engine.traffic.scripted import MS, SECOND, edge, scripted, service

WARM_UP = WarmUp.model_validate({"lasts": "100ms", "factor": 5.0})


def works(traffic, until=SECOND):
    """Own work of each visit at service a, in ms, by arrival."""
    traffic.advance(until)
    traces = [*traffic.sampler.traces, *traffic.sampler.failed_traces]
    spans = [span for trace in traces for span in trace.spans if span.service == "a"]
    return [span.work / MS for span in sorted(spans, key=lambda span: span.arrived)]


def test_contention_is_gunthers_law():
    law = Contention(sigma=0.1, kappa=0.01)
    assert [slowdown(law, n) for n in (0, 1, 2, 5)] == pytest.approx([1.0, 1.0, 1.12, 1.6])


def test_work_is_slower_the_more_is_at_work_when_it_starts():
    traffic = scripted([service("a", workers=4, contention=Contention(sigma=0.5))], at=[0, 1, 2, 60])
    assert works(traffic) == [10, 15, 20, 10]


def test_contention_is_that_of_the_replica_or_of_the_mean_replica_where_they_share_a_queue():
    law = Contention(sigma=0.5)
    shared = scripted([service("a", replicas=2, workers=4, contention=law)], at=[0, 1, 2, 3])
    assert works(shared) == [10, 10, 12.5, 15]
    apart = scripted([service("a", replicas=2, workers=4, contention=law, per_replica=Replicas())], at=[0, 1, 2, 3])
    assert works(apart) == [10, 10, 15, 15]


def test_coldness_falls_in_a_straight_line():
    assert [coldness(WARM_UP, age * MS) for age in (0, 25, 50, 100, 999)] == [5.0, 4.0, 3.0, 1.0, 1.0]
    assert mean_coldness(WARM_UP, [0, 50 * MS, SECOND]) == 3.0
    assert mean_coldness(WARM_UP, []) == 1.0


def test_replicas_are_warm_when_the_session_begins_and_cold_when_they_are_added():
    traffic = scripted([service("a", workers=9, warm_up=WARM_UP)], at=[0, 1, 61, 111, 151, 201])
    traffic.advance(MS)
    traffic.services["a"].set_capacity(2, 9)
    traffic.advance(101 * MS)
    traffic.services["a"].set_capacity(3, 9)
    assert works(traffic) == pytest.approx([10, 30, 18, 22, 50 / 3, 10], abs=0.001)


def test_a_kill_makes_all_of_them_cold_and_that_of_some_only_those():
    traffic = scripted(
        [service("a", workers=9, warm_up=WARM_UP, replicas=2, per_replica=Replicas())], at=[20, 21, 31, 32]
    )
    traffic.advance(20 * MS)
    traffic.kill_replicas("a", (0,))
    traffic.advance(30 * MS)
    traffic.kill("a")
    assert works(traffic) == [50, 10, pytest.approx(10 * 4.96), pytest.approx(10 * 4.92)]


def test_what_ran_through_is_as_warm_as_before():
    traffic = scripted([service("a", replicas=3, warm_up=WARM_UP)], at=[0, 30])
    traffic.services["a"].set_capacity(3, 1, (2,))
    traffic.advance(10 * MS)
    traffic.services["a"].set_capacity(2, 1)
    assert works(traffic) == [10, 10]


def test_each_replica_has_its_own_pace_delay_and_errors():
    rows = [ReplicaRow([2.0], [3 * MS], [0.0]), ReplicaRow([1.0], [0], [1.0])]
    traffic = scripted([service("a", replicas=2, per_replica=Replicas(), workers=9)], at=[0, 1, 2, 3])
    traffic.services["a"].set_rows(rows)
    assert works(traffic) == [23, 10, 23, 10]
    assert traffic.services["a"].outcomes[ERROR] == 2


def test_where_they_share_a_queue_the_replica_is_drawn_by_key_among_those_that_run():
    rows = [ReplicaRow([float(n + 1)], [0], [float(n == 2)]) for n in range(4)]
    traffic = scripted([service("a", replicas=4, workers=99)], at=range(300), timeout=60 * SECOND)
    station = traffic.services["a"]
    station.set_capacity(4, 99, (1,))
    station.set_rows(rows)
    works_of = works(traffic)
    traces = [*traffic.sampler.traces, *traffic.sampler.failed_traces]
    spans = sorted((span for trace in traces for span in trace.spans), key=lambda span: span.arrived)
    assert works_of == [10 * ([0, 2, 3][int(uniform(mix(span.span_id, REPLICA)) * 3)] + 1) for span in spans]
    assert [span.status for span in spans] == ["error" if work == 30 else "ok" for work in works_of]
    station.set_rows(None)
    assert station.rows is None and not station.altered


def test_only_writes_fail_where_writes_fail():
    system = [service("c", workers=99), service("a", workers=99)]
    edges = [edge("c", "a", name="reads"), edge("c", "a", name="writes", writes=True)]
    traffic = scripted(system, edges, at=range(400))
    traffic.services["a"].write_errors = 0.25
    traffic.advance(SECOND)
    assert traffic.edges["reads"].outcomes[ERROR] == 0
    assert traffic.edges["reads"].outcomes[OK] == 400
    assert 70 < traffic.edges["writes"].outcomes[ERROR] < 130

"""Outlier ejection and panic: what a balancer does with replicas whose answers fail."""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Replicas
from gameday.engine.traffic.codes import DOWN, ERROR, OK
from gameday.engine.traffic.pace import ReplicaRow
from tests.engine.traffic.scripted import MS, SECOND, edge, scripted, service

GOOD = ReplicaRow([1.0], [0], [0.0])
BAD = ReplicaRow([1.0], [0], [1.0])


def fleet(replicas=3, panic=0.0, most=0.5, **rest):
    ejection = {"failures": 2, "lasts": "100ms", "most": f"{most:.0%}"}
    behind = Replicas.model_validate({"ejection": ejection, "panic": f"{panic:.0%}"})
    return service("a", replicas=replicas, per_replica=behind, service_time=MS, **rest)


def with_rows(traffic, *rows):
    traffic.services["a"].set_rows(list(rows))
    return traffic


def ejected(traffic, at):
    traffic.advance(round(at * MS))
    return [state.number for state in traffic.services["a"].replica_states() if state.ejected]


def every(step, until):
    return [n * step for n in range(round(until / step))]


def test_a_replica_is_ejected_after_failures_in_a_row_and_comes_back_when_its_time_is_over():
    traffic = with_rows(scripted([fleet()], at=every(2, 400)), GOOD, BAD, GOOD)
    # Sent to at 2 and 8, failing at 3 and 9: out until 109.
    assert ejected(traffic, 9) == []
    assert ejected(traffic, 9.1) == [1]
    assert ejected(traffic, 109) == [1]
    assert ejected(traffic, 109.1) == []


def test_the_time_doubles_with_each_ejection_in_a_row():
    traffic = with_rows(scripted([fleet(replicas=2)], at=every(2, 800)), GOOD, BAD)
    # Sent to at 2, 6: out 7-107. Then every other one from 108 on: sent to at 108 or 110 and 4 later.
    assert ejected(traffic, 107.5) == []
    assert ejected(traffic, 116) == [1]
    assert ejected(traffic, 300) == [1]
    assert ejected(traffic, 318) == []
    assert ejected(traffic, 330) == [1]
    assert ejected(traffic, 700) == [1]


def test_a_replica_that_served_for_longer_than_it_was_out_begins_anew():
    traffic = with_rows(scripted([fleet(replicas=2)], at=every(2, 800)), GOOD, BAD)
    traffic.advance(50 * MS)
    with_rows(traffic, GOOD, GOOD)
    traffic.advance(300 * MS)
    with_rows(traffic, GOOD, BAD)
    assert ejected(traffic, 310) == [1]
    with_rows(traffic, GOOD, GOOD)
    assert ejected(traffic, 420) == []


def test_a_success_between_failures_means_that_they_are_not_in_a_row():
    traffic = scripted([fleet(replicas=1, most=1.0)], at=every(2, 200))
    for step in range(1, 100):
        traffic.advance(2 * step * MS)
        with_rows(traffic, BAD if step % 2 else GOOD)
    assert ejected(traffic, 200) == []
    assert traffic.services["a"].outcomes[ERROR] > 40


def test_at_most_a_share_is_ejected_but_always_one():
    traffic = with_rows(scripted([fleet(replicas=4, most=0.5)], at=every(1, 100)), BAD, BAD, BAD, GOOD)
    assert ejected(traffic, 50) == [0, 1]
    traffic = with_rows(scripted([fleet(replicas=2, most=0.01)], at=every(1, 100)), BAD, BAD)
    assert ejected(traffic, 50) == [0]


def test_when_too_few_are_left_the_balancer_panics_and_uses_all():
    rows = (BAD, BAD, GOOD, GOOD)
    calm = with_rows(scripted([fleet(replicas=4, panic=0.5)], at=every(1, 90)), *rows)
    panic = with_rows(scripted([fleet(replicas=4, panic=0.75)], at=every(1, 90)), *rows)
    for traffic, failed in ((calm, 4), (panic, 45)):
        traffic.advance(95 * MS)
        assert traffic.services["a"].healthy == 2
        assert abs(traffic.services["a"].outcomes[ERROR] - failed) <= 1


def test_without_panic_nobody_to_send_to_is_a_service_that_is_down():
    traffic = with_rows(scripted([fleet(replicas=1)], at=every(2, 50)), BAD)
    traffic.advance(SECOND)
    assert traffic.services["a"].outcomes[ERROR] == 2
    assert traffic.services["a"].outcomes[DOWN] == 23


def test_a_replica_that_is_down_is_ejected_by_its_refusals():
    traffic = scripted([fleet(replicas=2)], at=every(2, 100))
    traffic.services["a"].set_capacity(2, 1, (0,))
    assert ejected(traffic, 90) == [0]
    assert traffic.services["a"].outcomes[DOWN] == 2


def test_silence_counts_as_failure_when_the_caller_gives_up_and_only_once():
    calls = edge("c", "a", timeout=5 * MS)
    traffic = scripted(
        [service("c", service_time=0, workers=99), fleet(replicas=2, workers=50)], [calls], at=every(1, 60)
    )
    with_rows(traffic, GOOD, ReplicaRow([40.0], [0], [0.0]))
    assert ejected(traffic, 7.9) == []
    assert ejected(traffic, 8.1) == [1]
    traffic.advance(SECOND)
    late = traffic.services["a"].late
    assert 2 <= late <= 6
    assert traffic.services["a"].outcomes[OK] == 60


def test_a_removed_replica_is_forgiven():
    traffic = with_rows(scripted([fleet(replicas=2)], at=every(2, 100)), GOOD, BAD)
    assert ejected(traffic, 20) == [1]
    traffic.services["a"].set_capacity(1, 1)
    assert ejected(traffic, 30) == []
    traffic.services["a"].set_capacity(2, 1)
    assert ejected(traffic, 30) == []

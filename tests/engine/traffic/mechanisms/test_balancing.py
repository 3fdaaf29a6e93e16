"""A queue for each replica: which one a request is sent to, and what its limits mean there."""

from __future__ import annotations

from collections import Counter

import pytest

from gameday.core.draws import mix, uniform
from gameday.core.kinds.mechanisms import Replicas
from gameday.engine.traffic.codes import BALANCE, OK, REFUSED, SHARD
from gameday.engine.traffic.pace import ReplicaRow
from tests.engine.traffic.scripted import MS, SECOND, edge, log_of, scripted, service


def fleet(policy="round-robin", **rest):
    return service("a", per_replica=Replicas(balancing=policy), **{"replicas": 3, **rest})


def sent_to(traffic, until=0):
    """The replica of each visit that is inside, by number of arrival."""
    traffic.advance(until)
    return [visit.replica for visit in traffic.services["a"].visits]


def test_round_robin_takes_one_after_the_other():
    assert sent_to(scripted([fleet()], at=range(5)), 9 * MS) == [0, 1, 2, 0, 1]


def test_round_robin_lets_one_wait_though_another_replica_is_idle():
    traffic = scripted([fleet(replicas=2)], at=[0, 1, 20])
    traffic.services["a"].set_rows([ReplicaRow([10.0], [0], [0.0]), ReplicaRow([1.0], [0], [0.0])])
    assert [time for time, what in log_of(traffic) if what == "a starts"] == [0, 1, 100]


def test_least_requests_finds_the_emptiest_and_takes_turns_among_equals():
    traffic = scripted([fleet("least-requests")], at=[0, 1, 2, 11.5, 12.5])
    assert sent_to(traffic, 3 * MS) == [0, 1, 2]
    assert sent_to(traffic, 13 * MS) == [0, 1]
    assert traffic.services["a"].busy == 2


def test_random_is_drawn_by_the_key_of_the_attempt():
    traffic = scripted([fleet("random")], at=range(9), timeout=SECOND)
    sent = sent_to(traffic, 9 * MS)
    assert sent == [int(uniform(mix(visit.key, BALANCE)) * 3) for visit in traffic.services["a"].visits]
    assert len(set(sent)) == 3


def test_two_choices_never_takes_the_worse_of_its_two():
    traffic = scripted([fleet("two-choices", replicas=2)], at=[n / 100 for n in range(40)])
    inside = [0, 0]
    for number in sent_to(traffic, MS):
        assert inside[number] <= inside[1 - number]
        inside[number] += 1


def test_a_key_belongs_to_one_shard_for_all_attempts_of_a_call():
    system = [service("c"), fleet("key", replicas=4, service_time=200 * MS, workers=9)]
    traffic = scripted(system, [edge("c", "a", timeout=50 * MS, retries=3)], at=[0])
    assert len(set(sent_to(traffic, 170 * MS))) == 1
    assert len(traffic.services["a"].visits) == 4


def test_a_hot_key_sends_its_share_to_one_shard_and_leaves_the_others_where_they_were():
    at = [n / 100 for n in range(1500)]
    calm, hot = (scripted([fleet("key", replicas=5, queue_limit=2000)], at=at) for _ in range(2))
    hot.services["a"].hot_key = 0.4
    before, after = sent_to(calm, 9 * MS), sent_to(hot, 9 * MS)
    moved = [number for was, number in zip(before, after, strict=True) if was != number]
    assert len(set(moved)) == 1
    assert 0.27 < len(moved) / len(before) < 0.37
    assert [int(uniform(mix(visit.call_key, SHARD)) * 5) for visit in calm.services["a"].visits] == before


def test_limits_hold_for_each_replica():
    traffic = scripted([fleet(replicas=2, queue_limit=1)], at=[0, 1, 2, 3, 4, 5])
    traffic.advance(6 * MS)
    station = traffic.services["a"]
    assert (station.busy, len(station.queue), station.outcomes[REFUSED]) == (2, 2, 2)
    full = scripted([fleet("random", in_flight=2, queue_limit=9)], at=[n / 10 for n in range(60)])
    full.advance(7 * MS)
    assert Counter(visit.replica for visit in full.services["a"].visits) == {0: 2, 1: 2, 2: 2}


@pytest.mark.parametrize("policy", ["round-robin", "random", "least-requests", "two-choices", "key"])
def test_whatever_the_policy_everybody_is_served_and_nothing_is_left(policy):
    traffic = scripted([fleet(policy, workers=2)], at=[n * 1.7 for n in range(300)], timeout=60 * SECOND)
    traffic.advance(60 * SECOND)
    station = traffic.services["a"]
    assert (station.outcomes[OK], station.busy, len(station.queue), station.in_flight) == (300, 0, 0, 0)
    assert all((state.queue, state.busy) == (0, 0) for state in station.replica_states())
    assert station.busy_area == 300 * 10 * MS


def test_better_policies_wait_less():
    waits = {}
    for policy in ("random", "two-choices", "least-requests"):
        spec = fleet(policy, replicas=10, distribution="exponential", variability=1.0)
        traffic = scripted([spec], at=[n * 1.25 for n in range(4000)], timeout=60 * SECOND)
        traffic.advance(60 * SECOND)
        waits[policy] = traffic.services["a"].queue_area
    assert waits["random"] > 2 * waits["two-choices"]
    assert waits["two-choices"] > waits["least-requests"]

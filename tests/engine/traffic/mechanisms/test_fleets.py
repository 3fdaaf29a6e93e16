"""Replicas that come, go, fail and die, each with its own queue."""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Replicas
from gameday.engine.traffic.codes import DOWN, KILLED, OK, REFUSED
from tests.engine.traffic.scripted import MS, SECOND, edge, log_of, scripted, service


def fleet(policy="round-robin", replicas=2, **rest):
    return service("a", per_replica=Replicas(balancing=policy), **{"replicas": replicas, **rest})


def ends(traffic):
    return [(time, what) for time, what in log_of(traffic) if what.startswith("client")]


def test_without_checks_a_replica_that_is_down_goes_on_being_sent_its_share_and_says_so_at_once():
    traffic = scripted([fleet()], at=[1, 2, 3, 4])
    traffic.services["a"].set_capacity(2, 1, (0,))
    assert ends(traffic) == [(1, "client: down"), (3, "client: down"), (12, "client: ok"), (22, "client: ok")]
    assert traffic.services["a"].healthy == 2


def test_what_waits_at_a_replica_that_is_down_waits_on():
    traffic = scripted([fleet(replicas=1)], at=[0, 1])
    traffic.advance(5 * MS)
    traffic.services["a"].set_capacity(1, 1, (0,))
    traffic.advance(40 * MS)
    assert len(traffic.services["a"].queue) == 1
    traffic.services["a"].set_capacity(1, 1)
    assert ends(traffic) == [(10, "client: ok"), (50, "client: ok")]


def test_a_removed_replica_ends_what_it_began_and_its_queue_goes_to_others():
    traffic = scripted([fleet()], at=[0, 1, 2, 3, 4, 5])
    traffic.advance(6 * MS)
    station = traffic.services["a"]
    station.set_capacity(1, 1)
    assert [(state.number, state.queue, state.busy) for state in station.replica_states()] == [(0, 4, 1)]
    assert [time for time, _ in ends(traffic)] == [10, 11, 20, 30, 40, 50]
    assert station.outcomes[OK] == 6
    assert station.queue_area == (8 + 17 + 26 + 35) * MS


def test_a_replica_that_is_added_is_sent_to_at_once():
    traffic = scripted([fleet(replicas=1)], at=[0, 1, 2, 3, 4])
    traffic.advance(2 * MS)
    traffic.services["a"].set_capacity(3, 1)
    assert [time for time, _ in ends(traffic)] == [10, 13, 14, 20, 30]


def test_a_service_that_lost_all_its_replicas_is_down():
    traffic = scripted([fleet()], at=[0, 20])
    traffic.advance(5 * MS)
    traffic.services["a"].set_capacity(0, 1)
    assert ends(traffic) == [(10, "client: ok"), (20, "client: down")]


def test_killing_one_replica_kills_what_waits_and_runs_there_and_nothing_else():
    traffic = scripted([fleet()], at=[0, 1, 2, 3])
    traffic.advance(5 * MS)
    traffic.kill_replicas("a", (1,))
    assert ends(traffic) == [(5, "client: killed"), (5, "client: killed"), (10, "client: ok"), (20, "client: ok")]
    assert traffic.services["a"].outcomes[KILLED] == 2
    assert traffic.services["a"].queue_area == (8 + 2) * MS


def test_each_replica_counts_what_it_served_in_time():
    traffic = scripted([fleet(replicas=3)], at=[0, 1, 2, 3, 4])
    traffic.advance(5 * MS)
    traffic.kill_replicas("a", (1,))
    traffic.advance(SECOND)
    assert [replica.served for replica in traffic.services["a"].lines.replicas] == [2, 0, 1]


def test_killing_one_of_the_replicas_that_share_a_queue_kills_its_share_by_draw():
    traffic = scripted([service("a", replicas=4, service_time=SECOND)], at=[n / 100 for n in range(800)])
    traffic.advance(10 * MS)
    traffic.kill_replicas("a", (2,))
    assert 150 < traffic.services["a"].outcomes[KILLED] < 250


def test_replicas_are_in_their_zones_and_a_zone_can_be_lost():
    for spec in (service("a", replicas=3, zones=("east", "west")), fleet(replicas=3, zones=("east", "west"))):
        station = scripted([spec]).services["a"]
        station.set_capacity(3, 1, (0, 2))
        assert [(one.number, one.zone, one.up) for one in station.replica_states()] == [
            (0, "east", False),
            (1, "west", True),
            (2, "east", False),
        ]
        assert (station.replicas, station.capacity) == (1, 1)


def test_a_thread_keeps_the_worker_of_its_own_replica_while_it_waits_for_others():
    system = [fleet("least-requests"), service("b", service_time=30 * MS, workers=9)]
    traffic = scripted(system, [edge("a", "b")], at=[0, 15, 16])
    traffic.advance(20 * MS)
    station = traffic.services["a"]
    assert [(state.queue, state.busy) for state in station.replica_states()] == [(1, 1), (0, 1)]
    assert (station.busy, station.held, station.own_busy) == (2, 1, 1)
    traffic.advance(SECOND)
    assert station.busy_area == 3 * 40 * MS
    assert station.own_busy_area == 3 * 10 * MS


def test_the_digest_feels_where_visits_are():
    words = []
    for replicas in (2, 3):
        traffic = scripted([fleet(replicas=replicas)], at=[0, 1, 2])
        traffic.advance(4 * MS)
        words.append(traffic.services["a"].words()[: len(words[0]) if words else None])
    assert words[0] != words[1]
    assert scripted([service("a")]).services["a"].words() == []


def test_refusals_are_those_of_the_replica_though_another_has_room():
    traffic = scripted([fleet(queue_limit=0)], at=[0, 1, 2, 11.5])
    traffic.advance(SECOND)
    assert (traffic.services["a"].outcomes[REFUSED], traffic.services["a"].outcomes[DOWN]) == (1, 0)

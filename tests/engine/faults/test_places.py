from __future__ import annotations

import pytest

from gameday.engine.traffic.codes import KILLED

ZONES = {"zones": ["a", "b"]}
ZONED = {"api": ZONES | {"replicas": 4, "per_replica": {}, "start_up": "10s"}, "db": ZONES}
THIRD = {"kind": "third-party", "at": "10s", "service": "db"}


def test_a_lost_zone_takes_the_replicas_in_it_and_their_requests(broken):
    rig = broken({"kind": "zone-loss", "at": "20s", "lasts": "30s", "zone": "b"}, services=ZONED, zones=["a", "b"])
    rig.run_to(40)
    assert [state.up for state in rig.world.traffic.services["api"].replica_states()] == [True, False, True, False]
    assert rig.world.traffic.services["db"].replicas == 1  # its only one is in the other zone
    assert rig.world.signals.causes("front", 15) != {}
    rig.run_to(55)
    assert rig.world.traffic.services["api"].replicas == 2
    rig.run_to(70)
    assert rig.world.traffic.services["api"].replicas == 4
    assert rig.value("read", "success", 5) == 1.0


@pytest.mark.parametrize("behind", [{}, {"per_replica": {}}], ids=["one queue", "a queue each"])
def test_the_loss_of_a_zone_that_was_drained_kills_nothing_elsewhere(broken, behind):
    api = ZONES | {"replicas": 4, "workers": 400, "service_time": "5s", "variability": 0.0} | behind
    rig = broken({"kind": "zone-loss", "at": "40s", "zone": "b"}, services={"api": api}, zones=["a", "b"])
    rig.run_to(5)
    rig.do("drain b")
    rig.run_to(50)
    station = rig.world.traffic.services["api"]
    assert (station.roster.running, station.outcomes[KILLED]) == ([0, 2], 0)


def test_a_restart_of_one_replica_takes_as_large_a_part_of_a_shared_queue_as_of_those_that_run(broken):
    api = ZONES | {"replicas": 4, "workers": 400, "service_time": "5s"}
    rig = broken({"kind": "zone-loss", "at": "1s", "zone": "b"}, services={"api": api}, zones=["a", "b"])
    rig.run_to(20)
    station = rig.world.traffic.services["api"]
    there = len(station.visits)
    rig.do("restart api --replica 1")
    assert station.outcomes[KILLED] == pytest.approx(there / 2, rel=0.25)


def test_a_third_party_that_is_down_fails_calls_at_once(broken):
    rig = broken(THIRD | {"trouble": "down", "lasts": "20s"}, services={"db": {"kind": "external"}})
    rig.run_to(25)
    assert rig.value("read", "success", 10) == 0.0
    assert rig.world.signals.causes("db", 10).keys() == {"down"}
    rig.run_to(45)
    assert rig.value("read", "success", 10) == 1.0


def test_a_third_party_that_is_limited_turns_away_what_is_beyond_its_limit(broken):
    rig = broken(THIRD | {"trouble": "limited", "rate": "25/s"}, edges={"api>db": {"retries": 0}})
    rig.run_to(70)
    assert rig.value("read", "success", 40) == pytest.approx(0.5, abs=0.08)
    assert rig.world.signals.causes("db", 10).keys() == {"limited"}


def test_a_third_party_that_is_slow_or_fails_does_so(broken):
    slow = broken(THIRD | {"trouble": "slow", "factor": 5})
    failing = broken(THIRD | {"trouble": "errors", "share": "40%"})
    for rig in (slow, failing):
        rig.run_to(60)
    assert slow.value("db", "p50", 30) > 0.03
    assert failing.value("db", "errors", 40) == pytest.approx(0.4, abs=0.06)

"""Replication of databases: writes arrive later, a slow replica falls behind, a failover loses what it has not."""

from __future__ import annotations

import pytest

from gameday.core.kinds.mechanisms import Replication
from gameday.engine.traffic.codes import EXPIRED, KILLED, OK
from tests.engine.traffic.scripted import MS, SECOND, edge, scripted, service

WEB = service("web", "loop", service_time=0, workers=99)


def database(arrivals, *, lag="50ms", apply=0.5, replica=(), services=(), edges=()):
    """Each request writes to `primary` in 10 ms; `standby` takes a write in within 5 ms."""
    follows = Replication.model_validate({"of": "primary", "lag": lag, "apply": apply})
    return scripted(
        [WEB, service("primary"), service("standby", replication=follows, **dict(replica)), *services],
        [edge("web", "primary", writes=True), *edges],
        arrivals,
    )


def test_a_write_is_applied_after_the_lag_as_work_of_the_replica():
    traffic = database([0])
    standby = traffic.services["standby"]
    traffic.advance(60 * MS)
    assert (standby.busy, standby.outcomes[OK]) == (0, 0)
    for now, busy in ((61, 1), (65, 1), (66, 0)):
        traffic.advance(now * MS)
        assert standby.busy == busy
    assert standby.outcomes[OK] == 1
    assert standby.replica_of.applied == 1


def test_the_lag_is_that_at_rest_or_the_age_of_the_oldest_write_not_applied():
    traffic = database([0, 10], replica={"workers": 1})
    replica = traffic.services["standby"].replica_of
    assert replica.lag == 50 * MS
    traffic.advance(12 * MS)
    assert (replica.behind, replica.lag) == (1, 50 * MS)
    traffic.services["standby"].set_capacity(0, 1)
    traffic.advance(510 * MS)
    assert (replica.behind, replica.lag) == (2, 500 * MS)
    traffic.services["standby"].set_capacity(1, 1)
    traffic.advance(3 * SECOND)
    assert (replica.behind, replica.lag, replica.applied) == (0, 50 * MS, 2)


def test_an_added_lag_holds_for_what_is_on_its_way():
    traffic = database([0])
    traffic.services["standby"].lag_added = 100 * MS
    traffic.advance(161 * MS)
    assert traffic.services["standby"].busy == 1
    assert traffic.services["standby"].replica_of.lag == 151 * MS


def test_reads_and_failed_writes_are_not_replicated():
    traffic = database([0, 100], edges=[edge("web", "primary", name="read", stage=1)])
    traffic.services["primary"].error[0] = 1.0
    traffic.advance(50 * MS)
    traffic.services["primary"].error[0] = 0.0
    traffic.advance(SECOND)
    assert traffic.services["primary"].outcomes[OK] == 2
    assert traffic.services["standby"].replica_of.applied == 1


def test_a_replica_that_has_too_much_to_do_falls_behind_and_catches_up():
    """100 writes a second at 5 ms each are half its time; with 8 ms of reads every 10 ms it cannot keep up."""
    reader = service("reader", "loop", service_time=0, workers=99)
    traffic = database(range(0, 2000, 10), services=[reader], edges=[edge("web", "reader"), edge("reader", "standby")])
    standby = traffic.services["standby"]
    standby.scale[0] = 0.8
    traffic.advance(2 * SECOND)
    assert standby.replica_of.lag > 200 * MS
    traffic.advance(6 * SECOND)
    assert (standby.replica_of.lag, standby.replica_of.applied) == (50 * MS, traffic.services["primary"].outcomes[OK])


def test_a_full_or_killed_replica_takes_writes_in_later_and_in_order():
    traffic = database(range(0, 100, 20), replica={"queue_limit": 0, "workers": 2})
    traffic.advance(75 * MS)
    traffic.kill("standby")
    assert traffic.services["standby"].replica_of.applied < 2
    traffic.advance(5 * SECOND)
    assert traffic.services["standby"].replica_of.applied == 5


def test_a_failover_leads_callers_to_the_replica_and_loses_what_it_had_not_taken_in():
    traffic = database(range(0, 200, 20))
    traffic.advance(105 * MS)
    done = traffic.services["primary"].outcomes[OK]
    applied = traffic.services["standby"].replica_of.applied
    assert traffic.promote("standby") == done - applied == 3
    standby, primary = traffic.services["standby"], traffic.services["primary"]
    assert traffic.edges["web-primary"].callee is standby
    traffic.advance(SECOND)
    assert standby.replica_of is None
    assert standby.outcomes[OK] >= 4
    # One write was under way at the old primary, which completed it for nobody.
    assert (standby.lost_writes, primary.outcomes[OK]) == (4, done + 1)
    assert sum(traffic.entries["all"].outcomes) == traffic.entries["all"].outcomes[OK] == 10


def test_the_other_replicas_follow_the_promoted_one():
    follows = Replication.model_validate({"of": "primary", "lag": "50ms"})
    traffic = database([0, 500], services=[service("third", replication=follows)])
    traffic.advance(SECOND // 4)
    assert traffic.promote("standby") == 0
    third = traffic.services["third"].replica_of
    assert third.primary is traffic.services["standby"]
    traffic.advance(SECOND)
    assert third.applied == 2
    assert traffic.promote("third") == 0
    assert traffic.edges["web-primary"].callee is traffic.services["third"]


def test_only_a_replica_can_be_promoted():
    with pytest.raises(ValueError, match='no replica that is called "primary"'):
        database([0]).promote("primary")


def test_replication_leaves_no_latencies_behind():
    traffic = database(range(0, 1000, 20))
    traffic.advance(2 * SECOND)
    replica = traffic.services["standby"].replica_of
    assert replica.applied == 50
    assert replica.edge.latencies == []
    assert replica.edge.open_attempts == 0


def rejoined(arrivals, at=200, **rest):
    """The replica was promoted at `at` ms; the old primary follows it from a second later on."""
    traffic = database(arrivals, **rest)
    traffic.advance(at * MS)
    traffic.promote("standby")
    traffic.advance(at * MS + SECOND)
    assert traffic.rejoin("primary") == "standby"
    return traffic


def test_an_old_primary_follows_the_new_one_with_the_same_lag_and_work():
    traffic = rejoined([0, 1300])
    primary = traffic.services["primary"]
    assert primary.replica_of.primary is traffic.services["standby"]
    for now, busy in ((1359, 0), (1361, 1), (1365, 1), (1366, 0)):
        traffic.advance(now * MS)
        assert primary.busy == busy
    assert (primary.replica_of.applied, primary.replica_of.behind) == (1, 0)
    assert traffic.edges["web-primary"].callee is traffic.services["standby"]


def test_one_can_go_back_and_forth():
    traffic = rejoined(range(0, 4000, 20))
    traffic.advance(2005 * MS)
    follower = traffic.services["primary"].replica_of
    behind = follower.behind
    assert traffic.promote("primary") == behind > 0
    assert traffic.edges["web-primary"].callee is traffic.services["primary"]
    traffic.advance(3 * SECOND)
    assert traffic.rejoin("standby") == "primary"
    traffic.advance(5 * SECOND)
    back = traffic.services["standby"].replica_of
    assert (back.behind, back.lag, traffic.replaced) == (0, 50 * MS, {})
    assert sum(traffic.entries["all"].outcomes) == traffic.entries["all"].outcomes[OK] == 200


def test_what_an_old_primary_still_works_at_dies_when_it_starts_anew():
    traffic = database([0, 1])
    traffic.services["primary"].scale[0] = 50.0
    traffic.advance(5 * MS)
    traffic.promote("standby")
    traffic.rejoin("primary")
    traffic.services["primary"].scale[0] = 1.0
    traffic.advance(SECOND)
    primary, standby = traffic.services["primary"], traffic.services["standby"]
    assert (primary.outcomes[OK], primary.outcomes[KILLED], standby.lost_writes) == (0, 2, 0)


def test_an_old_primary_follows_whoever_is_primary_by_then():
    follows = Replication.model_validate({"of": "primary", "lag": "50ms"})
    traffic = database([0, 500], services=[service("third", replication=follows)])
    traffic.advance(SECOND // 4)
    traffic.promote("standby")
    traffic.promote("third")
    assert traffic.rejoin("primary") == "third"
    assert traffic.rejoin("standby") == "third"
    traffic.advance(SECOND)
    followers = traffic.services["third"].followers
    assert [(one.station.name, one.applied) for one in followers] == [("primary", 1), ("standby", 1)]


def test_an_old_primary_follows_the_primary_of_its_successor_that_follows_again_before_it():
    follows = Replication.model_validate({"of": "primary", "lag": "50ms"})
    traffic = database([0], services=[service("third", replication=follows)])
    traffic.advance(SECOND)
    traffic.promote("standby")
    traffic.promote("third")
    assert traffic.rejoin("standby") == "third"
    assert traffic.rejoin("primary") == "third"


def test_a_database_that_is_rewound_has_lost_all_that_it_held_and_its_replicas_with_it():
    traffic = database(range(0, 200, 20))
    traffic.advance(105 * MS)
    follower = traffic.services["standby"].replica_of
    assert (follower.applied, follower.behind) == (2, 3)
    assert traffic.rewind("standby") == 0
    assert traffic.rewind("primary") == traffic.services["primary"].lost_writes == 5
    assert (follower.applied, follower.behind) == (0, 0)
    traffic.advance(SECOND)
    assert (follower.applied, traffic.promote("standby")) == (5, 0)


def test_a_new_primary_that_is_rewound_loses_what_was_written_to_the_old_one_too_but_nothing_twice():
    traffic = database(range(0, 200, 20))
    traffic.advance(105 * MS)
    assert traffic.promote("standby") == 3
    traffic.advance(SECOND)
    assert sum(one.lost_writes for one in traffic.services.values()) == 4
    assert traffic.rewind("primary") == 0
    assert traffic.rewind("standby") == 6


def test_who_reads_from_the_replica_does_so_again_once_it_is_a_replica_again():
    reads = edge("web", "standby", name="read", stage=1)
    traffic = rejoined([0], edges=[reads])
    assert traffic.edges["read"].callee is traffic.services["standby"]
    traffic.promote("primary")
    assert traffic.edges["read"].callee is traffic.services["primary"]
    traffic.rejoin("standby")
    assert traffic.edges["read"].callee is traffic.services["standby"]
    assert traffic.edges["web-primary"].callee is traffic.services["primary"]


def test_who_comes_from_outside_to_the_replica_does_so_again():
    follows = Replication.model_validate({"of": "primary", "lag": "1ms"})
    traffic = scripted([service("primary"), service("standby", replication=follows)], (), [0], to="standby")
    traffic.promote("standby")
    traffic.rejoin("primary")
    traffic.promote("primary")
    assert traffic.entries["all"].station.name == "primary"
    traffic.rejoin("standby")
    assert traffic.entries["all"].station.name == "standby"


def test_only_an_old_primary_that_nobody_asks_can_rejoin():
    traffic = database([0])
    with pytest.raises(ValueError, match='nobody has taken the place of "primary"'):
        traffic.rejoin("primary")
    traffic.promote("standby", split=True)
    with pytest.raises(ValueError, match='"primary" still takes writes'):
        traffic.rejoin("primary")
    with pytest.raises(ValueError, match='no replica that is called "primary"'):
        traffic.promote("primary")


def test_a_promoted_replica_minds_the_deadlines_that_its_primary_was_told():
    follows = Replication.model_validate({"of": "primary"})
    databases = [service("primary"), service("standby", replication=follows)]
    traffic = scripted([WEB, *databases], [edge("web", "primary", deadline=True, timeout=15 * MS)], [0, 0, 0])
    traffic.promote("standby")
    traffic.advance(SECOND)
    standby = traffic.services["standby"]
    assert (standby.outcomes[OK], standby.outcomes[EXPIRED]) == (2, 1)

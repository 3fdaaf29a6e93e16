"""Followers: what a primary has shipped is with its replica, what it has not stays with it while it cannot."""

from __future__ import annotations

import pytest

from gameday.core.kinds.mechanisms import Replication
from gameday.engine.traffic.codes import OK
from tests.engine.traffic.scripted import MS, SECOND, edge, scripted, service

WEB = service("web", "loop", service_time=0, workers=99)


def database(arrivals=range(0, 100, 20), *, lag="50ms"):
    """Writes that are done at 10, 30, 50, 70 and 90 ms; each reaches `standby` 50 ms later, which needs 5 ms for it."""
    follows = Replication.model_validate({"of": "primary", "lag": lag, "apply": 0.5})
    databases = [service("primary"), service("standby", replication=follows)]
    return scripted([WEB, *databases], [edge("web", "primary", writes=True)], arrivals)


def goes_down(traffic, name, at):
    """It dies at this instant with all that is in it."""
    traffic.advance(at * MS)
    traffic.services[name].set_capacity(0, 1)
    traffic.kill(name)


def comes_back(traffic, name, at):
    traffic.advance(at * MS)
    traffic.services[name].set_capacity(1, 1)


def test_a_dead_primary_ships_nothing_and_what_it_has_not_shipped_is_lost_with_it():
    traffic = database()
    replica = traffic.services["standby"].replica_of
    goes_down(traffic, "primary", 75)
    traffic.advance(5 * SECOND)
    assert (replica.applied, replica.behind, replica.is_shipped_to) == (1, 3, False)
    assert traffic.promote("standby") == 3
    assert traffic.services["standby"].lost_writes == 3


def test_the_lag_grows_while_the_primary_is_dead():
    traffic = database()
    goes_down(traffic, "primary", 75)
    traffic.advance(5 * SECOND)
    assert traffic.services["standby"].replica_of.lag == 4970 * MS


def test_what_a_primary_has_not_shipped_arrives_when_it_comes_back():
    traffic = database()
    replica = traffic.services["standby"].replica_of
    goes_down(traffic, "primary", 75)
    comes_back(traffic, "primary", 1000)
    traffic.advance(1014 * MS)
    assert (replica.applied, replica.behind) == (3, 1)
    traffic.advance(1016 * MS)
    assert (replica.applied, replica.behind, replica.lag) == (4, 0, 50 * MS)
    assert traffic.promote("standby") == 0


def test_what_a_primary_has_done_just_before_still_needs_its_lag_when_it_comes_back():
    traffic = database()
    goes_down(traffic, "primary", 75)
    comes_back(traffic, "primary", 85)
    for now, applied in ((90, 1), (91, 2), (105, 2), (106, 3), (126, 4)):
        traffic.advance(now * MS)
        assert traffic.services["standby"].replica_of.applied == applied


def test_a_replica_takes_in_what_had_come_before_its_primary_died():
    traffic = database()
    traffic.services["standby"].scale[0] = 20.0
    replica = traffic.services["standby"].replica_of
    goes_down(traffic, "primary", 105)
    assert (replica.applied, len(replica.applying), len(replica.relay), len(replica.log)) == (0, 1, 2, 2)
    traffic.advance(SECOND)
    assert (replica.applied, replica.behind) == (3, 2)


def test_what_came_while_the_replica_was_down_is_still_with_the_primary():
    traffic = database()
    replica = traffic.services["standby"].replica_of
    goes_down(traffic, "standby", 55)
    goes_down(traffic, "primary", 200)
    comes_back(traffic, "standby", 300)
    traffic.advance(5 * SECOND)
    assert (replica.applied, replica.behind) == (0, 5)
    comes_back(traffic, "primary", 6000)
    traffic.advance(7 * SECOND)
    assert (replica.applied, replica.behind) == (5, 0)


def test_a_primary_that_is_drained_or_has_lost_some_replicas_goes_on_shipping():
    for place in ({"drained": (0, 1)}, {"down": (1,)}, {"down": (0,), "drained": (1,)}):
        traffic = database()
        traffic.advance(75 * MS)
        traffic.services["primary"].set_capacity(2, 1, **place)
        traffic.advance(SECOND)
        assert traffic.services["standby"].replica_of.behind == 0


def test_nothing_is_shipped_while_the_way_between_the_two_is_cut():
    traffic = database(range(0, 1000, 20))
    primary, replica = traffic.services["primary"], traffic.services["standby"].replica_of
    traffic.advance(75 * MS)
    traffic.cut("standby", "primary")
    traffic.advance(SECOND)
    assert (primary.outcomes[OK], replica.applied, replica.lag) == (50, 1, 970 * MS)
    traffic.mend("primary", "standby")
    traffic.advance(2 * SECOND)
    assert (replica.applied, replica.lag) == (50, 50 * MS)


def test_the_way_is_open_again_once_everything_that_cut_it_is_over():
    traffic = database()
    for _ in range(2):
        traffic.cut("primary", "standby")
    traffic.mend("primary", "standby")
    assert traffic.is_cut("standby", "primary")
    traffic.mend("primary", "standby")
    assert not traffic.is_cut("standby", "primary")


def test_it_is_tried_again_at_once_when_the_way_opens_however_long_a_write_is_on_its_way():
    traffic = database([0, 5000], lag="4s")
    traffic.advance(3 * SECOND)
    traffic.cut("primary", "standby")
    traffic.advance(6 * SECOND)
    traffic.mend("primary", "standby")
    traffic.advance(6010 * MS)
    assert traffic.services["standby"].replica_of.applied == 1


def three(lags=("50ms", "1ms")):
    """`primary`, done with five writes, and two replicas that are differently far behind."""
    follows = [Replication.model_validate({"of": "primary", "lag": lag, "apply": 0.0}) for lag in lags]
    databases = [service(name, replication=one) for name, one in zip(("standby", "third"), follows, strict=True)]
    traffic = scripted([WEB, service("primary"), *databases], [edge("web", "primary", writes=True)], range(0, 100, 20))
    traffic.advance(95 * MS)
    return traffic


@pytest.mark.parametrize(
    ("promoted", "lost", "other", "before", "after"),
    [("standby", 3, "third", (5, 0), (2, 0)), ("third", 0, "standby", (2, 3), (2, 3))],
    ids=["the one that is behind", "the one that has all"],
)
def test_what_the_new_primary_lacks_is_lost_for_all_once_and_what_it_has_reaches_them(
    promoted, lost, other, before, after
):
    traffic = three()
    follower = traffic.services[other].replica_of
    assert (follower.applied, follower.behind) == before
    assert traffic.promote(promoted) == lost
    assert (follower.applied, follower.behind, follower.primary.name) == (*after, promoted)
    traffic.advance(SECOND)
    assert (follower.applied, follower.behind) == (5 - lost, 0)
    assert sum(one.lost_writes for one in traffic.services.values()) == lost


def test_a_write_that_both_lack_is_not_taken_in_by_the_other_afterwards():
    traffic = three(("50ms", "50ms"))
    follower = traffic.services["third"].replica_of
    assert (follower.applied, follower.behind) == (2, 3)
    assert traffic.promote("standby") == 3
    assert (follower.applied, follower.behind) == (2, 0)


def test_another_replica_has_from_the_new_primary_what_the_dead_one_had_not_shipped_to_it():
    traffic = three()
    goes_down(traffic, "primary", 96)
    follower = traffic.services["standby"].replica_of
    assert traffic.promote("third") == 0
    traffic.advance(SECOND)
    assert (follower.applied, follower.behind) == (5, 0)

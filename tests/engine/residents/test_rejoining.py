"""An old primary becomes a replica in its time, once it runs, is found, and has somebody to copy from."""

from __future__ import annotations

import pytest

COPY = {"kind": "database", "service_time": "10ms", "workers": 4}
PROMOTED = {"kind": "failover", "at": "20s", "service": "db2"}
JOINED = "db has copied everything from db2 and is its replica now"


def replaced(broken, *faults, rejoin="20s"):
    """At 20 s `db2` takes the place of `db`, which is to follow it 20 s later."""
    services = {"db2": COPY | {"replication": {"of": "db"} | ({"rejoin": rejoin} if rejoin else {})}}
    return broken(PROMOTED, *faults, services=services, edges={"api>db": {"writes": True}})


def joined(rig):
    """When it was said to have become a replica, in seconds."""
    return [change.at / 1_000_000 for change in rig.world.changes.feed if change.text == JOINED]


def test_it_follows_in_its_time(broken):
    rig = replaced(broken)
    rig.run_to(45)
    assert joined(rig) == [40.0]
    assert rig.world.traffic.services["db"].replica_of.primary.name == "db2"


def test_without_a_time_it_stays_out(broken):
    rig = replaced(broken, rejoin=None)
    rig.run_to(500)
    assert rig.world.traffic.services["db"].replica_of is None
    assert list(rig.world.traffic.replaced) == ["db"]


@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "crash", "service": "db"},
        {"kind": "crash", "service": "db2"},
        {"kind": "dns", "service": "db", "ttl": "2s"},
        {"kind": "partition", "groups": [["api"], ["db"]]},
        {"kind": "partition", "groups": [["db2"], ["db"]]},
    ],
    ids=["it is down", "the primary is down", "its name is not found", "it is cut off", "it cannot copy"],
)
def test_it_waits_until_it_can_copy(broken, trouble):
    rig = replaced(broken, {"at": "30s", "lasts": "40s"} | trouble)
    rig.run_to(69)
    assert joined(rig) == []
    rig.run_to(100)
    gone = 90 if trouble["kind"] == "crash" else 70  # what has crashed has to start
    assert [gone <= at <= gone + 2 for at in joined(rig)] == [True]


def test_it_waits_for_the_end_of_a_split_brain_first(broken):
    rig = replaced(broken)
    torn = replaced(lambda fault, **rest: broken(fault | {"split_brain": "15s"}, **rest))
    for one in (rig, torn):
        one.run_to(60)
    assert (joined(rig), joined(torn)) == ([40.0], [55.0])

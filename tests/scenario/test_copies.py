"""Who replicates whom follows from what the replicas say."""

from __future__ import annotations

from gameday.scenario.copies import may_follow, related
from gameday.scenario.models.system import System


def system(**replications):
    """`shop`, a primary `db`, and whoever says that it replicates one."""
    named = {"shop": None, "db": None, "other": None} | replications
    services = {
        name: {"kind": "database", "service_time": "5ms"} | ({"replication": replication} if replication else {})
        for name, replication in named.items()
    }
    entries = {"all": {"to": "shop", "rate": "1/s", "timeout": "1s"}}
    return System.model_validate({"services": services, "traffic": {"entries": entries}})


def test_a_primary_and_all_its_replicas_are_related_two_by_two_and_nobody_else():
    found = related(system(one={"of": "db"}, two={"of": "db"}, far={"of": "other"}))
    assert [tuple(sorted(pair)) for pair in found] == [("db", "one"), ("db", "two"), ("far", "other"), ("one", "two")]
    assert related(system()) == []


def test_a_primary_may_follow_only_where_old_primaries_join_again():
    for rejoin, follows in (({}, False), ({"rejoin": "5m"}, True)):
        found = system(copy={"of": "db"} | rejoin)
        assert may_follow(found, "copy")
        assert may_follow(found, "db") is follows
        assert not may_follow(found, "shop")

"""What can be read of an edge besides its windows: pool, cache, breaker; for how long; and through which monitoring."""

from __future__ import annotations

import pytest

from gameday.core.expressions import parse_condition
from gameday.core.signals import BREAKER_STATES
from gameday.engine.traffic.edges import AUTOMATIC, FORCED_CLOSED, FORCED_OPEN

BREAKER = {"breaker": {"calls": 10, "window": "5s", "open_for": "10s"}}
ERRORS = {"kind": "errors", "at": "20s", "lasts": "20s", "service": "db", "share": "100%"}
ALERT = {"when": "api>db.errors > 5%", "policy": "web", "summary": "it fails"}


def holds(rig, text, second):
    return parse_condition(text).holds(rig.world.signals, second)


def test_a_breaker_is_closed_then_open_then_closed_again(broken):
    rig = broken(ERRORS, edges={"api>db": BREAKER})
    rig.run_to(80)
    states = [BREAKER_STATES[int(rig.world.signals.value("api>db", "breaker", at))] for at in range(1, 81)]
    assert states[:20] == ["closed"] * 20
    assert states[24] == "open"
    assert states[-1] == "closed"
    assert holds(rig, "api>db.breaker == open for 5s", 30)
    assert not holds(rig, "api>db.breaker == open", 79)
    assert rig.value("front>api", "breaker") is None


def test_a_breaker_that_somebody_forces_is_shown_as_it_acts(broken):
    rig = broken(edges={"api>db": BREAKER})
    edge = rig.world.traffic.edges["api>db"]
    shown = []
    for second, mode in enumerate((FORCED_OPEN, FORCED_CLOSED, AUTOMATIC), 1):
        edge.breaker_mode = mode
        rig.run_to(second)
        shown.append(BREAKER_STATES[int(rig.world.signals.value("api>db", "breaker", second))])
    assert shown == ["open", "closed", "closed"]


def test_every_edge_has_its_own_pool_and_the_service_the_fullest(broken):
    rig = broken(edges={"api>db": {"pool": {"size": 1}}, "front>api": {"pool": {"size": 50}}})
    rig.run_to(30)
    assert rig.value("api>db", "pool", over=30) == rig.value("api", "pool", over=30) > 0
    assert 0 <= rig.value("front>api", "pool", over=30) < rig.value("api>db", "pool", over=30)


def test_cache_hits_of_an_edge_are_a_share_of_its_own_look_ups(broken):
    rig = broken(edges={"api>db": {"cache": {"keys": 200, "warm": False, "ttl": "5s"}}})
    rig.run_to(40)
    edge = rig.world.traffic.edges["api>db"]
    assert rig.value("api>db", "cache_hits", over=40) == pytest.approx(edge.hits / edge.lookups)
    assert rig.value("front>api", "cache_hits") is None


@pytest.mark.parametrize(("asked", "known"), [("api>db.errors > 5%", True), ("read.errors > 5%", False)])
def test_an_edge_that_a_condition_names_is_known_as_long_as_a_service(rig, asked, known):
    rig = rig(alerts={"it": {**ALERT, "when": asked}}, duration="30m")
    rig.run_to(1000)
    early = rig.world.signals.value("api>db", "rate", 60, 10)
    assert (early is not None) is known
    assert (rig.value("api>db", "rate", over=900) is not None) and rig.value("front", "rate", over=900)


def test_readings_of_an_edge_come_as_late_as_those_of_its_caller(broken):
    late = {"kind": "monitoring", "at": "10s", "service": "api", "delay": "30s"}
    plain, delayed = broken(ERRORS, edges={"api>db": BREAKER}), broken(ERRORS, late, edges={"api>db": BREAKER})
    for rig in (plain, delayed):
        rig.run_to(75)
    for metric in ("errors", "breaker"):
        then = plain.world.signals.value("api>db", metric, 40)
        assert delayed.world.signals.value("api>db", metric, 70) == then
    assert delayed.value("front>api", "rate") == plain.value("front>api", "rate"), "another caller's"
    assert holds(plain, "api>db.breaker == open", 30)
    assert not holds(delayed, "api>db.breaker == open", 30)


def test_monitoring_of_the_callee_says_nothing_of_what_its_caller_sees(broken):
    frozen = {"kind": "monitoring", "at": "10s", "service": "db", "frozen": True}
    rig = broken(ERRORS, frozen)
    rig.run_to(35)
    assert holds(rig, "api>db.errors > 50% over 5s", 30)
    assert not holds(rig, "db.errors > 50% over 5s", 30)


def test_seconds_that_the_callers_monitoring_loses_are_missing_of_its_edges(broken):
    lossy = {"kind": "monitoring", "at": "0s", "service": "api", "loss": "50%"}
    rig = broken(lossy)
    rig.run_to(60)
    seen = [
        [rig.world.signals.value(name, "rate", at) is None for at in range(5, 60)]
        for name in ("api>db", "api", "front>api")
    ]
    assert seen[0] == seen[1]
    assert any(seen[0])
    assert not any(seen[2])


def test_an_observation_shows_no_edges(rig):
    rig = rig(alerts={"it": ALERT})
    rig.run_to(30)
    services, entries = rig.world.signals.reading(30)
    assert not any(">" in name for name in (*services, *entries))

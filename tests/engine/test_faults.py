from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from gameday.core.kinds.faults import Fault
from gameday.engine.faults import KINDS


def test_a_latency_fault_begins_and_ends_on_time(with_fault):
    rig = with_fault({"kind": "latency", "at": "20s", "lasts": "30s", "service": "db", "factor": 30})
    rig.run_to(20)
    before = rig.value("db", "p50")
    rig.run_to(49)
    during = rig.value("db", "p50")
    rig.run_to(80)
    assert rig.log == [(20.0, "fault latency db 0 began at db"), (50.0, "fault latency db 0 ended at db")]
    assert during > 10 * before
    assert rig.value("db", "p50") < 2 * before


def test_a_crash_kills_and_refuses_until_start_up_is_over(with_fault):
    rig = with_fault({"kind": "crash", "at": "20s", "service": "api", "restarts": True})
    rig.run_to(25)
    assert rig.value("read", "success", 3) == 0.0
    assert rig.world.signals.causes("front", 3).keys() == {"dependency"}
    rig.run_to(45)
    assert rig.value("read", "success") == 1.0


def test_a_crash_of_half_the_replicas_leaves_the_other_half(with_fault):
    rig = with_fault({"kind": "crash", "at": "20s", "service": "api", "share": "50%"})
    rig.run_to(40)
    assert rig.value("api", "replicas") == 1.0
    assert rig.value("read", "success") == 1.0


def test_errors_are_as_many_as_said(with_fault):
    rig = with_fault({"kind": "errors", "at": "10s", "service": "db", "share": "30%"})
    rig.run_to(70)
    assert rig.value("db", "errors", 50) == pytest.approx(0.3, abs=0.05)


def test_capacity_loss_halves_what_a_database_can_do(with_fault):
    rig = with_fault({"kind": "capacity", "at": "10s", "service": "db", "lost": "50%"})
    rig.run_to(20)
    assert rig.world.traffic.services["db"].capacity == 2


def test_a_traffic_spike_ramps_up_in_steps(with_fault):
    rig = with_fault(
        {"kind": "traffic-spike", "at": "10s", "ramp": "40s", "lasts": "80s", "entry": "write", "factor": 5}
    )
    rates = []
    for second in (10, 30, 50, 90, 120):
        rig.run_to(second)
        rates.append(rig.value("write", "rate"))
    assert rates[0] < rates[1] < rates[2]
    assert rates[3] == pytest.approx(50, rel=0.3)
    assert rates[4] == pytest.approx(10, rel=0.5)


def test_calls_lost_on_an_edge_end_in_timeouts(with_fault):
    rig = with_fault({"kind": "edge-loss", "at": "10s", "edge": "api>db"})
    rig.run_to(30)
    assert rig.value("read", "success", 5) == 0.0
    assert rig.value("db", "rate", 5) == 0.0


def test_a_bad_deploy_lasts_while_its_version_runs(with_fault):
    deploy = {"kind": "bad-deploy", "at": "10s", "service": "api", "version": "v2"}
    rig = with_fault(deploy | {"effects": [{"service": "api", "errors": "100%"}]})
    rig.run_to(30)
    assert rig.world.changes.version("api") == "v2"
    assert rig.value("read", "success", 5) == 0.0
    rig.do("rollback api")
    rig.run_to(170)
    assert rig.world.changes.version("api") == "v1"
    assert rig.value("read", "success", 5) == 1.0


def test_a_flag_hurts_only_the_segment_that_its_effects_select(with_fault):
    rig = with_fault({"kind": "flag", "at": "10s", "flag": "birch"})
    rig.run_to(60)
    traces = [trace for trace in rig.world.traffic.sampler.traces if trace.arrived > 11_000_000]
    quickest = {
        segment: min(trace.ended - trace.arrived for trace in traces if trace.segment == segment)
        for segment in ("abroad", "")
    }
    assert quickest["abroad"] > 300_000
    assert quickest[""] < 100_000


def test_every_kind_in_the_models_has_a_life():
    schema = TypeAdapter(Fault).json_schema()
    assert set(schema["discriminator"]["mapping"]) == set(KINDS)


@pytest.mark.parametrize("lost", ["40%", "50%", "60%"])
def test_lost_capacity_behind_a_balancer_that_knows_nothing_fails_nobody_as_long_as_the_rest_has_room(broken, lost):
    services = {"api": {"replicas": 4, "per_replica": {"balancing": "round-robin"}}}
    rig = broken({"kind": "capacity", "at": "10s", "service": "api", "lost": lost}, services=services)
    rig.run_to(60)
    assert rig.value("api", "replicas", 1) == 4
    assert rig.value("read", "success", 40) == 1.0

"""Replicas with a memory of their own fill, slow down, die and start again each by itself."""

from __future__ import annotations

import pytest

LEAK = {"kind": "memory-leak", "at": "10s", "service": "api", "fills_in": "100s"}
START = 15


@pytest.fixture
def leaking(broken):
    """An api of four replicas whose memories differ as `spread` says; `leak` changes the fault, the rest the api."""

    def make(spread="60%", leak=None, **changes):
        api = {"replicas": 4, "start_up": f"{START}s", "memory": {"used": "20%", "spread": spread}}
        return broken({**LEAK, **(leak or {})}, services={"api": api | changes})

    return make


def kills(rig) -> list[tuple[int, str]]:
    return [(one.at // 1_000_000, one.text) for one in rig.world.changes.feed if "killed" in one.text]


def test_replicas_of_different_ages_are_filled_differently_when_a_leak_begins(leaking):
    rig = leaking()
    assert rig.world.memories.by_replica("api") == ()
    rig.run_to(10.5)
    used = rig.world.memories.by_replica("api")
    assert len({*used}) == 4
    assert min(used) >= 0.2
    assert max(used) < 0.2 + 0.6 * 0.8
    assert rig.world.memories.used("api") == max(used)


def test_a_replica_that_was_started_in_the_session_begins_at_rest(leaking):
    rig = leaking(spread="100%", leak={"at": "60s"})
    rig.run_to(5)
    rig.do("restart api --replica 2")
    rig.run_to(60.5)
    used = rig.world.memories.by_replica("api")
    assert used[1] == 0.2
    assert sorted(used)[1] > 0.2


def test_each_replica_is_killed_alone_when_it_is_full_and_starts_again_at_rest(leaking):
    rig = leaking()
    rig.run_to(10.5)
    first = rig.world.memories.by_replica("api")
    rig.run_to(109)
    expected = sorted((10 + round((1.0 - used) / 0.8 * 100), number + 1) for number, used in enumerate(first))
    assert [text for _, text in kills(rig)] == [
        f"replica {number} of api killed: out of memory" for _, number in expected
    ]
    assert [at for at, _ in kills(rig)] == pytest.approx([at for at, _ in expected], abs=1)
    at, number = expected[-1]
    rig.run_to(at + START + 10.5)
    assert rig.world.memories.by_replica("api")[number - 1] == pytest.approx(0.2 + 0.8 * 10 / 100, abs=0.02)


def test_a_replica_in_its_crash_loop_waits_longer_and_the_others_do_not(leaking):
    loop = {"first": "10s", "most": "80s"}
    rig = leaking(spread="0%", leak={"fills_in": "20s"}, crash_loop=loop)
    rig.run_to(31)
    assert rig.world.crashes.count("api", 0) == rig.world.crashes.count("api", 3) == 1
    assert rig.world.crashes.count("api") == 0
    rig.run_to(85)
    assert "replica 1 of api crashed 2 times in a row; starts again in 20s" in [c.text for c in rig.world.changes.feed]


def test_a_restart_empties_what_it_restarts(leaking):
    rig = leaking(spread="0%")
    rig.run_to(60)
    assert rig.world.memories.by_replica("api") == pytest.approx([0.2 + 0.8 * 0.5] * 4, abs=0.02)
    rig.do("restart api --replica 3")
    rig.run_to(80.5)
    used = rig.world.memories.by_replica("api")
    assert used[2] < 0.3
    assert min(used[0], used[1], used[3]) > 0.7
    rig.do("restart api")
    rig.run_to(82.5)
    assert rig.world.memories.by_replica("api") == (0.2,) * 4


def test_a_rolling_restart_leaves_replicas_of_different_ages(leaking):
    rig = leaking(spread="0%")
    rig.run_to(20)
    rig.do("restart api --rolling")
    rig.run_to(20 + 4 * START + 2.5)
    used = rig.world.memories.by_replica("api")
    assert list(used) == sorted(used, reverse=True)
    assert used[0] - used[1] == pytest.approx(0.8 * START / 100, abs=0.02)


def test_a_rollback_empties_all_replicas(leaking):
    rig = leaking(leak={"fills_in": "20m"})
    rig.run_to(40)
    rig.do("rollback api")
    rig.run_to(400)
    done = next(one.at for one in rig.world.changes.feed if "rollback" in one.text) / 1_000_000
    young = 0.2 + 0.8 * (400 - done) / 1200
    assert rig.world.memories.by_replica("api") == pytest.approx([young] * 4, abs=0.002)


def test_new_replicas_begin_at_rest(leaking):
    rig = leaking(spread="0%", leak={"fills_in": "10m"})
    rig.run_to(300)
    rig.do("scale api 6")
    rig.run_to(420)
    used = rig.world.memories.by_replica("api")
    assert len(used) == 6
    assert max(used[4:]) < 0.4 < 0.7 < min(used[:4])


def test_behind_a_balancer_each_replica_leaks_by_what_it_serves_itself(leaking):
    rig = leaking(spread="0%", leak={"fills_in": None, "per_million": 400.0}, per_replica={"balancing": "round-robin"})
    rig.run_to(10)
    rig.do("drain api on --replica 4")
    rig.run_to(20)
    before, served = rig.world.memories.by_replica("api"), rig.world.traffic.services["api"].outcomes[0]
    rig.run_to(60)
    gained = [now - then for now, then in zip(rig.world.memories.by_replica("api"), before, strict=True)]
    assert gained[3] == 0.0
    total = rig.world.traffic.services["api"].outcomes[0] - served
    assert sum(gained) == pytest.approx(total * 400 / 1e6, rel=0.05)
    assert gained[:3] == pytest.approx([sum(gained) / 3] * 3, rel=0.02)


def test_behind_a_balancer_only_the_full_replica_is_slow(leaking):
    rig = leaking(spread="100%", leak={"fills_in": "20m"}, per_replica={}, memory={"used": "20%", "spread": "100%"})
    rig.run_to(20)
    used = rig.world.memories.by_replica("api")
    rows = rig.world.traffic.services["api"].rows
    expected = [max(1.0, (1 - 0.2**2) / (1 - share**2)) for share in used]
    assert [row.scale[0] for row in rows] == pytest.approx(expected, abs=0.02)
    assert max(expected) > 1.2


def test_where_replicas_share_a_queue_work_is_slower_by_the_mean_over_those_that_run(leaking):
    leak = {"fills_in": "10h"}
    rig, calm = leaking(spread="100%", leak=leak), leaking(spread="100%", leak=leak | {"at": "9m"})
    for one in (rig, calm):
        one.run_to(250)
    used = rig.world.memories.by_replica("api")
    factors = [(1 - 0.2**2) / (1 - share**2) for share in used]
    spans = [
        sum(span.work for trace in one.world.traffic.sampler.traces for span in trace.spans if span.service == "api")
        for one in (rig, calm)
    ]
    assert spans[0] / spans[1] == pytest.approx(sum(factors) / 4, rel=0.1)


def test_without_a_spread_all_die_in_the_same_second_and_nothing_is_told_of_single_replicas(leaking):
    rig = leaking(memory={"used": "20%"})
    rig.run_to(112)
    assert kills(rig) == [(110, "api killed: out of memory")]
    assert rig.world.traffic.services["api"].replicas == 0
    assert rig.world.memories.by_replica("api") == ()

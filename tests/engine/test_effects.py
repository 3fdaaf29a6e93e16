from __future__ import annotations

from gameday.core.kinds.effects import Effect


def effect(**data):
    return Effect.model_validate(data)


def test_factors_multiply_and_go_one_by_one(rig):
    world = rig().world
    world.book.put("a", (effect(service="db", service_time=4),))
    world.book.put("b", (effect(service="db", service_time=3),))
    assert world.traffic.services["db"].scale == [12.0, 12.0, 12.0]
    world.book.remove("a")
    assert world.traffic.services["db"].scale == [3.0, 3.0, 3.0]


def test_added_times_add_up(rig):
    world = rig().world
    world.book.put("a", (effect(service="db", latency="100ms"),))
    world.book.put("b", (effect(service="db", latency="50ms"),))
    assert world.traffic.services["db"].delay[0] == 150_000


def test_probabilities_combine_as_independent_chances(rig):
    world = rig().world
    world.book.put("a", (effect(service="db", errors="50%"),))
    world.book.put("b", (effect(service="db", errors="50%"),))
    assert world.traffic.services["db"].error[0] == 0.75


def test_of_set_values_the_latest_holds_and_uncovers_the_one_below(rig):
    world = rig().world
    edge = world.traffic.edges["api>db"]
    world.book.put("a", (effect(edge="api>db", timeout="1s"),))
    world.book.put("b", (effect(edge="api>db", timeout="2s"),))
    assert edge.timeout == 2_000_000
    world.book.remove("b")
    assert edge.timeout == 1_000_000
    world.book.remove("a")
    assert edge.timeout == 500_000


def test_an_effect_on_a_segment_leaves_the_others_alone(rig):
    world = rig().world
    world.book.put("a", (effect(service="db", segment="abroad", latency="1s"),))
    delays = dict(zip(world.traffic.classes, world.traffic.services["db"].delay, strict=True))
    assert delays == {("read", "abroad"): 1_000_000, ("read", ""): 0, ("write", ""): 0}


def test_each_replica_loses_its_share_of_the_workers_whatever_the_share_is(rig):
    world = rig().world
    api = world.traffic.services["api"]
    seen = []
    for lost in (0.0, 0.1, 0.25, 0.3, 0.5, 0.6, 0.9, 0.99, 1.0):
        world.book.put("a", (effect(service="api", lost=lost),))
        seen.append((api.replicas, api.capacity))
    assert seen == [(2, 8), (2, 7), (2, 6), (2, 6), (2, 4), (2, 3), (1, 1), (1, 1), (0, 0)]
    world.book.remove("a")
    assert (api.replicas, api.capacity) == (2, 8)


def test_capacity_that_some_replicas_lose_the_others_keep(rig):
    world = rig().world
    api = world.traffic.services["api"]
    world.book.put("a", (effect(service="api", replicas=4),))
    world.book.put("b", (effect(service="api", lost="50%", reach="50%"), effect(service="api", lost="100%", replica=4)))
    assert (api.roster.running, api.capacity) == ([0, 1, 2], 2 + 2 + 4)


def test_an_effect_on_the_calls_of_some_replicas_leaves_those_of_the_others_alone(rig):
    rig = rig()
    rig.world.book.put("a", (effect(edge="api>db", loss="100%", replica=2),))
    rig.run_to(100)
    assert 0.2 < 1 - rig.value("api>db", "success", 90) < 0.8
    rig.world.book.remove("a")
    assert rig.world.traffic.edges["api>db"].plain


def test_removing_what_is_not_there_changes_nothing(rig):
    assert rig().world.book.remove("nobody") is False


def test_a_spike_brings_its_factor_and_goes(rig):
    rig = rig()
    rig.run_to(20)
    rig.world.book.put("a", (effect(on="read", traffic=3),))
    rig.run_to(40)
    assert 95 < (rig.value("read", "rate") or 0) < 145
    rig.world.book.remove("a")
    rig.run_to(60)
    assert 30 < (rig.value("read", "rate") or 0) < 50

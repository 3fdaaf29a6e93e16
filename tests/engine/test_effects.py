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


def test_lost_capacity_is_whole_replicas_where_that_comes_out_even(rig):
    world = rig().world
    api = world.traffic.services["api"]
    world.book.put("a", (effect(service="api", lost="50%"),))
    assert (api.replicas, api.workers) == (1, 4)
    world.book.put("a", (effect(service="api", lost="25%"),))
    assert (api.replicas, api.workers) == (2, 3)
    world.book.put("a", (effect(service="api", lost="100%"),))
    assert api.capacity == 0
    world.book.remove("a")
    assert api.capacity == 8


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

"""Actions on replicas: restarts, numbers, quotas, zones."""

from __future__ import annotations


def running(rig, service="api"):
    return rig.world.traffic.services[service].replicas


def with_api(plant, *faults, **api):
    """The plant with these faults, and another api."""
    system = plant().world.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)["system"]
    system["services"]["api"] = {"service_time": "5ms", "zones": ["north", "south"]} | api
    return plant(*faults, system=system)


def test_a_rolling_restart_takes_one_replica_after_another_and_the_rest_serves(plant, cost_of):
    rig = plant()
    rig.run_to(10)
    assert cost_of(rig, "restart api --rolling") == (
        "kills what is in flight, one replica of 4 at a time, each gone for 10s"
    )
    assert rig.do("restart api --rolling") == "X1 takes 40s"
    seen = []
    for second in (15, 25, 35, 45, 55):
        rig.run_to(second)
        seen.append(running(rig))
    assert seen == [3, 3, 3, 3, 4]
    assert rig.value("read", "success", 40) > 0.98
    assert rig.log[-1] == (50.0, "X1 restart api --rolling: api serves again")


def test_a_rolling_restart_that_is_cancelled_still_has_to_start_what_is_down(plant):
    rig = plant()
    rig.do("restart api --rolling")
    rig.run_to(15)
    assert rig.do("cancel X1") == "X1 restart api --rolling is cancelled"
    rig.run_to(24)
    assert running(rig) == 3
    rig.run_to(26)
    assert running(rig) == 4


def test_a_single_replica_can_be_restarted_and_the_others_serve_on(plant):
    rig = plant()
    rig.run_to(10)
    assert rig.do("restart api --replica 5") == "api has 4 replicas, no number 5"
    assert rig.do("restart api --replica 2") == "X1 takes 10s"
    rig.run_to(12)
    assert rig.world.traffic.services["api"].roster.running == [0, 2, 3]
    rig.run_to(25)
    assert running(rig) == 4
    assert rig.value("read", "success", 15) > 0.98


def test_a_restart_cannot_be_cancelled_as_what_was_killed_can_only_start_again(plant):
    rig = plant()
    rig.do("restart api")
    assert rig.do("cancel x1") == "X1 cannot be cancelled: what was killed can only start again"


def test_there_are_no_more_replicas_than_the_quota_until_it_is_raised(plant):
    rig = plant(system={"quota": 20})
    assert rig.do("scale api 40") == "api cannot have 40 replicas: only 9 more"
    assert rig.do("provision 30") == "X1 takes 5m"
    rig.run_to(301)
    assert rig.do("scale api 40") == "X2 takes 1m"
    rig.run_to(362)
    assert running(rig) == 40


def test_a_provider_that_has_nothing_left_refuses(plant):
    rig = plant({"kind": "provisioning", "at": "1s", "quota": 12})
    rig.run_to(5)
    assert rig.do("scale api 10").startswith("api cannot have 10 replicas")
    rig = plant()
    assert rig.do("provision 3") == "there is no quota here: scale what you need"


def test_new_replicas_come_no_sooner_than_they_have_started(plant):
    services = {"api": {"service_time": "5ms", "replicas": 2, "workers": 4, "start_up": "90s"}}
    edges = [{"from": "front", "to": "api", "timeout": "2s"}]
    front = {"kind": "gateway", "service_time": "1ms", "workers": 16}
    entries = {"read": {"to": "front", "rate": "40/s", "timeout": "3s"}}
    rig = plant(
        system={"services": {"front": front, **services}, "dependencies": edges, "traffic": {"entries": entries}},
        slos={"read": {"good": "99%", "within": "1s"}},
    )
    assert rig.do("scale api 4") == "X1 takes 1m30s"
    assert rig.do("cancel X1") == "X1 scale api 4 is cancelled"
    assert rig.do("scale api 1") == "X2 takes 1m"


def test_a_drained_zone_takes_nothing_new_until_it_is_brought_back(plant, cost_of):
    rig = plant()
    rig.run_to(10)
    assert cost_of(rig, "drain north") == "the other zones must do without it: api"
    assert rig.do("drain north off") == "north is not drained"
    rig.do("drain north")
    rig.run_to(15)
    assert rig.world.traffic.services["api"].roster.running == [1, 3]
    rig.run_to(45)
    assert rig.do("drain north") == "north is drained already"
    rig.do("drain north off")
    rig.run_to(80)
    assert running(rig) == 4
    assert rig.value("read", "success", 60) > 0.98


def test_draining_the_last_replica_leaves_nobody_to_serve_and_cancelling_brings_it_back(plant, cost_of):
    rig = plant()
    assert cost_of(rig, "drain db") == "no db at all until drain db off"
    rig.do("drain db")
    rig.run_to(10)
    assert rig.value("read", "success", 5) == 0.0
    rig.do("cancel X1")
    rig.run_to(20)
    assert rig.value("read", "success", 5) == 1.0


def test_one_replica_can_be_drained(plant, cost_of):
    rig = plant()
    assert cost_of(rig, "drain api --replica 3") == "3 replicas of api must do without it"
    assert rig.do("drain north --replica 3") == "north is a zone; --replica is for a service"
    rig.do("drain api --replica 3")
    rig.run_to(5)
    assert rig.world.traffic.services["api"].roster.running == [0, 1, 3]


def test_a_balancer_knows_what_is_drained_and_never_sends_there_not_even_in_a_panic(plant):
    behind = {"balancing": "round-robin", "panic": "100%", "health": {"every": "1s", "timeout": "500ms"}}
    rig = with_api(plant, replicas=3, per_replica=behind)
    rig.do("drain north")
    rig.run_to(35)
    assert rig.value("api", "healthy", 1) == 1.0
    assert rig.value("read", "success", 30) == 1.0
    rig.do("drain north off")
    rig.run_to(70)
    assert rig.value("api", "healthy", 1) == 3.0


def test_draining_shards_says_that_nobody_answers_for_them(plant, cost_of):
    rig = with_api(plant, replicas=2, per_replica={"balancing": "key"})
    assert cost_of(rig, "drain north").endswith("nobody answers for the shards of api there")


def test_new_replicas_serve_where_the_others_have_crashed_and_scaling_says_how_many_do(plant):
    rig = plant({"kind": "crash", "at": "5s", "service": "api", "share": "75%"})
    rig.run_to(10)
    rig.do("scale api 6")
    rig.run_to(80)
    assert rig.log[-1][1].endswith("api has 6 replicas, 3 of which serve")


def test_of_replicas_that_are_too_many_those_that_have_crashed_go_first_and_then_the_newest(plant):
    rig = plant({"kind": "crash", "at": "5s", "service": "api", "share": "75%"})
    station = rig.world.traffic.services["api"]
    seen = []
    for number, wanted in enumerate((3, 2, 1, 4)):
        rig.run_to(10 + 70 * number)
        rig.do(f"scale api {wanted}")
        rig.run_to(75 + 70 * number)
        seen.append((rig.log[-1][1].split(": ")[1], station.replicas))
    assert seen == [
        ("api has 3 replicas, 1 of which serves", 1),
        ("api has 2 replicas, 1 of which serves", 1),
        ("api has 1 replica", 1),
        ("api has 4 replicas", 4),
    ]


def test_what_is_left_after_scaling_down_stays_in_its_zone(plant):
    rig = plant({"kind": "crash", "at": "5s", "service": "api", "share": "50%"})
    rig.run_to(10)
    rig.do("scale api 3")
    rig.run_to(80)
    roster = rig.world.traffic.services["api"].roster
    assert [(number, roster.zone(number)) for number in roster.running] == [(1, "south"), (2, "north")]


def test_a_replica_that_comes_again_after_it_crashed_and_was_removed_is_a_new_one(plant):
    rig = plant({"kind": "crash", "at": "5s", "service": "api"})
    rig.run_to(10)
    rig.do("scale api 1")
    rig.run_to(80)
    assert running(rig) == 0
    rig.do("scale api 4")
    rig.run_to(150)
    assert rig.world.traffic.services["api"].roster.running == [1, 2, 3]


def test_a_restart_of_the_replica_that_crashed_brings_it_back_and_ends_its_back_off(plant):
    crash = {"kind": "crash", "at": "5s", "service": "api", "share": "50%", "restarts": True}
    rig = with_api(plant, crash, replicas=4, start_up="10s", crash_loop={"first": "5m"})
    roster = rig.world.traffic.services["api"].roster
    rig.run_to(10)
    rig.do("restart api --replica 3")
    rig.run_to(22)
    assert roster.running == [2, 3]
    rig.do("restart api --replica 1")
    rig.run_to(35)
    assert (rig.log[-1][1], roster.running) == ("X2 restart api --replica 1: replica 1 of api serves again", [0, 2, 3])
    rig.do("restart api --rolling")
    rig.run_to(80)
    assert (rig.log[-1][1], roster.running) == ("X3 restart api --rolling: api serves again", [0, 1, 2, 3])


def test_a_restart_says_what_keeps_it_from_serving(plant):
    losses = [{"kind": "zone-loss", "at": "5s", "zone": zone} for zone in ("north", "south")]
    rig = plant(losses[0])
    rig.run_to(10)
    for text in ("restart api --replica 1", "restart api"):
        rig.do(text)
        rig.run_to(rig.env.now // 1_000_000 + 15)
    assert [text.split(": ", 1)[1] for _, text in rig.log if ": " in text and "restart" in text] == [
        "replica 1 of api is restarted, but does not serve: nothing runs in north",
        "api is restarted, 2 of 4 serve: nothing runs in north",
    ]
    rig = plant(*losses)
    rig.run_to(10)
    rig.do("restart api")
    rig.run_to(25)
    assert rig.log[-1][1].endswith("api is restarted, none of 4 serve: nothing runs in north and south")
    rig = plant()
    rig.do("drain api --replica 2")
    rig.run_to(40)
    rig.do("restart api")
    rig.run_to(60)
    assert rig.log[-1][1].endswith("api is restarted, 3 of 4 serve: 1 drained")


def test_a_restart_costs_as_long_as_the_scenario_says_that_it_takes(plant, cost_of):
    rig = plant(actions=[{"verb": "restart", "takes": "40s"}])
    assert cost_of(rig, "restart api") == "kills what is in flight; no api at all for 40s"
    assert cost_of(rig, "restart api --replica 2") == "kills what is in flight on replica 2; it is gone for 40s"
    assert cost_of(rig, "restart api --rolling").endswith("one replica of 4 at a time, each gone for 10s")


def test_what_belongs_to_somebody_else_is_not_ours_to_change(plant):
    rig = plant()
    for text in ("restart maps", "scale maps 3", "drain maps", "shed maps 50%"):
        assert rig.do(text) == "maps belongs to somebody else; vendor maps calls them"
    assert rig.do("limit front>maps 5/s") == "X1 takes 10s"


def test_a_frozen_autoscaler_leaves_the_replicas_as_they_are(plant):
    scaled = {"service_time": "50ms", "workers": 4, "start_up": "5s"}
    scaled["autoscaling"] = {"target": 0.3, "least": 1, "most": 8}
    front = {"kind": "gateway", "service_time": "1ms", "workers": 16}
    system = {
        "services": {"front": front, "api": scaled},
        "dependencies": [{"from": "front", "to": "api", "timeout": "2s"}],
        "traffic": {"entries": {"read": {"to": "front", "rate": "40/s", "timeout": "3s"}}},
    }
    free = plant(system=system, slos={"read": {"good": "99%", "within": "1s"}})
    frozen = plant(system=system, slos={"read": {"good": "99%", "within": "1s"}})
    assert frozen.do("freeze autoscaler front on") == "nothing scales front but people"
    assert frozen.do("freeze autoscaler api on") == "X1 takes 5s"
    free.run_to(120)
    frozen.run_to(120)
    assert running(free) > 1
    assert running(frozen) == 1
    assert frozen.log[-1] == (5.0, "X1 freeze autoscaler api on: autoscaling of api: frozen")

"""Actions under way: chance, cancelling, guardrails, broken glass, procedures, hotlines."""

from __future__ import annotations

from gameday.core.events import ActionFailed


def test_an_action_fails_as_often_as_the_rule_says_and_is_taken_back(plant, cost_of):
    rule = {"verb": "shed", "takes": "1s", "fails": "50%", "reason": "the gateway does not take it"}
    rig = plant(actions=[rule])
    assert cost_of(rig, "shed front 50%").endswith("fails 50% of the time")
    for second in range(0, 200, 2):
        rig.do("shed front 50%")
        rig.run_to(second + 2)
    failed = [event for event in rig.events if isinstance(event, ActionFailed)]
    assert 30 < len(failed) < 70
    assert failed[0].text().endswith("shed front 50% failed: the gateway does not take it")


def test_what_began_before_it_failed_is_taken_back(plant):
    rig = plant(actions=[{"verb": "drain", "fails": "100%"}])
    rig.do("drain db")
    rig.run_to(10)
    assert rig.value("read", "success", 5) == 0.0
    rig.run_to(50)
    assert rig.value("read", "success", 10) == 1.0
    assert rig.log[-1] == (30.0, "X1 drain db failed: it did not work; try again")


def test_a_restart_that_fails_has_to_start_once_more(plant):
    rig = plant(actions=[{"verb": "restart", "fails": "100%"}])
    rig.do("restart api")
    rig.run_to(19)
    assert rig.value("read", "success", 5) == 0.0
    rig.run_to(40)
    assert rig.value("read", "success", 10) == 1.0


def test_chance_depends_on_what_is_tried_and_not_on_what_else_is_done(plant):
    def fates(others):
        rig = plant(actions=[{"verb": "shed", "takes": "1s", "fails": "50%"}])
        for second in range(0, 40, 2):
            if others:
                rig.do("shed api 10%")
            rig.do("shed front 10%")
            rig.run_to(second + 2)
        return [event.at for event in rig.events if isinstance(event, ActionFailed) and "front" in event.command]

    assert fates(others=False) == fates(others=True)


def test_a_waiting_action_can_be_cancelled(plant):
    rig = plant(actions=[{"verb": "scale", "approval": True}])
    rig.do("scale api 5")
    assert rig.do("cancel X1") == "X1 scale api 5 is cancelled"
    assert rig.do("approve") == "no action waits for approval"
    assert rig.do("cancel X1") == "X1 is not under way"
    rig.run_to(90)
    assert rig.value("api", "replicas") == 4.0


def test_a_cancelled_action_never_ends(plant):
    rig = plant()
    rig.do("retries front>api 5")
    rig.run_to(10)
    rig.do("cancel X1")
    rig.run_to(60)
    assert rig.world.traffic.edges["front>api"].retries == 0
    assert rig.log[-1] == (10.0, "X1 retries front>api 5 cancelled by ana")


def test_who_may_do_what_is_by_person_team_or_role(plant):
    rules = [
        {"verb": "shed", "allowed": ["dan", "incident-commander"]},
        {"verb": "scale", "allowed": ["web"]},
        {"verb": "restart", "on": "db", "forbidden": "never by day"},
    ]
    rig = plant(actions=rules)
    assert rig.do("shed api 10%") == "shed api 10% is for dan or incident-commander, not for ana; page dan"
    assert rig.do("shed api 10%", author="dan") == "X1 takes 10s"
    assert rig.do("scale api 5") == "X2 takes 1m"
    assert rig.do("restart db") == "restart db is forbidden here: never by day"


def test_broken_glass_goes_past_the_guardrails_and_is_recorded(plant, cost_of):
    rules = [
        {"verb": "restart", "on": "db", "forbidden": "never by day"},
        {"verb": "scale", "approval": True, "needs": "dan"},
    ]
    rig = plant(actions=rules)
    assert cost_of(rig, "breakglass scale api 5") == "goes past approval and dan, who has not joined"
    assert rig.do("breakglass scale api 5") == "X1 takes 1m"
    assert rig.do("breakglass restart db") == "X2 takes 20s"
    assert [text for _, text in rig.log if "glass" in text] == [
        "ana broke the glass for X1 scale api 5, past approval and dan, who has not joined",
        "ana broke the glass for X2 restart db, past a ban (never by day)",
    ]
    assert rig.do("breakglass restart db") == "X2 restart db is under way already"


def test_broken_glass_does_not_go_past_physics(plant):
    assert plant().do("breakglass promote api") == "api has no canary"


def test_what_the_scenario_calls_unsafe_needs_force_and_does_its_harm(plant):
    harm = [{"service": "api", "errors": "30%"}]
    rig = plant(actions=[{"verb": "drain", "unsafe": "it has never been tried", "harm": harm}])
    assert rig.do("drain north") == "unsafe: it has never been tried; --force does it anyway"
    rig.do("drain north --force")
    rig.run_to(90)
    assert 0.6 < rig.value("read", "success", 30) < 0.8


def test_an_unsafe_action_without_a_force_needs_broken_glass(plant):
    rig = plant(actions=[{"verb": "scale", "unsafe": "the database cannot take more"}])
    assert rig.do("scale api 8") == "unsafe: the database cannot take more; breakglass does it anyway"
    assert rig.do("breakglass scale api 8") == "X1 takes 1m"


def test_what_an_action_costs_while_it_runs_ends_with_it(plant):
    slower = [{"service": "db", "latency": "100ms"}]
    rig = plant(actions=[{"verb": "scale", "meanwhile": slower}])
    rig.run_to(20)
    before = rig.value("read", "mean", 10)
    rig.do("scale api 5")
    rig.run_to(60)
    assert rig.value("read", "mean", 20) > before + 0.09
    rig.run_to(100)
    assert rig.value("read", "mean", 15) < before + 0.02
    rig.do("scale api 6")
    rig.do("cancel X2")
    rig.run_to(120)
    assert rig.value("read", "mean", 10) < before + 0.02


def test_a_procedure_of_the_scenario_is_done_and_undone(plant, cost_of):
    pages = {"summary": "pages without maps", "takes": "20s", "effects": [{"edge": "front>maps", "calls": 0.1}]}
    rig = plant(procedures={"plain-pages": pages | {"cost": "customers see no map"}})
    assert cost_of(rig, "perform plain-pages") == "pages without maps; customers see no map"
    assert rig.do("undo plain-pages") == "plain-pages is not in force"
    assert rig.do("perform plain-pages") == "X1 takes 20s"
    rig.run_to(40)
    assert rig.value("maps", "rate", 10) < 10
    assert rig.do("perform plain-pages") == "plain-pages is in force already"
    rig.do("undo plain-pages")
    rig.run_to(90)
    assert rig.value("maps", "rate", 10) > 40


def test_a_procedure_may_end_by_itself_and_may_not_be_undone(plant, cost_of):
    night = {"summary": "half asleep", "takes": "5s", "lasts": "20s", "undo": False}
    rig = plant(procedures={"night": night | {"effects": [{"service": "api", "workers": 2}]}})
    assert cost_of(rig, "perform night") == "half asleep; cannot be undone"
    rig.do("perform night")
    rig.run_to(10)
    assert rig.world.traffic.services["api"].workers == 2
    assert rig.do("undo night") == "night cannot be undone"
    rig.run_to(30)
    assert rig.world.traffic.services["api"].workers == 4


def test_a_procedure_can_make_room_on_a_disk(plant):
    full = {"kind": "disk-full", "at": "5s", "service": "db", "fills_in": "10s", "lasts": "20s"}
    tidy = {"summary": "throw away old logs", "takes": "10s", "cleans": ["db"]}
    rig = plant(full, procedures={"tidy": tidy})
    rig.run_to(30)
    assert rig.value("read", "success", 5) == 0.0
    rig.do("perform tidy")
    rig.run_to(50)
    assert rig.value("read", "success", 5) == 1.0


def test_a_hotline_says_how_it_is_there_or_nobody_picks_up(plant):
    slow = {"kind": "third-party", "at": "5s", "service": "maps", "trouble": "slow", "factor": 4}
    quiet = {"read": {"to": "front", "rate": "1/s", "timeout": "3s"}}
    rig = plant(slow, system={"traffic": {"entries": quiet}}, slos={"read": {"good": "99%", "within": "1s"}})
    rig.run_to(10)
    assert rig.do("vendor api") == "api is our own: page its team"
    for _ in range(12):
        assert rig.do("vendor maps").endswith("takes 10m")
        rig.run_to(rig.env.now / 1e6 + 601)
    said = [text.split("maps", 1)[1] for _, text in rig.log if "vendor maps" in text and "started" not in text]
    assert any("slower than usual" in text for text in said)
    assert any("nobody at maps has picked up" in text for text in said)

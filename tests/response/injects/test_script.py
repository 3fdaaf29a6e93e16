"""When injects come, and what the facilitator sees of them."""

from __future__ import annotations

from gameday.core.events import InjectCame, QuestionPut


def came(stage):
    return [(event.at / 1e6, event.inject) for event in stage.events if isinstance(event, InjectCame)]


def message(**keys):
    return {"kind": "message", "from": "a customer", "text": "hello", **keys}


def test_an_inject_comes_at_its_time(make_stage):
    stage = make_stage(injects=[message(at="90s")])
    stage.run(200)
    assert came(stage) == [(90.0, "I1")]
    assert (90.0, "a customer: hello") in stage.log


def test_an_inject_comes_once_its_condition_holds(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(100), injects=[message(when="login.success < 90% for 20s")])
    stage.run(300)
    assert came(stage) == [(120.0, "I1")]


def test_it_waits_for_people_to_do_nothing(make_stage, logins_fail_from):
    when = "login.success < 90% for 2m and nobody has declared"
    stage = make_stage(logins_fail_from(100), injects=[message(when=when)])
    stage.run(150)
    stage.say("declare SEV-2")
    stage.run(400)
    assert came(stage) == []
    assert stage.response.script.views()[0].state == "armed"


def test_how_long_nobody_has_done_something_is_known(make_stage):
    stage = make_stage(injects=[message(when="somebody has declared and nobody has told customers for 3m")])
    stage.run(60)
    stage.say("declare SEV-2")
    stage.run(170)
    assert came(stage) == []
    stage.run(300)
    assert came(stage) == [(180.0, "I1")], "since the beginning, whenever it was declared"


def test_with_a_time_it_does_not_come_before(make_stage):
    stage = make_stage(injects=[message(at="80s", when="login.success > 0")])
    stage.run(200)
    assert came(stage) == [(80.0, "I1")]


def test_it_comes_again_while_its_condition_holds(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(100, 170), injects=[message(when="login.success < 90%", every="30s")])
    stage.run(400)
    assert [at for at, _ in came(stage)] == [101.0, 131.0, 161.0]


def test_without_a_condition_it_comes_again_and_again(make_stage):
    stage = make_stage(injects=[message(at="10s", every="1m")])
    stage.run(140)
    assert [at for at, _ in came(stage)] == [10.0, 70.0, 130.0]


def test_each_time_has_its_own_words_and_the_last_stay(make_stage):
    words = ["and again", "a third time"]
    stage = make_stage(injects=[message(at="10s", every="1m", again=words), message(at="30s", text="once")])
    stage.run(260)
    said = [text.removeprefix("a customer: ") for _, text in stage.log if text.startswith("a customer")]
    assert said == ["hello", "once", "and again", "a third time", "a third time", "a third time"]
    listed = [event.what for event in stage.events if isinstance(event, InjectCame) and event.inject == "I1"]
    assert listed[1] == "a customer: and again"


def test_an_executive_who_comes_again_has_other_words(make_stage):
    again = {"kind": "executive", "swoop": "severity", "text": "SEV-2? Really?", "again": ["Still SEV-2?"]}
    stage = make_stage(injects=[{"at": "10s", "every": "10m", **again}])
    stage.run(700)
    asked = [event.message for event in stage.events if isinstance(event, QuestionPut)]
    assert asked == ["SEV-2? Really?", "Still SEV-2?"]


def test_somebody_has_joined_when_anybody_came_in(make_stage):
    stage = make_stage(injects=[message(when="somebody has joined")])
    stage.run(10)
    assert came(stage) == []
    stage.say("page dan")
    stage.run(200)
    assert [at for at, _ in came(stage)] == [50.0], "dan needs forty seconds"


def test_the_list_says_what_is_armed_and_what_came(make_stage):
    fault = {"kind": "monitoring", "at": "0s", "lasts": "1m", "service": "db", "loss": "50%"}
    injects = [
        message(at="10s"),
        {"name": "blind", "when": "nobody has declared", "at": "5m", "kind": "fault", "fault": fault},
    ]
    stage = make_stage(injects=injects)
    stage.run(60)
    first, second = stage.response.script.views()
    assert (first.name, first.state, first.at, first.when) == ("I1", "came", 10, "at 00:10")
    assert first.what == "a customer: hello"
    assert (second.name, second.state, second.at) == ("blind", "armed", None)
    assert (second.what, second.when) == ("fault monitoring db for 1m", "from 05:00, once not incident.declared")
    assert not hasattr(stage.look(), "injects"), "responders do not see it"


def test_a_fault_and_a_deploy_go_through_the_hands(make_stage):
    deploy = {"at": "10s", "kind": "deploy", "service": "web", "version": "2"}
    fault = {"at": "20s", "kind": "fault", "fault": {"kind": "crash", "at": "5s", "service": "db"}}
    stage = make_stage(injects=[deploy, fault])
    stage.run(60)
    assert [inject.kind for inject in stage.hands.injects] == ["deploy", "fault"]
    assert stage.hands.injects[1].name == "I2", "so that two faults have two names"


def test_a_false_alert_pages_like_any_other(make_stage):
    stage = make_stage(injects=[{"at": "30s", "kind": "false-alert", "alert": "logins", "lasts": "40s"}])
    stage.run(200)
    times = {kind: at for at, kind in ((e.at / 1e6, e.kind) for e in stage.events)}
    assert 30.0 <= times["AlertFired"] <= 31.0
    assert times["AlertCleared"] == 71.0

from __future__ import annotations

from gameday.core.events import LookCompleted, StatusPosted

STEPS = [
    {"id": "take", "text": "take the page", "check": "incident.acknowledged", "within": "2m", "otherwise": "call"},
    {"id": "heal", "text": "heal", "check": "login.success > 99%", "within": "1m", "otherwise": "call"},
    {"id": "close", "text": "close", "branches": [{"goto": "end"}]},
    {"id": "call", "text": "call somebody", "hint": "bo knows it best", "branches": [{"goto": "heal"}]},
]


def test_a_step_is_done_when_its_check_holds_and_refused_when_not(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0, 100), steps=STEPS)
    stage.run(40)
    refused = "refused: step take is not done: expected incident.acknowledged; seen: incident.acknowledged no"
    assert stage.say("step") == refused
    stage.say("ack")
    assert stage.say("step done") == "next: heal: heal"
    assert stage.say("done").startswith("refused: step heal is not done: expected login.success > 99%")
    assert stage.log[-1] == (40, "step take done")


def test_time_limits_run_from_the_first_page_and_lead_on(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0), steps=STEPS)
    stage.run(1000)
    walked = [line for line in stage.log if line[1].startswith("step")]
    assert walked == [(151, "step take timed out")]
    assert [step.state for step in stage.response.steps()] == ["failed", "todo", "todo", "current"]


def test_a_check_that_holds_as_its_time_runs_out_was_met(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0, 120), steps=STEPS)
    stage.run(100)
    stage.say("ack")
    stage.say("step")
    stage.run(1000)
    assert [line for line in stage.log if line[1].startswith("step")] == [
        (100, "step take done"),
        (160, "step heal done"),
    ]
    assert stage.response.steps()[2].state == "current"


def test_without_a_page_no_time_runs_out(make_stage):
    stage = make_stage(steps=STEPS)
    stage.run(1000)
    assert stage.log == []


def test_a_resolved_incident_ends_the_time_limits(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0), steps=STEPS)
    stage.run(40)
    for text in ("declare", "resolve"):
        stage.say(text)
    stage.run(1000)
    assert [line for line in stage.log if line[1].startswith("step")] == []


def test_skipping_goes_on_unchecked_and_a_name_jumps(make_stage):
    stage = make_stage(steps=STEPS)
    assert stage.say("skip") == "next: heal: heal"
    assert stage.say("step call") == "next: call: call somebody"
    assert stage.say("step call") == "refused: call is the current step"
    assert stage.say("step close") == "next: close: close"
    assert stage.say("step") == "the playbook is at its end"
    assert stage.say("step") == "refused: the playbook is at its end"
    assert stage.log == [
        (0, "step take skipped"),
        (0, "step heal skipped"),
        (0, "step call skipped"),
        (0, "step close done"),
    ]


def test_a_step_of_another_playbook_cannot_be_jumped_to(make_stage):
    stage = make_stage(steps=STEPS)
    assert stage.say("step elsewhere") == "refused: elsewhere is a step of another playbook"


def test_hints_go_from_the_usual_first_moves_to_the_step(make_stage, logins_fail_from):
    rules = [{"escalation_delay": "5m", "targets": ["ana"]}]
    stage = make_stage(logins_fail_from(0), steps=STEPS, escalation_policies={"shop": {"rules": rules}})
    hints = [stage.say("hint")]
    stage.run(40)
    hints.append(stage.say("hint"))
    stage.say("ack")
    hints.append(stage.say("hint"))
    stage.say("declare")
    hints.append(stage.say("hint"))
    stage.say("step call")
    hints.append(stage.say("hint"))
    assert hints == [
        "Nobody is paged yet. Watch the signals, and read with changes what was changed lately.",
        "A1 pages you: take it with ack, so that nobody else is woken.",
        "Declare the incident with declare; if unsure of the severity, take the higher one.",
        "heal (take has been seen to: step done goes on in the playbook.)",
        "bo knows it best",
    ]
    assert stage.log[-1] == (40, "hint: bo knows it best")


def hear_all(stage):
    """What happened so far, as a session lets the response hear it."""
    for event in stage.events:
        stage.response.hear(event)


DONE = [
    {"id": "take", "text": "take the page", "run": ["ack"]},
    {"id": "major", "text": "declare it", "run": ["declare SEV-2"]},
    {"id": "tell", "text": "tell customers", "run": ["status We look into it."]},
    {"id": "look", "text": "look at the database", "run": ["metrics db", "changes"], "check": "login.success < 99%"},
    {"id": "again", "text": "tell them again", "run": ["status We are still at it."]},
    {"id": "think", "text": "think"},
]


def test_the_hint_passes_over_what_has_been_seen_to_though_nobody_said_so(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0), steps=DONE)
    stage.run(40)
    for text in ("ack", "declare SEV-3", "status Logins fail; more in 5 minutes."):
        stage.say(text)
    hear_all(stage)
    assert stage.say("hint") == (
        "look at the database (take, major and tell have been seen to: step done goes on in the playbook.)"
    )
    assert stage.response.steps_seen_to() == ("take", "major", "tell")
    for look in ("metrics db", "changes"):
        stage.response.hear(LookCompleted(40_000_000, "bo", look, ()))
    assert stage.response.steps_seen_to() == ("take", "major", "tell", "look")
    assert stage.say("hint").startswith("tell them again")
    stage.say("status Still failing; more in 5 minutes.")
    stage.response.hear(next(event for event in reversed(stage.events) if isinstance(event, StatusPosted)))
    assert stage.say("hint").startswith("think (")
    assert [step.state for step in stage.response.steps()] == ["current", *["todo"] * 5]


def test_a_step_whose_check_does_not_hold_is_not_seen_to_by_its_commands(make_stage):
    stage = make_stage(steps=DONE[3:])
    for look in ("metrics db", "changes"):
        stage.response.hear(LookCompleted(0, "bo", look, ()))
    assert stage.response.steps_seen_to() == ()


def test_an_incident_that_is_opened_again_brings_the_time_limits_back(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0), steps=STEPS)
    stage.run(40)
    for text in ("declare", "resolve"):
        stage.say(text)
    stage.run(600)
    stage.say("declare")
    hear_all(stage)
    stage.run(1000)
    assert [line for line in stage.log if line[1].startswith("step")] == [(720, "step take timed out")]

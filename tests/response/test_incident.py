from __future__ import annotations


def test_who_declares_is_commander_until_another_is_assigned(make_stage):
    stage = make_stage()
    stage.run(60)
    assert stage.say("declare") == "SEV-2 declared; ana is incident-commander; tell customers by 06:00"
    stage.say("page dan")
    assert stage.say("assign incident-commander dan") == "refused: dan is not here; page them first"
    stage.run(120)
    stage.say("assign incident-commander dan")
    assert stage.response.incident().roles == (("incident-commander", "dan"),)
    assert stage.log[0] == (60, "ana declared SEV-2")
    assert stage.log[-1] == (120, "dan is incident-commander")


def test_updates_fall_due_on_a_rhythm(make_stage):
    stage = make_stage(communication={"first": "4m", "every": "10m"})
    stage.run(60)
    stage.say("declare SEV-1")
    due = [stage.response.incident().status_due_at]
    stage.run(200)
    assert stage.say("status We look into it. Next update soon.") == ("posted for customers; the next is due at 13:20")
    due.append(stage.response.incident().status_due_at)
    assert due == [300, 800]
    assert stage.response.incident().last_status == "We look into it. Next update soon."


def test_what_needs_a_declared_incident_is_refused_before(make_stage):
    stage = make_stage()
    refused = [stage.say(text) for text in ("severity SEV-1", "assign scribe ana", "status hello", "resolve")]
    assert refused == [
        f"refused: no incident is declared yet; declare it before {verb}"
        for verb in ("severity", "assign", "status", "resolve")
    ]
    assert stage.log == []


def test_resolving_closes_every_open_page_and_ends_the_rhythm(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0))
    stage.run(40)
    for text in ("page bo", "declare SEV-3", "resolve"):
        stage.say(text)
    assert stage.log[-3:] == [(40, "ana resolved the incident"), (40, "A1 resolved"), (40, "A2 resolved")]
    assert (stage.response.incident().status_due_at, stage.response.incident().resolved_at) == (None, 40)
    stage.run(2000)
    assert stage.log[-1] == (40, "A2 resolved")


def test_a_resolved_incident_takes_no_more_but_words(make_stage):
    stage = make_stage()
    for text in ("declare", "resolve"):
        stage.say(text)
    for text in ("declare", "severity SEV-1", "assign scribe ana", "resolve"):
        assert stage.say(text) == "refused: the incident was resolved at 00:00"
    assert stage.say("status All is well again.") == "posted for customers"
    assert stage.say("note well done") == "noted"
    assert stage.say("diagnose db crash") == "written down; the debrief says how close it was"


def test_declaring_twice_and_the_same_severity_are_refused(make_stage):
    stage = make_stage()
    stage.say("declare SEV-3")
    assert stage.say("declare SEV-1") == "refused: SEV-3 was declared at 00:00; severity changes it"
    assert stage.say("severity SEV-3") == "refused: the severity is SEV-3 already"
    assert stage.say("severity SEV-1") == "the severity is SEV-1"
    assert stage.response.incident().severity == "SEV-1"


def test_the_incident_can_be_read_as_a_state(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0))
    metrics = ("declared", "acknowledged", "resolved", "status_posted")
    stage.run(40)
    before = [stage.signals.value("incident", metric, 40) for metric in metrics]
    for text in ("ack", "declare", "status We look into it.", "resolve"):
        stage.say(text)
    after = [stage.signals.value("incident", metric, 40) for metric in metrics]
    assert (before, after) == ([0.0] * 4, [1.0] * 4)

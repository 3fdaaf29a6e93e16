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


def test_what_resolving_means_is_said_before_and_after_from_what_can_be_seen(make_stage):
    stage = make_stage(lambda subject, metric, second: 0.5 if metric == "bad" and second <= 300 else 0.0)
    stage.run(200)
    stage.say("declare")
    assert stage.response.resolving() == (
        "login is still 50% bad; this closes the incident, time goes on at its pace, and declare opens it again"
    )
    assert stage.say("resolve") == "the incident is resolved, and login is still 50% bad; declare opens it again"
    assert not stage.response.is_settled()
    stage.run(360)
    stage.say("declare")
    assert stage.response.resolving().startswith("login has met its objective for less than 2m; this closes")
    stage.run(430)
    assert stage.response.resolving() == (
        "all objectives have held; this closes the incident, and the rest of the time passes at once"
    )
    assert stage.say("resolve") == "the incident is resolved"
    assert stage.response.is_settled()


def test_an_entry_of_which_nothing_can_be_seen_has_not_held(make_stage):
    stage = make_stage(lambda subject, metric, second: None)
    stage.run(200)
    assert stage.response.resolving().startswith("nothing is seen of login; this closes the incident")


def test_an_incident_that_was_not_over_is_opened_again_as_it_was(make_stage):
    stage = make_stage()
    for text in ("declare SEV-3", "assign scribe ana", "resolve"):
        stage.say(text)
    stage.run(60)
    assert stage.say("declare") == "the incident is open again, SEV-3; tell customers by 06:00"
    view = stage.response.incident()
    assert (view.declared_at, view.severity, view.resolved_at, view.status_due_at) == (0, "SEV-3", None, 360)
    assert ("scribe", "ana") in view.roles
    stage.say("resolve")
    assert stage.say("declare SEV-1").startswith("the incident is open again, SEV-1;")
    assert [line for _, line in stage.log[-3:]] == [
        "ana resolved the incident",
        "ana opened the incident again",
        "ana set severity SEV-1",
    ]
    stage.run(400)
    assert stage.log[-1] == (360, "the next public update was due at 06:00 and has not come")


def test_a_resolved_incident_takes_no_more_but_words(make_stage):
    stage = make_stage()
    for text in ("declare", "resolve"):
        stage.say(text)
    for text in ("severity SEV-1", "assign scribe ana", "resolve"):
        assert stage.say(text) == "refused: the incident was resolved at 00:00; declare opens it again"
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

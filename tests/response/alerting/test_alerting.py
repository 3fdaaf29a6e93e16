from __future__ import annotations


def test_an_alert_fires_when_its_condition_has_held_for_its_time(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10))
    stage.run(60)
    assert stage.log == [(41, "alert logins fires: logins fail"), (41, "A1 bo paged: logins fail")]


def test_a_condition_that_lets_go_in_between_starts_again(make_stage):
    stage = make_stage(lambda subject, metric, second: 0.5 if second > 10 and second != 30 else 1.0)
    stage.run(70)
    assert stage.log[0] == (61, "alert logins fires: logins fail")


def test_an_alert_clears_when_its_condition_has_not_held_for_as_long_and_closes_its_page(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10, 60))
    stage.run(200)
    assert stage.log[2:] == [(91, "alert logins cleared"), (91, "A1 resolved")]
    assert stage.response.alerts() == ()


def test_an_alert_without_a_hold_fires_at_once_and_still_takes_half_a_minute_to_clear(make_stage, logins_fail_from):
    alert = {"when": "login.success < 95%", "policy": "shop", "summary": "logins fail"}
    stage = make_stage(logins_fail_from(10, 20), alerts={"logins": alert})
    stage.run(100)
    assert [line for line in stage.log if "alert" in line[1]] == [
        (11, "alert logins fires: logins fail"),
        (51, "alert logins cleared"),
    ]


def test_no_data_holds_no_condition(make_stage):
    stage = make_stage(lambda subject, metric, second: None)
    stage.run(300)
    assert stage.log == []


def test_an_alert_that_comes_back_opens_a_new_page(make_stage):
    stage = make_stage(lambda subject, metric, second: 0.5 if second % 100 > 50 else 1.0)
    stage.run(400)
    assert [(page.ref, page.state) for page in stage.response.pages()] == [
        ("A1", "resolved"),
        ("A2", "resolved"),
        ("A3", "resolved"),
        ("A4", "triggered"),
    ]


def test_an_acknowledged_page_of_an_alert_is_closed_with_it(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10, 100))
    stage.run(50)
    stage.say("ack")
    stage.run(200)
    assert [page.state for page in stage.response.pages()] == ["resolved"]


def test_what_fires_can_be_read_as_a_state(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10))
    stage.run(41)
    before = stage.response.state("alerts", "logins"), stage.response.state("alerts", "firing")
    stage.run(42)
    assert before == (0.0, 0.0)
    assert (stage.signals.value("alerts", "logins", 42), stage.signals.value("alerts", "firing", 42)) == (1.0, 1.0)


def test_a_page_resolved_by_hand_comes_again_as_long_as_its_alert_holds(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0, 200))
    stage.run(40)
    for text in ("ack", "declare", "resolve"):
        stage.say(text)
    stage.run(99)
    assert stage.response.pages()[-1].ref == "A1"
    stage.run(101)
    assert [(page.ref, page.state) for page in stage.response.pages()] == [("A1", "resolved"), ("A2", "triggered")]
    assert (100, "alert logins fires: logins fail") in stage.log
    stage.run(400)
    assert [page.state for page in stage.response.pages()] == ["resolved", "resolved"]
    assert sum("alert logins fires" in line for _, line in stage.log) == 2


def test_a_page_resolved_by_hand_stays_so_where_its_alert_lets_go(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0, 60))
    stage.run(50)
    for text in ("declare", "resolve"):
        stage.say(text)
    stage.run(600)
    assert len(stage.response.pages()) == 1


def test_a_page_that_comes_again_waits_for_the_rules_time_and_for_the_end_of_a_silence(make_stage, logins_fail_from):
    alerts = {"logins": {"when": "login.success < 95%", "for": "2m", "policy": "shop", "summary": "logins fail"}}
    stage = make_stage(logins_fail_from(0), alerts=alerts)
    stage.run(130)
    for text in ("declare", "resolve", "silence logins 4m"):
        stage.say(text)
    stage.run(369)
    assert len(stage.response.pages()) == 1
    stage.run(371)
    assert [page.opened_at for page in stage.response.pages()] == [121, 370]

from __future__ import annotations


def test_a_silenced_alert_fires_and_pages_nobody(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10))
    stage.run(5)
    assert stage.say("silence logins") == "logins pages nobody until 10:05; pages that are open stay"
    stage.run(60)
    assert stage.log == [
        (5, "alert logins silenced until 10:05 by ana"),
        (41, "alert logins fires, silenced: logins fail"),
    ]
    assert stage.response.alerts() == ("logins",)
    assert stage.response.pages() == ()


def test_a_silence_ends_by_itself_and_what_fires_then_pages(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10))
    stage.run(5)
    stage.say("silence logins 90s")
    stage.run(100)
    assert stage.log[2:] == [
        (95, "alert logins is no longer silenced (its time is over)"),
        (95, "alert logins fires: logins fail"),
        (95, "A1 bo paged: logins fail"),
    ]


def test_a_silence_can_be_ended(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10))
    stage.run(5)
    stage.say("silence logins")
    stage.run(50)
    assert stage.say("silence logins OFF") == "logins pages again"
    stage.run(700)
    assert stage.log[2:5] == [
        (50, "alert logins is no longer silenced (ana)"),
        (50, "alert logins fires: logins fail"),
        (50, "A1 bo paged: logins fail"),
    ]
    assert len([line for line in stage.log if "silenced" in line[1]]) == 3
    assert stage.say("silence logins off") == "refused: logins is not silenced"


def test_what_cleared_in_silence_is_never_paged(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10, 60))
    stage.run(5)
    stage.say("silence logins 3m")
    stage.run(300)
    assert [text for _, text in stage.log[1:]] == [
        "alert logins fires, silenced: logins fail",
        "alert logins cleared",
        "alert logins is no longer silenced (its time is over)",
    ]


def test_a_page_that_is_open_stays_and_is_closed_with_its_alert(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10, 300))
    stage.run(50)
    stage.say("silence logins 1m")
    stage.run(200)
    assert [(page.ref, page.state) for page in stage.response.pages()] == [("A1", "triggered")]
    stage.run(400)
    assert [(page.ref, page.state) for page in stage.response.pages()] == [("A1", "resolved")]


def test_silencing_again_counts_from_then_on(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10))
    stage.run(5)
    stage.say("silence logins 1m")
    stage.run(30)
    stage.say("silence logins 2m")
    stage.run(149)
    assert stage.response.pages() == ()
    stage.run(151)
    assert [page.opened_at for page in stage.response.pages()] == [150]


def test_a_silence_that_ends_as_the_alert_begins_to_fire_keeps_nothing_back(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10))
    stage.run(5)
    stage.say("silence logins 36s")
    stage.run(42)
    assert stage.log[1:3] == [
        (41, "alert logins is no longer silenced (its time is over)"),
        (41, "alert logins fires: logins fail"),
    ]


def test_one_alert_of_a_group_is_silenced_by_itself(make_stage):
    alerts = {
        name: {"when": f"{name}.errors", "policy": "shop", "summary": f"{name} is ill", "group": "shop"}
        for name in ("web", "db")
    }
    stage = make_stage(lambda subject, metric, second: float(second > 10), alerts=alerts)
    stage.run(5)
    stage.say("silence web 1m")
    stage.run(30)
    assert [page.summary for page in stage.response.pages()] == ["db is ill"]
    stage.run(70)
    assert [page.summary for page in stage.response.pages()] == ["db is ill and 1 more"]


def test_the_state_feels_a_silence(make_stage):
    one, other = make_stage(), make_stage()
    one.run(5)
    other.run(5)
    assert one.response.digest_parts() == other.response.digest_parts()
    one.say("silence logins")
    assert one.response.digest_parts() != other.response.digest_parts()

"""Alerts that come without a reason, and alerts that never come."""

from __future__ import annotations

import pytest

from gameday.core.events import AlertFired, FalseAlarmBegan
from gameday.core.units import MICRO


def logins(**keys: object) -> dict[str, object]:
    rule = {"when": "login.success < 95%", "for": "30s", "policy": "shop", "summary": "logins fail"}
    return {"alerts": {"logins": {**rule, **keys}}}


FALSE = logins(false_alarms=[{"at": "90s", "lasts": "60s"}])


def test_a_false_alarm_fires_at_once_and_clears_as_soon_as_it_is_over(make_stage):
    stage = make_stage(**FALSE)
    stage.run(300)
    assert stage.log == [
        (90, "false alarm: logins fires without a reason"),
        (90, "alert logins fires: logins fail"),
        (90, "A1 bo paged: logins fail"),
        (150, "alert logins cleared"),
        (150, "A1 resolved"),
    ]


def test_that_it_is_false_is_hidden_from_responders(make_stage):
    stage = make_stage(**FALSE)
    stage.run(300)
    assert [type(event) for event in stage.events if not event.visible] == [FalseAlarmBegan]


def test_a_false_alarm_that_turns_real_goes_on(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(120, 200), **FALSE)
    stage.run(300)
    assert [line for line in stage.log if "alert" in line[1]] == [
        (90, "alert logins fires: logins fail"),
        (231, "alert logins cleared"),
    ]


def test_an_alert_that_has_a_reason_is_no_false_alarm(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10), **FALSE)
    stage.run(300)
    assert not any(isinstance(event, FalseAlarmBegan) for event in stage.events)
    assert sum(isinstance(event, AlertFired) for event in stage.events) == 1


def test_a_false_alarm_can_be_raised_from_outside(make_stage):
    stage = make_stage()
    stage.run(20.5)
    stage.response.alerting.raise_false("logins", 30 * MICRO)
    stage.run(100)
    assert [second for second, _ in stage.log] == [21, 21, 21, 51, 51]
    with pytest.raises(KeyError):
        stage.response.alerting.raise_false("nothing", MICRO)
    with pytest.raises(ValueError, match="must be > 0"):
        stage.response.alerting.raise_false("logins", 0)


def test_a_false_alarm_that_is_silenced_pages_nobody(make_stage):
    stage = make_stage(**FALSE)
    stage.say("silence logins")
    stage.run(300)
    assert stage.response.pages() == ()
    assert (90, "alert logins fires, silenced: logins fail") in stage.log


def test_a_broken_alert_never_comes(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10), **logins(broken=True))
    stage.run(600)
    assert stage.log == []


def test_a_rule_that_works_again_needs_its_time(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10), **logins(broken={"lasts": "2m"}))
    stage.run(300)
    assert stage.log[0] == (150, "alert logins fires: logins fail")


def test_what_fires_when_its_rule_breaks_clears_as_if_it_had_let_go(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(10), **logins(broken={"from": "100s"}))
    stage.run(600)
    assert [line for line in stage.log if "alert" in line[1]] == [
        (41, "alert logins fires: logins fail"),
        (130, "alert logins cleared"),
    ]


def test_a_broken_alert_raises_no_false_alarm_either(make_stage):
    stage = make_stage(**logins(broken=True, false_alarms=[{"at": "90s", "lasts": "60s"}]))
    stage.run(300)
    assert stage.log == []


def test_no_data_fires_where_the_author_says_so(make_stage):
    def read(subject, metric, second):
        return None if 10 < second <= 80 else 1.0

    stage = make_stage(read, **logins(no_data="fire"))
    stage.run(200)
    assert [line for line in stage.log if "alert" in line[1]] == [
        (41, "alert logins fires: logins fail"),
        (111, "alert logins cleared"),
    ]


@pytest.mark.parametrize("keys", [{}, {"no_data": "ok"}])
def test_no_data_is_no_trouble_otherwise_and_lets_what_fires_clear(make_stage, keys):
    def read(subject, metric, second):
        return 1.0 if second <= 10 else 0.5 if second <= 60 else None

    stage = make_stage(read, **logins(**keys))
    stage.run(200)
    assert [line for line in stage.log if "alert" in line[1]] == [
        (41, "alert logins fires: logins fail"),
        (91, "alert logins cleared"),
    ]

from __future__ import annotations

import pytest

from gameday.core.events import AlertGrouped, Paged


def alert(when: str, **keys: object) -> dict[str, object]:
    return {"when": when, "policy": "shop", "summary": f"{when.split('.')[0]} is ill", "group": "shop", **keys}


THREE = {"login": alert("login.bad"), "web": alert("web.errors"), "db": alert("db.errors", kind="cause")}


@pytest.fixture
def ill():
    """Signals in which a subject is ill from one second to another."""

    def make(**when: tuple[int, int]):
        def read(subject, metric, second):
            begin, end = when.get(subject, (0, 1_000_000))
            return float(begin < second <= end)

        return read

    return make


def test_an_alert_joins_the_open_page_of_its_group_and_pages_nobody(make_stage, ill):
    stage = make_stage(ill(login=(10, 300), web=(20, 300), db=(30, 300)), alerts=THREE)
    stage.run(60)
    assert [event.person for event in stage.events if isinstance(event, Paged)] == ["bo"]
    assert stage.log[2:] == [
        (21, "alert web fires: web is ill"),
        (21, "alert web joins A1 (group shop): web is ill"),
        (31, "alert db fires: db is ill (cause)"),
        (31, "alert db joins A1 (group shop): db is ill (cause)"),
    ]
    assert [page.summary for page in stage.response.pages()] == ["login is ill and 2 more"]
    assert stage.response.alerts() == ("login", "web", "db")


def test_a_page_is_resolved_when_all_its_alerts_have_cleared(make_stage, ill):
    stage = make_stage(ill(login=(10, 40), web=(20, 200), db=(30, 60)), alerts=THREE)
    stage.run(150)
    assert stage.response.alerts() == ("web",)
    assert [page.state for page in stage.response.pages()] == ["triggered"]
    stage.run(240)
    assert stage.log[-2:] == [(231, "alert web cleared"), (231, "A1 resolved")]


def test_an_alert_that_comes_back_joins_again_and_is_counted_once(make_stage):
    def read(subject, metric, second):
        return float(subject == "login" or (subject == "web" and second % 100 > 50))

    stage = make_stage(read, alerts=THREE)
    stage.run(300)
    assert sum(isinstance(event, AlertGrouped) for event in stage.events) == 3
    assert [page.summary for page in stage.response.pages()] == ["login is ill and 1 more"]


def test_once_a_page_is_closed_the_group_opens_another(make_stage, ill):
    stage = make_stage(ill(login=(10, 20), web=(200, 900), db=(990, 991)), alerts=THREE)
    stage.run(250)
    assert [(page.ref, page.alert, page.state) for page in stage.response.pages()] == [
        ("A1", "login", "resolved"),
        ("A2", "web", "triggered"),
    ]


def test_an_acknowledged_page_is_joined_without_waking_anybody(make_stage, ill):
    stage = make_stage(ill(login=(10, 300), web=(20, 300), db=(990, 991)), alerts=THREE)
    stage.run(15)
    stage.say("ack")
    stage.run(60)
    assert [(page.ref, page.state) for page in stage.response.pages()] == [("A1", "acknowledged")]


def test_without_a_group_every_alert_opens_a_page(make_stage, ill):
    alerts = {name: {**keys, "group": None} for name, keys in THREE.items()}
    stage = make_stage(ill(login=(10, 300), web=(20, 300), db=(30, 300)), alerts=alerts)
    stage.run(60)
    assert [page.alert for page in stage.response.pages()] == ["login", "web", "db"]


def test_an_urgent_alert_is_not_hidden_in_a_page_that_is_not(make_stage, ill):
    alerts = {**THREE, "login": alert("login.bad", urgency="low")}
    stage = make_stage(ill(login=(10, 300), web=(20, 300), db=(30, 300)), alerts=alerts)
    stage.run(60)
    assert [(page.alert, page.urgency, page.summary) for page in stage.response.pages()] == [
        ("login", "low", "login is ill"),
        ("web", "high", "web is ill and 1 more"),
    ]


def test_alerts_of_two_policies_share_no_page(make_stage, ill):
    rule = {"rules": [{"escalation_delay": "5m", "targets": ["dan"]}]}
    shop = {"rules": [{"escalation_delay": "5m", "targets": ["bo"]}]}
    alerts = {**THREE, "web": alert("web.errors", policy="db")}
    policies = {"shop": shop, "db": rule}
    stage = make_stage(ill(login=(10, 300), web=(20, 300), db=(30, 300)), alerts=alerts, escalation_policies=policies)
    stage.run(35)
    assert [(page.alert, page.summary) for page in stage.response.pages()] == [
        ("login", "login is ill and 1 more"),
        ("web", "web is ill"),
    ]


def test_a_page_says_whether_it_tells_of_a_symptom_or_of_a_cause(make_stage, ill):
    alerts = {"login": alert("login.bad", kind="symptom"), "web": alert("web.errors")}
    stage = make_stage(ill(login=(10, 300), web=(20, 300)), alerts=alerts)
    stage.run(15)
    assert [page.summary for page in stage.response.pages()] == ["login is ill (symptom)"]
    stage.run(25)
    assert [page.summary for page in stage.response.pages()] == ["login is ill (symptom) and 1 more"]

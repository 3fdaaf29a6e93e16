"""Escalation in full: schedules, round robin, notification rules, storms of pages."""

from __future__ import annotations

import pytest

from gameday.core.units import MICRO
from gameday.response.schedules import Schedules
from gameday.scenario.models.roster import OncallFile

RULES = [{"escalation_delay": "5m", "targets": ["rota"]}, {"escalation_delay": "3m", "targets": ["cy"]}]


@pytest.fixture
def paged(make_stage, logins_fail_from):
    """A stage whose alert fires at 31 s, with rules and keys of the test's own."""

    def make(rules=RULES, **keys):
        policy = keys.pop("policy", {})
        return make_stage(logins_fail_from(0), escalation_policies={"shop": {"rules": rules, **policy}}, **keys)

    return make


def texts(stage) -> list[str]:
    return [text for _, text in stage.log if text.startswith("A")]


def test_a_page_goes_to_who_is_on_duty_when_it_comes_to_the_level(paged):
    rota = {"layers": [{"users": ["bo", "dan"], "start": "2026-03-01T21:02", "rotation_turn_length": "6h"}]}
    rules = [{"escalation_delay": "5m", "targets": ["rota"]}]
    stage = paged(rules, policy={"num_loops": 1}, schedules={"rota": rota}, starts_at="2026-03-02T02:58")
    stage.run(500)
    assert texts(stage)[:2] == ["A1 bo paged: logins fail", "A1 escalated to level 1 (policy)"]
    assert stage.log[3] == (331, "A1 dan paged: logins fail")


def test_where_nobody_is_on_call_the_page_waits_out_the_delay_and_says_so(paged):
    windows = [{"start_time_of_day": "08:00", "duration": "12h"}]
    rota = {"layers": [{"users": ["bo"], "restrictions": windows}]}
    stage = paged(schedules={"rota": rota}, starts_at="2026-03-14T02:10")
    stage.run(400)
    assert stage.log[1:] == [
        (31, "A1 nobody is on call in rota (level 1)"),
        (331, "A1 escalated to level 2 (policy)"),
        (331, "A1 cy paged: logins fail"),
    ]
    assert stage.response.pages()[0].targets == ("cy",)


def test_a_policy_that_skips_empty_levels_goes_on_at_once(paged):
    rota = {"layers": [{"users": ["bo"], "end": "2026-01-01T00:00"}]}
    stage = paged(policy={"empty_levels": "skip"}, schedules={"rota": rota}, starts_at="2026-03-14T02:10")
    stage.run(400)
    assert stage.log[1:] == [
        (31, "A1 nobody is on call in rota (level 1)"),
        (31, "A1 escalated to level 2 (policy)"),
        (31, "A1 cy paged: logins fail"),
        (211, "A1 has reached the end of its policy; nobody answered"),
    ]


def test_a_team_whose_schedule_is_empty_now_is_paged_and_the_verdict_says_that_nobody_is_there(paged):
    rota = {"people": ["bo"], "overrides": []}
    gap = {"layers": [{"users": ["bo"], "end": "2026-01-01T00:00"}]}
    assert paged(schedules={"rota": rota}).say("page shop") == "A1 pages bo by policy shop"
    stage = paged(schedules={"rota": gap}, starts_at="2026-03-14T02:10")
    assert stage.say("page shop") == "A1 is open, but nobody is on call at the first level of policy shop"


def test_an_override_takes_the_page_from_who_would_have_it(paged):
    rota = {
        "people": ["bo"],
        "overrides": [{"user": "cy", "start": "2026-03-14T00:00", "end": "2026-03-14T06:00"}],
    }
    stage = paged(schedules={"rota": rota}, starts_at="2026-03-14T02:10")
    stage.run(40)
    assert texts(stage) == ["A1 cy paged: logins fail"]


def test_round_robin_pages_one_of_them_and_the_next_one_next_time(paged):
    rules = [{"escalation_delay": "60s", "targets": ["bo", "cy"], "assignment_strategy": "round-robin"}]
    stages = [paged(rules, policy={"num_loops": 3}, seed=seed) for seed in range(8)]
    firsts = []
    for stage in stages:
        stage.run(400)
        told = [text.split()[1] for text in texts(stage) if "paged" in text]
        assert told in (["bo", "cy", "bo", "cy"], ["cy", "bo", "cy", "bo"])
        firsts.append(told[0])
    assert sorted(dict.fromkeys(firsts)) == ["bo", "cy"]


def test_round_robin_goes_on_from_page_to_page(paged):
    rules = [{"escalation_delay": "5m", "targets": ["bo", "cy"], "assignment_strategy": "round-robin"}]
    stage = paged(rules)
    stage.run(40)
    stage.say("page shop")
    stage.run(41)
    assert sorted(text.split()[1] for text in texts(stage)) == ["bo", "cy"]


def test_notification_rules_come_one_after_another_until_somebody_acknowledges(paged, people):
    people["bo"] |= {
        "responds": {"p": "0%"},
        "phone": {"delay": "20s", "spread": 0},
        "contacts": [
            {"by": "push"},
            {"by": "sms", "after": "1m", "p": "0%"},
            {"by": "phone", "after": "2m"},
            {"by": "phone", "after": "4m"},
        ],
    }
    stage = paged([{"escalation_delay": "10m", "targets": ["bo"]}], people=people)
    stage.run(900)
    assert stage.log[1:] == [
        (31, "A1 bo paged: logins fail"),
        (31, "A1 bo notified by push"),
        (91, "A1 the sms to bo did not get through"),
        (151, "A1 bo notified by phone"),
        (171, "A1 acknowledged by bo"),
        (171, "bo (shop) joined"),
    ]


def test_a_call_that_nobody_picks_up_rings_for_two_minutes(paged, people):
    people["bo"] |= {"phone": {"p": "0%"}, "contacts": [{"by": "phone"}]}
    stage = paged([{"escalation_delay": "10m", "targets": ["bo"]}], people=people)
    stage.run(60)
    assert stage.say("page bo --by phone") == "refused: bo's phone is ringing"
    stage.run(200)
    assert stage.log[2:] == [(31, "A1 bo notified by phone"), (151, "bo does not pick up the phone")]


def test_notification_rules_stop_once_the_page_has_gone_up(paged, people):
    people["bo"] |= {"contacts": [{"by": "push"}, {"by": "phone", "after": "6m"}]}
    stage = paged([{"escalation_delay": "5m", "targets": ["bo"]}, RULES[1]], people=people)
    stage.run(900)
    assert [text for text in texts(stage) if "notified" in text] == ["A1 bo notified by push"]


def test_a_page_of_low_urgency_uses_the_rules_that_are_for_it(paged, people):
    people["bo"] |= {
        "responds": {"delay": "30s", "spread": 0},
        "contacts": [{"by": "phone"}, {"by": "email", "after": "5m", "urgency": "low"}],
    }
    low = {"when": "login.success < 95%", "for": "30s", "policy": "shop", "summary": "logins fail", "urgency": "low"}
    stage = paged([{"escalation_delay": "5m", "targets": ["bo"]}], people=people, alerts={"logins": low})
    stage.run(900)
    assert stage.log[1:] == [
        (31, "A1 bo paged: logins fail"),
        (331, "A1 bo notified by email"),
        (361, "A1 acknowledged by bo"),
        (361, "bo (shop) joined"),
    ]


def test_one_rule_at_once_that_always_gets_through_reaches_people_as_no_rules_do(paged, people):
    rules = [{"escalation_delay": "10m", "targets": ["bo"]}]
    people["bo"]["responds"] = {"p": "50%", "delay": "60s", "spread": 1.0}
    with_rules = {**people, "bo": {**people["bo"], "contacts": [{"by": "push"}]}}
    for seed in range(12):
        plain, ruled = paged(rules, people=people, seed=seed), paged(rules, people=with_rules, seed=seed)
        plain.run(900)
        ruled.run(900)
        assert ("bo" in plain.response.joined()) == ("bo" in ruled.response.joined())


def test_a_person_in_a_seat_gets_no_notification_rules(paged, people):
    people["ana"]["contacts"] = [{"by": "push"}]
    stage = paged([{"escalation_delay": "5m", "targets": ["ana"]}], people=people)
    stage.run(100)
    assert texts(stage) == ["A1 ana paged: logins fail"]


def test_a_storm_of_pages_is_one_interruption(make_stage, people):
    people["bo"]["responds"] = {"delay": "60s", "spread": 0}
    policy = {"shop": {"rules": [{"escalation_delay": "5m", "targets": ["bo"]}]}}
    alerts = {
        name: {"when": "login.success < 95%", "for": f"{after}s", "policy": "shop", "summary": name}
        for name, after in (("first", 30), ("second", 33), ("third", 36))
    }
    stage = make_stage(lambda subject, metric, second: 0.5, people=people, escalation_policies=policy, alerts=alerts)
    stage.run(300)
    answered = [(at, text) for at, text in stage.log if "acknowledged" in text or "joined" in text]
    paged_at = [at for at, text in stage.log if "paged" in text]
    at = paged_at[0] + 60
    assert len(paged_at) == 3 and paged_at[-1] < at
    assert answered == [
        (at, "A1 acknowledged by bo"),
        (at, "bo (shop) joined"),
        (at, "A2 acknowledged by bo"),
        (at, "A3 acknowledged by bo"),
    ]


def test_simulated_time_begins_where_the_roster_does():
    layers = [{"users": ["ana", "bo"], "start": "2026-03-02T09:00", "rotation_turn_length": "1h"}]
    data = {
        "gameday": 1,
        "starts_at": "2026-03-02T09:30",
        "people": {"ana": {"team": "web"}, "bo": {"team": "web"}},
        "schedules": {"rota": {"layers": layers}},
        "escalation_policies": {"web": {"rules": [{"escalation_delay": "5m", "targets": ["rota"]}]}},
    }
    schedules = Schedules(OncallFile.model_validate(data))
    assert "rota" in schedules and "ana" not in schedules
    assert [schedules.on_duty("rota", minute * 60 * MICRO) for minute in (0, 29, 30, 90)] == ["ana", "ana", "bo", "ana"]

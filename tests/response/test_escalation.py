from __future__ import annotations

import pytest

RULES = [{"escalation_delay": "5m", "targets": ["bo"]}, {"escalation_delay": "3m", "targets": ["second"]}]


@pytest.fixture
def paged(make_stage, logins_fail_from):
    """A stage whose alert fires at 31 s, with a policy of the test's own."""

    def make(policy, **keys):
        return make_stage(logins_fail_from(0), escalation_policies={"shop": {"rules": RULES, **policy}}, **keys)

    return make


def test_nobody_answers_and_the_page_goes_up_and_is_exhausted(paged):
    stage = paged({})
    stage.run(1000)
    assert stage.log == [
        (31, "alert logins fires: logins fail"),
        (31, "A1 bo paged: logins fail"),
        (331, "A1 escalated to level 2 (policy)"),
        (331, "A1 cy paged: logins fail"),
        (511, "A1 has reached the end of its policy; nobody answered"),
    ]
    assert [(page.state, page.targets, page.escalates_at) for page in stage.response.pages()] == [
        ("triggered", ("cy",), None)
    ]


def test_one_loop_runs_the_rules_once_more(paged):
    stage = paged({"num_loops": 1})
    stage.run(2000)
    assert [line for line in stage.log if line[1].startswith("A1") and "paged" not in line[1]] == [
        (331, "A1 escalated to level 2 (policy)"),
        (511, "A1 escalated to level 1 (policy)"),
        (811, "A1 escalated to level 2 (policy)"),
        (991, "A1 has reached the end of its policy; nobody answered"),
    ]


def test_an_acknowledgement_stops_the_escalation(paged):
    stage = paged({})
    stage.run(100)
    assert stage.say("ack") == "A1 is yours: logins fail"
    stage.run(1000)
    assert stage.log[2:] == [(100, "A1 acknowledged by ana")]


def test_an_acknowledgement_at_the_very_instant_of_the_escalation_comes_first(paged):
    stage = paged({})
    stage.run(331)
    stage.say("ack")
    stage.run(1000)
    assert stage.log[2:] == [(331, "A1 acknowledged by ana")]


def test_after_the_acknowledgement_timeout_the_page_triggers_again_at_its_level(paged):
    stage = paged({"acknowledgement_timeout": "10m"})
    stage.run(100)
    stage.say("ack")
    stage.run(1010)
    assert stage.log[3:] == [
        (700, "A1 bo paged: logins fail"),
        (1000, "A1 escalated to level 2 (policy)"),
        (1000, "A1 cy paged: logins fail"),
    ]


def test_escalating_by_hand_goes_on_at_once_and_the_next_delay_counts_from_there(paged):
    stage = paged({})
    stage.run(100)
    assert stage.say("escalate") == "A1 goes to level 2 now"
    stage.run(1000)
    assert stage.log[2:] == [
        (100, "A1 escalated to level 2 (ana)"),
        (100, "A1 cy paged: logins fail"),
        (280, "A1 has reached the end of its policy; nobody answered"),
    ]


def test_escalating_as_the_delay_runs_out_goes_up_one_level_only(paged):
    stage = paged({})
    stage.run(331)
    stage.say("escalate")
    stage.run(340)
    assert [text for _, text in stage.log if "escalated" in text] == ["A1 escalated to level 2 (ana)"]


def test_an_acknowledged_page_that_is_escalated_needs_somebody_again(paged):
    stage = paged({})
    stage.run(100)
    stage.say("ack")
    stage.run(120)
    stage.say("escalate A1")
    stage.run(121)
    assert stage.response.pages()[0].state == "triggered"
    assert stage.log[-1] == (120, "A1 cy paged: logins fail")


def test_the_last_level_has_no_next(paged):
    stage = paged({})
    stage.run(400)
    assert stage.say("escalate") == "refused: A1 is at the last level of policy shop; page somebody by name"


def test_a_low_urgency_page_waits_at_the_first_level(paged):
    low = {
        "when": "login.success < 95%",
        "for": "30s",
        "policy": "shop",
        "summary": "logins fail",
        "urgency": "low",
    }
    stage = paged({}, alerts={"logins": low})
    stage.run(1000)
    assert stage.log == [(31, "alert logins fires: logins fail"), (31, "A1 bo paged: logins fail")]


def test_the_pager_shows_when_a_page_goes_up(paged):
    stage = paged({})
    stage.run(32)
    assert stage.response.pages()[0].escalates_at == 331
    stage.say("ack")
    assert stage.response.pages()[0].escalates_at is None

from __future__ import annotations


def test_a_phone_that_is_not_answered_can_be_rung_again(make_stage):
    stage = make_stage()
    stage.run(10)
    assert stage.say("page dan --by phone") == "dan's phone rings; they pick up within two minutes or not at all"
    stage.run(60)
    assert stage.say("page dan --by phone") == "refused: dan's phone is ringing"
    stage.run(140)
    assert stage.say("page dan --by phone").startswith("dan's phone rings")
    stage.run(300)
    assert stage.log == [
        (10, "A1 dan phoned: ana asks you to join"),
        (130, "dan does not pick up the phone"),
        (140, "A1 dan phoned: ana asks you to join"),
        (260, "dan does not pick up the phone"),
    ]


def test_each_try_by_phone_is_a_draw_of_its_own(make_stage, people):
    people["dan"]["phone"] = {"p": "50%", "delay": "30s"}
    tries = []
    for seed in range(20):
        stage = make_stage(people=people, seed=seed)
        count = 0
        while "dan" not in stage.response.joined() and count < 20:
            stage.say("page dan --by phone")
            count += 1
            stage.run(count * 121)
        tries.append(count)
    assert 1 in tries and max(tries) > 1
    assert max(tries) < 20


def test_a_page_by_hand_reaches_one_person(make_stage):
    stage = make_stage()
    stage.run(10)
    assert stage.say("page dan") == "A1 pages dan"
    stage.run(100)
    assert stage.log == [
        (10, "A1 dan paged: ana asks you to join"),
        (50, "A1 acknowledged by dan"),
        (50, "dan (db) joined"),
    ]
    assert stage.say("page dan") == "refused: dan is here"


def test_paging_again_at_once_is_refused(make_stage):
    stage = make_stage()
    stage.run(10)
    stage.say("page bo")
    stage.run(30)
    assert stage.say("page bo") == "refused: bo was paged 20 s ago; give them a minute, or phone"
    stage.run(70)
    assert stage.say("page bo") == "A1 pages bo"


def test_a_team_is_paged_by_its_policy(make_stage):
    stage = make_stage()
    stage.run(10)
    assert stage.say("page shop") == "A1 pages bo by policy shop"
    assert stage.say("page shop") == "refused: A1 pages shop already"
    stage.run(400)
    assert stage.log == [
        (10, "A1 bo paged: ana asks for somebody of shop"),
        (310, "A1 escalated to level 2 (policy)"),
        (310, "A1 cy paged: ana asks for somebody of shop"),
    ]


def test_a_team_without_a_policy_and_a_teams_phone_are_refused(make_stage):
    stage = make_stage()
    assert stage.say("page db") == "refused: team db has no escalation policy; page one of its people"
    assert stage.say("page db --by phone") == "refused: a team has no phone; page db, or phone one of its people"


def test_ack_takes_the_oldest_page_of_the_author_before_older_ones_of_others(make_stage, logins_fail_from):
    alerts = {
        name: {"when": f"login.success < {share}", "for": hold, "policy": policy, "summary": name}
        for name, share, hold, policy in (("first", "95%", "10s", "shop"), ("second", "90%", "20s", "mine"))
    }
    policies = {
        "shop": {"rules": [{"escalation_delay": "5m", "targets": ["bo"]}]},
        "mine": {"rules": [{"escalation_delay": "5m", "targets": ["ana"]}]},
    }
    stage = make_stage(logins_fail_from(0), alerts=alerts, escalation_policies=policies)
    stage.run(60)
    assert [stage.say("ack"), stage.say("ack"), stage.say("ack")] == [
        "A2 is yours: second",
        "A1 is yours: first",
        "refused: there is no page to acknowledge",
    ]
    assert stage.say("ack A1") == "refused: A1 was acknowledged by ana"


def test_somebody_elses_own_page_cannot_be_taken(make_stage):
    stage = make_stage()
    stage.say("page bo")
    assert stage.say("ack") == "refused: there is no page to acknowledge"
    assert stage.say("ack A1") == "refused: A1 pages bo; only they can acknowledge it"
    assert stage.say("escalate A1") == (
        "refused: A1 pages bo alone; there is no next level. Page somebody else by name"
    )

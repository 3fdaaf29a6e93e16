from __future__ import annotations

from gameday.core.events import (
    ActionCompleted,
    ActionStarted,
    EvidenceShared,
    InjectSettled,
    LookStarted,
    StatusPosted,
)
from gameday.core.units import MICRO


def test_a_command_is_given_as_themselves_with_its_cost_and_its_end(make_game):
    game = make_game()
    game.run(90)
    game.fetch("dan")
    game.say("delegate dan rollback db")
    game.run(60)
    (started,) = game.of(ActionStarted)
    assert (started.by, started.command) == ("dan", "rollback db")
    costs, done = [line for line in game.said("dan") if "rollback db" in line]
    assert "a minute without writes" in costs
    assert game.of(ActionCompleted)[0].result in done


def test_a_refusal_is_reported_with_its_reason(make_game):
    game = make_game()
    game.fetch("dan")
    game.say("delegate dan promote db")
    game.run(30)
    assert not game.of(ActionStarted)
    assert "no canary" in game.said("dan")[-1] or "promote db" in game.said("dan")[-1]


def test_what_belongs_to_others_is_declined_once(make_game):
    game = make_game(seats=[{"person": "pia"}])
    game.fetch("eve", "dan")
    game.say("delegate eve rollback db")
    game.run(20)
    assert "team data" in game.said("eve")[-1] and "dan" in game.said("eve")[-1]
    assert not game.of(ActionStarted)
    game.say("delegate eve rollback db")
    game.run(20)
    assert game.of(ActionStarted)[0].by == "eve"


def test_whom_the_guardrails_name_does_it_at_once(make_game):
    game = make_game(
        seats=[{"person": "pia"}], actions=[{"verb": "rollback", "on": "db", "allowed": ["eve"], "takes": "30s"}]
    )
    game.fetch("eve")
    game.say("delegate eve rollback db")
    game.run(20)
    assert game.of(ActionStarted)[0].by == "eve"


def test_whom_the_guardrails_do_not_allow_says_so(make_game):
    game = make_game(actions=[{"verb": "rollback", "on": "db", "allowed": ["eve"], "takes": "30s"}])
    game.fetch("dan")
    game.say("delegate dan rollback db")
    game.run(30)
    assert not game.of(ActionStarted)
    assert "for eve, not for dan" in game.said("dan")[-1]


def test_an_approval_that_is_missing_is_said(make_game):
    game = make_game(actions=[{"verb": "rollback", "on": "db", "approval": True, "takes": "30s"}])
    game.say("declare SEV-2")
    game.fetch("dan")
    game.say("delegate dan rollback db")
    game.run(15)
    assert "waits for approval" in game.said("dan")[-1]
    assert game.person("dan").doing == "rollback db"
    game.say("approve")
    game.run(35)
    assert game.of(ActionCompleted)
    assert "rollback db" in game.said("dan")[-1] and game.person("dan").doing == ""


def test_a_look_that_is_handed_on_is_shared_at_its_end(make_game):
    game = make_game()
    game.run(90)
    game.fetch("dan")
    game.say("delegate dan logs db")
    game.run(40)
    (shared,) = game.of(EvidenceShared)
    assert (shared.person, shared.command) == ("dan", "logs db")


def test_words_for_customers_can_be_handed_on(make_game):
    game = make_game()
    game.say("declare SEV-2")
    game.fetch("eve")
    game.say("delegate eve status Some logins fail. Next update in 10 minutes.")
    game.run(20)
    assert game.of(StatusPosted)[0].by == "eve"


def test_one_task_at_a_time(make_game):
    game = make_game()
    game.run(90)
    game.fetch("dan")
    game.say("delegate dan rollback db")
    game.say("delegate dan logs db")
    game.run(30)
    assert not game.of(LookStarted, person="dan")
    game.run(60)
    (look,) = game.of(LookStarted, person="dan")
    assert look.at > game.of(ActionCompleted)[0].at


def test_a_time_that_ran_out_before_they_began_is_said(make_game):
    game = make_game()
    game.run(90)
    game.fetch("dan")
    game.say("delegate dan rollback db")
    game.run(12)
    game.say("delegate dan --within 15s logs db")
    due = game.session.now + 15 * MICRO
    game.run(15)
    said = [event for event in game.all if event.kind == "Said" and event.person == "dan"][-1]
    assert due - 4 * MICRO <= said.at <= due and "rollback db" in said.message


def test_who_is_in_command_touches_no_keyboard(make_game):
    game = make_game()
    game.say("declare SEV-2")
    game.fetch("dan", "eve")
    game.say("assign incident-commander dan")
    game.say("delegate dan rollback db")
    game.run(30)
    assert not game.of(ActionStarted)


def test_an_executives_order_is_not_carried_out_again_after_the_team_has_done_it(make_game):
    order = {"at": "130s", "name": "vera", "kind": "executive", "swoop": "override", "command": "rollback db"}
    game = make_game(injects=[order])
    game.fetch("dan")
    game.run(140)
    game.say("rollback db")
    game.run(250)
    assert [event.by for event in game.of(ActionStarted)] == ["ana"], "a second rollback would go one version further"
    assert [(event.outcome, event.by) for event in game.of(InjectSettled)] == [("needless", "dan")]
    assert "ana did it at 02:" in game.said("dan")[-1] or "ana did it at 03:" in game.said("dan")[-1]


def test_an_order_that_is_carried_out_is_looked_at_again(make_game):
    order = {"at": "130s", "name": "vera", "kind": "executive", "swoop": "override", "command": "restart db"}
    game = make_game(injects=[order])
    game.fetch("dan")
    game.run(400)
    assert [event.by for event in game.of(ActionStarted)] == ["dan"]
    assert "restart db" in game.said("dan")[-1] and ("ago" in game.said("dan")[-1])

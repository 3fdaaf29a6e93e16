from __future__ import annotations

from gameday.core.events import (
    AskForgotten,
    CanReported,
    ConclusionDrawn,
    EvidenceShared,
    HypothesisStated,
    LookCompleted,
    LookStarted,
    QuestionPut,
)
from gameday.core.units import MICRO


def test_somebody_who_is_not_here_has_to_be_paged_first(make_game):
    game = make_game()
    assert game.say("ask dan what changed?").text == "dan is not here; page dan first"


def test_nobody_asks_themselves(make_game):
    assert make_game().say("ask ana what changed?").text == "you cannot ask yourself"


def test_who_sits_at_this_terminal_is_just_talked_to(make_game):
    game = make_game(seats=[{"person": "ana"}, {"person": "eve"}])
    assert game.say("ask eve what changed?").text == "eve is at this terminal: just talk"


def test_a_question_about_the_cause_is_answered_by_real_looks_a_report_and_a_hypothesis(make_game):
    game = make_game()
    game.run(120)
    game.fetch("dan")
    game.say("ask dan what is wrong with db?")
    game.run(60)
    looked = [event.command for event in game.of(LookStarted, person="dan")]
    assert looked == ["metrics db", "changes", "logs db"]
    (report,) = game.of(CanReported, person="dan")
    assert "db: " in report.conditions and "errors (was 0%)" in report.conditions
    assert "deploy db 8 (01:00), deploy mail 2 (00:50)" in report.conditions
    assert report.actions == "looked at the metrics of db, the changes and the logs of db."
    assert report.needs.startswith("a go to roll db back")
    (stated,) = game.of(HypothesisStated, person="dan")
    assert (stated.component, stated.mechanism) == ("db", "bad-deploy")
    (drawn,) = game.of(ConclusionDrawn, person="dan")
    assert not drawn.astray


def test_the_numbers_of_a_report_are_those_that_could_be_seen_then(make_game):
    game = make_game()
    game.run(120)
    game.fetch("dan")
    game.say("ask dan for the metrics of db")
    game.run(40)
    (report,) = game.of(CanReported, person="dan")
    (look,) = game.of(LookCompleted, person="dan")
    errors = game.session.signals.value("db", "errors", look.at // MICRO, 10)
    assert f"{errors:.0%} errors" in report.conditions


def test_what_a_colleague_reads_is_their_own_until_it_is_shared(make_game):
    game = make_game()
    game.run(120)
    game.fetch("dan")
    game.say("ask dan for the logs of db")
    game.run(40)
    assert game.of(LookCompleted, person="dan")
    assert not any("has read" in line for line in game.log)
    assert "dan looks at logs db" in game.log
    game.say("delegate dan share")
    game.run(30)
    (shared,) = game.of(EvidenceShared, person="dan")
    assert shared.lines == game.of(LookCompleted, person="dan")[-1].lines
    assert any(line.startswith("dan shares logs db") for line in game.log)


def test_a_vague_ask_is_answered_with_a_question_whose_reply_is_read_as_the_ask(make_game):
    game = make_game()
    game.run(120)
    game.fetch("dan")
    game.say("ask dan can you help?")
    game.run(6)
    (put,) = game.of(QuestionPut, sender="dan")
    assert put.to == "ana"
    assert not game.of(LookStarted, person="dan")
    game.say("reply the logs of db please")
    game.run(40)
    assert [event.command for event in game.of(LookStarted, person="dan")] == ["logs db"]


def test_a_vague_ask_that_nobody_explains_is_dropped(make_game):
    game = make_game()
    game.fetch("dan")
    game.say("ask dan can you help?")
    game.run(310)
    assert not game.session.response.questions()
    assert not game.of(LookStarted, person="dan")


def test_with_a_time_limit_they_report_in_time_with_what_they_have_by_then(make_game):
    game = make_game()
    game.run(120)
    game.fetch("dan")
    game.say("ask dan --within 20s what is wrong with db?")
    asked = game.session.now
    game.run(40)
    (report,) = game.of(CanReported, person="dan")
    assert report.at <= asked + 20 * MICRO
    assert report.conditions.startswith("so far: ")
    assert "not yet: the logs of db" in report.actions


def test_a_limit_that_is_over_before_they_begin_is_said_and_then_it_is_done_in_full(make_game):
    game = make_game()
    game.run(120)
    game.fetch("dan")
    game.say("ask dan for the traces of db")
    game.run(10)
    game.say("ask dan --within 20s for the logs of db")
    game.run(90)
    assert len([line for line in game.said("dan") if "traces" in line]) >= 2
    assert "the log of db says" in game.of(CanReported, person="dan")[-1].conditions


def test_a_limit_in_the_words_counts_as_one(make_game):
    game = make_game()
    game.fetch("dan")
    assert "has until" in game.say("ask dan what is wrong with db, within 2 minutes?").text


def test_an_ask_without_a_limit_may_be_forgotten_and_is_done_when_asked_again(make_game):
    game = make_game(works={"dan": {"forgets": "100%"}})
    game.run(120)
    game.fetch("dan")
    game.say("ask dan for the logs of db")
    game.run(40)
    assert game.of(AskForgotten, person="dan")
    assert not game.of(CanReported, person="dan")
    game.say("ask dan for the logs of db")
    game.run(40)
    assert game.of(CanReported, person="dan")


def test_asked_again_in_other_words_it_is_done_too(make_game):
    game = make_game(works={"dan": {"forgets": "100%"}})
    game.fetch("dan")
    game.say("ask dan for the logs of db")
    game.run(40)
    game.say("ask dan please, db logs now")
    game.run(40)
    assert len(game.of(AskForgotten, person="dan")) == 1
    assert game.of(CanReported, person="dan")


def test_who_runs_no_service_does_not_guess(make_game):
    game = make_game(works={"pia": {"knows": []}})
    game.fetch("pia")
    game.say("ask pia what is wrong?")
    game.run(30)
    assert not game.of(LookStarted, person="pia")
    assert len(game.said("pia")) == 2


def test_an_ask_with_a_limit_is_never_forgotten(make_game):
    game = make_game(works={"dan": {"forgets": "100%"}})
    game.fetch("dan")
    game.say("ask dan --within 1m for the logs of db")
    game.run(60)
    assert game.of(CanReported, person="dan")


def test_somebody_busy_says_after_what_and_when(make_game):
    game = make_game()
    game.fetch("dan")
    game.say("ask dan for the traces of db")
    game.run(15)
    game.say("ask dan for the logs of db")
    game.run(6)
    assert "about" in game.said("dan")[-1] and "traces of db" in game.said("dan")[-1]
    assert game.person("dan").doing == "traces of db"


def test_the_same_ask_again_while_they_are_at_it_is_not_done_twice(make_game):
    game = make_game()
    game.fetch("dan")
    game.say("ask dan for the logs of db")
    game.run(6)
    game.say("ask dan please, the db logs")
    game.run(60)
    assert len(game.of(LookStarted, person="dan")) == 1


def test_what_others_know_is_theirs_while_one_of_them_is_here(make_game):
    game = make_game()
    game.fetch("dan", "pia")
    game.say("ask pia for the logs of db")
    game.run(40)
    assert "dan" in game.said("pia")[-1] and "team data" in game.said("pia")[-1]
    assert not game.of(LookStarted, person="pia")


def test_nobody_of_the_owners_here_they_look_and_it_takes_longer(make_game):
    game = make_game()
    game.fetch("pia")
    game.say("ask pia for the logs of db")
    game.run(60)
    assert any("team data" in line for line in game.said("pia"))
    (report,) = game.of(CanReported, person="pia")
    (read,) = game.of(LookCompleted, person="pia")
    assert report.at - read.at == 15 * MICRO


def test_they_go_on_to_whom_their_service_waits_for_as_far_as_they_know_it(make_game):
    game = make_game(works={"eve": {"knows": ["web", "db"]}})
    game.run(120)
    game.fetch("eve")
    game.say("ask eve what is wrong with web?")
    game.run(80)
    assert game.of(HypothesisStated, person="eve")[-1].component == "db"


def test_what_they_do_not_know_they_hand_to_its_team(make_game):
    game = make_game()
    game.run(120)
    game.fetch("eve")
    game.say("ask eve what is wrong with web?")
    game.run(80)
    (report,) = game.of(CanReported, person="eve")
    assert report.needs == "somebody of data to look at db."


def test_sometimes_they_are_wrong_and_sure_of_it(make_game):
    game = make_game(works={"dan": {"wrong": "100%"}})
    game.run(120)
    game.fetch("dan")
    game.say("ask dan what is wrong with db?")
    game.run(60)
    (drawn,) = game.of(ConclusionDrawn, person="dan")
    assert (drawn.component, drawn.astray) == ("mail", True)
    (stated,) = game.of(HypothesisStated, person="dan")
    assert (stated.component, stated.confidence) == ("mail", "90%")
    assert "beside what was seen" in drawn.text() and not drawn.visible


def test_what_was_shared_is_known_and_not_looked_up_again(make_game):
    game = make_game()
    game.run(120)
    game.fetch("dan", "eve")
    game.say("changes")
    game.run(6)
    game.say("share")
    game.say("ask dan what changed?")
    game.run(30)
    assert not game.of(LookStarted, person="dan")
    assert "deploy db 8" in game.of(CanReported, person="dan")[-1].conditions


def test_who_owns_something_needs_no_look(make_game):
    game = make_game()
    game.fetch("eve")
    game.say("ask eve who owns db?")
    game.run(8)
    assert "team data" in game.said("eve")[-1] and "dan" in game.said("eve")[-1]


def test_when_they_are_done_needs_no_look(make_game):
    game = make_game()
    game.fetch("dan")
    game.say("ask dan for the traces of db")
    game.run(20)
    game.say("ask dan how long will you need?")
    game.run(6)
    assert "traces of db" in game.said("dan")[-1]


def test_another_decision_shifts_no_draw(make_game):
    """How long they take and what they say belongs to person and question, not to what came before."""
    games = [make_game(works={"dan": {"pace": "20s"}}) for _ in range(2)]
    games[1].say("page pia")
    for game in games:
        game.run(120)
        game.fetch("dan")
    games[1].say("ask pia who owns db?")
    for game in games:
        game.say("ask dan for the logs of db")
        game.run(90)
    first, second = ([(event.at, event.text()) for event in game.all if _is_of_dan(event)] for game in games)
    assert len(first) >= 4 and first == second


def _is_of_dan(event):
    return event.kind in ("Said", "LookStarted", "CanReported") and event.person == "dan"


def test_a_time_that_nobody_can_keep_is_refused(make_game):
    game = make_game()
    game.fetch("dan")
    assert game.say("ask dan --within 1s what changed?").text == "nobody can be done in 1s; give at least 10s"
    assert game.say("delegate dan --within 1s restart db").text.startswith("nobody can be done in 1s")

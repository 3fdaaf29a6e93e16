"""The library played with every hat: whole sessions that a good team would give, and one in which they are misled."""

from __future__ import annotations

import pytest

from gameday.core.commands import parse_command
from gameday.core.events import ActionStarted, CanReported, ConclusionDrawn, Delegated
from gameday.core.verbs import VERBS
from tests.library.plays import (
    BELIEVED,
    CHECKED,
    COMMANDER,
    EVERY,
    PAGE,
    PLAYS,
    RESPONDER,
    page,
    played,
    reports_wanted,
)


def named(plays):
    return pytest.mark.parametrize("play", plays, ids=[play.name for play in plays])


def of_kind(done, kind):
    return [event for event in done.record.events if isinstance(event, kind)]


@named(PLAYS)
def test_a_good_team_recovers_with_every_hat_and_scores_well(play):
    outcome = played(play).outcome
    assert outcome.ending == "recovered"
    assert outcome.score.rating in ("P", "S")


@named([play for play in EVERY if play.hat == COMMANDER])
def test_a_commander_recovers_by_delegation_and_touches_no_keyboard(play):
    done = played(play)
    own = [timed.command for timed in done.record.commands if timed.verdict.accepted]
    assert not [command.body for command in own if VERBS[command.verb].group in ("act", "look")]
    assert of_kind(done, Delegated)
    assert of_kind(done, ActionStarted)
    assert not {event.by for event in of_kind(done, ActionStarted)} & set(done.record.players)


@named([play for play in PLAYS if play.hat == RESPONDER])
def test_a_responder_gives_every_report_that_is_wanted_in_time(play):
    done = played(play)
    assert reports_wanted(done.record)
    assert not done.missed_reports


def test_a_wrong_colleague_who_is_believed_costs_diagnosis_and_customers():
    believed, checked = played(BELIEVED).outcome, played(CHECKED).outcome
    for done in (played(BELIEVED), played(CHECKED)):
        assert any(event.astray and event.person == "ana" for event in of_kind(done, ConclusionDrawn))
    assert worth(believed, "diagnosis") < worth(checked, "diagnosis")
    assert worth(believed, "customer_impact") < worth(checked, "customer_impact") - 0.2
    assert checked.times.recovered is not None
    assert believed.times.recovered is None or believed.times.recovered > checked.times.recovered
    assert believed.score.total < checked.score.total - 10


def test_evidence_of_a_second_colleague_comes_before_anything_is_done():
    done = played(CHECKED)
    report = next(event.at for event in of_kind(done, CanReported) if event.person == "bo")
    assert report < min(event.at for event in of_kind(done, ActionStarted))
    assert all("catalog" in event.command for event in of_kind(played(BELIEVED), ActionStarted)[:1])


@named(EVERY)
def test_every_line_of_a_script_is_a_command_or_a_word_of_line_mode(play):
    for line in play.lines:
        if not line.startswith(("#", "wait ")) and line not in ("now", "who", "questions"):
            assert parse_command(line)


def test_the_page_of_rehearsals_tells_these_games():
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text)


def worth(outcome, dimension):
    value = outcome.score.dimensions[dimension].value
    assert value is not None
    return value

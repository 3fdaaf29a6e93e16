"""Public updates in a whole session: templates, channels, a status page that is down, and the same again on replay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gameday.core.commands import parse_command
from gameday.core.events import StatusPosted, UpdateDue, UpdateMet, UpdateMissed, UpdateRead
from gameday.core.kinds.faults.control import StatusPageDown
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.session.completion import complete
from gameday.session.journal import parse_journal
from gameday.session.playback import playback
from gameday.session.replay import verify
from gameday.session.session import Session
from tests.session.small import recorded


@pytest.fixture
def page_down(exercise: Exercise) -> Exercise:
    """The tiny exercise, with a status page that is down from 14 s to 24 s."""
    fault = StatusPageDown.model_validate({"kind": "status-page-down", "at": "14s", "lasts": "10s"})
    variant = exercise.scenario.variants["deploy"]
    changed = variant.model_copy(update={"faults": (*variant.faults, fault)})
    variants = {**exercise.scenario.variants, "deploy": changed}
    return replace(exercise, scenario=exercise.scenario.model_copy(update={"variants": variants}))


def say(session: Session, second: float, text: str) -> str:
    session.run_to(round(second * MICRO))
    verdict = session.submit(parse_command(text))
    return verdict.text if verdict.accepted else f"no: {verdict.text}"


def test_while_the_status_page_is_down_customers_are_told_elsewhere(page_down: Exercise) -> None:
    session = Session(page_down, 7, variant="deploy")
    say(session, 12, "declare SEV-2")
    assert say(session, 13, "status Orders fail for everyone.").startswith("posted")
    assert session.signals.value("status_page", "up", 13) == 1.0
    assert say(session, 15, "status Orders fail for everyone.").startswith("no: the status page is down; tell support")
    assert session.signals.value("status_page", "up", 15) == 0.0
    assert say(session, 16, "status --by social Orders fail for everyone.").startswith("posted")
    assert say(session, 25, "status Orders fail for everyone.").startswith("posted")
    posted = [event.channel for event in session.events if isinstance(event, StatusPosted)]
    assert posted == ["page", "social", "page"]


def test_a_status_needs_words_of_its_own_or_a_template(exercise: Exercise) -> None:
    session = Session(exercise, 7, variant="deploy")
    say(session, 12, "declare SEV-2")
    assert say(session, 12, "status") == "no: status needs a message, or --template NAME"
    both = "no: status takes a message or a template, not both"
    assert say(session, 12, "status --template first Hello.") == both
    assert say(session, 12, "status --template frist").startswith(
        'no: "frist" is no template here; did you mean "first"'
    )
    assert say(session, 12, "status --by fax Hello.").startswith('no: "fax" is no by of status')
    assert say(session, 12, "status --template first").startswith("posted")


def test_templates_and_channels_complete(exercise: Exercise) -> None:
    session = Session(exercise, 7, variant="deploy")
    assert [one.word for one in complete("status --", session)] == ["--by", "--template"]
    assert [one.word for one in complete("status --by ", session)] == ["page", "social", "email"]
    names = [one.word for one in complete("status --template ", session)]
    assert names[:5] == ["first", "update", "cause-known", "recovering", "resolved"]


def test_updates_by_template_are_the_same_again_on_replay(exercise: Exercise) -> None:
    commands = (
        (12.0, "declare SEV-2"),
        (14.0, "status --template first"),
        (20.0, "status --by email Orders fail for everyone. Next update in 10 seconds."),
        (40.0, "status --template resolved"),
    )
    journal = recorded(exercise, commands)
    assert verify(parse_journal(journal)).outcome == "equal"
    seen = [event.kind for frame in playback(parse_journal(journal)) for event in frame.events]
    assert {"UpdateMet", "UpdateMissed"} <= set(seen)
    assert "UpdateRead" not in seen


def test_what_fell_due_and_how_it_was_met_is_among_the_events(exercise: Exercise) -> None:
    session = Session(exercise, 7, variant="deploy")
    say(session, 10, "declare SEV-2")
    say(session, 12, "status Orders fail for everyone. Next update in 10 seconds.")
    session.run_to(30 * MICRO)
    kinds = (UpdateDue, UpdateMet, UpdateMissed, UpdateRead)
    assert [str(event) for event in session.events if isinstance(event, kinds)] == [
        "00:12 update by ana: says what or whom it hurts, says when the next update comes, "
        "promises no time for the repair, accuses nobody",
        "00:12 the first public update came in time; it was due at 00:30",
        "00:12 an update that says what is hurt came in time; it was due at 05:30",
        "00:22 the next public update was due at 00:22 and has not come",
    ]

"""What line mode offers when customers are owed an update."""

from __future__ import annotations

from gameday.cli.choices import choices, overview
from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.load import load
from gameday.session.session import Session

DUE = "the next public update is due at 06:40"


def at(session: Session, second: int) -> list[str]:
    session.run_to(second * MICRO)
    return choices(session)


def say(session: Session, text: str) -> None:
    assert session.submit(parse_command(text)).accepted, text


def test_an_update_that_is_due_within_a_minute_is_offered_from_a_template() -> None:
    session = Session(load("retry-storm"), 7, variant="deploy")
    session.run_to(100 * MICRO)
    for text in ("ack", "step done", "declare SEV-2", "step done", "step skip"):
        say(session, text)
    assert not any(line.startswith("status ") for line in at(session, 339))
    assert DUE in list(overview(session))
    assert "status --template first" in at(session, 340)
    say(session, "status --template first")
    assert not any(line.startswith("status ") for line in at(session, 400))
    assert "status --template update" in at(session, 340 + 430)


def test_an_update_that_is_overdue_says_so() -> None:
    session = Session(load("retry-storm"), 7, variant="deploy")
    session.run_to(100 * MICRO)
    say(session, "declare SEV-2")
    session.run_to(500 * MICRO)
    assert f"{DUE}, which is over" in list(overview(session))

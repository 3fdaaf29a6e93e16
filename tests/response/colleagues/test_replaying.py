"""Colleagues are simulated again on replay, and never journalled."""

from __future__ import annotations

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.session.journal import Writer, parse_journal
from gameday.session.playback import playback
from gameday.session.replay import verify
from gameday.session.session import Session
from tests.session.small import MemoryFile

PLAY = (
    (20, "page dan"),
    (21, "delegate dan metrics db"),
    (22, "page zed"),
    (23, "ask zed is db ok?"),
    (24, "delegate zed --within 1m restart db"),
    (100, "declare SEV-2"),
    (101, "ask dan can you help?"),
    (110, "reply what is wrong with db, within 2 minutes"),
    (111, "ask eve what is wrong with web?"),
    (170, "delegate dan rollback db"),
    (172, "ask dan for the logs of db"),
    (260, "ask eve what changed?"),
    (265, "relieve eve"),
    (270, "ask zed never mind"),
)
"""With a command that is kept, one that nobody comes for, an ask that is taken back, and an action that is checked."""


def recorded(exercise) -> bytes:
    file = MemoryFile()
    session = Session(exercise, 7, journal=Writer(file))
    for second, text in PLAY:
        session.run_to(second * MICRO)
        session.submit(parse_command(text))
    session.finish()
    return file.written


def test_a_session_with_colleagues_verifies(small_exercise):
    data = recorded(small_exercise())
    assert verify(parse_journal(data)).outcome == "equal"


def test_the_journal_has_the_commands_of_players_only_and_no_lines_of_others(small_exercise):
    journal = parse_journal(recorded(small_exercise()))
    assert [record.text for record in journal.commands] == [parse_command(text).body for _, text in PLAY]
    seen = [event for moment in playback(journal) for event in moment.events]
    assert any(event.kind == "CanReported" for event in seen)
    assert not any(event.kind in ("LookCompleted", "ConclusionDrawn", "AskForgotten") for event in seen)

from __future__ import annotations

import pytest

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.session.journal import Writer, parse_journal
from gameday.session.replay import Rerun
from gameday.session.session import Session
from tests.session.small import MemoryFile

PLAYED = (
    (100.0, "declare"),
    (101.0, "page dan"),
    (150.0, "assign scribe dan"),
    (262.5, "can C: login works A: looking N: zed and approval"),
    (270.0, "rollback db"),
    (285.0, "reply it became slow with version 8"),
    (300.0, "reply it became slow with version 8"),
    (320.0, "assign customer-liaison dan"),
    (600.0, "can C: all is fine A: watching N: nothing"),
)
LED = (
    (100.0, "declare"),
    (101.0, "page dan"),
    (130.0, "assign deputy dan"),
    (140.0, "delegate dan --within 3m rollback db"),
    (160.0, "approve"),
    (300.0, "handover dan logins are back since the rollback, we only watch now"),
)


@pytest.mark.parametrize(("hat", "commands"), [("responder", PLAYED), ("commander", LED), ("alone", PLAYED)])
def test_a_session_with_a_simulated_command_is_the_same_again(make_exercise, hat, commands):
    file = MemoryFile()
    session = Session(make_exercise(hat), 7, journal=Writer(file))
    for second, text in commands:
        session.run_to(round(second * MICRO))
        session.submit(parse_command(text))
    session.finish()
    rerun = Rerun(parse_journal(file.written))
    assert rerun.run() is None
    assert rerun.session.events == session.events

"""The three scenarios from the first page to the end, with each hat, by a file of commands."""

from __future__ import annotations

import pytest

from gameday.core.events import ActionStarted, IncidentResolved
from gameday.scenario.load import load
from gameday.scoring.outcome import outcome_of
from gameday.session.drive import play_script
from gameday.session.script import parse_script
from gameday.session.session import Session

STORM_LED = """
125s declare SEV-2
130s ask ana --within 2m what changed on sessions-db?
150s page bo
200s status Some customers cannot log in. We are investigating. Next update in 8 minutes.
330s delegate ana --within 3m rollback sessions-db
340s delegate bo --within 3m retries auth>sessions-db 0
640s status Some customers could not log in; most can again, and we keep watching. Next update in 8 minutes.
800s status Logins work again and have recovered for all customers. We keep watching; this is the last update.
810s resolve
"""
DATABASE_LED = """
415s declare SEV-2
416s page sue
418s page dan by phone
500s status Some customers wait long for the API, or get errors. We are investigating. Next update in 8 minutes.
550s page dan by phone
560s delegate sue --within 2m shed lb 40% --entry api
620s delegate sue --within 2m shed lb 40% --entry api
680s page dan by phone
690s delegate dan scale db 2
820s page dan by phone
900s delegate dan scale db 2
960s status Some customers still get errors from the API; a bigger database is coming. Next update in 8 minutes.
1300s delegate sue --within 2m shed lb 0% --entry api
1320s delegate sue --within 2m shed lb 0% --entry api
1600s status The API works again and has recovered for all customers. We keep watching; this is the last update.
1610s resolve
"""
SHOP_LED = """
150s declare SEV-2
155s page dev
200s ask kim --within 2m what changed on shipping?
210s status Some customers cannot place orders. We are investigating. Next update in 8 minutes.
330s delegate kim --within 2m flag cedar off
400s delegate dev --within 2m flag cedar off
640s status Orders fail no more for most; some customers may still get errors. Next update in 8 minutes.
800s status Placing orders works again and has recovered for all customers. This is the last update.
810s resolve
"""
STORM = """
155s ack
165s declare SEV-2
230s changes
290s can C: login fails, sessions-db is full A: rolling back sessions-db N: nothing
300s rollback sessions-db
330s retries auth>sessions-db 0
"""
DATABASE = """
420s declare SEV-2
430s shed lb 40% --entry api
580s can C: the API fails A: I turn part of it away at the balancer N: dan, please phone
900s scale db 2
930s can C: the API still fails A: the bigger database is coming N: nothing
1300s shed lb 0% --entry api
"""
SHOP = """
150s ack
160s changes
330s can C: orders hang, cedar was turned on a minute before A: turning cedar off N: nothing
345s flag cedar off
"""
LED = (
    ("retry-storm", "deploy", STORM_LED),
    ("nobody-answers", "demand", DATABASE_LED),
    ("otel-shop", "cedar", SHOP_LED),
)
PLAYED = (("retry-storm", "deploy", STORM), ("nobody-answers", "demand", DATABASE), ("otel-shop", "cedar", SHOP))


def played(name: str, hat: str, variant: str, text: str) -> Session:
    session = Session(load(name).dressed(hat), 7, variant=variant)
    play_script(session, parse_script(text))
    session.finish()
    return session


@pytest.mark.parametrize(("name", "variant", "text"), LED)
def test_a_commander_recovers_without_touching_a_keyboard(name, variant, text):
    session = played(name, "commander", variant, text)
    assert outcome_of(session.finish(), None).ending == "recovered"
    by = [event.by for event in session.events if isinstance(event, ActionStarted)]
    assert by and "ira" not in by


@pytest.mark.parametrize(("name", "variant", "text"), PLAYED)
def test_a_responder_repairs_and_the_commander_closes(name, variant, text):
    session = played(name, "responder", variant, text)
    assert outcome_of(session.finish(), None).ending == "recovered"
    assert [event.by for event in session.events if isinstance(event, IncidentResolved)] == ["ira"]


@pytest.mark.parametrize(("name", "variant", "text"), (PLAYED[0], PLAYED[2]))
def test_who_is_alone_at_night_repairs_it_alone(name, variant, text):
    assert outcome_of(played(name, "alone", variant, text).finish(), None).ending == "recovered"

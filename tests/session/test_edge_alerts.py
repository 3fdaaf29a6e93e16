"""Alerts, checks and injects on edges in whole sessions: they fire, are shown, recorded, played back and verified."""

from __future__ import annotations

from typing import Any

from gameday.core.commands import parse_command
from gameday.core.events import AlertCleared, AlertFired, LookCompleted
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Playbook, Scenario
from gameday.session.journal import Writer, parse_journal
from gameday.session.playback import playback
from gameday.session.replay import verify
from gameday.session.session import Session
from tests.session.small import MemoryFile, tiny

ERRORS = {"kind": "errors", "at": "60s", "service": "db", "share": "100%", "lasts": "60s"}
BLIND = {"kind": "monitoring", "at": "50s", "service": "web", "delay": "30s"}
BREAKER = {"breaker": {"calls": 10, "window": "5s", "open_for": "5s"}}
RETRIES = "web>db.retries > 10/s over 5s"


def exercise(when: str, *faults: dict[str, Any], check: str | None = None, **more: Any) -> Exercise:
    """Three minutes of the tiny shop with a breaker, one alert and these faults."""
    base = tiny()
    data = base.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["system"]["dependencies"][0] |= BREAKER if "breaker" in when else {}
    data |= {
        "duration": "3m",
        "alerts": {"edge": {"when": when, "policy": "shop", "summary": "calls of the database fail"}},
        "variants": {"only": {"cause": {"component": "db", "mechanism": "errors"}, "faults": list(faults)}},
        "injects": [],
        **more,
    }
    books = dict(base.playbooks)
    if check is not None:
        steps = [{"id": "wait", "text": "Wait", "check": check, "within": "3m"}]
        books["slow"] = Playbook.model_validate({"gameday": 1, "title": "Slow", "steps": steps})
    return Exercise("tiny", Scenario.model_validate(data), books)


def seconds(session: Session, kind: type[AlertFired] | type[AlertCleared]) -> list[int]:
    return [event.second for event in session.events if isinstance(event, kind)]


def recorded(game: Exercise) -> tuple[Session, bytes]:
    """The session, played to its end by nobody, and its journal."""
    file = MemoryFile()
    session = Session(game, 7, journal=Writer(file))
    session.run_to(session.length)
    session.finish()
    return session, file.written


def test_an_alert_on_retries_of_an_edge_fires_while_they_are_many_and_clears():
    session, _ = recorded(exercise(RETRIES, ERRORS))
    (fired,), (cleared,) = seconds(session, AlertFired), seconds(session, AlertCleared)
    assert 61 <= fired <= 65
    assert 120 + 30 <= cleared <= 120 + 40


def test_what_an_alert_on_an_edge_did_is_played_back_and_verified_equal():
    session, journal = recorded(exercise(RETRIES, ERRORS))
    assert verify(parse_journal(journal)).outcome == "equal"
    (fired,), (cleared,) = seconds(session, AlertFired), seconds(session, AlertCleared)
    shown = [frame.observation.second for frame in playback(parse_journal(journal)) if frame.observation.alerts]
    assert shown == list(range(fired + 1, cleared + 1)), "a second shows what was before it"


def test_an_alert_on_an_open_breaker_fires_and_its_look_says_the_state():
    session = Session(exercise("web>db.breaker == open", ERRORS), 7)
    session.run_to(63 * MICRO)
    assert 61 <= seconds(session, AlertFired)[0] <= 63
    assert session.submit(parse_command("alerts")).accepted
    session.run_to(80 * MICRO)
    (look,) = [event for event in session.events if isinstance(event, LookCompleted)]
    told = "\n".join(look.lines)
    assert "edge: web>db.breaker == open" in told
    assert "web>db.breaker open" in told or "web>db.breaker half-open" in told


def test_the_callers_monitoring_delays_the_alert_on_its_edge():
    prompt, late = (Session(exercise(RETRIES, *faults), 7) for faults in ((ERRORS,), (ERRORS, BLIND)))
    for session in (prompt, late):
        session.run_to(120 * MICRO)
    assert seconds(late, AlertFired)[0] == seconds(prompt, AlertFired)[0] + 30


def test_a_check_and_an_inject_may_ask_an_edge():
    inject = {"when": f"{RETRIES} for 5s", "kind": "message", "from": "cache", "text": "so many retries"}
    game = exercise(RETRIES, ERRORS, check="web>db.errors > 90% over 5s", injects=[inject])
    session, journal = recorded(game)
    came = next(event.second for event in session.events if "so many retries" in event.text())
    assert came >= seconds(session, AlertFired)[0] + 4
    assert verify(parse_journal(journal)).outcome == "equal"


def test_the_recording_of_a_session_with_an_edge_in_a_condition_has_the_columns_of_any_other():
    heads = []
    for when in (RETRIES, "web.retries > 10/s over 5s"):
        _, journal = recorded(exercise(when, ERRORS))
        frames = [frame.observation for frame in playback(parse_journal(journal))]
        heads.append([(frame.services, frame.entries, frame.alerts) for frame in frames])
    assert heads[0] == heads[1], "web calls nobody else"

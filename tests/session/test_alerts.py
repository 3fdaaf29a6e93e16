"""Alerts in whole sessions: on real traffic, through real monitoring, in the journal."""

from __future__ import annotations

from typing import Any

import pytest

from gameday.core.commands import parse_command
from gameday.core.events import AlertFired, Paged, SilencedAlertFired
from gameday.core.units import MICRO
from gameday.scenario.alert_rules import BurnRate
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Scenario
from gameday.session.journal import Writer, parse_journal
from gameday.session.replay import Rerun
from gameday.session.session import Session
from tests.session.small import MemoryFile, tiny

FAULT = {"kind": "errors", "at": "60s", "service": "db", "share": "100%", "lasts": "60s"}
BURN = {"burn": {"entry": "order", "rate": 14.4, "long": "2m", "short": "10s"}}


def exercise(alert: dict[str, Any], *faults: dict[str, Any]) -> Exercise:
    """Five minutes of the tiny shop, with one alert and these faults."""
    base = tiny()
    data = base.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    data |= {
        "duration": "5m",
        "alerts": {"orders": {"policy": "shop", "summary": "orders fail", **alert}},
        "variants": {"only": {"cause": {"component": "db", "mechanism": "errors"}, "faults": list(faults)}},
        "injects": [],
    }
    return Exercise("tiny", Scenario.model_validate(data), base.playbooks)


def fired(session: Session) -> list[float]:
    return [event.at / MICRO for event in session.events if isinstance(event, AlertFired)]


def test_a_burn_rate_fires_on_real_traffic_when_the_arithmetic_says():
    session = Session(exercise(BURN, FAULT), 7)
    session.run_to(200 * MICRO)
    rule = BurnRate("order", 0.99, 14.4, 120, 10)
    after = rule.fires_after(1.0)
    assert after is not None
    (at,) = fired(session)
    assert 60 + after <= at <= 60 + after + 3, "a whole second later, and a request is judged when it has ended"


def test_it_clears_half_a_minute_after_the_short_window_lets_go():
    session = Session(exercise(BURN, FAULT), 7)
    session.run_to(200 * MICRO)
    cleared = next(event.at / MICRO for event in session.events if event.kind == "AlertCleared")
    let_go = 120 + BurnRate("order", 0.99, 14.4, 120, 10).lets_go_after(1.0)
    assert let_go + 30 <= cleared <= let_go + 34


@pytest.mark.parametrize(("no_data", "expected"), [("ok", 0), ("fire", 1)])
def test_an_alert_is_as_blind_as_its_monitoring(no_data, expected):
    blind = {"kind": "monitoring", "at": "40s", "loss": "100%"}
    alert = {"when": "order.bad > 5%", "for": "10s", "no_data": no_data}
    session = Session(exercise(alert, FAULT, blind), 7)
    session.run_to(200 * MICRO)
    assert len(fired(session)) == expected
    if expected:
        assert 50 <= fired(session)[0] <= 52, "before the trouble itself"


def test_a_delay_of_the_monitoring_delays_the_alert():
    late = {"kind": "monitoring", "at": "40s", "delay": "30s"}
    alert = {"when": "order.bad > 5% over 5s"}
    prompt, delayed = (Session(exercise(alert, FAULT, *faults), 7) for faults in ((), (late,)))
    prompt.run_to(200 * MICRO)
    delayed.run_to(200 * MICRO)
    assert fired(delayed)[0] == fired(prompt)[0] + 30


def silenced(journal: Writer | None = None) -> Session:
    session = Session(exercise(BURN, FAULT), 7, journal=journal)
    session.run_to(30 * MICRO)
    assert session.submit(parse_command("silence orders 1m")).accepted
    session.run_to(150 * MICRO)
    return session


def test_a_silence_holds_the_page_back_until_it_ends():
    session = silenced()
    held_back = [event.second for event in session.events if isinstance(event, SilencedAlertFired)]
    assert 77 <= held_back[0] <= 80
    assert fired(session) == [90]
    assert next(event.second for event in session.events if isinstance(event, Paged)) == 90


def test_a_session_with_a_silence_is_simulated_again_from_its_journal():
    file = MemoryFile()
    silenced(Writer(file)).finish()
    assert Rerun(parse_journal(file.written)).run() is None


def test_a_false_alarm_is_simulated_again_and_never_journalled():
    alert = {**BURN, "false_alarms": [{"at": "20s", "lasts": "15s"}]}
    file = MemoryFile()
    session = Session(exercise(alert, FAULT), 7, journal=Writer(file))
    session.run_to(60 * MICRO)
    assert fired(session) == [20]
    session.finish()
    assert b"without a reason" not in file.written
    assert Rerun(parse_journal(file.written)).run() is None


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("silence order", '"order" is no alert here; did you mean "orders"?'),
        ("silence orders 5", "unit"),
        ("silence orders 0s", "longer than 0s"),
        ("silence orders off", "orders is not silenced"),
    ],
)
def test_a_silence_that_makes_no_sense_is_refused(command, reason):
    verdict = Session(exercise(BURN, FAULT), 7).submit(parse_command(command))
    assert not verdict.accepted
    assert reason in verdict.text

"""Injects and tickets in whole sessions: on real traffic, with real colleagues, run again from a journal."""

from __future__ import annotations

from typing import Any

import pytest

from gameday.core.events import FaultBegan, InjectCame, InjectSettled, MessageReceived
from gameday.core.units import MICRO
from gameday.response.policy import Idle
from gameday.scenario.exercise import Exercise
from gameday.scenario.load import load
from gameday.scenario.models import Scenario
from gameday.scenario.modifiers import MODIFIERS
from gameday.session.drive import drive
from gameday.session.journal import Writer, parse_journal
from gameday.session.replay import Rerun
from gameday.session.session import Session
from tests.session.small import DATA, MemoryFile, play, tiny


def with_injects(*injects: dict[str, Any], **keys: Any) -> Exercise:
    """The tiny shop for four minutes, with these injects."""
    base = tiny()
    data = base.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    data |= {"duration": "4m", "injects": list(injects), **keys}
    return Exercise("tiny", Scenario.model_validate(data), base.playbooks)


def idle(exercise: Exercise, seed: int = 7, until: int | None = None) -> Session:
    session = Session(exercise, seed, responder="idle")
    drive(session, Idle(), session.length if until is None else until * MICRO)
    return session


def of(session: Session, kind: type) -> list[Any]:
    return [event for event in session.events if isinstance(event, kind)]


BUSY = (
    {"at": "20s", "name": "vera", "kind": "executive", "swoop": "override", "command": "restart web", "to": "cleo"},
    {"at": "10s", "when": "order.bad > 5% over 5s", "kind": "executive", "swoop": "demoralise"},
    {"at": "25s", "kind": "executive", "swoop": "information"},
    {"at": "30s", "kind": "journalist", "answer_within": "20s"},
    {"at": "15s", "kind": "tickets", "count": 5},
    {"at": "40s", "kind": "false-alert", "alert": "slow-orders", "lasts": "20s"},
    {
        "at": "50s",
        "kind": "fault",
        "fault": {"kind": "errors", "at": "5s", "lasts": "30s", "service": "db", "share": "50%"},
    },
)


def test_a_fault_of_the_script_begins_when_it_says_after_the_inject():
    session = idle(with_injects(BUSY[-1]), until=120)
    fault = of(session, FaultBegan)[-1]
    assert (fault.at, fault.component) == (55 * MICRO, "db")
    assert "errors" in fault.fault


def test_a_condition_on_real_signals_and_people():
    when = "order.bad > 5% over 5s and nobody has declared"
    session = idle(with_injects({"name": "late", "when": when, "kind": "journalist"}), until=60)
    (came,) = of(session, InjectCame)
    assert 5 * MICRO < came.at < 20 * MICRO


def test_a_journal_with_injects_is_simulated_again_the_same():
    file = MemoryFile()
    session = Session(with_injects(*BUSY, support={"share": "20%"}), 7, journal=Writer(file))
    play(session)
    session.run_to(100 * MICRO)
    session.finish(aborted=True)
    assert Rerun(parse_journal(file.written)).run() is None
    assert of(session, MessageReceived)
    assert of(session, InjectSettled)


def test_the_same_seed_brings_the_same():
    one, other = (idle(with_injects(*BUSY, support={"share": "20%"}), until=150) for _ in range(2))
    assert [str(event) for event in one.events] == [str(event) for event in other.events]
    assert one.finish(aborted=True).digest == other.finish(aborted=True).digest


def test_tickets_come_from_those_who_are_hurt():
    session = idle(with_injects(support={"share": "20%"}), until=120)
    said = [event for event in of(session, MessageReceived) if event.sender == "support"]
    assert said
    assert all("order" in event.message.lower() for event in said)
    assert said[0].at > 45 * MICRO, "the fault begins at 5 s, and customers need a while to write"


def test_a_third_party_says_what_is_true_of_it():
    exercise = load(str(DATA / "scenarios" / "everything.yaml"))
    externals = [name for name, one in exercise.scenario.system.services.items() if one.kind == "external"]
    assert externals, "this file has one of everything"
    data = exercise.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    call = {"at": "20s", "kind": "vendor", "service": externals[0]}
    trouble = {"kind": "third-party", "at": "0s", "service": externals[0], "trouble": "errors", "share": "40%"}
    data["injects"] = [call, {"at": "25s", "kind": "fault", "fault": trouble}, {**call, "at": "30s"}]
    session = idle(Exercise("all", Scenario.model_validate(data), exercise.playbooks), until=40)
    before, after = [e.message for e in of(session, MessageReceived) if "hotline" in e.sender]
    assert "all is well here" in before
    assert "errors, about 40%" in after


@pytest.mark.parametrize("seed", [1, 2])
def test_modifiers_leave_the_traffic_as_it_is(seed):
    """Nobody acts: then every request fares with all modifiers as without."""
    plain = load("retry-storm")
    harder = plain.dressed("", [name for name in MODIFIERS if name != "executive-swoop"])
    until = 200
    one, other = idle(plain, seed, until), idle(harder, seed, until)
    assert one.variant == other.variant
    assert one.world.traffic.digest_state() == other.world.traffic.digest_state()


def test_the_list_is_not_in_what_responders_see():
    session = idle(with_injects(*BUSY), until=30)
    assert "vera" not in repr(session.observation).replace("Vera", "")
    assert [view.state for view in session.response.script.views()].count("came") >= 3

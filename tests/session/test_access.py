from __future__ import annotations

from typing import Any

import pytest

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Scenario
from gameday.session.session import Session
from tests.session.small import tiny


def changed(**keys: Any) -> Exercise:
    """The tiny exercise with other keys."""
    plain = tiny()
    data = plain.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Exercise("tiny", Scenario.model_validate({**data, **keys}), plain.playbooks)


def refused(session: Session, text: str) -> str:
    verdict = session.submit(parse_command(text))
    assert not verdict.accepted
    return verdict.text


def test_hands_off_the_keyboard_leads_to_somebody_who_could():
    session = Session(changed(seats=[{"person": "ana", "hands_off": True}]), 7)
    assert refused(session, "metrics db") == (
        "your hands are off the keyboard, and nobody is here yet to do it: page somebody, bo for example"
    )
    session.submit(parse_command("page cleo"))
    assert refused(session, "rollback db") == (
        "your hands are off the keyboard, and nobody is here yet to do it: cleo is paged and may come; "
        "page others, or phone"
    )
    session.run_to(30 * MICRO)
    assert refused(session, "rollback db") == "your hands are off the keyboard: delegate bo rollback db, or ask bo"


def test_a_commander_leaves_a_page_to_whom_it_pages():
    policy = {"rules": [{"escalation_delay": "10s", "targets": ["bo"]}]}
    seats = [{"person": "ana", "hands_off": True}]
    session = Session(changed(seats=seats, escalation_policies={"shop": policy}), 7, variant="deploy")
    while not session.response.pages():
        session.run_to(session.now + MICRO)
    assert refused(session, "ack") == (
        "A1 pages bo, who would not come once you take it; wait, escalate, or page somebody else"
    )


def test_denied_access_is_got_round_by_delegating():
    session = Session(changed(seats=[{"person": "ana", "denied": "the VPN is down"}]), 7)
    assert refused(session, "restart web") == (
        "access denied: the VPN is down; nobody is here who could: page somebody, bo for example, or break the glass"
    )
    session.submit(parse_command("page bo"))
    session.run_to(30 * MICRO)
    assert refused(session, "restart web") == (
        "access denied: the VPN is down; bo could: delegate bo restart web; or break the glass"
    )
    assert session.submit(parse_command("delegate bo restart web")).accepted
    session.run_to(60 * MICRO)
    assert any("restart web started by bo" in event.text() for event in session.events)


def test_the_glass_is_offered_where_it_can_be_broken_and_says_what_it_went_past():
    seats = [{"person": "ana", "denied": "the VPN is down"}, {"person": "bo"}]
    session = Session(changed(seats=seats), 7)
    assert refused(session, "logs web") == "access denied: the VPN is down; bo could: as bo: logs web"
    assert "needs no breakglass" in refused(session, "breakglass logs web")
    assert session.submit(parse_command("breakglass restart web")).accepted
    assert session.submit(parse_command("as bo: breakglass restart db")).accepted
    session.run_to(MICRO)
    broken = [event.text() for event in session.events if "broke the glass" in event.text()]
    assert [text.rpartition(", past ")[2] for text in broken] == ["denied access", "no guardrail at all"]


def test_whoever_keeps_off_the_keyboard_and_breaks_the_glass_goes_past_that():
    session = Session(changed(seats=[{"person": "ana", "hands_off": True}]), 7)
    session.submit(parse_command("breakglass restart web"))
    session.run_to(MICRO)
    assert any("past hands off the keyboard" in event.text() for event in session.events)


def test_another_seat_with_access_speaks_for_itself():
    seats = [{"person": "ana", "denied": "the VPN is down"}, {"person": "bo"}]
    session = Session(changed(seats=seats), 7)
    assert refused(session, "restart web") == (
        "access denied: the VPN is down; bo could: as bo: restart web; or break the glass"
    )


@pytest.mark.parametrize(("who", "says"), [("data", "; bo is here and may: delegate bo rollback db"), ("shop", "")])
def test_what_is_for_others_names_somebody_who_is_here(who, says):
    session = Session(
        changed(actions=[{"verb": "rollback", "on": "db", "allowed": [who]}], seats=[{"person": "ana"}]), 7
    )
    session.submit(parse_command("page bo"))
    session.run_to(30 * MICRO)
    verdict = session.submit(parse_command("rollback db"))
    assert verdict.text == (f"rollback db is for {who}, not for ana{says}" if says else "X1 takes 2m")


def test_a_simulated_commander_closes_the_incident_not_the_player():
    session = Session(tiny().dressed("responder"), 7)
    session.submit(parse_command("declare SEV-2"))
    while not session.response.is_here("ira"):
        session.run_to(session.now + MICRO)
    assert refused(session, "resolve").startswith("ira leads, and closes the incident")


def test_an_approval_cannot_be_delegated():
    session = Session(tiny(), 7)
    assert refused(session, "delegate bo approve X1") == "approve cannot be delegated"

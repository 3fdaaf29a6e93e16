from __future__ import annotations

import re

import pytest

from gameday.scenario.hats import COMMAND_TEAM, HATS, somebody_new
from gameday.scenario.load import load

NAMES = ("retry-storm", "nobody-answers", "otel-shop")


@pytest.mark.parametrize("name", NAMES)
def test_a_commander_is_the_only_seat_and_touches_no_keyboard(name):
    plain = load(name)
    worn = plain.dressed("commander").scenario
    assert [(seat.person, seat.role, seat.hands_off) for seat in worn.seats] == [("ira", "incident-commander", True)]
    assert plain.player in worn.people
    assert worn.people["ira"].roles == ("incident-commander",)


@pytest.mark.parametrize("name", NAMES)
def test_a_responder_keeps_the_seat_and_has_somebody_in_command(name):
    plain = load(name)
    worn = plain.dressed("responder").scenario
    assert [seat.person for seat in worn.seats] == [seat.person for seat in plain.scenario.seats]
    assert [name for name, person in worn.people.items() if person.roles] == ["ira"]
    assert worn.people["ira"].team == COMMAND_TEAM
    assert "ira will be in command" in worn.seats[0].briefing


def test_out_of_hours_who_is_on_call_comes_late_and_who_is_not_sleeps():
    plain, night = load("nobody-answers").scenario, load("nobody-answers").dressed("alone").scenario
    assert night.people["sue"] == plain.people["sue"]
    liv, dan = night.people["liv"], night.people["dan"]
    assert (liv.responds.p, liv.responds.delay) == (
        plain.people["liv"].responds.p,
        2 * plain.people["liv"].responds.delay,
    )
    assert (round(dan.phone.p, 2), dan.phone.delay) == (0.48, 45_000_000)
    assert dan.responds.p == 0.0


def test_a_new_name_is_nobodys():
    scenario = load("retry-storm").scenario
    taken = scenario.model_copy(update={"people": {**scenario.people, "ira": scenario.people["bo"]}})
    assert (somebody_new(scenario), somebody_new(taken)) == ("ira", "kit")


@pytest.mark.parametrize("hat", HATS)
def test_a_hat_leaves_the_proof_of_the_plain_scenario_alone(hat):
    plain = load("retry-storm")
    worn = plain.dressed(hat)
    assert worn.plain_digest == plain.digest
    assert worn.digest != plain.digest


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("name", NAMES)
def test_what_a_hat_says_holds_at_any_hour_and_however_many_play(name, hat):
    plain = load(name).scenario
    worn = load(name).dressed(hat).scenario
    said = " ".join([HATS[hat].summary, *(seat.briefing for seat in worn.seats)])
    for seat in plain.seats:
        said = said.replace(seat.briefing, "")
    assert re.search(r"\b(night|day|evening|afternoon|morning|alone|nobody|you are)\b", said, re.IGNORECASE) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_commander_is_told_whose_the_briefing_is(name):
    """It speaks to whoever is on call, and that is somebody else now."""
    plain = load(name)
    worn = plain.dressed("commander").scenario
    assert worn.briefing == f"What {plain.player} was told: {plain.scenario.briefing}"
    assert "commander" not in worn.seats[0].briefing  # the title says it already

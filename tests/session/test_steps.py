"""What of a playbook's step is still to be given."""

from __future__ import annotations

from gameday.core.commands import Verdict, parse_command
from gameday.core.signals import IncidentView, Observation, PageView
from gameday.session.record import TimedCommand
from gameday.session.steps import bodies, is_given

NOTHING = Observation(10, {}, {})


def timed(text: str, accepted: bool = True) -> TimedCommand:
    return TimedCommand(0, parse_command(text), Verdict(accepted, ""))


def page(state: str) -> PageView:
    return PageView("A1", "login", "it fails", "high", state, ("ana",), 5, None, None)


def test_what_was_handed_to_a_colleague_counts_as_given() -> None:
    given = list(bodies([timed("as ira: delegate ana logs auth"), timed("restart auth", accepted=False)]))
    assert given == ["delegate ana logs auth", "logs auth"]
    assert is_given("logs auth", given, NOTHING)
    assert not is_given("restart auth", given, NOTHING)


def test_more_words_than_a_step_asks_for_are_fine() -> None:
    assert is_given("ack", ["ack A1"], NOTHING)
    assert not is_given("ack A1", ["ack A2"], NOTHING)


def test_what_somebody_else_saw_to_need_not_be_given() -> None:
    declared = Observation(10, {}, {}, incident=IncidentView(declared_at=5), pages=(page("acknowledged"),))
    assert is_given("declare SEV-2", [], declared)
    assert is_given("ack", [], declared)
    assert not is_given("declare SEV-2", [], NOTHING)
    assert not is_given("ack", [], Observation(10, {}, {}, pages=(page("triggered"),)))
    assert not is_given("ack", [], NOTHING)

"""People in lines: the same words as on the screen."""

from __future__ import annotations

import pytest

from gameday.cli.people_lines import people_lines
from gameday.core.signals import Observation, PageView, PersonView
from gameday.tui import board


def page(state: str, *targets: str) -> PageView:
    return PageView("A1", "slow", "it is slow", "high", state, targets, 5, None, None)


@pytest.mark.parametrize(
    ("state", "pages", "said"),
    [
        ("away", (), "not here"),
        ("gone", (), "gone"),
        ("paged", (page("triggered", "bo"),), "rung by A1"),
        ("paged", (page("triggered", "ana"),), "paged, may still come"),
        ("paged", (page("acknowledged"),), "not expected: no page waits"),
    ],
)
def test_lines_say_of_whoever_is_not_here_what_the_screen_says(
    state: str, pages: tuple[PageView, ...], said: str
) -> None:
    seen = Observation(60, (), (), pages=pages, people=(PersonView("bo", "auth", "lead", state),))
    assert list(people_lines(seen)) == [f"bo         lead, {said}"]
    assert board.team(seen, "ana").rows[0].text == said


def test_of_somebody_who_is_at_something_lines_say_that() -> None:
    seen = Observation(60, (), (), people=(PersonView("bo", "auth", "lead", "here", doing="reads up", until=80),))
    assert list(people_lines(seen)) == ["bo         lead, reads up, 20 s left"]

from __future__ import annotations

from collections.abc import Callable

import pytest
import simpy

from gameday.core.units import MICRO
from gameday.response.command.answers import objects
from gameday.response.command.reports import disputes, read_needs
from gameday.response.command.wall import Wall

Read = Callable[[str, str, int], float | None]


class Shown:
    """Signals that a function gives."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
        del length
        return self._read(subject, metric, second)


@pytest.fixture
def make_wall(make_exercise):
    """The wall at 300 s; `bad` gives the share of bad requests of an entry in the window that ends at a second."""

    def make(bad: Callable[[str, int], float | None], rate: float | None = 5.0, running: float = 0.0) -> Wall:
        def read(subject: str, metric: str, second: int) -> float | None:
            values = {"bad": bad(subject, second), "rate": rate, "running": running}
            return values.get(metric, 0.0)

        env = simpy.Environment(initial_time=300 * MICRO)
        return Wall(env, make_exercise().scenario, Shown(read))

    return make


def test_an_entry_is_missing_while_its_newest_window_misses(make_wall):
    wall = make_wall(lambda entry, second: 0.4 if (entry, second) == ("login", 300) else 0.0)
    assert (wall.missing(), wall.bad("login"), wall.steady()) == (("login",), 0.4, False)


def test_one_missed_window_alone_does_not_break_a_stretch_and_two_do(make_wall):
    assert make_wall(lambda _, second: 0.4 if second == 250 else 0.0).steady()
    assert not make_wall(lambda _, second: 0.4 if second in (250, 240) else 0.0).steady()
    assert make_wall(lambda _, second: 0.4 if second in (170, 160) else 0.0).steady()


def test_nothing_is_steady_while_an_action_runs_or_the_wall_is_dark(make_wall):
    assert not make_wall(lambda _, __: 0.0, running=1.0).steady()
    dark = make_wall(lambda _, __: None, rate=None)
    assert (dark.unseen(), dark.steady()) == (("login", "browse"), False)


def test_an_entry_without_requests_is_not_dark(make_wall):
    wall = make_wall(lambda _, __: None, rate=0.0)
    assert (wall.unseen(), wall.steady()) == ((), True)


def test_what_has_been_hurt_is_remembered(make_wall):
    wall = make_wall(lambda entry, second: 0.4 if entry == "login" and 200 <= second <= 220 else 0.0)
    assert (wall.missed_since(150), wall.missed_since(240)) == (("login",), ())


@pytest.mark.parametrize(
    ("needs", "who", "by_phone"),
    [
        ("nothing", (), False),
        ("nothing, the data team is on it", (), False),
        ("Dan, please", ("dan",), False),
        ("phone zed", ("zed",), True),
        ("the database administrator", ("dan",), False),
        ("somebody of data", ("data",), False),
        ("dan of data", ("dan",), False),
    ],
)
def test_needs_name_people_by_name_or_title_and_teams(make_exercise, needs, who, by_phone):
    found = read_needs(needs, make_exercise().scenario)
    assert (found.who, found.by_phone, found.approval) == (who, by_phone, False)


def test_needs_may_ask_for_an_approval(make_exercise):
    scenario = make_exercise().scenario
    assert read_needs("a go-ahead for x2", scenario).action == "X2"
    assert read_needs("your approval", scenario).approval


@pytest.mark.parametrize(
    ("conditions", "disputed"),
    [
        ("logins work", [("login", True)]),
        ("all is fine again", [("login", True)]),
        ("logins fail, browsing works", []),
        ("logins fail and browsing fails too", [("browse", False)]),
        ("I do not know yet", []),
    ],
)
def test_what_the_wall_shows_differently_is_disputed(make_exercise, make_wall, conditions, disputed):
    wall = make_wall(lambda entry, _: 0.6 if entry == "login" else 0.0)
    found = disputes(conditions, make_exercise().scenario, wall)
    assert [(one.entry, one.says_works) for one in found] == disputed


def test_silence_is_no_objection():
    assert not objects("")

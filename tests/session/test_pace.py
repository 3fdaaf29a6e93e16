from __future__ import annotations

import pytest

from gameday.core.units import MICRO
from gameday.session.pace import LONGEST_STEP, Pace


class Clock:
    """A wall clock that is moved by hand, or by who sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_time_stands_still_until_it_is_let_go(clock: Clock) -> None:
    pace = Pace(clock=clock, at=5 * MICRO)
    clock.now += 60
    assert (pace.paused, pace.due()) == (True, 5 * MICRO)
    pace.resume()
    clock.now += 1.5
    assert pace.due() == 6_500_000


def test_simulated_time_is_wall_time_times_speed(clock: Clock) -> None:
    pace = Pace(60, clock=clock)
    pace.resume()
    clock.now += 1
    assert pace.due() == 60 * MICRO


def test_a_pause_loses_no_time_and_gains_none(clock: Clock) -> None:
    pace = Pace(2, clock=clock)
    pace.resume()
    clock.now += 1
    pace.pause()
    clock.now += 1000
    pace.resume()
    pace.resume()
    clock.now += 0.5
    assert pace.due() == 3 * MICRO


def test_a_change_of_speed_holds_from_then_on(clock: Clock) -> None:
    pace = Pace(1, clock=clock)
    pace.resume()
    clock.now += 1
    pace.change_speed(10)
    clock.now += 1
    assert pace.due() == 11 * MICRO
    with pytest.raises(ValueError, match=r"speed\(=0\) must be above 0"):
        pace.change_speed(0)


def test_a_machine_that_slept_does_not_make_the_game_jump(clock: Clock) -> None:
    pace = Pace(1, clock=clock)
    pace.resume()
    clock.now += 8 * 3600
    assert pace.due() == LONGEST_STEP * MICRO


def test_a_clock_that_goes_back_does_not_take_time_back(clock: Clock) -> None:
    pace = Pace(1, clock=clock)
    pace.resume()
    clock.now += 1
    assert pace.due() == MICRO
    clock.now -= 5
    assert pace.due() == MICRO


def test_it_says_how_long_until_an_instant(clock: Clock) -> None:
    pace = Pace(4, clock=clock)
    assert pace.seconds_until(4 * MICRO) is None
    pace.resume()
    assert pace.seconds_until(4 * MICRO) == 1.0
    assert pace.seconds_until(0) == 0.0


def test_line_mode_waits_until_an_instant_is_due(clock: Clock) -> None:
    pace = Pace(2, clock=clock)
    with pytest.raises(ValueError, match="resume first"):
        pace.wait_until(MICRO, clock.sleep)
    pace.resume()
    pace.wait_until(7 * MICRO, clock.sleep)
    assert pace.due() == 7 * MICRO
    assert clock.now == 103.5
    pace.wait_until(3 * MICRO, clock.sleep)
    assert clock.now == 103.5


def test_a_clock_that_is_set_back_goes_on_from_there_as_it_did(clock: Clock) -> None:
    pace = Pace(4, clock=clock)
    pace.resume()
    clock.now += 2
    pace.set_back(3 * MICRO)
    assert pace.due() == 3 * MICRO
    clock.now += 1
    assert pace.due() == 7 * MICRO

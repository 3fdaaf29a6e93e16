"""How a rule stands, second by second, against what is said of it in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from gameday.core.signals import Signals
from gameday.core.units import MICRO
from gameday.response.alerting.watch import Watch
from gameday.scenario.models.alerts import Alert


@dataclass
class Pattern:
    """A rule that holds at the seconds told. It looks at no signal."""

    held: list[bool]

    def holds(self, signals: Signals, second: int) -> bool:
        return self.held[second - 1]

    def has_data(self, signals: Signals, second: int) -> bool:
        return True

    def says(self, signals: Signals, second: int) -> str:
        return ""


class NoSignals:
    def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
        return None


def turns(held: list[bool], hold: int, **keys: object) -> list[int]:
    """The seconds at which the alert begins to fire and clears, in turn."""
    alert = Alert.model_validate({"when": "a.up", "policy": "p", "summary": "s", "for": f"{hold}s", **keys})
    watch = Watch("a", alert, Pattern(held))
    return [second for second in range(1, len(held) + 1) if watch.step(NoSignals(), second * MICRO)]


def as_said(held: list[bool], hold: int) -> list[int]:
    """It fires once it has held for `hold` s on end, clears once it has not for the longer of that and 30 s."""
    found: list[int] = []
    for second in range(1, len(held) + 1):
        firing = len(found) % 2 == 1
        needed = (max(hold, 30) if firing else hold) + 1
        begin = second - needed
        since_turn = second - (found[-1] if found else 0)
        if since_turn >= needed and all(state is not firing for state in held[begin:second]):
            found.append(second)
    return found


stretches = st.lists(st.tuples(st.booleans(), st.integers(1, 50)), max_size=12)


@given(stretches, st.integers(0, 40))
def test_it_fires_and_clears_as_said_whatever_happens(parts, hold):
    held = [state for state, length in parts for _ in range(length)]
    assert turns(held, hold) == as_said(held, hold)


@given(stretches, st.integers(0, 40), st.integers(1, 100), st.integers(1, 60))
def test_a_rule_that_is_always_broken_never_turns(parts, hold, at, lasts):
    held = [state for state, length in parts for _ in range(length)]
    assert turns(held, hold, broken=True, false_alarms=[{"at": f"{at}s", "lasts": f"{lasts}s"}]) == []


@given(st.integers(1, 100), st.integers(1, 60), st.integers(0, 40))
def test_a_false_alarm_lasts_as_long_as_it_says_whatever_the_hold(at, lasts, hold):
    alarms = [{"at": f"{at}s", "lasts": f"{lasts}s"}]
    assert turns([False] * 200, hold, false_alarms=alarms) == [at, at + lasts]

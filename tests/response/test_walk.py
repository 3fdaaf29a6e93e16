from __future__ import annotations

import pytest

from gameday.core.units import MICRO
from gameday.response.walk import Walk
from gameday.scenario.models import Step


class Fixed:
    """Signals that say the same at every second."""

    def __init__(self, **values: float) -> None:
        self.values = values

    def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
        return self.values.get(f"{subject}_{metric}")


@pytest.fixture
def walk() -> Walk:
    steps = (
        {"id": "look", "text": "look", "branches": [{"when": "db.queue > 10", "goto": "drain"}, {"goto": "fix"}]},
        {"id": "fix", "text": "fix", "check": "login.success > 99%", "within": "5m", "otherwise": "call"},
        {"id": "close", "text": "close", "branches": [{"goto": "end"}]},
        {"id": "drain", "text": "drain", "check": "db.queue < 5 for 3s"},
        {"id": "call", "text": "call"},
    )
    return Walk(tuple(Step.model_validate(step) for step in steps))


def current(walk, state):
    step = walk.step(state)
    return step and step.id


@pytest.mark.parametrize(("queue", "target"), [(20.0, "drain"), (3.0, "fix")])
def test_the_first_branch_that_holds_is_taken(walk, queue, target):
    state = walk.done(walk.begin(0), Fixed(db_queue=queue), 9, 9 * MICRO)
    assert current(walk, state) == target
    assert (state.states[0], state.since) == ("done", 9 * MICRO)


def test_a_step_without_branches_is_followed_by_the_next(walk):
    state = walk.goto(walk.begin(0), "fix", 0)
    state = walk.done(state, Fixed(), 1, MICRO)
    assert current(walk, state) == "close"
    assert state.states == ("skipped", "done", "current", "todo", "todo")


def test_end_and_the_last_step_end_the_walk(walk):
    for last in ("close", "call"):
        state = walk.done(walk.goto(walk.begin(0), last, 0), Fixed(), 1, MICRO)
        assert state.current is None
        assert walk.deadline(state) is None
        assert walk.done(state, Fixed(), 2, 2 * MICRO) == state


def test_a_check_that_does_not_hold_says_what_is_seen(walk):
    state = walk.goto(walk.begin(0), "fix", 0)
    assert walk.unmet(state, Fixed(login_success=0.625), 9) == "expected login.success > 99%; seen: login.success 62.5%"
    assert walk.unmet(state, Fixed(), 9) == "expected login.success > 99%; seen: login.success has no data"
    assert walk.unmet(state, Fixed(login_success=1.0), 9) is None


def test_a_check_that_must_last_says_for_how_long_it_has(walk):
    state = walk.goto(walk.begin(0), "drain", 0)
    assert walk.unmet(state, Fixed(db_queue=1.0), 2) == "expected db.queue < 5 for 3s; seen: db.queue 1, so for 2s"
    assert walk.unmet(state, Fixed(db_queue=1.0), 3) is None


def test_a_time_limit_leads_to_what_the_step_says_or_on(walk):
    state = walk.goto(walk.begin(0), "fix", 10 * MICRO)
    assert walk.deadline(state) == 310 * MICRO
    late = walk.time_out(state, 310 * MICRO)
    assert (current(walk, late), late.states[1]) == ("call", "failed")
    assert current(walk, walk.time_out(walk.goto(state, "drain", 0), 0)) == "call"


def test_a_step_is_shown_with_its_commands_a_line_each():
    step = Step.model_validate({"id": "do", "text": "do it", "run": ["ack", "declare SEV-2"], "check": "db.queue < 5"})
    walk = Walk((step,))
    (view,) = walk.views(walk.begin(0))
    assert (view.ref, view.state, view.command, view.check) == ("do", "current", "ack\ndeclare SEV-2", "db.queue < 5")

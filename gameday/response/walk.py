"""Walking a playbook, as a pure state machine: steps, checks against the signals, branches, time limits.

Values in, values out: the session's own walk (`gameday.response.guide`) and the automatic responder
(`gameday.response.practice`) walk with the same rules. Owns no clock and publishes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gameday.core.expressions import Comparison, Condition, Lasting, comparisons, parse_condition
from gameday.core.signals import RATIO_METRICS, STATE_SUBJECTS, TIME_METRICS, Signals, StepView, breaker_word
from gameday.core.units import MICRO, format_duration
from gameday.scenario.models import Step

END = "end"
"""The target of a branch that ends the walk."""


@dataclass(frozen=True, slots=True)
class WalkState:
    """Where a walk stands. `current` is the index of a step, or None at the end; `since` in microseconds."""

    states: tuple[str, ...]  # todo | current | done | skipped | failed
    current: int | None
    since: int


@dataclass(frozen=True, slots=True)
class _Branch:
    when: Condition | None
    goto: str


class Walk:
    """The rules by which these steps are walked. Raises ConditionError where a condition cannot be read."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps
        self._index = {step.id: index for index, step in enumerate(steps)}
        self._checks = tuple(None if step.check is None else parse_condition(step.check) for step in steps)
        self._branches = tuple(
            tuple(
                _Branch(parse_condition(branch.when) if branch.when else None, branch.goto) for branch in step.branches
            )
            for step in steps
        )

    def begin(self, at: int) -> WalkState:
        """At the first step."""
        return WalkState(("current", *("todo" for _ in self.steps[1:])), 0, at)

    def step(self, state: WalkState) -> Step | None:
        """The current step, or None at the end."""
        return None if state.current is None else self.steps[state.current]

    def find(self, name: str) -> int | None:
        """The index of a step, or None where there is none of that name."""
        return self._index.get(name)

    def holds(self, state: WalkState, signals: Signals, second: int) -> bool:
        """Whether the current step's check holds now; a step without a check is done when somebody says so."""
        check = None if state.current is None else self._checks[state.current]
        return check is None or check.holds(signals, second)

    def unmet(self, state: WalkState, signals: Signals, second: int) -> str | None:
        """What the current step's check expects and what is seen instead, or None where it holds."""
        check = None if state.current is None else self._checks[state.current]
        if check is None or check.holds(signals, second):
            return None
        seen = dict.fromkeys(describe(leaf, signals, second) for leaf in comparisons(check))
        lasted = _lasted(check, signals, second)
        return f"expected {check}; seen: {', '.join(seen)}{lasted}"

    def done(self, state: WalkState, signals: Signals, second: int, at: int, how: str = "done") -> WalkState:
        """The current step is over (`how`: done or skipped): on by the first branch whose condition holds."""
        if state.current is None:
            return state
        for branch in self._branches[state.current]:
            if branch.when is None or branch.when.holds(signals, second):
                return self.goto(state, branch.goto, at, leave=how)
        return self._following(state, at, how)

    def time_out(self, state: WalkState, at: int) -> WalkState:
        """The current step's check did not hold in time: on to `otherwise`, or the next step."""
        if state.current is None:
            return state
        otherwise = self.steps[state.current].otherwise
        if otherwise is not None:
            return self.goto(state, otherwise, at, leave="failed")
        return self._following(state, at, "failed")

    def goto(self, state: WalkState, target: str, at: int, leave: str = "skipped") -> WalkState:
        """To the step called `target`, which must be there, or to the end; the current one is left as `leave`."""
        states = list(state.states)
        if state.current is not None:
            states[state.current] = leave
        if target == END and END not in self._index:
            return WalkState(tuple(states), None, at)
        index = self._index[target]
        states[index] = "current"
        return WalkState(tuple(states), index, at)

    def restart_clock(self, state: WalkState, at: int) -> WalkState:
        """The current step's time limit counts from `at`."""
        return replace(state, since=at)

    def deadline(self, state: WalkState) -> int | None:
        """When the current step's time limit (a second at least) runs out, in microseconds; None where it has none."""
        step = self.step(state)
        return None if step is None or step.within is None else state.since + max(step.within, MICRO)

    def views(self, state: WalkState) -> tuple[StepView, ...]:
        """The steps for a screen; several commands stand one a line."""
        return tuple(
            StepView(step.id, step.text, status, "\n".join(step.run), step.check or "")
            for step, status in zip(self.steps, state.states, strict=True)
        )

    def _following(self, state: WalkState, at: int, leave: str) -> WalkState:
        assert state.current is not None
        after = state.current + 1
        return self.goto(state, self.steps[after].id if after < len(self.steps) else END, at, leave)


def describe(leaf: Comparison, signals: Signals, second: int) -> str:
    """A comparison's signal with its present value: `login.success 62%`."""
    value, name = leaf.value(signals, second), leaf.path
    if value is None:
        return f"{name} has no data"
    if leaf.subject in STATE_SUBJECTS:
        return f"{name} {'yes' if value else 'no'}"
    if leaf.metric == "breaker":
        return f"{name} {breaker_word(value)}"
    if leaf.metric in RATIO_METRICS:
        return f"{name} {100 * value:.4g}%"
    if leaf.metric in TIME_METRICS:
        return f"{name} {format_duration(max(round(value * 1000), 0) * 1000)}"
    return f"{name} {value:.4g}"


def _lasted(check: Condition, signals: Signals, second: int) -> str:
    """How long a condition that must last has lasted so far."""
    if not isinstance(check, Lasting):
        return ""
    lasted = 0
    while lasted < min(check.seconds, second) and check.condition.holds(signals, second - lasted):
        lasted += 1
    return f", so for {format_duration(lasted * MICRO)}" if lasted else ""

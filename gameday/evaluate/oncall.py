"""An escalation policy by itself, by Monte Carlo: the real pages, people and escalation, without a system.

Every run has a seed of its own; what it draws is keyed as in a session. A run ends when somebody acknowledges.
Owns what is counted over the runs. Does not own how somebody is paged or answers (`gameday.response`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import simpy

from gameday.core.events import Event, Paged, PageExhausted
from gameday.core.units import MICRO
from gameday.response.escalation import Escalation
from gameday.response.pages import Page, PageBook
from gameday.response.people import People
from gameday.response.schedules import Schedules
from gameday.scenario.models.oncall import EscalationPolicy, Schedule
from gameday.scenario.models.people import Person, Team
from gameday.scenario.models.roster import Roster
from gameday.scenario.schedules import beginning, format_instant

SUMMARY = "something is wrong"
POINTS = 120
"""Points of the curve."""

_LEAST_LENGTH = 10 * 60 * MICRO
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Dated:
    """A roster at another time than its file says."""

    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    schedules: Mapping[str, Schedule]
    escalation_policies: Mapping[str, EscalationPolicy]
    starts_at: str | None

    @classmethod
    def of(cls, roster: Roster, begin: int | None) -> Dated:
        """`begin`: an instant; the file's own beginning, if None. Where no time matters there is none."""
        if begin is None:
            is_timeless = roster.starts_at is None and all(one.is_fixed for one in roster.schedules.values())
            begin = None if is_timeless else beginning(roster)
        text = None if begin is None else format_instant(begin)
        return cls(roster.people, roster.teams, roster.schedules, roster.escalation_policies, text)


@dataclass(frozen=True, slots=True)
class Step:
    """What happens if nobody ever answers: a level is reached. `at` in microseconds since the page was opened."""

    at: int
    turn: int
    level: int
    targets: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came of all runs of a policy. Times in microseconds since the page was opened, shares of the runs.

    `acknowledged` are the times of the runs in which somebody did, sorted; `reached` is the share that came to each
    level at least once, `acknowledged_by` who was the first; `exhausted_at` is None where a page never runs out. The
    `example` is the first run that came to a second level, if any did. `begin` is None where no time matters.
    """

    policy: str
    urgency: str
    begin: int | None
    runs: int
    seed: int
    length: int
    path: tuple[Step, ...]
    exhausted_at: int | None
    example: tuple[Event, ...]
    example_seed: int
    acknowledged: tuple[int, ...]
    reached: tuple[float, ...]
    exhausted: float
    acknowledged_by: Mapping[str, float]
    people_paged: float

    @property
    def times(self) -> tuple[int, ...]:
        return tuple(self.length * number // POINTS for number in range(POINTS + 1))

    @property
    def curve(self) -> tuple[float, ...]:
        return tuple(self.unacknowledged(at) for at in self.times)

    def unacknowledged(self, at: int) -> float:
        """The share of the runs in which nobody had acknowledged by `at`, that instant included."""
        return (self.runs - bisect_right(self.acknowledged, at)) / self.runs

    def interval(self, at: int) -> tuple[float, float]:
        """95 % interval of `unacknowledged` by the number of runs (Wilson, 1927)."""
        p, n = self.unacknowledged(at), self.runs
        middle = (p + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
        half = _Z / (1 + _Z * _Z / n) * sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def quantile(self, share: float) -> int | None:
        """The time by which this share of all runs was acknowledged; None where it never was."""
        rank = int(share * self.runs + 0.999_999) - 1
        return self.acknowledged[rank] if 0 <= rank < len(self.acknowledged) else None


class Run:
    """One page by the policy, with nobody else around. `played` people never answer by themselves."""

    def __init__(self, roster: Roster, policy: str, urgency: str, seed: int, played: tuple[str, ...] = ()) -> None:
        self.env = simpy.Environment()
        self.events: list[Event] = []
        self._pages = PageBook(self.env, self.events.append)
        people = People(self.env, roster, seed, self._pages, self.events.append, played, _is_away)
        escalation = Escalation(self.env, roster, seed, self._pages, people, self.events.append)
        self.page: Page = escalation.open(policy, "alert oncall", SUMMARY, urgency=urgency)
        self.acknowledged_at: int | None = None

    def go(self, length: int) -> None:
        """Lets time pass until somebody acknowledges, or until `length`."""
        while self.page.state == "triggered" and self.env.peek() <= length:
            self.env.step()
        if self.page.state == "acknowledged":
            self.acknowledged_at = int(self.env.now)


def _is_away(person: str) -> bool:
    """Nobody is: what keeps people away belongs to a session."""
    del person
    return False


def exhausted_after(policy: EscalationPolicy, path: Sequence[Step]) -> int:
    """Microseconds until a page that nobody answers is exhausted, by its path."""
    last = path[-1]
    return last.at + _stay(policy, last.level, last.people)


def _stay(policy: EscalationPolicy, level: int, people: tuple[str, ...]) -> int:
    """How long a page that nobody answers stays at a level."""
    skips = policy.empty_levels == "skip" and not people
    return 0 if skips else policy.rules[level - 1].escalation_delay


def unanswered(roster: Roster, policy: str, urgency: str = "high") -> tuple[Step, ...]:
    """Who is paged when, as long as nobody answers. Round robin begins with the first here; low urgency stays."""
    whole, schedules = roster.escalation_policies[policy], Schedules(roster)
    steps: list[Step] = []
    at = 0
    for loop in range(whole.num_loops + 1):
        for level, rule in enumerate(whole.rules, 1):
            targets = rule.targets
            if rule.assignment_strategy == "round-robin":
                targets = (rule.targets[loop % len(rule.targets)],)
            found = (schedules.on_duty(name, at) if name in schedules else name for name in targets)
            people = tuple(dict.fromkeys(person for person in found if person is not None))
            steps.append(Step(at, len(steps), level, targets, people))
            stay = _stay(whole, level, people)
            if urgency == "low" and stay:
                return tuple(steps)
            at += stay
    return tuple(steps)


def simulate(
    roster: Roster, policy: str, *, runs: int, seed: int = 0, urgency: str = "high", length: int | None = None
) -> Simulation:
    """Runs a policy `runs` times, from the roster's own beginning on. Raises KeyError for an unknown policy."""
    whole, path = roster.escalation_policies[policy], unanswered(roster, policy, urgency)
    end = exhausted_after(whole, path) if urgency == "high" else None
    length = length or max(_LEAST_LENGTH, (end or 0) * 5 // 4)
    reached = [0] * len(whole.rules)
    first: dict[str, int] = {}
    times: list[int] = []
    exhausted = paged = 0
    example: tuple[Event, ...] = ()
    example_seed, highest = seed, -1
    for number in range(runs):
        run = Run(roster, policy, urgency, seed + number)
        run.go(length)
        if highest < 1 and run.page.turn > highest:
            example, example_seed, highest = tuple(run.events), seed + number, run.page.turn
        for level in range(min(run.page.turn + 1, len(reached))):
            reached[level] += 1
        paged += len(dict.fromkeys(event.person for event in run.events if isinstance(event, Paged)))
        exhausted += any(isinstance(event, PageExhausted) for event in run.events)
        if run.acknowledged_at is not None:
            times.append(run.acknowledged_at)
            name = run.page.acknowledged_by or ""
            first[name] = first.get(name, 0) + 1
    return Simulation(
        policy=policy,
        urgency=urgency,
        begin=None if roster.starts_at is None else beginning(roster),
        runs=runs,
        seed=seed,
        length=length,
        path=path,
        exhausted_at=end,
        example=example,
        example_seed=example_seed,
        acknowledged=tuple(sorted(times)),
        reached=tuple(count / runs for count in reached),
        exhausted=exhausted / runs,
        acknowledged_by={name: first[name] / runs for name in sorted(first, key=lambda name: (-first[name], name))},
        people_paged=paged / runs,
    )

"""A small stage for the response: real parts, a function for the signals, and a log of (second, what)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import simpy

from gameday.core.commands import Command, Verdict, parse_command
from gameday.core.events import Event
from gameday.core.signals import Observation
from gameday.core.units import MICRO
from gameday.response.hands import Hurt
from gameday.response.response import Response
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Playbook, Scenario
from gameday.scenario.models.injects import Inject

Read = Callable[[str, str, int], float | None]

SCENARIO: dict[str, Any] = {
    "gameday": 1,
    "title": "a small shop",
    "summary": "for tests",
    "duration": "30m",
    "briefing": "a quiet day",
    "system": {
        "services": {"web": {"service_time": "5ms"}, "db": {"kind": "database", "service_time": "5ms"}},
        "dependencies": [{"from": "web", "to": "db", "timeout": "1s"}],
        "traffic": {"entries": {"login": {"to": "web", "rate": "10/s", "timeout": "2s"}}},
    },
    "slos": {"login": {"good": "99%", "within": "1s"}},
    "people": {
        "ana": {"team": "shop", "responds": {"delay": "30s", "spread": 0}},
        "bo": {"team": "shop", "responds": {"p": "0%"}},
        "cy": {"team": "shop", "responds": {"p": "0%"}},
        "dan": {"team": "db", "responds": {"p": "100%", "delay": "40s", "spread": 0}, "phone": {"p": "0%"}},
    },
    "teams": {"shop": {"policy": "shop"}, "db": {}},
    "schedules": {"second": {"people": ["cy", "dan"]}},
    "escalation_policies": {
        "shop": {
            "num_loops": 0,
            "rules": [
                {"escalation_delay": "5m", "targets": ["bo"]},
                {"escalation_delay": "3m", "targets": ["second"]},
            ],
        }
    },
    "alerts": {"logins": {"when": "login.success < 95%", "for": "30s", "policy": "shop", "summary": "logins fail"}},
    "seats": [{"person": "ana"}],
    "variants": {
        "only": {
            "cause": {"component": "db", "mechanism": "crash"},
            "faults": [{"kind": "crash", "at": "60s", "service": "db"}],
        }
    },
    "playbooks": ["book"],
}

STEPS: list[dict[str, Any]] = [{"id": "one", "text": "the first"}, {"id": "two", "text": "the second"}]


@dataclass
class FakeSignals:
    """Signals backed by a function of subject, metric and second; state subjects as the response adds them."""

    read: Read
    states: dict[str, Callable[[str], float]] = field(default_factory=dict)

    def add_state(self, subject: str, read: Callable[[str], float]) -> None:
        self.states[subject] = read

    def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
        return self.states[subject](metric) if subject in self.states else self.read(subject, metric, second)


@dataclass
class FakeHands:
    """Hands that only remember what they were asked to do, and say that it was done."""

    commands: list[Command] = field(default_factory=list)
    injects: list[Inject] = field(default_factory=list)
    hurting: tuple[Hurt, ...] = ()

    def submit(self, command: Command) -> Verdict:
        self.commands.append(command)
        return Verdict(True, "done")

    def cost(self, command: Command) -> str:
        return ""

    def enact(self, inject: Inject) -> None:
        self.injects.append(inject)

    def hurt(self, seconds: int) -> tuple[Hurt, ...]:
        return self.hurting

    def vendor(self, service: str) -> str:
        return "all is well here"


class Stage:
    """A response in an environment of its own, without a world."""

    def __init__(self, exercise: Exercise, read: Read, seed: int) -> None:
        self.exercise = exercise
        self.env = simpy.Environment()
        self.events: list[Event] = []
        self.signals = FakeSignals(read)
        self.hands = FakeHands()
        self.response = Response(self.env, exercise, self.signals, seed, self.events.append, ("ana",), self.hands)

    @property
    def log(self) -> list[tuple[float, str]]:
        """Every event so far: (second, text)."""
        return [(event.at / MICRO, event.text()) for event in self.events]

    def run(self, second: float) -> None:
        self.env.run(until=round(second * MICRO))

    def say(self, text: str) -> str:
        """A command by ana, if it names nobody else; the verdict's text, after "refused: " where it is one."""
        command = parse_command(text)
        command = command if command.author else replace(command, author="ana")
        problem = self.response.problem(command)
        return f"refused: {problem}" if problem else self.response.perform(command)

    def look(self) -> Observation:
        response = self.response
        return Observation(
            second=int(self.env.now) // MICRO,
            services={},
            entries={},
            pages=response.pages(),
            alerts=response.alerts(),
            steps=response.steps(),
            incident=response.incident(),
            joined=response.joined(),
        )


def all_well(subject: str, metric: str, second: int) -> float:
    return 1.0


@pytest.fixture
def make_exercise():
    def make(steps: list[dict[str, Any]] | None = None, **keys: Any) -> Exercise:
        book = Playbook.model_validate({"gameday": 1, "title": "book", "steps": steps or STEPS})
        return Exercise("test", Scenario.model_validate({**SCENARIO, **keys}), {"book": book})

    return make


@pytest.fixture
def make_stage(make_exercise):
    def make(read: Read = all_well, *, seed: int = 7, steps: list[dict[str, Any]] | None = None, **keys: Any) -> Stage:
        return Stage(make_exercise(steps, **keys), read, seed)

    return make


@pytest.fixture
def logins_fail_from():
    """Signals in which logins fail from one second on, and are fine again from another."""

    def make(begin: int, end: int = 1_000_000) -> Read:
        return lambda subject, metric, second: 0.5 if begin < second <= end else 1.0

    return make


@pytest.fixture
def people():
    """The people of the small scenario, to be changed by a test."""
    return {name: dict(person) for name, person in SCENARIO["people"].items()}

"""A small incident with colleagues, in a real session: the database is deployed at 1:00, and slow from then on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gameday.core.commands import Verdict, parse_command
from gameday.core.events import Event, seen_by
from gameday.core.signals import PersonView
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Playbook, Scenario
from gameday.session.session import Session

AT_ONCE = {"p": "100%", "delay": "5s", "spread": 0}

SCENARIO: dict[str, Any] = {
    "gameday": 1,
    "title": "a small shop",
    "summary": "for tests",
    "duration": "15m",
    "briefing": "a quiet day",
    "system": {
        "services": {
            "web": {"team": "shop", "service_time": "5ms", "workers": 20, "version": "1"},
            "db": {
                "kind": "database",
                "team": "data",
                "service_time": "20ms",
                "workers": 2,
                "queue_limit": 100,
                "version": "7",
            },
            "mail": {"team": "post", "service_time": "5ms", "version": "1"},
        },
        "dependencies": [
            {"from": "web", "to": "db", "for": ["login"], "timeout": "500ms", "retries": 3},
            {"from": "web", "to": "mail", "for": ["letter"], "timeout": "500ms"},
        ],
        "traffic": {
            "entries": {
                "login": {"to": "web", "rate": "20/s", "timeout": "3s"},
                "letter": {"to": "web", "rate": "2/s", "timeout": "3s"},
            }
        },
    },
    "slos": {"login": {"good": "99%", "within": "1s"}},
    "people": {
        "ana": {"team": "shop"},
        "dan": {"team": "data", "responds": AT_ONCE},
        "eve": {"team": "shop", "responds": AT_ONCE},
        "pia": {"team": "post", "responds": AT_ONCE},
        "zed": {"team": "data", "responds": {"p": "0%"}, "phone": {"p": "0%"}},
    },
    "teams": {"shop": {"policy": "shop"}, "data": {}, "post": {}},
    "escalation_policies": {"shop": {"rules": [{"escalation_delay": "5m", "targets": ["eve"]}]}},
    "alerts": {
        "logins": {"when": "login.success < 90% over 20s", "for": "10s", "policy": "shop", "summary": "logins fail"}
    },
    "actions": [{"verb": "rollback", "on": "db", "takes": "30s", "cost": "a minute without writes"}],
    "seats": [{"person": "ana"}],
    "variants": {
        "only": {
            "cause": {"component": "db", "mechanism": "bad-deploy"},
            "faults": [
                {
                    "kind": "bad-deploy",
                    "at": "60s",
                    "service": "db",
                    "version": "8",
                    "effects": [{"service": "db", "service_time": 10}],
                }
            ],
        }
    },
    "injects": [{"at": "50s", "kind": "deploy", "service": "mail", "version": "2", "text": "letters"}],
    "playbooks": ["book"],
}

STEADY = {"pace": "5s", "forgets": "0%", "wrong": "0%"}


class Game:
    """A session that the tests play. `log` has what ana can see, `all` everything."""

    def __init__(self, exercise: Exercise, seed: int) -> None:
        self.session = Session(exercise, seed)

    @property
    def all(self) -> list[Event]:
        return self.session.events

    @property
    def log(self) -> list[str]:
        return [event.text() for event in self.all if seen_by(event, self.session.played)]

    def run(self, seconds: float) -> None:
        """Lets so much time pass."""
        self.session.run_to(self.session.now + round(seconds * MICRO))

    def say(self, text: str) -> Verdict:
        return self.session.submit(parse_command(text))

    def fetch(self, *people: str) -> None:
        """Pages those who are not here, and waits until they have joined and said so."""
        for person in people:
            if not self.session.response.is_here(person):
                assert self.say(f"page {person}").accepted
        self.run(10)

    def of(self, kind: type[Any], **fields: object) -> list[Any]:
        """The events of a kind with these fields."""
        return [
            event
            for event in self.all
            if isinstance(event, kind) and all(getattr(event, name) == value for name, value in fields.items())
        ]

    def said(self, person: str) -> list[str]:
        """What somebody said, in order."""
        return [event.text() for event in self.all if event.kind == "Said" and getattr(event, "person", "") == person]

    def person(self, name: str) -> PersonView:
        return next(view for view in self.session.response.roster() if view.name == name)


def works_of(**keys: object) -> dict[str, object]:
    return {**STEADY, **keys}


@pytest.fixture
def small_exercise() -> Callable[..., Exercise]:
    """The exercise; `works` per person, `others` replace keys of the scenario."""

    def make(works: dict[str, dict[str, object]] | None = None, **others: Any) -> Exercise:
        people = {
            name: {**person, "works": works_of(**(works or {}).get(name, {}))}
            for name, person in SCENARIO["people"].items()
        }
        book = Playbook.model_validate({"gameday": 1, "title": "book", "steps": [{"id": "one", "text": "the first"}]})
        return Exercise("small", Scenario.model_validate({**SCENARIO, "people": people, **others}), {"book": book})

    return make


@pytest.fixture
def make_game(small_exercise: Callable[..., Exercise]) -> Callable[..., Game]:
    def make(seed: int = 7, **keys: Any) -> Game:
        return Game(small_exercise(**keys), seed)

    return make

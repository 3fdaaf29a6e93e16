"""A small incident in a real session, under a simulated commander: the database is deployed at 1:00, and slow then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gameday.core.commands import Verdict, parse_command
from gameday.core.events import Event, seen_by
from gameday.core.signals import PersonView, QuestionView
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Playbook, Scenario
from gameday.session.session import Session

AT_ONCE = {"p": "100%", "delay": "5s", "spread": 0}
STEADY = {"pace": "5s", "forgets": "0%", "wrong": "0%"}

SCENARIO: dict[str, Any] = {
    "gameday": 1,
    "title": "a small shop",
    "summary": "for tests",
    "duration": "20m",
    "briefing": "A quiet day.",
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
        },
        "dependencies": [{"from": "web", "to": "db", "for": ["login"], "timeout": "500ms", "retries": 1}],
        "traffic": {
            "entries": {
                "login": {"to": "web", "rate": "20/s", "timeout": "3s", "summary": "logging in"},
                "browse": {"to": "web", "rate": "5/s", "timeout": "3s", "summary": "looking at products"},
            }
        },
    },
    "slos": {"login": {"good": "99%", "within": "1s"}, "browse": {"good": "99%", "within": "1s"}},
    "people": {
        "ana": {"team": "shop", "title": "shop on-call"},
        "dan": {"team": "data", "title": "database administrator", "responds": AT_ONCE, "works": STEADY},
        "eve": {"team": "shop", "responds": AT_ONCE, "works": STEADY},
        "zed": {"team": "data", "responds": {"p": "0%"}, "phone": {"p": "100%", "delay": "10s", "spread": 0}},
    },
    "teams": {"shop": {"policy": "shop"}, "data": {}},
    "escalation_policies": {"shop": {"rules": [{"escalation_delay": "5m", "targets": ["ana"]}]}},
    "alerts": {
        "logins": {"when": "login.success < 90% over 20s", "for": "10s", "policy": "shop", "summary": "logins fail"}
    },
    "actions": [{"verb": "rollback", "on": "db", "takes": "30s", "approval": True}],
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
    "playbooks": ["book"],
}


class Game:
    """A session that the tests play."""

    def __init__(self, exercise: Exercise, seed: int) -> None:
        self.session = Session(exercise, seed)

    @property
    def log(self) -> list[str]:
        """What ana can see, as text."""
        return [event.text() for event in self.session.events if seen_by(event, ("ana",))]

    def until(self, second: float) -> Game:
        self.session.run_to(round(second * MICRO))
        return self

    def say(self, *texts: str) -> Verdict:
        """Gives commands one after another; the verdict of the last."""
        verdict = Verdict(False, "nothing said")
        for text in texts:
            verdict = self.session.submit(parse_command(text))
        return verdict

    def of(self, kind: type[Any], **fields: object) -> list[Any]:
        """The events of a kind with these fields."""
        return [
            event
            for event in self.session.events
            if isinstance(event, kind) and all(getattr(event, name) == value for name, value in fields.items())
        ]

    def said(self, person: str) -> list[str]:
        """What somebody said in the channel, in order."""
        return [event.text() for event in self.session.events if _speaks(event, person)]

    def question(self, kind: str) -> QuestionView:
        """The newest open question of a kind. Raises IndexError where there is none."""
        return [question for question in self.session.response.questions() if question.kind == kind][-1]

    def roles(self) -> dict[str, str]:
        return dict(self.session.response.incident().roles)

    def person(self, name: str) -> PersonView:
        return next(view for view in self.session.response.roster() if view.name == name)


def _speaks(event: Event, person: str) -> bool:
    return event.kind == "Said" and getattr(event, "person", "") == person


@pytest.fixture
def make_exercise() -> Callable[..., Exercise]:
    """The exercise in a hat; `keys` replace keys of the scenario."""

    def make(hat: str = "", **keys: Any) -> Exercise:
        book = Playbook.model_validate({"gameday": 1, "title": "book", "steps": [{"id": "one", "text": "the first"}]})
        plain = Exercise("small", Scenario.model_validate({**SCENARIO, **keys}), {"book": book})
        return plain.dressed(hat) if hat else plain

    return make


@pytest.fixture
def make_game(make_exercise: Callable[..., Exercise]) -> Callable[..., Game]:
    def make(hat: str = "", seed: int = 7, **keys: Any) -> Game:
        return Game(make_exercise(hat, **keys), seed)

    return make


@pytest.fixture
def people() -> dict[str, dict[str, Any]]:
    """The people of the scenario, to be changed by a test."""
    return {name: dict(person) for name, person in SCENARIO["people"].items()}

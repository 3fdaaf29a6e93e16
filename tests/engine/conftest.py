"""A small world to change and look at: a shop with a front, an api and a database, and two entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import simpy

from gameday.core.commands import parse_command
from gameday.core.events import Event
from gameday.core.units import MICRO
from gameday.engine.world import World
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Playbook, Scenario


def shop(**changes: Any) -> dict[str, Any]:
    """The scenario as plain data; `changes` replace top-level keys."""
    data: dict[str, Any] = {
        "gameday": 1,
        "title": "Shop",
        "summary": "a shop",
        "duration": "10m",
        "briefing": "mind the shop",
        "system": {
            "services": {
                "front": {"kind": "gateway", "service_time": "1ms", "workers": 4, "team": "web"},
                "api": {"service_time": "5ms", "replicas": 2, "workers": 4, "team": "web", "start_up": "10s"},
                "db": {"kind": "database", "service_time": "10ms", "workers": 4, "team": "data"},
            },
            "dependencies": [
                {"from": "front", "to": "api", "timeout": "2s"},
                {"from": "api", "to": "db", "timeout": "500ms", "retries": 1},
            ],
            "flags": {"birch": {"effects": [{"service": "db", "segment": "abroad", "latency": "300ms"}]}},
            "traffic": {
                "entries": {
                    "read": {"to": "front", "rate": "40/s", "timeout": "3s", "segments": {"abroad": "25%"}},
                    "write": {"to": "front", "rate": "10/s", "timeout": "3s"},
                }
            },
        },
        "slos": {"read": {"good": "99%", "within": "1s"}, "write": {"good": "99%", "within": "1s"}},
        "people": {"ana": {"team": "web"}, "dan": {"team": "data"}},
        "teams": {"web": {}, "data": {}},
        "seats": [{"person": "ana"}],
        "variants": {
            "slow": {
                "cause": {"component": "db", "mechanism": "slow"},
                "faults": [{"kind": "latency", "at": "60s", "service": "db", "factor": 2}],
            }
        },
        "playbooks": ["look"],
    }
    return data | changes


class Rig:
    """A world with a clock that a test turns by hand."""

    def __init__(self, data: dict[str, Any], variant: str | None) -> None:
        book = Playbook.model_validate({"gameday": 1, "title": "Look", "steps": [{"id": "look", "text": "Look."}]})
        exercise = Exercise("shop", Scenario.model_validate(data), {"look": book})
        self.env = simpy.Environment(initial_time=0)
        self.events: list[Event] = []
        self.joined: set[str] = set()
        self.world = World(self.env, exercise, variant, 7, self.events.append)
        self.world.signals.add_state("people", lambda name: float(name in self.joined))

    def run_to(self, second: float) -> None:
        self.env.run(until=round(second * MICRO))
        _ = self.world.traffic

    def do(self, text: str, author: str = "ana") -> str:
        """Perform a command now, or say why not."""
        command = replace(parse_command(text), author=author)
        return self.world.problem(command) or self.world.perform(command)

    @property
    def log(self) -> list[tuple[float, str]]:
        """What happened, without the objectives: (second, text)."""
        return [(event.at / MICRO, event.text()) for event in self.events if "Objective" not in event.kind]

    @property
    def objectives(self) -> list[tuple[float, str]]:
        """When an objective was missed or met again: (second, text)."""
        return [(event.at / MICRO, event.text()) for event in self.events if "Objective" in event.kind]

    def value(self, subject: str, metric: str, over: int = 10) -> float | None:
        return self.world.signals.value(subject, metric, self.world.signals.upto, over)


@pytest.fixture
def rig() -> Callable[..., Rig]:
    """`rig(variant="slow", **changes)`; without a variant nothing goes wrong."""

    def make(variant: str | None = None, **changes: Any) -> Rig:
        return Rig(shop(**changes), variant)

    return make


@pytest.fixture
def broken(rig: Callable[..., Rig]) -> Callable[..., Rig]:
    """A world with these faults whose system differs: `services` and `edges` change some, the rest adds or replaces."""

    def make(
        *faults: dict[str, Any],
        services: dict[str, dict[str, Any]] | None = None,
        edges: dict[str, dict[str, Any]] | None = None,
        **rest: Any,
    ) -> Rig:
        system = shop()["system"]
        for name, changes in (services or {}).items():
            system["services"][name] = system["services"].get(name, {}) | changes
        for dependency in system["dependencies"]:
            dependency |= (edges or {}).get(f"{dependency['from']}>{dependency['to']}", {})
        system["dependencies"] += rest.pop("more_edges", [])
        system |= rest
        cause = {"component": "db", "mechanism": "slow"}
        variants = {"it": {"cause": cause, "faults": list(faults)}}
        return rig("it" if faults else None, system=system, **({"variants": variants} if faults else {}))

    return make


@pytest.fixture
def with_fault(rig: Callable[..., Rig]) -> Callable[..., Rig]:
    """A world in which exactly these faults happen."""

    def make(*faults: dict[str, Any]) -> Rig:
        cause = {"component": "db", "mechanism": "slow"}
        return rig("it", variants={"it": {"cause": cause, "faults": list(faults)}})

    return make

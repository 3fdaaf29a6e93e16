"""A small exercise and a builder of records: a session is written down second by second, no engine runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from gameday.core.commands import Verdict, parse_command
from gameday.core.events import Event
from gameday.core.units import MICRO, parse_duration
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Playbook, Scenario
from gameday.scoring.proof import ENGINE_VERSION, Par, Proof, VariantProof
from gameday.session.record import EntryHistory, EntryImpact, SessionRecord, TimedCommand

SCENARIO: dict[str, Any] = {
    "gameday": 1,
    "title": "Logins fail",
    "summary": "a small one",
    "duration": "10m",
    "briefing": "Keep it up.",
    "system": {
        "services": {
            "gateway": {"kind": "gateway", "team": "edge", "workers": 40, "service_time": "1ms"},
            "catalog": {"team": "shop", "workers": 8, "service_time": "20ms"},
            "auth": {"team": "auth", "workers": 30, "service_time": "2ms"},
            "sessions-db": {"kind": "database", "team": "auth", "workers": 2, "service_time": "20ms"},
            "island": {"service_time": "1ms"},
        },
        "dependencies": [
            {"from": "gateway", "to": "catalog", "for": ["browse"], "timeout": "1s"},
            {"from": "gateway", "to": "auth", "for": ["login"], "timeout": "2s"},
            {"from": "auth", "to": "sessions-db", "for": ["login"], "timeout": "250ms", "retries": 4},
        ],
        "flags": {"cedar": {"effects": [{"service": "sessions-db", "service_time": 2}]}},
        "traffic": {
            "entries": {
                "browse": {"to": "gateway", "rate": "60/s", "timeout": "3s", "summary": "looking at products"},
                "login": {"to": "gateway", "rate": "20/s", "timeout": "3s", "weight": 2, "summary": "logging in"},
                "crawler": {"to": "gateway", "rate": "5/s", "timeout": "3s", "counts": False},
            }
        },
    },
    "slos": {"browse": {"good": "99%", "within": "1s"}, "login": {"good": "99%", "within": "1s"}},
    "people": {
        "ana": {"team": "auth"},
        "bo": {"team": "auth"},
        "eli": {"team": "edge"},
        "sam": {"team": "shop"},
    },
    "teams": {"auth": {}, "edge": {}, "shop": {}},
    "seats": [{"person": "ana"}],
    "variants": {
        "deploy": {
            "cause": {"component": "sessions-db", "mechanism": "bad-deploy", "sustaining": "retry-storm"},
            "faults": [{"kind": "latency", "at": "60s", "service": "sessions-db", "factor": 4}],
        }
    },
    "mitigations": {"wait": {"summary": "wait", "steps": [{"id": "a", "text": "b"}], "labels": {"deploy": "useless"}}},
    "playbooks": ["book"],
}
BOOK = Playbook(gameday=1, title="a book", steps=({"id": "a", "text": "b"},))  # type: ignore[arg-type]


def build(**changes: Any) -> Exercise:
    return Exercise("small", Scenario.model_validate({**SCENARIO, **changes}), {"book": BOOK})


@pytest.fixture
def make_exercise() -> Callable[..., Exercise]:
    """An exercise with some top-level keys of the scenario replaced."""
    return build


@pytest.fixture
def exercise() -> Exercise:
    return build()


def history(missed: str) -> EntryHistory:
    """A window of ten seconds for each character: `.` meets, `x` misses, a space is empty."""
    judged = [0 if mark == " " else 10 for mark in missed for _ in range(10)]
    bad = [5 if mark == "x" else 0 for mark in missed for _ in range(10)]
    return EntryHistory(judged, bad)


@pytest.fixture
def make_record() -> Callable[..., SessionRecord]:
    """A record from windows (`.x `), events and commands (second, text); 60 windows = 10 minutes unless said."""

    def make(
        login: str = "",
        browse: str = "",
        *,
        events: Sequence[Event] = (),
        commands: Sequence[tuple[int, str]] = (),
        queues: Mapping[str, Sequence[float]] | None = None,
        impact: Mapping[str, EntryImpact] | None = None,
        players: tuple[str, ...] = ("ana",),
        windows: int = 60,
        horizon: str = "10m",
        aborted: bool = False,
        exercise: Exercise | None = None,
        variant: str = "deploy",
        rejected: Sequence[int] = (),
    ) -> SessionRecord:
        return SessionRecord(
            exercise=exercise or build(),
            variant=variant,
            seed=1,
            responder="human",
            players=players,
            length=windows * 10 * MICRO,
            horizon=parse_duration(horizon),
            events=tuple(events),
            commands=tuple(
                TimedCommand(at * MICRO, parse_command(text), Verdict(at not in rejected, "")) for at, text in commands
            ),
            entries={"login": history(login.ljust(windows, ".")), "browse": history(browse.ljust(windows, "."))},
            impact=impact or {},
            queues=queues or {},
            aborted=aborted,
            digest="d",
        )

    return make


@pytest.fixture
def make_proof(exercise: Exercise) -> Callable[..., Proof]:
    """A proof whose par is: acknowledged 60 s, engaged 60 s, mitigated 200 s, recovered 320 s; B 1000 of 5000."""

    def make(par: Mapping[str, float | None] | None = None, **changes: Any) -> Proof:
        times = {
            "impact_began": 60.0, "acknowledged": 60.0, "engaged": 60.0, "mitigated": 200.0, "recovered": 320.0,
        }  # fmt: skip
        variant = {
            "par": Par.model_validate({**times, **(par or {})}),
            "bad_par": 1000.0,
            "bad_nothing": 5000.0,
            "floor": 100.0,
            "baseline": 10000.0,
            "served": 0.5,
            "hurt": ("login",),
            **changes,
        }
        return Proof(
            scenario="small",
            scenario_digest=exercise.digest,
            engine_version=ENGINE_VERSION,
            seeds=200,
            label_seeds=20,
            horizon=parse_duration("10m"),
            variants={"deploy": VariantProof.model_validate(variant)},
        )

    return make

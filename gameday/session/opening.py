"""How a recording begins: the header of a journal, and the versions that exact figures depend on."""

from __future__ import annotations

import platform
from collections.abc import Mapping

import simpy

from gameday import __version__
from gameday.core.signals import ENTRY_COLUMNS
from gameday.core.text import clean_line
from gameday.scenario.exercise import Exercise
from gameday.session.keyframes import NUMBER_COLUMNS
from gameday.session.places import started_at
from gameday.session.records import Header


def versions() -> dict[str, str]:
    """What a simulation's exact figures depend on."""
    return {
        "gameday": __version__,
        "python": platform.python_version(),
        "simpy": str(simpy.__version__),
        "platform": f"{platform.system()} {platform.machine()} {' '.join(platform.libc_ver())}".strip(),
    }


def header(
    exercise: Exercise,
    *,
    seed: int,
    variant: str,
    players: tuple[str, ...],
    responder: str,
    horizon: int,
    speed: float,
    roster: Mapping[str, str],
    source: str,
) -> Header:
    """The first record of a journal; `horizon` in microseconds."""
    system = exercise.scenario.system
    return Header(
        started=started_at(),
        versions=versions(),
        scenario=exercise.name,
        digest=exercise.digest,
        exercise=exercise.to_json(),
        seed=seed,
        variant=variant,
        players=players,
        responder=responder,
        horizon=horizon,
        speed=float(speed),
        roster={clean_line(person): clean_line(name) for person, name in roster.items()},
        source=clean_line(source),
        services=tuple(system.services),
        entries=tuple(system.traffic.entries),
        service_columns=NUMBER_COLUMNS,
        entry_columns=ENTRY_COLUMNS,
    )

"""Run as a module: plays the beginning of every built-in scenario and prints the digest of each run, as JSON.

`GAMEDAY_SEEDS=N` plays each N times, with other seeds: `make prove` does so for a thousand runs in all.
"""

from __future__ import annotations

import json
import os
import sys

from gameday.core.units import MICRO
from gameday.response.responder import make_policy
from gameday.scenario.load import library_names, load
from gameday.session import collector
from gameday.session.drive import drive
from gameday.session.session import Session

LENGTH = 150 * MICRO
SEED = 20
SEEDS = int(os.environ.get("GAMEDAY_SEEDS", "1"))


def fingerprints() -> dict[str, str]:
    """Scenario, variant and responder -> digest of every second of the run; a seed of its own for each."""
    found: dict[str, str] = {}
    exercises = {name: load(name) for name in library_names()}
    runs = [(name, responder) for name in exercises for responder in ("playbook", "random")]
    for _ in range(SEEDS):
        for name, responder in runs:
            seed, exercise = SEED + len(found), exercises[name]
            session = Session(exercise, seed)
            drive(session, make_policy(responder, exercise, seed), until=LENGTH)
            collector.collect()
            found[f"{name} {session.variant} {responder} {seed}"] = session.finish(aborted=True).digest
    return found


if __name__ == "__main__":
    collector.relax()
    sys.stdout.write(json.dumps(fingerprints()))

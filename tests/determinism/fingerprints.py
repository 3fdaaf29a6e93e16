"""Run as a module: plays the beginning of every built-in scenario and prints the digest of each run, as JSON."""

from __future__ import annotations

import json
import sys

from gameday.core.units import MICRO
from gameday.response.responder import make_policy
from gameday.scenario.load import library_names, load
from gameday.session.drive import drive
from gameday.session.session import Session

LENGTH = 150 * MICRO
SEED = 20


def fingerprints() -> dict[str, str]:
    """Scenario, variant and responder -> digest of every second of the run; a seed of its own for each."""
    found: dict[str, str] = {}
    for name in library_names():
        exercise = load(name)
        for responder in ("playbook", "random"):
            seed = SEED + len(found)
            session = Session(exercise, seed)
            drive(session, make_policy(responder, exercise, seed), until=LENGTH)
            found[f"{name} {session.variant} {responder} {seed}"] = session.finish(aborted=True).digest
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fingerprints()))

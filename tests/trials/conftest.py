from __future__ import annotations

import json
from pathlib import Path

import pytest

from gameday.scenario.exercise import Exercise

TINY = Path(__file__).parents[1] / "trials" / "tiny.json"


@pytest.fixture(scope="session")
def tiny() -> Exercise:
    """A web service over a database, six minutes; a run costs a tenth of a second."""
    return Exercise.from_json("tiny", json.loads(TINY.read_text()))

"""The tiny exercise and the journal of one session of it, made once."""

from __future__ import annotations

import pytest

from gameday.scenario.exercise import Exercise
from tests.session.small import recorded, tiny


@pytest.fixture(scope="session")
def exercise() -> Exercise:
    return tiny()


@pytest.fixture(scope="session")
def journal_bytes(exercise: Exercise) -> bytes:
    return recorded(exercise)

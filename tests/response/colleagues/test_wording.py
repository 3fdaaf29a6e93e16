from __future__ import annotations

from string import Formatter

import pytest

from gameday.core.units import MICRO
from gameday.response.colleagues.wording import PHRASES, about, phrase


def _fields(way):
    return {name for _, name, _, _ in Formatter().parse(way) if name}


@pytest.mark.parametrize("what", sorted(PHRASES))
def test_everything_can_be_said_in_at_least_three_ways(what):
    ways = PHRASES[what]
    assert len(set(ways)) >= 3
    words = {name: name for way in ways for name in _fields(way)}
    said = {phrase(number / len(ways), what, **words) for number in range(len(ways))}
    assert len(said) == len(ways)


def test_names_and_commands_keep_their_small_letters():
    for number in range(3):
        text = phrase(number / 3, "done", command="rollback db", result="db runs 7")
        assert "rollback db" in text


@pytest.mark.parametrize(("micros", "text"), [(1, "10 s"), (38 * MICRO, "40 s"), (100 * MICRO, "2 min")])
def test_a_wait_is_told_roundly(micros, text):
    assert about(micros) == text

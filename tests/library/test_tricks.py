"""The score cannot be fooled cheaply: what is done for it alone is worth little, beside the playbook nothing."""

from __future__ import annotations

import pytest

from tests.library.tricks import PAGE, TRICKS, line, names, play, tried

NAME = "retry-storm"


@pytest.fixture(scope="module")
def playbook():
    return play(NAME, None, "playbook")


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_alone_fails_and_beside_the_playbook_gains_nothing(trick, playbook):
    alone, beside = tried(NAME, trick)
    assert alone.rating == "U"
    assert beside.total <= playbook.total


def test_the_page_carries_a_line_for_every_trick_and_todays_figures():
    text = PAGE.read_text(encoding="utf-8")
    for trick in TRICKS:
        assert f"\n| {trick} | " in text
    row = next(row for row in text.splitlines() if row.startswith("| SEV-1 for all |"))
    at = 1 + 2 * names().index(NAME)
    assert tuple(cell.strip() for cell in row.strip("|").split("|"))[at : at + 2] == line(NAME, "SEV-1 for all")

"""The page for facilitators says the numbers that the code has."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameday.core.units import MICRO, format_duration
from gameday.response.colleagues import asking, board, hearing, shifts, worker
from gameday.scenario.models.people import Works

PAGE = (Path(__file__).parents[3] / "docs" / "colleagues.md").read_text()


@pytest.mark.parametrize(
    "text",
    [
        f"after {hearing.READS[0] // MICRO} to {hearing.READS[1] // MICRO} s",
        f"give up after {hearing.PATIENCE // (60 * MICRO)} min",
        f"report {asking.MARGIN // MICRO} s before it",
        f"within the last {board.FRESH // MICRO} s",
        f"everything takes {worker.TIRED:g} times as long",
        f"coefficient of variation of {worker.PACE_SPREAD}",
        f"pace: {format_duration(Works().pace)}",
        f"forgets: {Works().forgets:.0%}",
        f"wrong: {Works().wrong:.0%}",
        f"tires_after: {format_duration(Works().tires_after)}",
    ],
)
def test_a_number_of_the_page_is_that_of_the_code(text):
    assert text in PAGE


def test_notice_of_the_end_of_a_shift_is_two_minutes():
    assert shifts.NOTICE == 120 * MICRO and "Two minutes before `shift_ends`" in PAGE

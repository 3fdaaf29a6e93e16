"""CAN reports are taken apart by their labels, and what is missing is named."""

from __future__ import annotations

import time

import pytest

from gameday.core.wording import read_can
from gameday.core.wording.can import PARTS
from tests.core.wording.corpus import read

REPORTS = read("can")["reports"]


@pytest.mark.parametrize("case", REPORTS, ids=lambda case: case["text"][:40] or "empty")
def test_a_report_is_taken_apart_by_its_labels(case):
    reading = read_can(case["text"])
    assert {part: getattr(reading, part) for part in PARTS} == {part: case.get(part, "") for part in PARTS}
    assert reading.missing == tuple(part for part in PARTS if part not in case)
    assert reading.complete is (not reading.missing)


def test_a_hostile_report_is_read_in_no_time():
    began = time.process_time()
    for text in ("c: " * 5000, "needs - " * 5000, " " * 50_000, "(" * 50_000):
        read_can(text)
    assert time.process_time() - began < 1.0

"""Where the panels of the play screen stand: a pure function of the terminal's size and what is looked at.

Below 60 columns only the channel, as a feed; below 100 tabs; below 30 rows neither evidence nor people unless they
are asked for, and the tabs that name them; from 160 columns on a chart besides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

Box = tuple[int, int, int, int]
"""Column, row, width, height."""

FEED_BELOW, WIDE_FROM, CHART_FROM, EVIDENCE_FROM = 60, 100, 160, 30
BELOW = 4
"""Rows under the panels: what is under way, the command line, the line under it, the keys."""

PANELS = ("map", "signals", "pager", "playbook", "channel", "evidence", "people", "chart")


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at. `main` is the panel in the left place where there is only one; `alone` is maximised."""

    main: str = "map"
    alone: str | None = None

    def showing(self, panel: str, width: int, height: int) -> View:
        """The view in which a panel can be seen."""
        if panel in arrange(width, height, self):
            return self
        if panel in ("map", "signals", "evidence", "people") and width >= FEED_BELOW:
            return replace(self, main=panel, alone=None)
        if panel in arrange(width, height, View()):
            return View()
        return replace(self, alone=panel)


def arrange(width: int, height: int, view: View, bars: int = 0) -> dict[str, Box]:
    """Panel -> its box, for all that are shown; `tabs` is the line that names them where there is no room for all.

    `bars` are rows that something else takes under the panels.
    """
    body = max(height - 1 - BELOW - bars, 0)
    if view.alone is not None:
        return {view.alone: (0, 1, width, body)}
    if width < FEED_BELOW:
        return {"channel": (0, 1, width, body)}
    return _wide(width, body, height, view) if width >= WIDE_FROM else _narrow(width, body, view)


def _wide(width: int, body: int, height: int, view: View) -> dict[str, Box]:
    tall = height >= EVIDENCE_FROM
    boxes: dict[str, Box] = {} if tall else {"tabs": (0, 1, width, 1)}
    low = max(body * 26 // 100, 7) if tall else 0
    first = 1 + len(boxes)
    body -= len(boxes)
    top = (body - low) * 54 // 100
    middle = body - low - top
    if view.main in ("evidence", "people") and not tall:
        boxes[view.main] = (0, first, width, top)
    else:
        boxes |= _top_row(width, first, top)
    third = width * 32 // 100
    y = first + top
    boxes["pager"] = (0, y, third, middle)
    boxes["playbook"] = (third, y, third, middle)
    boxes["channel"] = (2 * third, y, width - 2 * third, middle)
    if tall:
        people = width * 34 // 100
        boxes["evidence"] = (0, y + middle, width - people, low)
        boxes["people"] = (width - people, y + middle, people, low)
    return boxes


def _top_row(width: int, y: int, height: int) -> dict[str, Box]:
    if width < CHART_FROM:
        left = width * 55 // 100
        return {"map": (0, y, left, height), "signals": (left, y, width - left, height)}
    left = width * 42 // 100
    middle = width * 30 // 100
    return {
        "map": (0, y, left, height),
        "signals": (left, y, middle, height),
        "chart": (left + middle, y, width - left - middle, height),
    }


def _narrow(width: int, body: int, view: View) -> dict[str, Box]:
    boxes: dict[str, Box] = {"tabs": (0, 1, width, 1)}
    low = max((body - 1) * 36 // 100, 3)
    top = max(body - 1 - low, 0)
    if view.main == "evidence":
        boxes["evidence"] = (0, 2, width, top)
    else:
        left = width * 57 // 100
        pager = max(top * 48 // 100, 3)
        boxes[view.main] = (0, 2, left, top)
        boxes["pager"] = (left, 2, width - left, pager)
        boxes["playbook"] = (left, 2 + pager, width - left, top - pager)
    boxes["channel"] = (0, 2 + top, width, low)
    return boxes

"""The characters drawings are made of: one rich set, one in plain ASCII."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STATUSES = ("down", "degraded", "nodata", "ok")
"""Worst first. What a status is decided by belongs to whoever makes the snapshot."""

WORDS = {"ok": "ok", "degraded": "degraded", "down": "down", "nodata": "no data"}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters. `light` and `heavy` are indexed by the sum of up 1, right 2, down 4, left 8.

    `corners_tell`: the sides that a corner connects can be seen from its character.
    """

    status: Mapping[str, str]
    blocks: str
    light: str
    heavy: str
    arrow: str
    cycle: str
    acting: str
    paused: str
    running: str
    corners: str
    horizontal: str
    vertical: str
    full: str
    empty: str
    partial: str
    ends: str
    dot: str
    braille: bool
    corners_tell: bool
    spelling: Mapping[int, int]

    def mark(self, status: str) -> str:
        """The glyph of `status`; an unknown status has no data."""
        return self.status.get(status, self.status["nodata"])

    def spell(self, text: str) -> str:
        """`text` with the signs that the product itself writes (ellipsis, dash, arrows) in this set, cell for cell."""
        return text.translate(self.spelling) if self.spelling and not text.isascii() else text


UNICODE = Glyphs(
    status={"ok": "●", "degraded": "▲", "down": "✖", "nodata": "?"},
    blocks="▁▂▃▄▅▆▇█",
    light=" ╵╶└╷│┌├╴┘─┴┐┤┬┼",
    heavy=" ╹╺┗╻┃┏┣╸┛━┻┓┫┳╋",
    arrow="▸",
    cycle="↩",
    acting="⟳",
    paused="⏸",
    running="▶",
    corners="┌┐└┘",
    horizontal="─",
    vertical="│",
    full="█",
    empty="░",
    partial="▏▎▍▌▋▊▉",
    ends="▕▏",
    dot="·",
    braille=True,
    corners_tell=True,
    spelling={},
)

ASCII = Glyphs(
    status={"ok": "o", "degraded": "!", "down": "X", "nodata": "?"},
    blocks="_.-:=+*#",
    light=" |-+||++-+-+++++",
    heavy=" #=#####=#=#####",
    arrow=">",
    cycle="@",
    acting="~",
    paused="||",
    running=">",
    corners="++++",
    horizontal="-",
    vertical="|",
    full="#",
    empty=".",
    partial="",
    ends="[]",
    dot="-",
    braille=False,
    corners_tell=False,
    spelling=str.maketrans("…–−·×▲▼▶→←↑↓✔●✖○⟳↯█∞", "~---x^v>><^v+oXo~!#X"),
)

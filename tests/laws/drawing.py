"""Pictures of the tables of metastability, as SVG made of plain text: the same table gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.laws.tables import PAGE
from tests.laws.test_law_09_metastability import RAMP, STEPS, SWEEP

CELL = 44
LEFT, TOP = 64, 56
INK, PALE, ALARM = "#333", "#999", (192, 57, 43)
Lines = Mapping[str, tuple[str, ...]]


def pictures(tables: Mapping[str, Lines]) -> dict[Path, str]:
    """Path -> SVG, from what the tables with these titles say."""
    folder = PAGE.parent / "img"
    return {
        folder / "metastable-sweep.svg": heat_map(tables[SWEEP.title]),
        folder / "metastable-hysteresis.svg": hysteresis(tables[RAMP.title]),
    }


def heat_map(lines: Lines) -> str:
    """Load upwards, the trigger's length to the right; the redder, the likelier the system stays down."""
    rows = list(reversed(lines.items()))
    width, height = LEFT + CELL * len(SWEEP.heads[1:]) + 24, TOP + CELL * len(rows) + 44
    parts = [_text(LEFT, 22, "Still down three minutes later", size=14)]
    parts.append(_text(LEFT, 42, "load, by how long half the capacity was gone", colour=PALE))
    for number, (load, cells) in enumerate(rows):
        y = TOP + number * CELL
        parts.append(_text(LEFT - 8, y + CELL / 2 + 4, load, anchor="end"))
        for column, cell in enumerate(cells):
            x, share = LEFT + column * CELL, float(cell)
            parts.append(f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{CELL - 2}" fill="{_red(share)}"/>')
            colour = "#fff" if share > 0.5 else INK
            parts.append(_text(x + CELL / 2 - 1, y + CELL / 2 + 4, cell, anchor="middle", colour=colour))
    for column, head in enumerate(SWEEP.heads[1:]):
        parts.append(_text(LEFT + column * CELL + CELL / 2 - 1, height - 26, head, anchor="middle"))
    return _svg(width, height, parts)


def hysteresis(lines: Lines) -> str:
    """What is answered by load, on the way up (full) and down (dashed); a panel for each sort of caller."""
    side, gap = 230, 70
    width, height = LEFT + len(lines) * (side + gap), TOP + side + 44
    parts = [_text(LEFT, 22, "Load rises (full line), then falls (dashed): answered requests in percent", size=14)]
    top = STEPS.index(max(STEPS))
    for number, (callers, cells) in enumerate(lines.items()):
        x0, y0 = LEFT + number * (side + gap), TOP + side
        points = [
            (x0 + side * load / max(STEPS), y0 - side * float(cell) / 100)
            for load, cell in zip(STEPS, cells, strict=True)
        ]
        parts.append(_text(x0, 44, callers, colour=PALE))
        parts.append(f'<path d="M{x0} {TOP}V{y0}H{x0 + side}" fill="none" stroke="{PALE}"/>')
        parts.append(_line(points[: top + 1], ""))
        parts.append(_line(points[top:], ' stroke-dasharray="6 4"'))
        ticks = range(0, max(STEPS) + 1, 40)
        parts += [_text(x0 + side * load / max(STEPS), y0 + 18, f"{load} %", anchor="middle") for load in ticks]
        parts += [_text(x0 - 6, y0 - side * share / 100 + 4, str(share), anchor="end") for share in (0, 50, 100)]
    return _svg(width, height, parts)


def _svg(width: int, height: int, parts: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    body = "\n".join([f'<rect width="{width}" height="{height}" fill="#fff"/>', *parts])
    return f'{head} font-family="sans-serif" font-size="12">\n{body}\n</svg>\n'


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK, size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{text}</text>'


def _line(points: list[tuple[float, float]], style: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{_red(1.0)}" stroke-width="2"{style}/>'


def _red(share: float) -> str:
    return "#" + "".join(f"{round(245 + (colour - 245) * share):02x}" for colour in ALARM)

"""Where the CPU time goes, by module: the kernel on the graph of `kernel.py`, and a whole game of a library scenario.

A timer interrupts every few milliseconds of CPU time and sees what runs; what C does for a function counts as its own.
Python lets itself be interrupted only at calls: what is seen at the first instruction of a function counts half for it
and half for its caller. So the shares are good to a few per cent of the whole. Needs a system with SIGPROF.
Run from the root of the project: `python benchmarks/shares.py [--svg FILE]`.
"""

from __future__ import annotations

import argparse
import signal
import sys
from ast import get_docstring, parse
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kernel import GRAPH
from gameday.engine.traffic.kernel import Traffic
from gameday.scenario.load import load
from gameday.session import collector
from gameday.session.session import Session

ROOT = Path(__file__).resolve().parent.parent
SECOND = 1_000_000
INTERVAL = 0.001
LEAST = 0.015
"""Modules with a smaller share are shown together."""

Shares = dict[str, float]


def sampled(run: Callable[[], None]) -> Shares:
    """Which share of the CPU time is spent in which module, the greatest first."""
    counts: Counter[str] = Counter()

    def take(_: int, frame: FrameType | None) -> None:
        if frame is not None:
            caller = frame.f_back if frame.f_lasti <= 2 and frame.f_back is not None else frame
            counts[_place(frame)] += 1
            counts[_place(caller)] += 1

    before = signal.signal(signal.SIGPROF, take)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        run()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)
    return {place: count / counts.total() for place, count in counts.most_common()}


def _place(frame: FrameType) -> str:
    path = Path(frame.f_code.co_filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT / "gameday") else "Python and its libraries"


def kernel() -> None:
    """The graph of benchmarks/kernel.py for four simulated minutes."""
    Traffic(GRAPH, 7).advance(240 * SECOND)


def game() -> None:
    """Two whole games that nobody plays."""
    exercise = load("otel-shop")
    for seed in (7, 8):
        session = Session(exercise, seed, responder="idle")
        session.run_to(session.length)


def measure() -> tuple[Shares, Shares]:
    """The shares of both, what is below the least together at the end."""
    collector.relax()
    return _gathered(sampled(kernel)), _gathered(sampled(game))


def _gathered(shares: Shares) -> Shares:
    great = {place: share for place, share in shares.items() if share >= LEAST}
    return {**great, "the rest": 1.0 - sum(great.values())}


def report(measured: tuple[Shares, Shares]) -> list[str]:
    """A Markdown table."""
    graph, whole = measured
    places = [place for place in dict.fromkeys((*graph, *whole)) if place != "the rest"]
    return [
        "| module | the benchmark's graph | a whole game | what it does |",
        "|---|---:|---:|---|",
        *(
            f"| {place} | {graph.get(place, 0.0):.0%} | {whole.get(place, 0.0):.0%} | {_about(place)} |"
            for place in (*places, "the rest")
        ),
    ]


def _about(place: str) -> str:
    """The first sentence of a module's docstring."""
    path = ROOT / place
    text = get_docstring(parse(path.read_text("utf-8"))) if path.suffix == ".py" else None
    return (text or "").split("\n")[0].split(". ")[0].rstrip(".")


def drawing(measured: tuple[Shares, Shares]) -> str:
    """Both as bars, in SVG."""
    graph, whole = measured
    places = [place for place in dict.fromkeys((*graph, *whole)) if place != "the rest"] + ["the rest"]
    row, left, scale = 30, 290, 1_000
    height = 44 + row * len(places)
    greatest = max(*graph.values(), *whole.values())
    width = left + round(greatest * scale) + 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<rect x="{left}" y="12" width="12" height="10" fill="#2f6f9f"/>',
        f'<text x="{left + 18}" y="21" fill="#222222">a graph of 12 services</text>',
        f'<rect x="{left + 180}" y="12" width="12" height="10" fill="#d08a2e"/>',
        f'<text x="{left + 198}" y="21" fill="#222222">a whole game</text>',
    ]
    for number, place in enumerate(places):
        top = 36 + row * number
        parts.append(
            f'<text x="{left - 8}" y="{top + 15}" text-anchor="end" fill="#222222">'
            f"{escape(place.removeprefix('gameday/').removesuffix('.py'))}</text>"
        )
        for share, offset, colour in ((graph.get(place, 0.0), 0, "#2f6f9f"), (whole.get(place, 0.0), 11, "#d08a2e")):
            if share:
                length = max(1, round(share * scale))
                parts.append(
                    f'<rect x="{left}" y="{top + offset}" width="{length}" height="10" fill="{colour}"/>'
                    f'<text x="{left + length + 4}" y="{top + offset + 9}" font-size="10" fill="#222222">'
                    f"{share:.0%}</text>"
                )
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    """Print the table; draw it where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--svg", type=Path)
    svg = parser.parse_args().svg
    measured = measure()
    if svg is not None:
        svg.write_text(drawing(measured), "utf-8")
    print("\n".join(report(measured)))


if __name__ == "__main__":
    main()

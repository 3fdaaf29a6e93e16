"""Computes the tables and the picture of docs/alerting.md, from the rules that alerts run by and from sessions.

python docs/alerting.py            say what the page or the picture has otherwise (exit 1)
python docs/alerting.py --write    let them carry what the code says
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gameday.core.events import AlertCleared, AlertFired  # noqa: E402
from gameday.core.units import MICRO, format_duration  # noqa: E402
from gameday.scenario.alert_rules import BurnRate, rule_of  # noqa: E402
from gameday.scenario.exercise import Exercise  # noqa: E402
from gameday.scenario.load import load  # noqa: E402
from gameday.scenario.models import Scenario  # noqa: E402
from gameday.session.session import Session  # noqa: E402

PAGE = ROOT / "docs" / "alerting.md"
PICTURE = ROOT / "docs" / "img" / "burn-windows.svg"

HOUR, DAY = 3600, 86_400
PERIOD = 30 * DAY
WORKBOOK = ((1, 14.4, HOUR, 300), (1, 6.0, 6 * HOUR, 1800), (1, 1.0, 72 * HOUR, 6 * HOUR))
GAME = ((12, 14.4, 300, 25), (12, 6.0, 1800, 150), (60, 14.4, 60, 5), (60, 6.0, 360, 30))
"""By how much time is compressed, rate, long and short window in seconds; the workbook's, and those of a game."""

BEGINS, LASTS, LENGTH = 60, 90, 300
"""The outage of the sessions, in seconds."""


@dataclass(frozen=True)
class Course:
    """A session with an outage, seen through one burn rate: each second's rates, and when it fired and cleared."""

    rule: BurnRate
    short: tuple[float, ...]
    long: tuple[float, ...]
    bad: float
    fired: int | None
    cleared: int | None


def course(share: str) -> Course:
    """A small shop whose database fails with this share of its requests for a while."""
    base = load(str(ROOT / "tests" / "data" / "scenarios" / "tiny.yaml"))
    data = base.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    burn = {"entry": "order", "rate": 14.4, "long": "2m", "short": "10s"}
    fault = {"kind": "errors", "at": f"{BEGINS}s", "lasts": f"{LASTS}s", "service": "db", "share": share}
    data |= {
        "duration": f"{LENGTH}s",
        "alerts": {"orders": {"burn": burn, "policy": "shop", "summary": "orders burn their budget"}},
        "variants": {"only": {"cause": {"component": "db", "mechanism": "errors"}, "faults": [fault]}},
        "injects": [],
    }
    scenario = Scenario.model_validate(data)
    session = Session(Exercise("shop", scenario, base.playbooks), 7)
    session.run_to(LENGTH * MICRO)
    rule = rule_of(scenario.alerts["orders"], scenario.slos)
    assert isinstance(rule, BurnRate)
    rates = {
        window: tuple(rule.over(session.signals, second, window) or 0.0 for second in range(1, LENGTH))
        for window in (rule.short, rule.long)
    }
    times = {kind: [event.second for event in session.events if isinstance(event, kind)] for kind in _TURNS}
    bad = session.signals.value("order", "bad", BEGINS + LASTS, LASTS) or 0.0
    fired, cleared = (next(iter(times[kind]), None) for kind in _TURNS)
    return Course(rule, rates[rule.short], rates[rule.long], bad, fired, cleared)


_TURNS = (AlertFired, AlertCleared)


def windows(pairs: tuple[tuple[int, float, int, int], ...], good: float, shares: tuple[float, ...]) -> str:
    """What each pair of windows spends, and how long it takes to fire, by the share of bad requests."""
    heads = ["rate", "long", "short", "bad share", "budget spent", *(f"fires at {share:.0%} bad" for share in shares)]
    rows = []
    for compression, rate, long, short in pairs:
        rule = BurnRate("", good, rate, long, short)
        after = [_seconds(rule.fires_after(share)) for share in shares]
        what = [f"{rate:g}x", _seconds(long), _seconds(short), f"over {rule.share * 100:.3g}%"]
        rows.append([*what, f"{rule.spent(PERIOD / compression):.0%}", *after])
    return _table(heads, rows)


def measured(courses: list[Course]) -> str:
    """The arithmetic beside what happened in sessions."""
    heads = ["bad in the outage", "fires after, computed", "in the session", "clears after, computed", "in the session"]
    rows = []
    for one in courses:
        after = one.rule.fires_after(one.bad)
        if after is None or one.fired is None:
            rows.append([f"{one.bad:.1%}", _seconds(after), "never" if one.fired is None else "fired", "", ""])
            continue
        cleared = "" if one.cleared is None else f"{one.cleared - BEGINS - LASTS}s"
        clears = one.rule.lets_go_after(one.bad) + 30
        rows.append([f"{one.bad:.1%}", f"{after:.1f}s", f"{one.fired - BEGINS}s", f"{clears:.1f}s", cleared])
    return _table(heads, rows)


def picture(one: Course) -> str:
    """Both windows over time, as SVG made of plain text: the same course gives the same bytes."""
    left, top, width, height = 60, 50, 600, 220
    most = 105.0

    def at(second: float, rate: float) -> tuple[float, float]:
        return left + width * second / LENGTH, top + height * (1 - rate / most)

    parts = [_text(left, 24, "An outage of 90 s, seen through two windows", size=14)]
    if one.fired is not None and one.cleared is not None:
        begin, end = at(one.fired, 0)[0], at(one.cleared, 0)[0]
        parts.append(f'<rect x="{begin:.1f}" y="{top}" width="{end - begin:.1f}" height="{height}" fill="#fbe9e7"/>')
        parts.append(_text(begin + 4, top + 32, f"fires {one.fired - BEGINS}s into it"))
        parts.append(_text(end + 4, top + 32, f"clears {one.cleared - BEGINS - LASTS}s after it"))
    parts.append(f'<path d="M{left} {top}V{top + height}H{left + width}" fill="none" stroke="#999"/>')
    y = at(0, one.rule.rate)[1]
    parts.append(f'<path d="M{left} {y:.1f}H{left + width}" stroke="#999" stroke-dasharray="3 3"/>')
    parts.append(_text(left + width + 4, y + 4, f"{one.rule.rate:g}x"))
    for rates, colour, name in ((one.short, "#2471a3", "10s"), (one.long, "#c0392b", "2m")):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(second, rate) for second, rate in enumerate(rates, 1)))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        peak = max(rates)
        x, y = at(rates.index(peak) + 1, peak)
        parts.append(_text(x - 6, y - 6, f"over {name}", anchor="end", colour=colour))
    parts += [_text(at(second, 0)[0], top + height + 18, f"{second}s", anchor="middle") for second in range(0, 301, 60)]
    parts += [_text(left - 6, at(0, rate)[1] + 4, f"{rate}x", anchor="end") for rate in (0, 50, 100)]
    size = f'width="{left + width + 60}" height="{top + height + 34}"'
    body = "\n".join(['<rect width="100%" height="100%" fill="#fff"/>', *parts])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">'
    return f"{head}\n{body}\n</svg>\n"


def filled(page: str, name: str, table: str) -> str:
    """The page with this table between the marks of that name. Raises ValueError where it has no such marks."""
    marks = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    page, count = marks.subn(lambda found: f"{found[1]}{table}\n{found[2]}", page)
    if count != 1:
        raise ValueError(f"{PAGE.name} must have one place for {name}, it has {count}")
    return page


def files() -> dict[Path, str]:
    """Every file that shows this, with what it should hold."""
    courses = [course(share) for share in ("100%", "80%", "65%", "45%")]
    page = PAGE.read_text(encoding="utf-8")
    tables = {
        "workbook": windows(WORKBOOK, 0.999, (1.0, 0.1, 0.02)),
        "game": windows(GAME, 0.99, (1.0, 0.5, 0.2)),
        "measured": measured(courses),
    }
    for name, table in tables.items():
        page = filled(page, name, table)
    return {PAGE: page, PICTURE: picture(courses[0])}


def _seconds(seconds: float | None) -> str:
    return "never" if seconds is None else format_duration(round(seconds) * MICRO)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#333", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{text}</text>'


def main(arguments: list[str]) -> int:
    """Write, or say what differs."""
    differs = False
    for path, text in files().items():
        if "--write" in arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            differs = True
            sys.stdout.write(f"{path.relative_to(ROOT)} is not what the code says\n")
    return int(differs)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""What `gameday oncall simulate` prints: who is on which level, one run, the curve, what happened how often, warnings.

Owns the layout and the JSON. Does not own how the curve is drawn (`gameday.tui.drawing.chart`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from shutil import get_terminal_size

from gameday.cli.output import say
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock, format_duration
from gameday.evaluate.oncall import Simulation, Step
from gameday.evaluate.oncall_advice import Advice
from gameday.scenario.schedules import format_instant
from gameday.tui.drawing import chart
from gameday.tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from gameday.tui.drawing.state import ChartState

_MINUTE = 60 * MICRO
_TABLE = tuple(minutes * _MINUTE for minutes in (1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 720))
_WIDEST, _ROWS, _PATH = 100, 9, 12
_AXIS = 6
"""Cells before the plot, where the chart has its scale."""
_LITTLE = 0.005
"""A share of the runs that cannot be seen in the plot."""


@dataclass(frozen=True, slots=True)
class Result:
    """A policy, what came of it, and what is worth a warning."""

    simulation: Simulation
    advice: tuple[Advice, ...]

    def to_json(self) -> dict[str, object]:
        """Times in seconds since the page was opened, null for never; shares of the runs."""
        one = self.simulation
        return {
            "policy": one.policy,
            "urgency": one.urgency,
            "at": None if one.begin is None else format_instant(one.begin),
            "runs": one.runs,
            "seed": one.seed,
            "path": [_step(step) for step in one.path],
            "exhausted_at": _seconds(one.exhausted_at),
            "example_seed": one.example_seed,
            "example": [{"t": event.at / MICRO, "text": event.text()} for event in one.example],
            "t": [time / MICRO for time in one.times],
            "unacknowledged": list(one.curve),
            "interval": [list(one.interval(time)) for time in one.times],
            "acknowledged": {"median": _seconds(one.quantile(0.5)), "p95": _seconds(one.quantile(0.95))},
            "acknowledged_by": dict(one.acknowledged_by),
            "reached": list(one.reached),
            "exhausted": one.exhausted,
            "people_paged": one.people_paged,
            "warnings": [each.to_json() for each in self.advice],
        }


def print_result(result: Result) -> None:
    """To stdout, as wide as the terminal, but not too wide."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower()
    glyphs = UNICODE if encoding.startswith("utf") else ASCII
    width = min(_WIDEST, max(40, get_terminal_size((80, 24)).columns))
    for line in draw(result, width, glyphs):
        say(line.rstrip())


def draw(result: Result, width: int, glyphs: Glyphs) -> Iterator[str]:
    """Every line of the report."""
    one = result.simulation
    when = "" if one.begin is None else f" at {format_instant(one.begin)}"
    yield f"policy {one.policy}: a page of {one.urgency} urgency{when}, {one.runs:,} runs"
    yield ""
    yield "as long as nobody answers"
    yield from _path(one)
    yield ""
    yield f"one of the runs (seed {one.example_seed})"
    yield from (f"  {clean_line(str(event), width)}" for event in one.example)
    yield ""
    yield "chance that nobody has acknowledged"
    yield from _table(one)
    yield ""
    yield "the same, in per cent, over time"
    yield from _curve(one, width, glyphs)
    yield ""
    yield from _shares(one)
    if result.advice:
        yield ""
        yield "warnings"
        yield from (f"  {each.text} [{each.code}]" for each in result.advice)


def _path(one: Simulation) -> Iterator[str]:
    for step in one.path[:_PATH]:
        people = ", ".join(step.people) or "nobody is on call"
        through = [target for target in step.targets if target not in step.people]
        by = f" ({', '.join(through)})" if through else ""
        yield f"  {format_clock(step.at):>7}  level {step.level}: {people}{by}"
    if len(one.path) > _PATH:
        yield f"           and so on, {len(one.path) - _PATH} more"
    if one.exhausted_at is not None:
        yield f"  {format_clock(one.exhausted_at):>7}  the policy is at its end"


def _table(one: Simulation) -> Iterator[str]:
    for time in _TABLE:
        if time <= one.length:
            low, high = one.interval(time)
            share = one.unacknowledged(time)
            yield f"  after {format_duration(time):>5}  {share:7.1%}   ({low:.1%} to {high:.1%})"


def _curve(one: Simulation, width: int, glyphs: Glyphs) -> Iterator[str]:
    """As far as there is something to see, with the levels beneath where a page comes to them."""
    end = next((time for time in one.times if one.unacknowledged(time) < _LITTLE), one.length)
    end = min(one.length, max(end + end // 5, _MINUTE))
    columns = width - _AXIS
    values = tuple(100.0 * one.unacknowledged(end * x // (2 * columns)) for x in range(2 * columns + 1))
    state = ChartState("", (("", values),), start="00:00", end=format_clock(end))
    *rows, times = chart.draw(state, width, _ROWS + 2, glyphs)[1:]
    for line in rows:
        yield "".join(text for text, _ in line.pieces)
    marks = [" "] * columns
    for step in one.path:
        if step.at < end:
            marks[step.at * columns // end] = str(step.level % 10)
    yield "level".ljust(_AXIS) + "".join(marks)
    yield "".join(text for text, _ in times.pieces)


def _shares(one: Simulation) -> Iterator[str]:
    for level, share in enumerate(one.reached, 1):
        last = " (the last)" if level == len(one.reached) and level > 1 else ""
        yield f"level {level} reached: {share:.1%}{last}"
    if one.exhausted_at is not None:
        yield f"policy at its end with nobody there: {one.exhausted:.1%}"
    median, late = one.quantile(0.5), one.quantile(0.95)
    within = format_clock(one.length)
    yield f"acknowledged: median {_time(median, within)}, 95 % by {_time(late, within)}"
    by = ", ".join(f"{name} {share:.0%}" for name, share in list(one.acknowledged_by.items())[:8])
    yield f"by: {by or 'nobody'}; people paged for one page: {one.people_paged:.2f}"


def _time(time: int | None, within: str) -> str:
    return f"more than {within}" if time is None else format_clock(time)


def _step(step: Step) -> dict[str, object]:
    return {
        "t": step.at / MICRO,
        "level": step.level,
        "targets": list(step.targets),
        "people": list(step.people),
    }


def _seconds(time: int | None) -> float | None:
    return None if time is None else time / MICRO

"""`gameday simulate`: signals over time, nobody responding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gameday.cli.output import say, say_json, tell
from gameday.cli.parameters import DURATION, SEED, json_option, usage_error
from gameday.core.units import MICRO, format_clock, format_duration, round4

if TYPE_CHECKING:
    from gameday.scenario.exercise import Exercise
    from gameday.session.session import Session

ENTRY_COLUMNS = ("rate", "goodput", "errors", "mean", "p50", "p95", "p99")
SERVICE_COLUMNS = (*ENTRY_COLUMNS, "saturation", "queue", "retries")
"""The keys of a series; units: `gameday.core.signals.METRICS`."""

TEXT_EVERY = 10 * MICRO
"""The window of the table for people, where none is asked for."""

Cells = list[float | None]


@dataclass
class Series:
    """What was measured, a value for each window; `t` is where each begins, in seconds."""

    services: tuple[str, ...]
    entries: tuple[str, ...]
    t: list[int] = field(default_factory=list)
    of_services: dict[str, dict[str, Cells]] = field(default_factory=dict)
    of_entries: dict[str, dict[str, Cells]] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        return {
            "services": list(self.services),
            "entries": list(self.entries),
            "t": self.t,
            "series": {"services": self.of_services, "entries": self.of_entries},
        }


@click.command("simulate")
@click.argument("scenario")
@click.option("--seed", type=SEED, default=1, show_default=True, help="The same seed gives the same signals.")
@click.option("--variant", metavar="NAME", help="The cause, instead of the one that the seed draws.")
@click.option("--until", type=DURATION, help="Stop here; the scenario's duration, if unsaid.")
@click.option("--every", type=DURATION, help="The window of each value, whole seconds; 1s for --json and --csv.")
@click.option("--actions", type=click.Path(path_type=Path), help="A file of lines such as '90s restart payments'.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a line for each window and service or entry.")
@json_option
def command(
    scenario: str,
    seed: int,
    variant: str | None,
    until: int | None,
    every: int | None,
    actions: Path | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Print the signals of a scenario over time, nobody responding.

    SCENARIO is a built-in name or a file. A quantile over more than a second is the highest of its seconds'.
    """
    from gameday.cli.opening import chosen_variant, open_exercise
    from gameday.response.policy import Idle
    from gameday.session.drive import drive, play_script
    from gameday.session.script import read_script
    from gameday.session.session import Session

    if as_csv and as_json:
        raise usage_error("--csv and --json exclude each other")
    every = every or (MICRO if as_csv or as_json else TEXT_EVERY)
    if every % MICRO:
        raise usage_error(f"--every must be whole seconds, found {format_duration(every)}")
    opened = open_exercise(scenario, scored=False)
    script = None if actions is None else read_script(actions)
    responder = "idle" if script is None else str(actions)
    session = Session(opened.exercise, seed, variant=chosen_variant(opened.exercise, variant), responder=responder)
    series = follow(session, opened.exercise, every // MICRO)
    until = _end(until, session.length)
    if script is None:
        drive(session, Idle(), until)
    else:
        for unheeded in play_script(session, script, until):
            tell(str(unheeded))
    _print(series, as_json=as_json, as_csv=as_csv)


def _end(until: int | None, length: int) -> int:
    if until is not None and until > length:
        tell(f"note: the session ends at {format_duration(length)}")
    return length if until is None else min(until, length)


def follow(session: Session, exercise: Exercise, seconds: int) -> Series:
    """The series that fills while the session runs, from windows of so many seconds."""
    system = exercise.scenario.system
    series = Series(tuple(system.services), tuple(system.traffic.entries))
    series.of_services = {name: {column: [] for column in SERVICE_COLUMNS} for name in series.services}
    series.of_entries = {name: {column: [] for column in ENTRY_COLUMNS} for name in series.entries}

    def take(second: int) -> None:
        if second == 0 or second % seconds:
            return
        series.t.append(second - seconds)
        for columns in (series.of_services, series.of_entries):
            for name, cells in columns.items():
                for column, values in cells.items():
                    value = session.signals.value(name, column, second, seconds)
                    values.append(None if value is None else round4(value))

    session.on_second(lambda observation: take(observation.second))
    return series


def _print(series: Series, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        say_json(series.to_json())
    elif as_csv:
        say("\n".join(_csv_lines(series)))
    else:
        say("\n".join(_table_lines(series)))


def _csv_lines(series: Series) -> Iterator[str]:
    yield ",".join(("t", "kind", "name", *SERVICE_COLUMNS))
    for index, t in enumerate(series.t):
        for kind, columns in (("service", series.of_services), ("entry", series.of_entries)):
            for name, cells in columns.items():
                row = [cells[column][index] if column in cells else None for column in SERVICE_COLUMNS]
                buffer = io.StringIO()
                csv.writer(buffer, lineterminator="").writerow([t, kind, name, *row])
                yield buffer.getvalue()


def _table_lines(series: Series) -> Iterator[str]:
    """For people: of each entry how much comes, how much succeeds and how long it takes; and the busiest service."""
    width = max(24, *(len(name) for name in series.entries))
    yield "".join([f"{'time':>8}", *(f"  {name:>{width}}" for name in series.entries), "  busiest service"])
    yield "".join([f"{'':>8}", *(f"  {'/s     good/s      p95':>{width}}" for _ in series.entries)])
    for index, t in enumerate(series.t):
        cells = [f"{format_clock(t * MICRO):>8}"]
        cells += [f"  {_entry_cell(series.of_entries[name], index):>{width}}" for name in series.entries]
        busiest = max(series.services, key=lambda name: series.of_services[name]["saturation"][index] or 0.0)
        share = series.of_services[busiest]["saturation"][index] or 0.0
        yield "".join([*cells, f"  {busiest} {share:.0%}"])


def _entry_cell(cells: dict[str, Cells], index: int) -> str:
    rate, goodput, p95 = cells["rate"][index], cells["goodput"][index], cells["p95"][index]
    slow = "-" if p95 is None else f"{p95:.3f}s"
    return f"{rate or 0.0:.0f} {goodput or 0.0:>10.0f} {slow:>8}"

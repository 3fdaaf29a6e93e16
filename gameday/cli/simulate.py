"""`gameday simulate`: signals over time, nobody responding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gameday.cli.exits import FINE, NOT_FINE
from gameday.cli.output import say, say_json, tell
from gameday.cli.parameters import DURATION, SEED, json_option, or_else, usage_error
from gameday.cli.series import SERVICE_COLUMNS, TELLING, Cells, Series, Wanted, follow
from gameday.core.signals import CAUSE_METRICS, CAUSE_PREFIX, METRICS
from gameday.core.text import clean_line, did_you_mean
from gameday.core.units import MICRO, format_clock, format_duration

if TYPE_CHECKING:
    from gameday.scenario.models.system import System
    from gameday.session.drive import Unheeded

TEXT_EVERY = 10 * MICRO
"""The window of the table for people, where none is asked for."""
_METRICS_IN_SHORT = [
    *(name for name in METRICS if name not in CAUSE_METRICS),
    f"{CAUSE_PREFIX}timeout and so on for each cause",
]


@click.command("simulate")
@click.argument("scenario")
@click.option("--seed", type=SEED, default=1, show_default=True, help="The same seed gives the same signals.")
@click.option("--variant", metavar="NAME", help="The cause, instead of the one that the seed draws.")
@click.option("--until", type=DURATION, help="Stop here; the scenario's duration, if unsaid.")
@click.option("--every", type=DURATION, help="The window of each value, whole seconds; 1s for --json and --csv.")
@click.option("--actions", type=click.Path(path_type=Path), help="A file of lines such as '90s restart payments'.")
@click.option(
    "--player", "players", multiple=True, metavar="NAME", help="Somebody for whom --actions also speaks (repeatable)."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a line for each window and service or entry.")
@click.option("--plot", is_flag=True, help="Draw it: every entry and the services that suffer most.")
@click.option("--service", "names", multiple=True, metavar="NAME", help="Only this service or entry (repeatable).")
@click.option(
    "--metric", "metrics", multiple=True, metavar="NAME", help="Only this metric, shown or not by default (repeatable)."
)
@json_option
def command(
    scenario: str,
    seed: int,
    variant: str | None,
    until: int | None,
    every: int | None,
    actions: Path | None,
    players: tuple[str, ...],
    as_csv: bool,
    plot: bool,
    names: tuple[str, ...],
    metrics: tuple[str, ...],
    as_json: bool,
) -> int:
    """Print the signals of a scenario over time, nobody responding but by --actions.

    SCENARIO is a built-in name or a file. Beneath what is drawn stands what responders do not see: when faults begin
    and end. Exit code 1 where a command of --actions was rejected.
    """
    from gameday.cli.dressing import chosen_players
    from gameday.cli.opening import chosen_variant, open_exercise
    from gameday.response.policy import Idle
    from gameday.session.drive import drive, play_script
    from gameday.session.script import read_script
    from gameday.session.script_names import Cast
    from gameday.session.session import Session

    _check_use(as_csv=as_csv, as_json=as_json, plot=plot, chosen=bool(names or metrics))
    if players and actions is None:
        raise usage_error("--player says for whom commands are given: add --actions")
    every = every or (MICRO if as_csv or as_json else TEXT_EVERY)
    if every % MICRO:
        raise usage_error(f"--every must be whole seconds, found {format_duration(every)}")
    opened = open_exercise(scenario, scored=False)
    _check_drawn(opened.exercise.scenario.system, names, metrics)
    played = chosen_players(opened.exercise, players)
    script = None if actions is None else read_script(actions, Cast(opened.exercise, played))
    session = Session(
        opened.exercise,
        seed,
        variant=chosen_variant(opened.exercise, variant),
        players=played,
        responder="idle" if script is None else str(actions),
    )
    usual = (*SERVICE_COLUMNS, *metrics, "load", *TELLING)
    series = follow(session, opened.exercise, every // MICRO, Wanted((), usual) if plot else Wanted(names, metrics))
    until = _end(until, session.length)
    unheeded: Sequence[Unheeded] = ()
    if script is None:
        drive(session, Idle(), until)
    else:
        unheeded = play_script(session, script, until)
    for one in unheeded:
        tell(str(one))
    if plot:
        from gameday.cli.plot import print_plot

        title = f"{opened.exercise.name}, variant {session.variant}, seed {seed}"
        print_plot(series, session.events, title=title, names=names, metrics=metrics, length=until // MICRO)
    else:
        _print(series, as_json=as_json, as_csv=as_csv)
    return NOT_FINE if any(one.rejected for one in unheeded) else FINE


def _check_use(*, as_csv: bool, as_json: bool, plot: bool, chosen: bool) -> None:
    """Raises click.UsageError for options that do not go together."""
    if as_csv + as_json + plot > 1:
        raise usage_error("--csv, --json and --plot exclude each other")
    if chosen and not (plot or as_json or as_csv):
        raise usage_error("--service and --metric say what to draw or to print: add --plot, --json or --csv")


def _check_drawn(system: System, names: tuple[str, ...], metrics: tuple[str, ...]) -> None:
    """Raises click.UsageError for a service, an entry or a metric that there is not."""
    drawable = [*system.services, *system.traffic.entries]
    for name in names:
        if name not in drawable:
            raise usage_error(f'"{clean_line(name, 60)}" is not a service or entry{or_else(name, drawable)}')
    for name in metrics:
        if name not in METRICS:
            hint = did_you_mean(name, list(METRICS)) or or_else(name, _METRICS_IN_SHORT)
            raise usage_error(f'"{clean_line(name, 60)}" is not a metric{hint}')


def _end(until: int | None, length: int) -> int:
    if until is not None and until > length:
        tell(f"note: the session ends at {format_duration(length)}")
    return length if until is None else min(until, length)


def _print(series: Series, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        say_json(series.to_json())
    elif as_csv:
        say("\n".join(_csv_lines(series)))
    else:
        say("\n".join(_table_lines(series)))


def _csv_lines(series: Series) -> Iterator[str]:
    header = series.columns
    yield ",".join(("t", "kind", "name", *header))
    for index, t in enumerate(series.t):
        for kind, columns in (("service", series.of_services), ("entry", series.of_entries)):
            for name, cells in columns.items():
                row = [cells[column][index] if column in cells else None for column in header]
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

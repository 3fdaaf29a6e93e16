"""`gameday oncall`: an escalation policy by itself: who is paged when, and how long nobody answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gameday.cli.exits import FINE
from gameday.cli.output import say, say_json, tell
from gameday.cli.parameters import DURATION, SEED, json_option, or_else, usage_error

if TYPE_CHECKING:
    from gameday.scenario.importers import Assumed
    from gameday.scenario.rosters import Loaded


class RatioType(click.ParamType[float]):
    """A share such as 85% or 0.85."""

    name = "ratio"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        from gameday.core.units import parse_ratio

        if isinstance(value, float):
            return value
        try:
            return parse_ratio(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


RATIO = RatioType()

p_option = click.option(
    "--p", "p", type=RATIO, default="90%", help="How often people answer, for imported files (90%)."
)
delay_option = click.option(
    "--delay", type=DURATION, default="2m", help="Their median time to answer, for imported files (2m)."
)


@click.group("oncall")
def command() -> None:
    """Escalation policies by themselves: simulate one, or import one from another tool."""


@command.command("simulate")
@click.argument("file", metavar="FILE")
@click.option("--runs", type=click.IntRange(1, 100_000), default=1000, help="How many pages are simulated (1000).")
@click.option("--at", "at", metavar="TIME", help="When the page comes, such as 2026-03-14T02:10; in UTC, if unsaid.")
@click.option("--policy", metavar="NAME", help="One policy; all of the file, if unsaid.")
@click.option("--urgency", type=click.Choice(["high", "low"]), default="high", help="Of the page (high).")
@click.option("--until", type=DURATION, help="How far the curve goes; a quarter past the policy's end, if unsaid.")
@click.option("--seed", type=SEED, default=0, help="Of the first run; the others count on from it (0).")
@p_option
@delay_option
@json_option
def simulate_command(
    file: str,
    runs: int,
    at: str | None,
    policy: str | None,
    urgency: str,
    until: int | None,
    seed: int,
    p: float,
    delay: int,
    as_json: bool,
) -> int:
    """Page somebody by a policy many times over: who is paged when, and the chance that nobody has acknowledged by t.

    FILE is a scenario or its name in the library, a file of only people, schedules and escalation_policies, JSON of
    PagerDuty's REST API, or the output of `terraform show -json`.
    """
    from gameday.cli import oncall_report
    from gameday.evaluate.oncall import Dated, simulate
    from gameday.evaluate.oncall_advice import advice

    loaded = _load(file, _assumed(p, delay))
    roster = Dated.of(loaded.roster, _instant(at))
    if until is not None and until <= 0:
        raise usage_error("--until must be longer than 0s")
    results = [
        oncall_report.Result(
            simulate(roster, name, runs=runs, seed=seed, urgency=urgency, length=until), advice(roster, name)
        )
        for name in _policies(loaded, policy)
    ]
    for warning in loaded.warnings:
        tell(f"warning: {warning.message} [{warning.code}]")
    if as_json:
        say_json({"file": file, "notes": list(loaded.notes), "policies": [result.to_json() for result in results]})
        return FINE
    for note in (*loaded.notes, *_dating(loaded, at)):
        tell(f"note: {note}")
    for number, result in enumerate(results):
        if number:
            say()
        oncall_report.print_result(result)
    return FINE


@command.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="FILE.yaml", type=click.Path(path_type=Path), help="Where to; stdout, if unsaid."
)
@p_option
@delay_option
@json_option
def import_command(file: Path, output: Path | None, p: float, delay: int, as_json: bool) -> int:
    """Turn JSON of PagerDuty's REST API, or of `terraform show -json`, into a file of ours."""
    import yaml

    from gameday.scenario.importers import import_file

    imported = import_file(file, _assumed(p, delay))
    for note in imported.notes:
        tell(f"note: {note}")
    if as_json:
        say_json({"notes": list(imported.notes), "file": imported.data})
        return FINE
    text = yaml.safe_dump(imported.data, sort_keys=False, allow_unicode=True, width=110)
    if output is None:
        say(text.rstrip("\n"))
        return FINE
    if output.exists():
        raise usage_error(f"{output} is there already")
    output.write_text(text, encoding="utf-8")
    tell(f"wrote {output}")
    return FINE


def _assumed(p: float, delay: int) -> Assumed:
    from gameday.scenario.importers import Assumed

    return Assumed(p, delay)


def _load(file: str, assumed: Assumed) -> Loaded:
    from gameday.scenario.rosters import load_roster

    return load_roster(file, assumed)


def _instant(at: str | None) -> int | None:
    from pydantic import TypeAdapter, ValidationError

    from gameday.scenario.models.calendar import Instant
    from gameday.scenario.schedules import parse_instant

    if at is None:
        return None
    try:
        return parse_instant(TypeAdapter(Instant).validate_python(at))
    except ValidationError as error:
        raise usage_error(f"--at: {error.errors()[0]['msg']}") from None


def _policies(loaded: Loaded, policy: str | None) -> list[str]:
    names = list(loaded.roster.escalation_policies)
    if not names:
        raise usage_error("there is no escalation policy in this file")
    if policy is None:
        return names
    if policy not in names:
        raise usage_error(f'there is no policy "{policy}"{or_else(policy, names)}')
    return [policy]


def _dating(loaded: Loaded, at: str | None) -> list[str]:
    """Why it is the time that it is, where nobody said so and it matters."""
    from gameday.scenario.schedules import beginning, format_instant

    roster = loaded.roster
    if at is not None or roster.starts_at is not None or all(one.is_fixed for one in roster.schedules.values()):
        return []
    when = format_instant(beginning(roster))
    return [f"the page comes at {when}, when the newest layer begins; --at TIME says another time"]

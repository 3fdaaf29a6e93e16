"""`gameday prove`: par, labels and claims of scenarios, stored beside them; or whether what is stored is today's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import click

from gameday.cli.exits import FINE, NOT_FINE, UNUSABLE
from gameday.cli.output import problems_text, say, say_json, tell
from gameday.cli.parameters import json_option


@dataclass(frozen=True)
class Report:
    """What became of one scenario; `fatal` where a file of it could not even be read.

    `today`: the proof that was there is of today, whatever it says. `note` is advice.
    """

    scenario: str
    proof: str
    problems: tuple[str, ...]
    details: dict[str, object] | None = None
    fatal: bool = False
    today: bool = False
    note: str | None = None

    def to_json(self) -> dict[str, object]:
        return {"scenario": self.scenario, "path": self.proof, "problems": list(self.problems), "proof": self.details}

    @property
    def verdict(self) -> str:
        """What to say at the end; nothing where the problems say it all."""
        count = len(self.problems)
        if not count:
            return "fine"
        if not self.today:
            return ""
        return f"the proof is today's, and {count} of its claims {'do' if count > 1 else 'does'} not hold"


@click.command("prove")
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True)
@click.option(
    "--seeds", type=click.IntRange(1, 10_000), help="Runs behind par (200), or of the sample with --check (3)."
)
@click.option("--label-seeds", type=click.IntRange(1, 10_000), help="Runs behind each label (20).")
@click.option("--check", "only_check", is_flag=True, help="Write nothing: is the proof of today, do its claims hold?")
@click.option("--processes", type=click.IntRange(1, 1024), help="How many at once; one for each core, if unsaid.")
@json_option
def command(
    scenarios: tuple[str, ...],
    seeds: int | None,
    label_seeds: int | None,
    only_check: bool,
    processes: int | None,
    as_json: bool,
) -> int:
    """Compute par, labels and claims of scenarios and write NAME.proof.json beside each.

    Exit code 1 where a claim or a label does not hold, par moved by more than 10 %, or with --check the proof is not of
    today or a sample of its runs comes out otherwise.
    """
    from gameday.core.errors import InputError

    reports = []
    for name in scenarios:
        try:
            if only_check:
                reports.append(_recheck(name, seeds, processes))
            else:
                reports.append(_prove(name, seeds, label_seeds, processes))
        except InputError as error:
            tell(problems_text(error.problems))
            reports.append(Report(name, "", tuple(problem.message for problem in error.problems), None, error.fatal))
    for report in reports:
        if report.note:
            tell(f"{report.scenario}: warning: {report.note}")
    if as_json:
        say_json({"scenarios": [report.to_json() for report in reports]})
    else:
        for report in reports:
            _say(report)
    if any(report.fatal for report in reports):
        return UNUSABLE
    return NOT_FINE if any(report.problems for report in reports) else FINE


def _prove(name: str, seeds: int | None, label_seeds: int | None, processes: int | None) -> Report:
    from gameday.evaluate.claims import waiting_note
    from gameday.evaluate.prove import LABEL_SEEDS, SEEDS, prove
    from gameday.scenario.library import proof_path
    from gameday.scenario.load import find_scenario, load
    from gameday.scoring.proof import Proof, ProofUnreadable

    exercise, path = load(name), proof_path(find_scenario(name))
    try:
        previous = Proof.read(path) if path.is_file() else None
    except ProofUnreadable as error:
        tell(f"note: {error}")
        previous = None
    proved = prove(
        exercise,
        seeds or SEEDS,
        label_seeds or LABEL_SEEDS,
        _progress(exercise.name),
        processes=processes,
        previous=previous,
    )
    proved.proof.write(path)
    details, note = proved.proof.model_dump(mode="json"), waiting_note(proved.proof.variants)
    return Report(exercise.name, str(path), proved.problems, details, note=note)


def _recheck(name: str, seeds: int | None, processes: int | None) -> Report:
    from gameday.evaluate.claims import waiting_note
    from gameday.evaluate.prove import recheck, unkept
    from gameday.scenario.library import proof_path
    from gameday.scenario.load import find_scenario, load
    from gameday.scoring.proof import Proof, ProofUnreadable

    exercise, path = load(name), proof_path(find_scenario(name))
    if not path.is_file():
        return Report(exercise.name, str(path), (f"there is no proof of {exercise.name}; run gameday prove",))
    try:
        proof = Proof.read(path)
    except ProofUnreadable as error:
        return Report(exercise.name, str(path), (str(error),))
    problems = recheck(exercise, proof, seeds or 3, _progress(exercise.name), processes=processes)
    if problems:
        return Report(exercise.name, str(path), tuple(problems))
    note = waiting_note(proof.variants)
    return Report(exercise.name, str(path), tuple(unkept(exercise, proof)), today=True, note=note)


def _progress(name: str) -> Callable[[str, int, int], None]:
    """Says on stderr how far it is: on a terminal in one line that changes, otherwise a line for each piece of work."""
    live = sys.stderr.isatty()

    def tell_progress(what: str, done: int, total: int) -> None:
        if live:
            click.echo(f"\r\x1b[K{name}: {what} {done}/{total}", err=True, nl=done == total)
        elif done == total:
            tell(f"{name}: {what} {done}/{total}")

    return tell_progress


def _say(report: Report) -> None:
    if report.details is not None:
        claims = report.details.get("claims")
        for claim in claims if isinstance(claims, list | tuple) else ():
            say(f"{report.scenario}: {'holds' if claim['holds'] else 'FAILS'}: {claim['text']} ({claim['detail']})")
    for problem in report.problems:
        say(f"{report.scenario}: problem: {problem}")
    if report.verdict:
        say(f"{report.scenario}: {report.verdict}")

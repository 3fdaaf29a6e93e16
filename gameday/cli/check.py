"""`gameday check`: problems in scenarios and playbooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gameday.cli.exits import FINE, NOT_FINE, UNUSABLE
from gameday.cli.output import problems_text, say, say_json, tell
from gameday.cli.parameters import json_option

if TYPE_CHECKING:
    from gameday.core.errors import Problem


@click.command("check")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "github"]), default="text", help="How problems look.")
@json_option
def command(paths: tuple[str, ...], form: str, as_json: bool) -> int:
    """Find every problem in scenarios and playbooks.

    PATH is a file, a folder, or the name of a built-in scenario. Errors end with exit code 1, warnings do not; a file
    that cannot even be read ends with 2.
    """
    from gameday.scenario.load import check_paths

    files, missing = _files(paths)
    problems, fatal = check_paths(files)
    problems, fatal = [*missing, *problems], fatal or bool(missing)
    errors = sum(problem.severity == "error" for problem in problems)
    if as_json:
        say_json({"errors": errors, "warnings": len(problems) - errors, "problems": [_plain(p) for p in problems]})
    elif form == "github":
        _say_for_github(problems)
    elif problems:
        say(problems_text(problems))
    tell(_summary(errors, len(problems) - errors))
    if fatal:
        return UNUSABLE
    return NOT_FINE if errors else FINE


def _files(words: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    """What words on the command line mean: paths, or where there is none, built-in scenarios; and what is neither."""
    from gameday.core.errors import InputError
    from gameday.scenario.load import find_scenario

    files: list[Path] = []
    missing: list[Problem] = []
    for word in words:
        try:
            files.append(Path(word) if Path(word).exists() else find_scenario(word))
        except InputError as error:
            missing += error.problems
    return files, missing


def _say_for_github(problems: list[Problem]) -> None:
    from gameday.scenario.source import render_github

    for problem in problems:
        say(render_github(problem))


def _plain(problem: Problem) -> dict[str, object]:
    from gameday.core.text import clean_line

    return {
        "path": clean_line(problem.path),
        "line": problem.line or None,
        "column": problem.column or None,
        "severity": problem.severity,
        "code": problem.code,
        "message": clean_line(problem.message, 400),
    }


def _summary(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return "no problems"
    counts = [(errors, "error"), (warnings, "warning")]
    return ", ".join(f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count)

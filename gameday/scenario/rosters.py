"""From a file to who is on call: a scenario, a file of only people, schedules and policies, or another tool's JSON.

Owns which file is what. Does not own how each is read (`load`, `source`, `importers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gameday.core.errors import InputError, Problem
from gameday.scenario.checks import check_oncall
from gameday.scenario.importers import Assumed, import_file
from gameday.scenario.load import find_scenario, load
from gameday.scenario.models.roster import OncallFile, Roster
from gameday.scenario.sorts import read_document, sort_of
from gameday.scenario.source import Document, in_file_order, read_as
from gameday.scenario.source.document import Node, Position, Source


@dataclass(frozen=True, slots=True)
class Loaded:
    """Who is on call by a file, with what was assumed about it (`notes`) and advice from reading it (`warnings`)."""

    roster: Roster
    notes: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


def load_roster(name_or_path: str, assumed: Assumed) -> Loaded:
    """Reads a file, or a scenario of the library by its name. Raises InputError with every problem."""
    if Path(name_or_path).suffix.lower() == ".json":
        imported = import_file(Path(name_or_path), assumed)
        # Of a file in another form no place of ours would be true.
        nowhere = Document(Source(name_or_path, ()), Node(Position(0, 0, 1), None), [])
        return Loaded(imported.file, imported.notes, _without_errors(check_oncall(nowhere, imported.file)))
    path = find_scenario(name_or_path)
    document = read_document(path)
    if sort_of(document) != "on-call file":
        return Loaded(load(name_or_path).scenario)
    reading = read_as(document, OncallFile)
    found = [*document.problems, *reading.problems]
    if reading.model is None:
        raise InputError(in_file_order(found))
    advice = _without_errors([*found, *check_oncall(reading.document, reading.model)])
    return Loaded(reading.model, (), advice)


def _without_errors(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The advice. Raises InputError where there is more than that."""
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise InputError(in_file_order(errors))
    return tuple(problems)

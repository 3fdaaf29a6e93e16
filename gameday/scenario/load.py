"""From files to an exercise: a scenario with its playbooks, or every problem of all of them at once.

Owns which file is what, and where playbooks are looked for: in `playbooks/` beside the scenario's folder, in that
folder itself, in the library. Does not own YAML (`source`) or what is checked (`checks`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from gameday.core.errors import InputError, Problem
from gameday.core.text import clean_line, nearest
from gameday.scenario.checks import check_oncall, check_playbook, check_playbook_in, check_scenario
from gameday.scenario.checks.report import suggestion
from gameday.scenario.exercise import Exercise
from gameday.scenario.library import SUFFIXES, library_names, library_path, playbooks_dir
from gameday.scenario.models import Playbook, Scenario
from gameday.scenario.models.roster import OncallFile
from gameday.scenario.sorts import Sort, an, other_sort, read_document, sort_of
from gameday.scenario.source import Document, Reading, in_file_order, read_as

_Model = TypeVar("_Model", Scenario, Playbook, OncallFile)


@dataclass
class Examined:
    """What was found out about one scenario file. `fatal`: a file of it could not even be read.

    Where there are errors, scenario and playbooks are what could be made of the files: to be checked, never to be run.
    """

    path: Path
    scenario: Scenario | None = None
    playbooks: dict[str, Playbook] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    fatal: bool = False

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]


def load(name_or_path: str) -> Exercise:
    """The exercise of a library name or of a file. Raises InputError with the errors of all its files."""
    path = find_scenario(name_or_path)
    examined = examine(path)
    if examined.scenario is None or examined.errors:
        raise InputError(examined.errors, fatal=examined.fatal)
    return Exercise(path.stem, examined.scenario, examined.playbooks)


def find_scenario(name_or_path: str) -> Path:
    """The file that is meant. Raises InputError (fatal) where there is none."""
    path = Path(name_or_path)
    is_path = path.suffix in SUFFIXES or len(path.parts) != 1
    found = None if is_path else library_path(name_or_path)
    if found is not None:
        return found
    if is_path or path.is_file():
        return path
    hint = suggestion(name_or_path, library_names())
    message = f"there is no scenario of this name in the library, and no such file{hint}"
    raise InputError([Problem(clean_line(name_or_path, 200), 0, 0, message, "no-scenario")], fatal=True)


def examine(path: Path) -> Examined:
    """A scenario file with its playbooks: all that can be had of it, and every problem."""
    examined = Examined(path)
    document = _read(path, examined)
    if document is None or _is_other(document, "scenario", examined):
        return examined
    return _examine_scenario(document, examined)


def _is_other(document: Document, wanted: Sort, examined: Examined) -> bool:
    another = other_sort(document, wanted)
    if another is not None:
        examined.problems.append(another)
    return another is not None


def _examine_scenario(document: Document, examined: Examined) -> Examined:
    reading = _read_as(document, Scenario, examined)
    document = reading.document
    if reading.model is not None:
        examined.scenario = _with_playbooks_meant(reading.model, examined.path)
        examined.problems += check_scenario(document, examined.scenario)
    for index, name in enumerate(_playbook_names(document)):
        if not document.lacks_part(("playbooks", index)):
            _add_playbook(examined, document, index, name)
    examined.problems = _file_by_file(examined.problems)
    return examined


def _file_by_file(problems: Sequence[Problem]) -> list[Problem]:
    """Files with errors first, else in the order in which they were read; of each file its errors first, by line."""
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    files = sorted(by_path.values(), key=lambda found: all(problem.severity != "error" for problem in found))
    return [problem for found in files for problem in in_file_order(found)]


def check_paths(paths: Iterable[Path]) -> tuple[list[Problem], bool]:
    """Every problem of scenario and playbook files, folders taken whole; and whether a file could not even be read."""
    problems: list[Problem] = []
    fatal = False
    for path in paths:
        files = _files_in(path) if path.is_dir() else [path]
        if not files:
            message = f"there is no file in this folder that ends in {' or '.join(SUFFIXES)}"
            problems.append(Problem(str(path), 0, 0, message, "no-file"))
        for file in files:
            examined = _examine_any(file)
            problems += examined.problems
            fatal = fatal or examined.fatal
    return list(dict.fromkeys(problems)), fatal


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())


def _examine_any(path: Path) -> Examined:
    """A file of any sort; one whose sort cannot be told is taken for a scenario."""
    examined = Examined(path)
    document = _read(path, examined)
    if document is None or _is_other(document, sort_of(document) or "scenario", examined):
        return examined
    match sort_of(document):
        case "on-call file":
            roster = _read_as(document, OncallFile, examined)
            found = [] if roster.model is None else check_oncall(roster.document, roster.model)
        case "playbook":
            playbook = _read_as(document, Playbook, examined)
            found = [] if playbook.model is None else check_playbook(playbook.document, playbook.model)
        case _:
            return _examine_scenario(document, examined)
    examined.problems = in_file_order([*examined.problems, *found])
    return examined


def _read(path: Path, examined: Examined) -> Document | None:
    try:
        document = read_document(path)
    except InputError as error:
        examined.problems += error.problems
        examined.fatal = examined.fatal or error.fatal
        return None
    examined.problems += document.problems
    return document


def _read_as(document: Document, model: type[_Model], examined: Examined) -> Reading[_Model]:
    """The file as its model, with the problems noted. Of a file with problems, what can be checked all the same."""
    reading = read_as(document, model)
    examined.problems += reading.problems
    return reading


def _playbook_names(document: Document) -> list[str]:
    """The playbooks that a scenario names, also where the scenario itself is not valid."""
    value = document.value.get("playbooks") if isinstance(document.value, dict) else None
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def _with_playbooks_meant(scenario: Scenario, path: Path) -> Scenario:
    """With the playbooks that were most likely meant instead of those that are nowhere, for whoever refers to them."""
    listed = scenario.playbooks
    meant = [name if _playbook_path(path, name) else nearest(name, _playbooks_near(path)) for name in listed]
    names = [better if better and better not in listed else name for name, better in zip(listed, meant, strict=True)]
    return scenario if tuple(names) == listed else scenario.model_copy(update={"playbooks": tuple(names)})


def _add_playbook(examined: Examined, asking: Document, index: int, name: str) -> None:
    path = _playbook_path(examined.path, name)
    if path is None:
        hint = suggestion(name, _playbooks_near(examined.path))
        message = f'there is no playbook "{clean_line(name, 60)}" beside the scenario or in the library{hint}'
        examined.problems.append(asking.problem(("playbooks", index), message, "unknown-playbook"))
        return
    document = _read(path, examined)
    if document is None:
        return
    if sort_of(document) not in ("playbook", None):
        message = f'"{clean_line(name, 60)}" is no playbook, but {an(sort_of(document))}'
        examined.problems.append(asking.problem(("playbooks", index), message, "other-sort"))
        return
    reading = read_as(document, Playbook)
    problems, playbook = reading.problems, reading.model
    if playbook is not None:
        problems += check_playbook(reading.document, playbook)
        examined.playbooks[name] = playbook
    if playbook is not None and examined.scenario is not None:
        problems += check_playbook_in(reading.document, playbook, examined.scenario, examined.path.name)
    examined.problems += problems


def _playbook_folders(scenario: Path) -> Sequence[Path]:
    beside = Path(os.path.normpath(scenario.parent / ".." / "playbooks"))
    return (beside, scenario.parent, playbooks_dir())


def _playbook_path(scenario: Path, name: str) -> Path | None:
    """The file of a playbook; a name is never a path."""
    if not name or "/" in name or "\\" in name or "\0" in name or name.startswith("."):
        return None
    candidates = (folder / f"{name}{suffix}" for folder in _playbook_folders(scenario) for suffix in SUFFIXES)
    return next((path for path in candidates if path != scenario and path.is_file()), None)


def _playbooks_near(scenario: Path) -> list[str]:
    """Names of playbook files that could have been meant."""
    folders = [folder for folder in _playbook_folders(scenario) if folder.is_dir()]
    return list(
        dict.fromkeys(path.stem for folder in folders for path in sorted(folder.glob("*.y*ml")) if path != scenario)
    )

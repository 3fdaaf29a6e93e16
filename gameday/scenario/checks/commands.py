"""Commands in playbooks and mitigations: whether they can be read, and whether what they name exists.

Whether a command is allowed when the time comes is decided in the session.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from gameday.core.arguments import value_problem
from gameday.core.commands import Command, command_problem, parse_command
from gameday.core.errors import CommandError
from gameday.core.kinds.causes import MECHANISMS, SUSTAINING
from gameday.core.verbs import ROLES, SEVERITIES, Kind, Parameter
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report, is_known, suggestion
from gameday.scenario.source import Path

_KNOWN: Mapping[Kind, Callable[[Names], Collection[str]]] = {
    "service": lambda names: names.services,
    "edge": lambda names: names.edges,
    "entry": lambda names: names.entries,
    "flag": lambda names: names.flags,
    "person": lambda names: names.people,
    "colleague": lambda names: names.people,
    "alert": lambda names: names.alerts,
    "subject": lambda names: names.subjects,
    "component": lambda names: names.components,
    "target": lambda names: (*names.services, *names.edges, *names.entries),
    "scope": lambda names: (*names.services, "all"),
    "drainable": lambda names: (*names.zones, *names.services),
    "replica": lambda names: names.services,
    "certificate": lambda names: (*names.certificates, *names.services),
    "credential": lambda names: (*names.credentials, *names.pairs),
    "procedure": lambda names: names.procedures,
}
"""Kinds of arguments that a scenario must know."""
_FIXED: Mapping[Kind, Collection[str]] = {
    "role": ROLES,
    "severity": SEVERITIES,
    "mechanism": tuple(MECHANISMS),
    "sustaining": tuple(SUSTAINING),
    "on-off": ("on", "off"),
    "means": ("page", "phone"),
}
"""Kinds of arguments that are the same everywhere."""
_BY_PARAMETER: Mapping[tuple[str, str], Callable[[Names], Collection[str]]] = {
    ("page", "person"): lambda names: (*names.people, *names.teams),
    ("shed", "segment"): lambda names: names.segments,
    ("traffic", "segment"): lambda names: names.segments,
    ("playbook", "name"): lambda names: names.playbooks,
}


def names_of_kind(kind: Kind, names: Names) -> Collection[str] | None:
    """What an argument of this kind can name; None for kinds that name nothing of the scenario."""
    known = _KNOWN.get(kind)
    return None if known is None else known(names)


def check_command(report: Report, path: Path, text: str, names: Names | None) -> None:
    """Reads the command at `path`; with the names of a scenario, looks up everything that it names."""
    try:
        command = parse_command(text)
    except CommandError as error:
        report.error(path, str(error), "bad-command")
        return
    if names is not None and command.author:
        _look_up(report, path, text, command.author, names.people, "person")
    _check_arguments(report, path, text, command, names)


def _check_arguments(report: Report, path: Path, text: str, command: Command, names: Names | None) -> None:
    """Its names and values, and those of a command that it carries."""
    before = len(report.problems)
    for _, parameter, value in command.given():
        _check_argument(report, path, text, command.verb, parameter, value, names)
    if len(report.problems) > before:
        return
    try:
        inner = command.inner
    except CommandError as error:
        report.error(path, str(error), "bad-command")
        return
    if inner is not None:
        _check_arguments(report, path, text, inner, names)
    elif (problem := command_problem(command)) is not None:
        report.error(path, problem, "bad-command")


def _check_argument(
    report: Report, path: Path, text: str, verb: str, parameter: Parameter, value: str, names: Names | None
) -> None:
    fixed = tuple(word for word, _ in parameter.words) or _FIXED.get(parameter.kind)
    if fixed is not None:
        _check_fixed(report, path, text, parameter, value, fixed)
    elif (problem := value_problem(verb, parameter, value)) is not None:
        report.inside(path, text, _offset(text, value), len(value), problem, "bad-command")
    elif names is not None:
        known = _BY_PARAMETER.get((verb, parameter.name)) or _KNOWN.get(parameter.kind)
        if known is not None:
            kind = parameter.kind if parameter.kind in _KNOWN else parameter.name
            # A game takes it in any case; names of services have none.
            named = value.lower() if parameter.kind == "scope" else value
            _look_up(report, path, text, named, known(names), kind)


def _look_up(report: Report, path: Path, text: str, value: str, known: Collection[str], kind: str) -> None:
    if not is_known(value, known):
        message = f'{kind} "{value}" is not defined{suggestion(value, known)}'
        report.inside(path, text, _offset(text, value), len(value), message, f"unknown-{kind}")


def _check_fixed(
    report: Report, path: Path, text: str, parameter: Parameter, value: str, words: Collection[str]
) -> None:
    if value.lower() in {word.lower() for word in words}:
        return
    hint = suggestion(value, words) or f"; there is {', '.join(words)}"
    message = f'"{value}" is not a {parameter.name}{hint}'
    report.inside(path, text, _offset(text, value), len(value), message, f"unknown-{parameter.kind}")


def _offset(text: str, value: str) -> int:
    """Where the value stands in the command, as a word of its own where that can be found."""
    at = text.find(f" {value}")
    return at + 1 if at >= 0 else max(0, text.find(value))

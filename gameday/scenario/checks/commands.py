"""Commands in playbooks and mitigations: whether they can be read, and whether what they name exists.

Whether a command is allowed when the time comes is decided in the session.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from gameday.core.arguments import value_problem
from gameday.core.commands import Command, parse_command
from gameday.core.errors import CommandError
from gameday.core.kinds.causes import MECHANISMS, SUSTAINING
from gameday.core.verbs import ROLES, SEVERITIES, VERBS, Kind, Parameter
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report, is_known, suggestion
from gameday.scenario.source import Path

_KNOWN: Mapping[Kind, Callable[[Names], Collection[str]]] = {
    "service": lambda names: names.services,
    "edge": lambda names: names.edges,
    "entry": lambda names: names.entries,
    "flag": lambda names: names.flags,
    "person": lambda names: names.people,
    "subject": lambda names: names.subjects,
    "component": lambda names: names.components,
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
    ("playbook", "name"): lambda names: names.playbooks,
}


def check_command(report: Report, path: Path, text: str, names: Names | None) -> None:
    """Reads the command at `path`; with the names of a scenario, looks up everything that it names."""
    try:
        command = parse_command(text)
    except CommandError as error:
        report.error(path, str(error), "bad-command")
        return
    if names is not None and command.author:
        _look_up(report, path, text, command.author, names.people, "person")
    for parameter, value in _given(command):
        fixed = _FIXED.get(parameter.kind)
        if fixed is not None:
            _check_fixed(report, path, text, parameter, value, fixed)
        elif (problem := value_problem(command.verb, parameter, value)) is not None:
            report.inside(path, text, _offset(text, value), len(value), problem, "bad-command")
        elif names is not None:
            known = _BY_PARAMETER.get((command.verb, parameter.name)) or _KNOWN.get(parameter.kind)
            if known is not None:
                kind = parameter.kind if parameter.kind in _KNOWN else parameter.name
                _look_up(report, path, text, value, known(names), kind)


def _given(command: Command) -> list[tuple[Parameter, str]]:
    verb = VERBS[command.verb]
    options = {option.name: option for option in verb.options}
    return [
        *zip(verb.parameters, command.arguments, strict=False),
        *((options[name], value) for name, value in command.options),
    ]


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

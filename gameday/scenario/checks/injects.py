"""Injects: each kind has what it needs and nothing else, refers to what there is, and can come at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gameday.core.commands import DELEGABLE, parse_command
from gameday.core.errors import CommandError
from gameday.core.units import format_duration
from gameday.core.verbs import VERBS
from gameday.scenario.checks.commands import check_command
from gameday.scenario.checks.conditions import check_condition
from gameday.scenario.checks.faults import check_fault
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Scenario
from gameday.scenario.models.injects import Inject
from gameday.scenario.source import Path


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys that a kind of inject must have, and those that it may have besides."""

    needed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


_ALWAYS = ("name", "at", "when", "every", "kind")
_KEYS: Mapping[str, _Keys] = {
    "deploy": _Keys(("service", "version"), ("text",)),
    "message": _Keys(("from", "text"), ("again",)),
    "fault": _Keys(("fault",)),
    "false-alert": _Keys(("alert",), ("lasts",)),
    "tickets": _Keys(("count",), ("from", "text", "again")),
    "executive": _Keys(("swoop",), ("from", "text", "again", "command", "to", "answer_within")),
    "journalist": _Keys((), ("from", "text", "again", "answer_within")),
    "vendor": _Keys(("service",), ("from", "text", "again")),
}


def check_injects(scenario: Scenario, report: Report) -> None:
    """Every inject: its keys, its names, its condition, its fault."""
    names = Names.of(scenario)
    seen: dict[str, None] = {}
    for index, inject in enumerate(scenario.injects):
        path: Path = ("injects", index)
        _check_keys(inject, path, report)
        _check_again(inject, path, report)
        if inject.name is not None and inject.name in seen:
            report.error((*path, "name"), f'another inject is called "{inject.name}"', "duplicate-name")
        seen[inject.name or ""] = None
        report.expect((*path, "service"), inject.service, names.services, "service")
        report.expect((*path, "alert"), inject.alert, names.alerts, "alert")
        report.expect((*path, "to"), inject.to, names.people, "person")
        if inject.when is not None:
            check_condition(report, (*path, "when"), inject.when, names)
        if inject.fault is not None:
            check_fault(report, (*path, "fault"), inject.fault, scenario, names)
            _check_time(inject, path, scenario, report)
        _check_kind(inject, path, scenario, report, names)


def _check_keys(inject: Inject, path: Path, report: Report) -> None:
    given = [key for key, value in inject.model_dump(by_alias=True, exclude_none=True).items() if value != ""]
    keys = _KEYS[inject.kind]
    for key in keys.needed:
        if key not in given:
            report.error((*path, "kind"), f'{_a(inject.kind)} needs the key "{key}"', "missing-key")
    for key in given:
        if key not in (*_ALWAYS, *keys.needed, *keys.allowed):
            report.warning((*path, key), f"{_a(inject.kind)} has no use for it", "unused-block", key=True)


def _check_again(inject: Inject, path: Path, report: Report) -> None:
    """Other words for later times need later times, words for the first one, and something to say."""
    if inject.again is None or "again" not in _KEYS[inject.kind].allowed:
        return
    if inject.every is None:
        report.error((*path, "again"), 'it comes once only: "again" needs the key "every"', "missing-key", key=True)
    if not inject.text.strip():
        report.error((*path, "again"), '"again" needs the key "text", for the first time', "missing-key", key=True)
    for index, text in enumerate(inject.again):
        if not text.strip():
            report.error((*path, "again", index), "these words are empty", "empty-text")


def _check_time(inject: Inject, path: Path, scenario: Scenario, report: Report) -> None:
    """Its fault's time counts from the inject."""
    assert inject.fault is not None
    begins = (inject.at or 0) + inject.fault.at
    if begins >= scenario.duration and (inject.at or 0) < scenario.duration:
        end = format_duration(scenario.duration)
        message = f"it begins {format_duration(begins)} into the session at the earliest, after its end at {end}"
        report.error((*path, "fault", "at"), message, "beyond-the-end")


def _check_kind(inject: Inject, path: Path, scenario: Scenario, report: Report, names: Names) -> None:
    """What only one kind can get wrong."""
    if inject.kind == "vendor" and inject.service in scenario.system.services:
        kind = scenario.system.services[inject.service].kind
        if kind != "external":
            message = f'"{inject.service}" is no third party but {kind}, and has no hotline'
            report.error((*path, "service"), message, "no-third-party")
    alert = scenario.alerts.get(inject.alert or "")
    if inject.kind == "false-alert" and alert is not None and alert.broken is True:
        report.warning((*path, "alert"), "the rule is broken, so it is not raised", "never-fires")
    if inject.kind == "executive":
        _check_order(inject, path, report, names)


def _check_order(inject: Inject, path: Path, report: Report, names: Names) -> None:
    """An order says what is to be done, and that is something that a colleague can do; only orders do."""
    if inject.swoop == "override" and inject.command is None:
        report.error((*path, "swoop"), 'an order needs the key "command"', "missing-key")
    for key in ("command", "to"):
        if inject.swoop not in (None, "override") and getattr(inject, key) is not None:
            report.warning((*path, key), f"only a swoop of kind override has a {key}", "unused-block", key=True)
    if inject.command is None:
        return
    check_command(report, (*path, "command"), inject.command, names)
    try:
        verb = parse_command(inject.command).verb
    except CommandError:
        return
    if VERBS[verb].group != "act" or verb not in DELEGABLE:
        message = f"{verb} is no action that a colleague can be ordered to take"
        report.error((*path, "command"), message, "bad-command")


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"

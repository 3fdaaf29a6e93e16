"""What effects refer to: services, edges, entries and segments, wherever effects stand (flags, deploys)."""

from __future__ import annotations

from gameday.core.kinds.effects import Effect
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Scenario
from gameday.scenario.source import Path


def check_effect(report: Report, path: Path, effect: Effect, scenario: Scenario, names: Names) -> None:
    """One effect: its target, and the requests that it is limited to."""
    report.expect((*path, "service"), effect.service, names.services, "service")
    report.expect((*path, "edge"), effect.edge, names.edges, "edge")
    report.expect((*path, "on"), effect.on, names.entries, "entry")
    check_class(report, path, effect.entry or effect.on, effect.segment, scenario, names)
    if effect.entry is not None:
        report.expect((*path, "entry"), effect.entry, names.entries, "entry")


def check_class(
    report: Report, path: Path, entry: str | None, segment: str | None, scenario: Scenario, names: Names
) -> None:
    """A segment exists: in the entry where one is named, in some entry otherwise."""
    if segment is None:
        return
    entries = scenario.system.traffic.entries
    known = tuple(entries[entry].segments) if entry in entries else names.segments
    report.expect((*path, "segment"), segment, known, "segment")


def check_flags(scenario: Scenario, report: Report) -> None:
    """The effects of every flag."""
    names = Names.of(scenario)
    for name, flag in scenario.system.flags.items():
        path: Path = ("system", "flags", name)
        for index, effect in enumerate(flag.effects):
            check_effect(report, (*path, "effects", index), effect, scenario, names)

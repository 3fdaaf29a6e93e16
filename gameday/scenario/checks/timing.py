"""Times: what happens after the session's end, and callers that give up before those they call."""

from __future__ import annotations

from itertools import pairwise

from gameday.core.units import MICRO, format_duration
from gameday.scenario.checks.report import Report
from gameday.scenario.checks.system import EDGES, ENTRIES
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import ShapePoint
from gameday.scenario.source import Path

LONGEST = 24 * 3600 * MICRO
"""The longest duration of a session, in microseconds."""


def check_times(scenario: Scenario, report: Report) -> None:
    """Everything lies within the session, and the session within a day."""
    whole = format_duration(scenario.duration)
    if scenario.duration > LONGEST:
        message = f"a session lasts {format_duration(LONGEST)} at most, found {whole}"
        report.error(("duration",), message, "too-long")
    if scenario.horizon is not None and scenario.horizon > scenario.duration:
        message = f"the horizon lies beyond the session's duration of {whole}"
        report.error(("horizon",), message, "beyond-the-end")
    for name, variant in scenario.variants.items():
        for index, fault in enumerate(variant.faults):
            path: Path = ("variants", name, "faults", index, "at")
            if fault.at >= scenario.duration:
                message = f"this fault begins at {format_duration(fault.at)}, after the session's end at {whole}"
                report.error(path, message, "beyond-the-end")
    for index, inject in enumerate(scenario.injects):
        if inject.at is not None and inject.at >= scenario.duration:
            message = f"this comes at {format_duration(inject.at)}, after the session's end at {whole}"
            report.error(("injects", index, "at"), message, "beyond-the-end")
    if scenario.scoring.hold >= scenario.duration:
        message = f"the hold window is as long as the session of {whole}, so nothing can ever be recovered"
        report.error(("scoring", "hold"), message, "beyond-the-end")


def check_shapes(scenario: Scenario, report: Report) -> None:
    """The points of a shape come one after another."""
    traffic = scenario.system.traffic
    _check_shape(traffic.shape, ("system", "traffic", "shape"), report)
    for name, entry in traffic.entries.items():
        _check_shape(entry.shape, (*ENTRIES, name, "shape"), report)


def _check_shape(shape: tuple[ShapePoint, ...], path: Path, report: Report) -> None:
    for index, (earlier, later) in enumerate(pairwise(shape)):
        place = (*path, index + 1, "at")
        if earlier.at == later.at:
            step = f"for a step let this point come 1ms later, at {format_duration(later.at + 1000)}"
            report.error(place, f"two points of a shape at {format_duration(later.at)}; {step}", "bad-order")
        elif earlier.at > later.at:
            before = f"and the one before is at {format_duration(earlier.at)}"
            report.error(place, f"the points of a shape come in the order of time, {before}", "bad-order")


def check_timeouts(scenario: Scenario, report: Report) -> None:
    """A caller that waits for less time than the one it calls waits in turn leaves work that nobody wants."""
    edges = [(index, edge) for index, edge in enumerate(scenario.system.dependencies) if edge.mode == "sync"]
    for name, entry in scenario.system.traffic.entries.items():
        for _, edge in edges:
            if edge.caller == entry.to and _takes(edge.entries, name) and (edge.timeout or 0) > entry.timeout:
                message = f"clients give up before {edge.name} does, after {format_duration(edge.timeout or 0)}"
                report.warning((*ENTRIES, name, "timeout"), message, "timeout-order")
    for index, outer in edges:
        for _, inner in edges:
            meets = outer.callee == inner.caller and _share(outer.entries, inner.entries)
            if meets and (inner.timeout or 0) > (outer.timeout or 0):
                message = f"{outer.name} gives up before {inner.name} does, after {format_duration(inner.timeout or 0)}"
                report.warning((*EDGES, index, "timeout"), message, "timeout-order")


def _takes(entries: tuple[str, ...] | None, entry: str) -> bool:
    return entries is None or entry in entries


def _share(some: tuple[str, ...] | None, others: tuple[str, ...] | None) -> bool:
    return some is None or others is None or any(entry in others for entry in some)

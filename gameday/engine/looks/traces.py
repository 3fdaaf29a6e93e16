"""Sampled requests as trees of spans: which attempt at which service took how long, and how it ended."""

from __future__ import annotations

from itertools import islice

from gameday.core.commands import Command
from gameday.core.units import MICRO, format_clock
from gameday.engine.looks.base import LookWorld, cause_text, seconds_text
from gameday.engine.traffic.sampling import Span, Trace

_TRACES = 4
_SPANS = 24


def lines(world: LookWorld, command: Command) -> tuple[str, ...]:
    """The newest traces that touch the subject (a service or an entry; any, if none): failed ones first."""
    subject = command.arguments[0] if command.arguments else None
    sampler = world.traffic.sampler
    found = [
        trace
        for kept in (sampler.failed_traces, sampler.traces)
        for trace in islice((one for one in reversed(kept) if _touches(one, subject)), _TRACES)
    ]
    if not found:
        return ("no sampled request yet" if subject is None else f"no sampled request through {subject} yet",)
    return tuple(line for trace in found[:_TRACES] for line in _tree(world, trace))


def _touches(trace: Trace, subject: str | None) -> bool:
    return subject is None or trace.entry == subject or any(span.service == subject for span in trace.spans)


def _tree(world: LookWorld, trace: Trace) -> list[str]:
    segment = f" segment={trace.segment}" if trace.segment else ""
    took = seconds_text(None if trace.ended is None else (trace.ended - trace.arrived) / MICRO)
    texts = [f"{format_clock(trace.arrived)} {trace.entry}{segment} {trace.outcome} {took}"]
    children: dict[int | None, list[Span]] = {}
    for span in trace.spans:
        children.setdefault(span.parent_id, []).append(span)
    _branch(world, children, None, trace.arrived, 1, texts)
    if len(texts) > _SPANS:
        texts = [*texts[:_SPANS], f"  ... and {len(texts) - _SPANS} more spans"]
    return texts


def _branch(
    world: LookWorld,
    children: dict[int | None, list[Span]],
    parent: int | None,
    began: int,
    depth: int,
    texts: list[str],
) -> None:
    for span in children.get(parent, []):
        status = cause_text(world, span.service, span.status)
        attempt = f" attempt {span.attempt + 1}" if span.attempt else ""
        waited = _between(span.arrived, span.started)
        worked = seconds_text(None if span.work is None else span.work / MICRO)
        end = span.ended if span.gave_up is None else span.gave_up
        left = " caller gave up" if span.gave_up is not None else ""
        texts.append(
            f"{'  ' * depth}+{(span.sent - began) / 1000:.0f}ms {span.service}{attempt} {status}"
            f" total {_between(span.sent, end)} waited {waited} own work {worked}{left}"
        )
        _branch(world, children, span.span_id, began, depth + 1, texts)


def _between(start: int | None, end: int | None) -> str:
    return seconds_text(None if start is None or end is None else (end - start) / MICRO)

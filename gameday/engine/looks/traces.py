"""Sampled requests as trees of spans: which attempt at which service took how long, and how it ended."""

from __future__ import annotations

from itertools import islice

from gameday.core.commands import Command
from gameday.core.units import MICRO, format_clock
from gameday.engine.looks.base import LookWorld, attempt_text, cause_text, is_foreign, replica_text, seconds_text
from gameday.engine.traffic.sampling import Span, Trace

_TRACES = 4
_LINES = 24
_WORTH_TELLING = 1000
"""µs between sending and arriving: a slow network, or a wait for a connection."""

_Children = dict[int | None, list[Span]]


def lines(world: LookWorld, command: Command) -> tuple[str, ...]:
    """The newest traces that touch the subject (a service or an entry; any, if none): failed ones first."""
    subject = command.arguments[0] if command.arguments else None
    sampler = world.traffic.sampler
    found = [
        trace
        for kept in (sampler.failed_traces, sampler.traces)
        for trace in islice((one for one in reversed(kept) if _is_found(world, one, subject)), _TRACES)
    ]
    if not found:
        return ("no sampled request yet" if subject is None else f"no sampled request through {subject} yet",)
    return tuple(line for trace in found[:_TRACES] for line in _tree(world, trace))


def _is_found(world: LookWorld, trace: Trace, subject: str | None) -> bool:
    """It touches the subject, and whoever it came to first has reported it."""
    if subject is not None and trace.entry != subject and all(span.service != subject for span in trace.spans):
        return False
    return world.signals.is_shown(trace.spans[0].service, (trace.ended or trace.arrived) // MICRO)


def _tree(world: LookWorld, trace: Trace) -> list[str]:
    segment = f" segment={trace.segment}" if trace.segment else ""
    took = seconds_text(None if trace.ended is None else (trace.ended - trace.arrived) / MICRO)
    texts = [f"{format_clock(trace.arrived)} {trace.entry}{segment} {trace.outcome} {took}"]
    children: _Children = {}
    for span in trace.spans:
        children.setdefault(span.parent_id, []).append(span)
    _branch(world, children, None, trace.arrived, 1, texts)
    if len(texts) > _LINES:
        texts = [*texts[:_LINES], f"  ... and {len(texts) - _LINES} more lines"]
    return texts


def _branch(
    world: LookWorld, children: _Children, parent: int | None, began: int, depth: int, texts: list[str]
) -> None:
    """What was set off by one span, in the order in which it was sent; what happened in it stands beneath it."""
    for span in children.get(parent, []):
        texts.append(f"{'  ' * depth}{_at(span.sent, began)} {_span(world, span, began)}")
        texts += [f"{'  ' * depth}  {_at(time, began)} - {what}" for time, what in span.notes]
        _branch(world, children, span.span_id, began, depth + 1, texts)


def _span(world: LookWorld, span: Span, began: int) -> str:
    """One attempt in words. Where its caller gave up, what the caller saw comes first, then what became of it there."""
    status = cause_text(world, span.service, span.status)
    attempt = f" attempt {attempt_text(span.attempt)}" if span.attempt else ""
    travelled = 0 if span.arrived is None else span.arrived - span.sent
    on_the_way = f" {seconds_text(travelled / MICRO)} on the way" if travelled >= _WORTH_TELLING else ""
    foreign = is_foreign(world, span.service)  # nobody there reports spans to us
    replica = "" if span.replica is None or foreign else f" replica {replica_text(span.replica)}"
    inside = "" if foreign else _inside(span)
    name = f"{span.service}{replica}{attempt}"
    if span.gave_up is None:
        return f"{name} {status} total {_between(span.sent, span.ended)}{on_the_way}{inside}"
    unanswered = f"{name} caller gave up at {_at(span.gave_up, began)} after {_between(span.sent, span.gave_up)}"
    if span.status == "lost":
        return f"{unanswered}: lost on the way"
    if foreign:
        return f"{unanswered}{on_the_way}"
    if span.started is None:
        return f"{unanswered}; there: it never began ({status})"
    went_on = span.ended is not None and span.ended > span.gave_up
    until = f", and it went on until {_at(span.ended or 0, began)} ({status})" if went_on else f" ({status})"
    return f"{unanswered}; there:{on_the_way}{inside}{until}"


def _inside(span: Span) -> str:
    """What its service knows of it."""
    work = None if span.work is None else span.work / MICRO
    return f" waited {_between(span.arrived, span.started)} own work {seconds_text(work)}"


def _at(time: int, began: int) -> str:
    return f"+{(time - began) / 1000:.0f}ms"


def _between(start: int | None, end: int | None) -> str:
    return seconds_text(None if start is None or end is None else (end - start) / MICRO)

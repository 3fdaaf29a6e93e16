"""Conditions: whether they can be read, and whether what they ask for can be seen in this scenario."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gameday.core.expressions import (
    Comparison,
    Condition,
    ConditionError,
    Every,
    Lasting,
    Not,
    Some,
    comparisons,
    parse_condition,
)
from gameday.core.signals import EDGE_METRICS, ENTRY_METRICS, SERVICE_METRICS, STATE_SUBJECTS
from gameday.core.units import MICRO, format_duration
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report, is_known, suggestion
from gameday.scenario.models.system import Dependency
from gameday.scenario.source import Path

_WAITED = ("mean", "p50", "p95", "p99", "retries")
"""Metrics of calls that somebody waits for."""
_PARTS: Mapping[str, str] = {"pool": "pool", "breaker": "breaker", "cache_hits": "cache"}
"""Metrics of what a dependency need not have -> the key that gives it one."""
_ONLY: Mapping[str, str] = {
    "backlog": "a queue from which a pull dependency takes",
    "lag": "a replica of a database, or a primary that may rejoin as one,",
    "healthy": "a service with per_replica",
    "pool": "a service that calls through a pool",
    "cache_hits": "a service that calls through a cache or holds one",
}
"""Metrics that not every service has -> which do."""


def check_condition(report: Report, path: Path, text: str, names: Names | None) -> None:
    """Reads the condition at `path`; with the names of a scenario, looks up every signal in it."""
    try:
        condition = parse_condition(text)
    except ConditionError as error:
        report.inside(path, text, error.offset, _word(text, error.offset), str(error), "bad-condition")
        return
    for leaf, other in _contradictions(condition):
        message = f'"{leaf}" and "{other}" never hold together'
        report.inside(path, text, leaf.offset, len(leaf.path), message, "bad-condition")
    if names is None:
        return
    for leaf in comparisons(condition):
        problem = _problem(leaf, names)
        if problem is not None:
            message, code = problem
            report.inside(path, text, leaf.offset, len(leaf.path), message, code)
    for offset, message in _too_long(condition, names.lasts):
        report.inside(path, text, offset, _word(text, offset), message, "beyond-the-end")


def _too_long(condition: Condition, lasts: int) -> Iterator[tuple[int, str]]:
    """Durations that a session of `lasts` µs has no room for: where each is written, and what to say."""
    match condition:
        case Comparison(window=window, window_offset=offset):
            if window * MICRO > lasts:
                yield offset, f'"over {_time(window)}" is longer than the session, which lasts {format_duration(lasts)}'
        case Lasting(inner, seconds, offset):
            yield from _too_long(inner, lasts)
            if _first(inner) * MICRO <= lasts < _first(condition) * MICRO:
                message = f'"for {_time(seconds)}" never comes to pass: the session lasts {format_duration(lasts)}'
                yield offset, message
        case Not(inner):
            yield from _too_long(inner, lasts)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _too_long(part, lasts)


def _first(condition: Condition) -> int:
    """The first second at which it can hold."""
    match condition:
        case Lasting(inner, seconds):
            return _first(inner) + seconds - 1
        case Every(parts):
            return max(map(_first, parts))
        case Some(parts):
            return min(map(_first, parts))
        case _:
            return 1


def _time(seconds: int) -> str:
    return format_duration(seconds * MICRO)


def _contradictions(condition: Condition) -> Iterator[tuple[Comparison, Comparison]]:
    """Pairs of comparisons of one signal that are both demanded and leave no value."""
    if isinstance(condition, Lasting | Not):
        yield from _contradictions(condition.condition)
    if not isinstance(condition, Every | Some):
        return
    for part in condition.conditions:
        yield from _contradictions(part)
    demanded = [part for part in condition.conditions if isinstance(part, Comparison)]
    for index, one in enumerate(demanded if isinstance(condition, Every) else ()):
        for other in demanded[index + 1 :]:
            same = (one.subject, one.metric, one.window) == (other.subject, other.metric, other.window)
            if same and (_excludes(one, other) or _excludes(other, one)):
                yield one, other


def _excludes(low: Comparison, high: Comparison) -> bool:
    """Whether what is at least so much for the one is too much for the other."""
    strict = low.operator == ">" or high.operator == "<"
    bounded = low.operator in (">", ">=", "==") and high.operator in ("<", "<=", "==")
    return bounded and (low.threshold > high.threshold or (strict and low.threshold == high.threshold))


def _word(text: str, offset: int) -> int:
    """Length of the word at the offset, without the brackets that are closed after it."""
    return max(1, len(text[offset:].split(maxsplit=1)[0].rstrip(")")) if text[offset:].strip() else 1)


def _problem(leaf: Comparison, names: Names) -> tuple[str, str] | None:
    """What is wrong with the signal that a comparison reads, and the code of it."""
    if leaf.subject in names.services:
        return _service_problem(leaf, names)
    if leaf.subject in names.entries:
        return _metric_problem(leaf, ENTRY_METRICS, "an entry")
    if leaf.subject in names.dependencies:
        return _edge_problem(leaf, names.dependencies[leaf.subject])
    if leaf.subject in STATE_SUBJECTS:
        return _state_problem(leaf, names)
    if ">" in leaf.subject:
        return _unknown_edge(leaf.subject, names.edges)
    known = (*names.subjects, *STATE_SUBJECTS)
    if is_known(leaf.subject, known):
        return None
    return f'nothing called "{leaf.subject}" can be seen{suggestion(leaf.subject, known)}', "unknown-subject"


def _metric_problem(leaf: Comparison, metrics: Collection[str], kind: str) -> tuple[str, str] | None:
    if leaf.metric in metrics:
        return None
    hint = suggestion(leaf.metric, metrics) or f"; there is {', '.join(metrics)}"
    return f'"{leaf.metric}" is no metric of {kind}{hint}', "unknown-metric"


def _service_problem(leaf: Comparison, names: Names) -> tuple[str, str] | None:
    """A metric that services do not have, or not this one; what only their calls have is asked of one of these."""
    having = names.having.get(leaf.metric)
    if having is not None and not is_known(leaf.subject, having):
        which = f"only {_ONLY[leaf.metric]} has one{suggestion(leaf.subject, having)}"
        return f'{leaf.subject} has no "{leaf.metric}": {which}', "unknown-metric"
    if leaf.metric != "breaker":
        return _metric_problem(leaf, SERVICE_METRICS, "a service")
    found = [name for name, edge in names.dependencies.items() if edge.caller == leaf.subject and edge.breaker]
    hint = f'; write for example "{found[0]}.{leaf.metric}"' if found else ""
    return f'"{leaf.metric}" is a metric of a dependency, not of a service{hint}', "unknown-metric"


def _edge_problem(leaf: Comparison, edge: Dependency) -> tuple[str, str] | None:
    """A metric that edges do not have, or not this one."""
    name, metric = edge.name, leaf.metric
    if metric in _WAITED and edge.mode != "sync":
        calls = "an async" if edge.mode == "async" else "a pull"
        return f'nobody waits for {calls} call, so {name} has no "{metric}"', "unknown-metric"
    part = _PARTS.get(metric)
    if part is not None and getattr(edge, part) is None:
        return f'{name} has no {part}, so it has no "{metric}"', "unknown-metric"
    return _metric_problem(leaf, EDGE_METRICS, "a dependency")


def _unknown_edge(name: str, edges: Collection[str]) -> tuple[str, str] | None:
    """An edge that is not there, with those between the same services where these have several."""
    if is_known(name, edges):
        return None
    between = [edge for edge in edges if edge.startswith(f"{name.partition('#')[0]}#")]
    hint = f"; there is {' and '.join(between)}" if between else suggestion(name, edges)
    return f'there is no dependency "{name}"{hint}', "unknown-edge"


def _state_problem(leaf: Comparison, names: Names) -> tuple[str, str] | None:
    words = [word for word in STATE_SUBJECTS[leaf.subject] if word != "NAME"]
    if "NAME" in STATE_SUBJECTS[leaf.subject]:
        words += {"alerts": names.alerts, "people": names.people, "flags": names.flags}[leaf.subject]
    if is_known(leaf.metric, words):
        return None
    return f'{leaf.subject} has no "{leaf.metric}"{suggestion(leaf.metric, words)}', "unknown-state"

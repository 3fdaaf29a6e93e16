"""Conditions: whether they can be read, and whether what they ask for can be seen in this scenario."""

from __future__ import annotations

from collections.abc import Collection, Iterator

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
from gameday.core.signals import ENTRY_METRICS, SERVICE_METRICS, STATE_SUBJECTS
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report, is_known, suggestion
from gameday.scenario.source import Path


def check_condition(report: Report, path: Path, text: str, names: Names | None) -> None:
    """Reads the condition at `path`; with the names of a scenario, looks up every signal in it."""
    try:
        condition = parse_condition(text)
    except ConditionError as error:
        report.inside(path, text, error.offset, _word(text, error.offset), str(error), "bad-condition")
        return
    for leaf, other in _contradictions(condition):
        message = f'"{leaf}" and "{other}" never hold together'
        report.inside(path, text, leaf.offset, len(leaf.subject) + 1 + len(leaf.metric), message, "bad-condition")
    if names is None:
        return
    for leaf in comparisons(condition):
        problem = _problem(leaf, names)
        if problem is not None:
            message, code = problem
            report.inside(path, text, leaf.offset, len(leaf.subject) + 1 + len(leaf.metric), message, code)


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
    """Length of the word at the offset."""
    return max(1, len(text[offset:].split(maxsplit=1)[0]) if text[offset:].strip() else 1)


def _problem(leaf: Comparison, names: Names) -> tuple[str, str] | None:
    """What is wrong with the signal that a comparison reads, and the code of it."""
    if leaf.subject in names.services:
        return _metric_problem(leaf, SERVICE_METRICS, "a service")
    if leaf.subject in names.entries:
        return _metric_problem(leaf, ENTRY_METRICS, "an entry")
    if leaf.subject in STATE_SUBJECTS:
        return _state_problem(leaf, names)
    known = (*names.subjects, *STATE_SUBJECTS)
    if is_known(leaf.subject, known):
        return None
    return f'nothing called "{leaf.subject}" can be seen{suggestion(leaf.subject, known)}', "unknown-subject"


def _metric_problem(leaf: Comparison, metrics: Collection[str], kind: str) -> tuple[str, str] | None:
    if leaf.metric in metrics:
        return None
    hint = suggestion(leaf.metric, metrics) or f"; there is {', '.join(metrics)}"
    return f'"{leaf.metric}" is no metric of {kind}{hint}', "unknown-metric"


def _state_problem(leaf: Comparison, names: Names) -> tuple[str, str] | None:
    words = [word for word in STATE_SUBJECTS[leaf.subject] if word != "NAME"]
    if "NAME" in STATE_SUBJECTS[leaf.subject]:
        words += {"alerts": names.alerts, "people": names.people, "flags": names.flags}[leaf.subject]
    if is_known(leaf.metric, words):
        return None
    return f'{leaf.subject} has no "{leaf.metric}"{suggestion(leaf.metric, words)}', "unknown-state"

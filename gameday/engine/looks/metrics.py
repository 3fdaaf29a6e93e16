"""The signals of one service or entry: now, one, five and ten minutes ago; and how each of its calls does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gameday.core.commands import Command
from gameday.core.signals import CAUSE_METRICS, ENTRY_METRICS, RATIO_METRICS, SERVICE_METRICS, TIME_METRICS
from gameday.engine.looks.base import LookWorld, cause_text, is_foreign, seconds_text, share_text
from gameday.engine.traffic.codes import OUTCOMES, TAKEN_BACK

_AGO = (0, 60, 300, 600)
_WINDOW = 10
_SEEN_BY_CALLERS = ("rate", "errors", "success", "mean", "p50", "p95", "p99", "retries")
_TAKEN_BACK = tuple(OUTCOMES[cause] for cause in TAKEN_BACK)
_EDGE_COLUMNS = ("rate", "errors", "retries", "p95")


def lines(world: LookWorld, command: Command) -> tuple[str, ...]:
    """A table: a row a metric, a column for each of a few times, each over 10 s. Then a row for each outgoing edge."""
    subject = command.arguments[0]
    is_service = subject in world.scenario.system.services
    if is_service and is_foreign(world, subject):
        return tuple(_from_outside(world, subject))
    rows = _table(world, subject, SERVICE_METRICS if is_service else ENTRY_METRICS)
    causes = world.signals.causes(subject, _WINDOW)
    left = {cause: causes.pop(cause) for cause in _TAKEN_BACK if is_service and cause in causes}
    if causes:
        rows.append(f"failures of the last 10s: {_counts(world, subject, causes)}")
    if left:
        rows.append(f"no failures, taken back by who asked: {_counts(world, subject, left)}")
    if is_service:
        rows += _calls(world, subject)
    return tuple(rows)


def _table(world: LookWorld, subject: str, metrics: Sequence[str]) -> list[str]:
    upto = world.signals.upto
    times = [ago for ago in _AGO if upto - ago >= 1]
    rows = [f"{subject:<12}" + "".join(f"{'now' if not ago else f'-{ago // 60}m':>10}" for ago in times)]
    for name in metrics:
        values = [world.signals.value(subject, name, upto - ago, _WINDOW) for ago in times]
        if name not in CAUSE_METRICS and any(value is not None for value in values):
            rows.append(f"{name:<12}" + "".join(f"{_text(name, value):>10}" for value in values))
    return rows


def _counts(world: LookWorld, subject: str, causes: Mapping[str, int]) -> str:
    return ", ".join(f"{cause_text(world, subject, cause)} {count}" for cause, count in causes.items())


def _from_outside(world: LookWorld, service: str) -> list[str]:
    """Of what belongs to somebody else one knows what each of its callers sees."""
    rows = [f"{service} belongs to somebody else: this is what our calls to it see"]
    for name, edge in world.traffic.edges.items():
        if edge.callee.name != service:
            continue
        rows += _table(world, name, _SEEN_BY_CALLERS)
        causes = world.signals.causes(name, _WINDOW)
        if causes:
            rows.append(f"calls of the last 10s that ended badly: {_counts(world, service, causes)}")
    return rows if len(rows) > 1 else [f"{service} belongs to somebody else, and nothing of ours calls it"]


def _calls(world: LookWorld, service: str) -> list[str]:
    """What the service itself sees of those it calls: attempts a second, retries among them, and how they end."""
    names = [name for name, edge in world.traffic.edges.items() if edge.caller.name == service]
    if not names:
        return []
    width = max(24, *(len(name) for name in names))
    rows = [f"{'calls of the last 10s':<{width}}" + "".join(f"{column:>10}" for column in _EDGE_COLUMNS)]
    for name in names:
        values = [world.signals.value(name, column, world.signals.upto, _WINDOW) for column in _EDGE_COLUMNS]
        cells = "".join(f"{_text(column, value):>10}" for column, value in zip(_EDGE_COLUMNS, values, strict=True))
        causes = world.signals.causes(name, _WINDOW)
        told = "  " + ", ".join(f"{cause} {count}" for cause, count in causes.items()) if causes else ""
        rows.append(f"{name:<{width}}{cells}{told}")
    return rows


def _text(metric: str, value: float | None) -> str:
    if metric == "deploy_age":
        return "-" if value is None else f"{value / 60:.1f}min"
    if metric in TIME_METRICS:
        return seconds_text(value)
    if metric in RATIO_METRICS:
        return share_text(value)
    return "-" if value is None else f"{value:.4g}"

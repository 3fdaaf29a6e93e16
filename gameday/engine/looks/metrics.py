"""The signals of one service or entry: now, one, five and ten minutes ago."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.signals import ENTRY_METRICS, RATIO_METRICS, SERVICE_METRICS, TIME_METRICS
from gameday.engine.looks.base import LookWorld, cause_text, seconds_text, share_text

_AGO = (0, 60, 300, 600)
_WINDOW = 10


def lines(world: LookWorld, command: Command) -> tuple[str, ...]:
    """A table: a row a metric, a column for each of a few times, each over 10 s."""
    subject = command.arguments[0]
    names = SERVICE_METRICS if subject in world.scenario.system.services else ENTRY_METRICS
    upto = world.signals.upto
    times = [ago for ago in _AGO if upto - ago >= 1]
    rows = [f"{subject:<12}" + "".join(f"{'now' if not ago else f'-{ago // 60}m':>10}" for ago in times)]
    for name in names:
        values = [world.signals.value(subject, name, upto - ago, _WINDOW) for ago in times]
        if any(value is not None for value in values):
            rows.append(f"{name:<12}" + "".join(f"{_text(name, value):>10}" for value in values))
    causes = world.signals.causes(subject, _WINDOW)
    if causes:
        rows.append(
            "failures of the last 10s: "
            + ", ".join(f"{cause_text(world, subject, cause)} {count}" for cause, count in causes.items())
        )
    return tuple(rows)


def _text(metric: str, value: float | None) -> str:
    if metric == "deploy_age":
        return "-" if value is None else f"{value / 60:.1f}min"
    if metric in TIME_METRICS:
        return seconds_text(value)
    if metric in RATIO_METRICS:
        return share_text(value)
    return "-" if value is None else f"{value:.4g}"

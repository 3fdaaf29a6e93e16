"""What one finds by looking: a module a kind of evidence, plus one line in the registry.

A look takes time and its result is what was to be seen when it was done: lines of text, made from samples of what the
kernel really ran.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gameday.core.commands import Command
from gameday.engine.looks import alerting, logs, metrics, oncall, system, traces
from gameday.engine.looks.base import LookWorld

LOOKS: Mapping[str, Callable[[LookWorld, Command], tuple[str, ...]]] = {
    "metrics": metrics.lines,
    "logs": logs.lines,
    "traces": traces.lines,
    "deps": system.dependencies,
    "changes": system.changes,
    "describe": system.describe,
    "alerts": alerting.lines,
    "oncall": oncall.on_call,
    "playbook": system.playbook,
}

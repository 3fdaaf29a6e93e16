"""What a look found, as a colleague keeps it in mind: numbers now and before, changes, a log in one line.

Owns the reading of signals and of the lines of a look. What it means stands in `concluding`, how it is said in
`reporting`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from gameday.core.signals import CAUSES, ENTRY_METRICS, SERVICE_METRICS, Signals
from gameday.response.colleagues.knowing import Knowledge

_NOW = 10
"""Seconds over which a colleague reads a number."""

_BEFORE = 30
"""Seconds of quiet with which it is compared, where the graph of the last ten minutes begins."""

_GRAPH = 600
_WORD = re.compile(r"[\w-]+")

_CHANGE = re.compile(r"(?P<clock>[\d:]+) (?P<text>.*) \((?P<author>[^()]*)\)$")
_PLAIN = (*(name for name in SERVICE_METRICS if name != "deploy_age"), "bad")


@dataclass(frozen=True, slots=True)
class CallNumbers:
    """One of a service's calls, as it sees it itself: attempts a second, retries among them, and how they end."""

    name: str
    callee: str
    rate: float
    errors: float
    retries: float
    p95: float
    causes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The signals of a service or entry at a second, and before: metric -> value; what has no data is not there.

    `at_deploy` is how it was when the newest deploy came, `deploy_age` in seconds.
    """

    subject: str
    second: int
    now: Mapping[str, float]
    before: Mapping[str, float]
    at_deploy: Mapping[str, float]
    deploy_age: float | None
    calls: tuple[CallNumbers, ...] = ()

    def rose(self, metric: str, factor: float, least: float) -> bool:
        """Whether a metric is now `factor` times what it was, and `least` at least."""
        value = self.now.get(metric, 0.0)
        return value >= least and value >= factor * self.before.get(metric, 0.0)

    @property
    def waits(self) -> bool:
        """Its workers are taken, and it does no work: it waits for somebody it calls."""
        busy = self.now.get("saturation", 0.0) >= 0.8 and self.now.get("load", 1.0) < 0.5
        return busy or self.now.get("errors_dependency", 0.0) > 0.02

    @property
    def is_unwell(self) -> bool:
        """Whether anybody would frown at it."""
        return (
            self.now.get("errors", 0.0) > 0.02
            or self.now.get("bad", 0.0) > 0.02
            or self.now.get("saturation", 0.0) >= 0.95
            or self.rose("p95", 2.0, 0.2)
            or self.rose("backlog", 2.0, 100.0)
            or self.now.get("replicas", 1.0) < self.before.get("replicas", 0.0)
            or self._gets_less_done
        )

    @property
    def _gets_less_done(self) -> bool:
        """Less gets through, and not because less is asked for."""
        asked = self.now.get("rate", 0.0) >= 0.8 * self.before.get("rate", 0.0)
        return asked and self.now.get("goodput", 0.0) < 0.7 * self.before.get("goodput", 0.0)

    @property
    def worst_call(self) -> CallNumbers | None:
        """The call that hurts most: by its failures, then by its time."""
        return max(self.calls, key=lambda call: (call.errors > 0.02, call.errors, call.p95), default=None)


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the change feed. `clock` as it stands there, `component` what was changed."""

    clock: str
    component: str
    text: str
    author: str

    @property
    def second(self) -> int:
        seconds = 0
        for part in self.clock.split(":"):
            seconds = 60 * seconds + int(part)
        return seconds

    @property
    def is_version(self) -> bool:
        """Whether another version runs since."""
        return self.text.split()[0] in ("deploy", "promote", "rollback")

    @property
    def is_release(self) -> bool:
        """Whether somebody brought something new."""
        return self.text.split()[0] in ("deploy", "promote", "flag", "config")

    @property
    def mechanism(self) -> str:
        """What it would be called where it is the cause."""
        return {"flag": "flag", "config": "config"}.get(self.text.split()[0], "bad-deploy")


@dataclass(frozen=True, slots=True)
class Log:
    """A service's log in one line; `count` lines, 0 where it logged no failure."""

    service: str
    count: int
    example: str


@dataclass(slots=True)
class Evidence:
    """Everything one colleague has in mind for one question."""

    numbers: dict[str, Numbers] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    logs: dict[str, Log] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def read_numbers(signals: Signals, knowledge: Knowledge, subject: str, second: int) -> Numbers:
    """The numbers of a service or an entry, as they can be seen at that second."""
    is_entry = knowledge.is_entry(subject)
    metrics = ENTRY_METRICS if is_entry else _PLAIN
    age = None if is_entry else signals.value(subject, "deploy_age", second)
    begins = max(second - _GRAPH, 0) + _BEFORE
    return Numbers(
        subject,
        second,
        _values(signals, subject, metrics, second, _NOW),
        _values(signals, subject, metrics, begins, _BEFORE) if begins < second else {},
        {} if age is None else _values(signals, subject, ("errors", "p95", "saturation"), second - round(age), _NOW),
        age,
        () if is_entry else tuple(_call(signals, *call, second) for call in knowledge.calls_of(subject)),
    )


def _values(signals: Signals, subject: str, metrics: Sequence[str], second: int, length: int) -> dict[str, float]:
    if second < 1:
        return {}
    read = ((metric, signals.value(subject, metric, second, min(length, second))) for metric in metrics)
    return {metric: value for metric, value in read if value is not None}


def _call(signals: Signals, name: str, callee: str, second: int) -> CallNumbers:
    def value(metric: str) -> float:
        return signals.value(name, metric, second, _NOW) or 0.0

    causes = {cause: share for cause in CAUSES if (share := value(f"errors_{cause}"))}
    return CallNumbers(name, callee, value("rate"), value("errors"), value("retries"), value("p95"), causes)


def read_changes(lines: Sequence[str], names: Collection[str]) -> tuple[Change, ...]:
    """The change feed, newest first, as a look shows it. `names` are those of services and flags."""
    found = [match for line in lines if (match := _CHANGE.fullmatch(line))]
    return tuple(
        Change(match["clock"], _component(match["text"], names), match["text"], match["author"]) for match in found
    )


def _component(text: str, names: Collection[str]) -> str:
    """`deploy auth 42`, `flag cedar on`, `auth crashed`, `retries of auth>db: 0` -> what was changed; else empty."""
    return next((word for word in _WORD.findall(text) if word in names), "")


def read_log(service: str, lines: Sequence[str]) -> Log:
    """A log in one line: how much there is, and the newest of it without its time."""
    texts = [line for line in lines[1:] if "more like this" not in line]
    if not texts:
        return Log(service, 0, "")
    newest = texts[-1].split(" ", 1)[-1]
    count = lines[0].split()[0]
    return Log(service, int(count) if count.isdigit() else len(texts), newest)


def note(evidence: Evidence, knowledge: Knowledge, command: str, lines: Sequence[str]) -> None:
    """Keeps in mind what a look found; numbers are read by `read_numbers`."""
    verb, _, subject = command.partition(" ")
    if verb == "changes":
        evidence.changes = read_changes(lines, knowledge.names)
    elif verb == "logs":
        evidence.logs[subject] = read_log(subject, lines)
    elif verb in ("traces", "deps", "describe"):
        evidence.others += list(lines[:3])

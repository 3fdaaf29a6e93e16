"""What responders can see: readings of services and entries a second, and the protocol to read their history.

Owns the names of the metrics and the immutable `Observation`. Does not own where the numbers come from
(`gameday.engine.signals`) and never holds the hidden truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

CAUSES: Mapping[str, str] = {
    "timeout": "no answer in time",
    "refused": "no room: its queue or all its slots were full",
    "down": "it was not running",
    "shed": "turned away on purpose, to protect the rest",
    "error": "its own work failed",
    "killed": "it died with the request in it",
    "blocked": "turned away at the door",
    "dependency": "a call that it could not do without failed",
    "broken": "the caller's circuit breaker was open",
    "throttled": "the caller held back by itself",
    "limited": "beyond a rate limit (429)",
    "pool": "no connection of the caller's pool came free in time",
    "expired": "its deadline was over before its work began",
    "cancelled": "its caller took it back: no failure of who was called",
    "certificate": "the certificate was not trusted",
    "dns": "the name could not be resolved",
    "unauthorized": "the credentials were turned away",
    "abandoned": "the client left the line: no failure of the service",
    "overdue": "dropped: it had waited too long in line (codel)",
}
"""How a request can fail -> what it means. They are the kernel's outcomes (`gameday.engine.traffic.codes`)."""

CAUSE_PREFIX = "errors_"

METRICS: Mapping[str, str] = {
    "rate": "attempts arriving a second",
    "goodput": "successes in time a second",
    "errors": "failed / ended attempts, 0..1; what its caller took back has not failed",
    "success": "1 - errors",
    "mean": "mean time of successes, seconds",
    "p50": "median time of successes, seconds",
    "p95": "95th percentile of the times of successes, seconds",
    "p99": "99th percentile of the times of successes, seconds",
    "saturation": "busy workers / workers, 0..1 (services only)",
    "queue": "mean number waiting (services only)",
    "retries": "outgoing retries a second (services and dependencies only)",
    "replicas": "replicas that serve (services only)",
    "healthy": "replicas that the health checks think well of (services with health checks only)",
    "in_flight": "mean number of requests inside, waiting or served (services only)",
    "load": "own work / workers, 0..1: like CPU, it falls while all wait for others (services only)",
    "pool": "use of the fullest connection pool of its calls, 0..1 (services and dependencies with a pool only)",
    "cache_hits": "share of look-ups answered from the cache, 0..1 (services and dependencies with a cache only)",
    "breaker": "circuit breaker: closed, open or half-open (dependencies with a breaker only)",
    "backlog": "messages that wait (queues only)",
    "lag": "seconds that a replica is behind (replicas of a database only)",
    "canary": "share of the replicas that run the newest version while it is tried out, 0..1 (services only)",
    "deploy_age": "seconds since the newest deploy (services only)",
    "bad": "share of requests that missed the objective, 0..1 (entries only)",
    **{CAUSE_PREFIX + cause: f"share of ended attempts that ended thus: {text}" for cause, text in CAUSES.items()},
}
"""Metric name -> what it means and its unit."""

CAUSE_METRICS = tuple(CAUSE_PREFIX + cause for cause in CAUSES)
RATIO_METRICS = frozenset(
    {"errors", "success", "saturation", "load", "pool", "cache_hits", "canary", "bad", *CAUSE_METRICS}
)
TIME_METRICS = frozenset({"mean", "p50", "p95", "p99", "deploy_age", "lag"})
SERVICE_METRICS = tuple(name for name in METRICS if name not in ("bad", "breaker"))
ENTRY_METRICS = ("rate", "goodput", "errors", "success", "mean", "p50", "p95", "p99", "bad", *CAUSE_METRICS)
EDGE_METRICS = (
    *("rate", "errors", "success", "mean", "p50", "p95", "p99", "retries", "pool", "cache_hits", "breaker"),
    *CAUSE_METRICS,
)
"""Of a dependency (`caller>callee`), as its caller sees it: `rate` counts attempts, retries among them.

Conditions and looks read them; an observation does not hold them.
"""

BREAKER_STATES = ("closed", "open", "half-open")
"""What the metric `breaker` can be: its value is a place in this list."""

STATE_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "incident": ("declared", "acknowledged", "resolved", "status_posted"),
    "alerts": ("NAME", "firing"),
    "people": ("NAME", "joined"),
    "flags": ("NAME",),
    "actions": ("running",),
}
"""Subjects that are not services: `incident.declared`, `alerts.login`, `people.dba` (joined), `flags.cedar` (on)."""


def breaker_word(value: float) -> str:
    """The state that a value of the metric `breaker` stands for."""
    return BREAKER_STATES[round(value)]


class Signals(Protocol):
    """Reads what can be seen; the same object serves alerts, playbook checks and the automatic responder."""

    def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
        """The metric over the `length` seconds that end at `second` (exclusive); None when there was no data.

        Ratios are weighted by what they are ratios of. Quantiles are those of all requests of the window together, by
        nearest rank: exact over one second, at most 0.8 % beside the measured value over longer ones. Ten minutes
        back a window is widened to whole tens of seconds for quantiles, an hour back for every metric.
        State subjects give 1.0 or 0.0 and ignore `length`.
        """


class ServiceReading(NamedTuple):
    """One second of one service, rounded to four significant digits; None where there was no data."""

    rate: float
    goodput: float
    errors: float | None
    mean: float | None
    p50: float | None
    p95: float | None
    p99: float | None
    saturation: float
    queue: float
    retries: float
    replicas: int
    version: str
    healthy: float | None = None
    pool: float | None = None
    cache_hits: float | None = None
    backlog: float | None = None
    lag: float | None = None
    canary: float | None = None


class EntryReading(NamedTuple):
    """One second of one entry, as `ServiceReading`; `bad` is the share judged to miss the objective."""

    rate: float
    goodput: float
    errors: float | None
    mean: float | None
    p50: float | None
    p95: float | None
    p99: float | None
    bad: float | None


SERVICE_COLUMNS = ServiceReading._fields
ENTRY_COLUMNS = EntryReading._fields


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as the pager shows it. Times in seconds; `escalates_at` None when nothing is pending."""

    ref: str
    alert: str
    summary: str
    urgency: str
    state: str  # triggered | acknowledged | resolved
    targets: tuple[str, ...]
    opened_at: int
    acknowledged_by: str | None
    escalates_at: int | None


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action under way or waiting for approval. Times in seconds; `ends_at` None while it waits."""

    ref: str
    text: str
    author: str
    state: str  # pending | running
    started_at: int
    ends_at: int | None


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of the playbook as it stands: todo, current, done, skipped or failed."""

    ref: str
    text: str
    state: str
    command: str
    check: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """The incident as declared: severity, who holds which role, when the next public update falls due (second)."""

    declared_at: int | None = None
    severity: str | None = None
    roles: tuple[tuple[str, str], ...] = ()
    status_due_at: int | None = None
    last_status: str | None = None
    resolved_at: int | None = None


@dataclass(frozen=True, slots=True)
class LookView:
    """Somebody is looking at something until a second."""

    person: str
    text: str
    ends_at: int


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody as the team sees them. `doing` is what they are at, or empty; `until` the second at which it ends.

    `state`: away (not here), paged (told, and not here yet), here, or gone (relieved, or home).
    """

    name: str
    team: str
    title: str
    state: str
    role: str = ""
    doing: str = ""
    until: int | None = None
    tired: bool = False
    played: bool = False


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question that waits for an answer. Times in seconds; `due_at` None where nobody said by when."""

    ref: str
    kind: str  # colleague | can | approval | executive | journalist | vendor
    sender: str
    to: str
    message: str
    asked_at: int
    due_at: int | None


@dataclass(frozen=True)
class Observation:
    """Everything responders can see at one whole second. The hidden truth is not in it."""

    second: int
    services: Mapping[str, ServiceReading]
    entries: Mapping[str, EntryReading]
    pages: tuple[PageView, ...] = ()
    alerts: tuple[str, ...] = ()
    actions: tuple[ActionView, ...] = ()
    playbook: str = ""
    steps: tuple[StepView, ...] = ()
    incident: IncidentView = IncidentView()
    looks: tuple[LookView, ...] = ()
    joined: tuple[str, ...] = ()
    people: tuple[PersonView, ...] = ()
    questions: tuple[QuestionView, ...] = ()

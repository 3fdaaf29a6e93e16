"""The immutable snapshots that are drawn, already in the units of the screen's source.

Times are seconds, rates are per second, ratios run from 0 to 1, `None` is no data: the units of
`gameday.core.signals`. Owns no drawing; whoever makes a snapshot decides each status.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Values = tuple[float | None, ...]
"""A history, oldest first, one value a second; None where there was no data."""


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service in the table. `retries` are outgoing retries a second; `trend` is drawn as a spark line."""

    name: str
    status: str
    rate: float | None = None
    errors: float | None = None
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    saturation: float | None = None
    queue: float | None = None
    retries: float | None = None
    trend: Values = ()
    team: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry, what users see; `bad` is the share that missed the objective."""

    name: str
    status: str
    rate: float | None = None
    bad: float | None = None
    p50: float | None = None
    p99: float | None = None
    objective: str = ""
    trend: Values = ()


@dataclass(frozen=True, slots=True)
class TableState:
    """The table of services, entries on top. `selected` is a name of either."""

    services: tuple[ServiceRow, ...] = ()
    entries: tuple[EntryRow, ...] = ()
    selected: str | None = None


@dataclass(frozen=True, slots=True)
class Topology:
    """Who calls whom: names, and pairs of caller and callee. Entries may be nodes too."""

    nodes: tuple[str, ...]
    edges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MapState:
    """What changes on the service map. `hot` are edges that retry or time out; `acting` nodes an action works on."""

    statuses: tuple[tuple[str, str], ...]
    hot: tuple[tuple[str, str], ...] = ()
    selected: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
    acting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """One signal: its history, its value and usual value as texts, and the style the value is shown in.

    `top` is the value that fills the spark line; None scales to the largest of the history.
    """

    label: str
    values: Values
    current: str
    baseline: str = ""
    style: str = "value"
    top: float | None = None


@dataclass(frozen=True, slots=True)
class Burn:
    """How fast a window spends the error budget: error rate / (1 - objective)."""

    window: str
    rate: float | None


@dataclass(frozen=True, slots=True)
class SignalsState:
    """The golden signals of one service or entry; `budget` is the share of the error budget left."""

    subject: str
    status: str
    series: tuple[Series, ...] = ()
    objective: str = ""
    burns: tuple[Burn, ...] = ()
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class ChartState:
    """One or more histories over a common range of seconds; `start` and `end` label the axis."""

    title: str
    lines: tuple[tuple[str, Values], ...]
    start: str = ""
    end: str = ""
    unit: str = ""
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a log or a channel; `style` is how its text is shown, `mark` a sign of what kind it is."""

    time: str
    style: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LogState:
    """The lines that a ring buffer holds, after `dropped` that it no longer does.

    `bottom` is the number, counted from the very first line, of the first line *not* shown; None follows the end.
    `query` keeps the lines that contain it, `!query` those that do not.
    """

    lines: tuple[LogLine, ...] = ()
    dropped: int = 0
    bottom: int | None = None
    query: str = ""
    wrap: bool = False
    empty: str = "nothing yet"


@dataclass(frozen=True, slots=True)
class Gauge:
    """Something under way: `done` from 0 to 1, None when only its note is known."""

    label: str
    done: float | None
    note: str = ""
    style: str = "accent"


@dataclass(frozen=True, slots=True)
class GaugesState:
    """What is under way, in one line."""

    gauges: tuple[Gauge, ...] = ()
    idle: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for an answer of whoever plays: who asks what, how long there is, how to answer."""

    text: str
    left: str
    style: str = "header-warn"


@dataclass(frozen=True, slots=True)
class QuestionsState:
    """The questions, the most pressing first; `key` answers the first."""

    questions: tuple[Waiting, ...] = ()
    key: str = "r"


@dataclass(frozen=True, slots=True)
class HeaderState:
    """The line on top. `clock` and `horizon` are texts such as `07:42`; what is empty is left out.

    `dress` is the hat and the modifiers.
    """

    scenario: str
    clock: str
    horizon: str = ""
    title: str = "gameday"
    people: tuple[str, ...] = field(default=())
    speed: str = "1x"
    paused: bool = False
    severity: str = ""
    hurt: str = ""
    score: str = ""
    warning: str = ""
    dress: str = ""

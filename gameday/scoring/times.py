"""The six times of a session, in seconds since impact began; None for what never happened.

Owns their definitions (one function each). Does not own what they are worth (`gameday.scoring.recovery`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gameday.core.commands import parse_command
from gameday.core.events import (
    ActionStarted,
    AlertFired,
    CauseDiagnosed,
    Event,
    FalseAlarmBegan,
    IncidentDeclared,
    PageAcknowledged,
    PersonJoined,
)
from gameday.core.units import MICRO
from gameday.core.verbs import VERBS
from gameday.scenario.models import Scenario
from gameday.scenario.owners import owners_of
from gameday.scoring.components import acts_on
from gameday.scoring.windows import any_missed, entries_missed, start_of, window_of
from gameday.session.record import SessionRecord

TIME_NAMES = ("detected", "acknowledged", "engaged", "diagnosed", "mitigated", "recovered")

MEANINGS = {
    "engaged": "a team that owns the cause took a page or joined, or somebody acted on the cause itself",
    "diagnosed": "component and mechanism were both named rightly (the score gives parts for less)",
}
"""When those of the times are that can be missing while people were at work."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds since impact began, which is itself in microseconds since the session began.

    Without impact every one of them is None. A time can be negative: a declaration before impact.
    """

    impact_began: int | None = None
    detected: float | None = None
    acknowledged: float | None = None
    engaged: float | None = None
    diagnosed: float | None = None
    mitigated: float | None = None
    recovered: float | None = None

    def to_json(self) -> dict[str, float | None]:
        """The six times by name."""
        return {name: self.of(name) for name in TIME_NAMES}

    def of(self, name: str) -> float | None:
        """One of the six times by its name."""
        value: float | None = getattr(self, name)
        return value

    def never(self) -> tuple[str, ...]:
        """What those of `MEANINGS` are that never came, a line each; none without impact, as then none could."""
        if self.impact_began is None:
            return ()
        return tuple(f"{name} is when {told}; here never" for name, told in MEANINGS.items() if self.of(name) is None)

    def instant(self, name: str) -> int | None:
        """One of the six times in microseconds since the session began."""
        value = self.of(name)
        if value is None or self.impact_began is None:
            return None
        return self.impact_began + round(value * MICRO)


def measure_times(record: SessionRecord) -> Times:
    """All times of a session (definitions: docs, "The times of a session")."""
    missed = any_missed(entries_missed(record))
    trigger = trigger_of(record)
    impact = None if trigger is None else first_missed_window(missed, trigger)
    if trigger is None or impact is None:
        return Times()
    stretch = final_stretch(missed, impact)
    mitigated = None if stretch is None else start_of(stretch)
    began = start_of(impact)
    return Times(
        began,
        detected=_since(began, detected_at(record)),
        acknowledged=_since(began, _first_at(record.events, PageAcknowledged)),
        engaged=_since(began, engaged_at(record)),
        diagnosed=_since(began, diagnosed_at(record)),
        mitigated=_since(began, mitigated),
        recovered=_since(began, None if mitigated is None else recovered_at(record, mitigated, trigger)),
    )


def detected_at(record: SessionRecord) -> int | None:
    """The first alert with a reason, or the first declaration."""
    instants = [event.at for event in alerts_with_reason(record)]
    instants += [event.at for event in record.events if isinstance(event, IncidentDeclared)]
    return min(instants, default=None)


def alerts_with_reason(record: SessionRecord) -> list[AlertFired]:
    """The alerts that fired, but for the false ones of the script."""
    false = {(event.at, event.alert) for event in record.events if isinstance(event, FalseAlarmBegan)}
    fired = [event for event in record.events if isinstance(event, AlertFired)]
    return [event for event in fired if (event.at, event.alert) not in false]


def trigger_of(record: SessionRecord) -> int | None:
    """When the variant's first fault comes (microseconds); None where nothing is ever wrong."""
    variant = record.exercise.scenario.variants.get(record.variant)
    return min((fault.at for fault in variant.faults), default=None) if variant else None


def first_missed_window(missed: Sequence[bool], trigger: int) -> int | None:
    """The first window that ends after the trigger and in which an entry misses its objective."""
    return next((index for index in range(window_of(trigger), len(missed)) if missed[index]), None)


def final_stretch(missed: Sequence[bool], impact: int) -> int | None:
    """Window in which the final unbroken stretch after the impact starts; None where it is broken at the end.

    One missed window alone does not break a stretch, two in a row do.
    """
    start = impact + 1
    for index in range(impact, len(missed) - 1):
        if missed[index] and missed[index + 1]:
            start = index + 2
    return start if start < len(missed) else None


def recovered_at(record: SessionRecord, mitigated: int, trigger: int) -> int | None:
    """First whole second at which the stretch has lasted the hold window and every backlog is small again."""
    scenario = record.exercise.scenario
    limits = backlog_limits(scenario, record.queues, trigger)
    earliest = math.ceil((mitigated + scenario.scoring.hold) / MICRO)
    for second in range(max(earliest, 1), record.length // MICRO + 1):
        if _backlogs_small(record.queues, limits, second - 1):
            return second * MICRO
    return None


def backlog_limits(scenario: Scenario, queues: Mapping[str, Sequence[float]], trigger: int) -> Mapping[str, float]:
    """For each service max(2 x its mean queue before the trigger, one second of work), in requests waiting.

    One second of work is what its workers finish in a second, `replicas x workers / service_time`.
    """
    limits = {}
    for name, waiting in queues.items():
        before = waiting[: trigger // MICRO]
        baseline = math.fsum(before) / len(before) if before else 0.0
        service = scenario.system.services[name]
        seconds = service.service_time / MICRO
        work = service.replicas * service.workers / seconds if seconds else math.inf
        limits[name] = max(2.0 * baseline, work)
    return limits


def engaged_at(record: SessionRecord) -> int | None:
    """When the right people were there: the owning team acknowledged or joined, or somebody acted on the cause."""
    scenario = record.exercise.scenario
    component = scenario.variants[record.variant].cause.component
    teams = owners_of(scenario, component)
    instants = [event.at for event in record.events if _team_of(scenario, event) in teams]
    instants += [
        timed.at
        for timed in record.commands
        if timed.verdict.accepted
        and VERBS[timed.command.verb].group == "act"
        and timed.command.author in ("", *record.players)
        and acts_on(scenario, timed.command, component)
    ]
    instants += [
        event.at
        for event in record.events
        if isinstance(event, ActionStarted)
        and event.by in scenario.people
        and event.by not in record.players
        and acts_on(scenario, parse_command(event.command), component)
    ]
    return min(instants, default=None)


def diagnosed_at(record: SessionRecord) -> int | None:
    """When the declared cause first named the true component and mechanism."""
    cause = record.exercise.scenario.variants[record.variant].cause
    return next(
        (
            event.at
            for event in record.events
            if isinstance(event, CauseDiagnosed)
            and event.component == cause.component
            and event.mechanism == cause.mechanism
        ),
        None,
    )


def _team_of(scenario: Scenario, event: Event) -> str | None:
    if isinstance(event, PersonJoined):
        return event.team
    if isinstance(event, PageAcknowledged) and event.person in scenario.people:
        return scenario.people[event.person].team
    return None


def _backlogs_small(queues: Mapping[str, Sequence[float]], limits: Mapping[str, float], second: int) -> bool:
    return all(waiting[second] < limits[name] for name, waiting in queues.items() if second < len(waiting))


def _first_at(events: Iterable[Event], *kinds: type[Event]) -> int | None:
    return next((event.at for event in events if isinstance(event, kinds)), None)


def _since(began: int, instant: int | None) -> float | None:
    return None if instant is None else (instant - began) / MICRO

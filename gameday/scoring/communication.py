"""Communication: public updates in time, and what they say. The share of the checks that fell due.

Owns deadlines and the comparison with the truth; the patterns stand in `gameday.scoring.wording`. Sources of the rules:
PagerDuty's incident response documentation (external communication), Google's SRE workbook (incident response).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gameday.core.events import IncidentDeclared, IncidentResolved, StatusPosted
from gameday.core.units import format_clock
from gameday.scoring.dimension import Case, Check, Dimension, share_of_due
from gameday.scoring.rubric import IMPACT_FIRST_STATUS, SCOPE_AFTER
from gameday.scoring.windows import entries_missed, window_of
from gameday.scoring.wording import (
    clauses,
    names_in,
    names_next_update,
    promises_eta,
    says_hurt,
    says_recovered,
    says_works,
    states_impact,
)

_Rule = Callable[[str], bool]

RECENT = 3
"""Complete windows that say how an entry did at the time of an update."""


@dataclass(frozen=True)
class _Story:
    """What the checks need: the updates, and the times between which customers had to be told (microseconds)."""

    case: Case
    updates: tuple[StatusPosted, ...]
    first_due: int | None
    closed_at: int

    @property
    def ongoing(self) -> tuple[StatusPosted, ...]:
        """The updates before the one that said it is over."""
        return tuple(update for update in self.updates if not says_recovered(update.message))


def communication(case: Case, weight: float) -> Dimension:
    """The checks of the rubric; nothing due is full marks."""
    story = _story(case)
    checks = [
        *_deadlines(story),
        _states_impact(story),
        _names_next(story),
        _no_eta(story),
        _agrees(story),
        _last_says_recovered(story),
    ]
    return share_of_due(weight, checks)


def _story(case: Case) -> _Story:
    record, times = case.record, case.times
    updates = tuple(event for event in record.events if isinstance(event, StatusPosted))
    declared = next((event.at for event in record.events if isinstance(event, IncidentDeclared)), None)
    deadlines = []
    if declared is not None:
        deadlines.append(declared + record.exercise.scenario.communication.first)
    if times.impact_began is not None:
        deadlines.append(times.impact_began + IMPACT_FIRST_STATUS)
    return _Story(case, updates, min(deadlines, default=None), _closed_at(case, updates))


def _closed_at(case: Case, updates: Sequence[StatusPosted]) -> int:
    """Customers are owed updates until somebody resolved or said that it is over, and it was."""
    mitigated = case.times.instant("mitigated")
    if case.times.impact_began is not None and mitigated is None:
        return case.record.length
    over = mitigated or 0
    ends = [event.at for event in case.record.events if isinstance(event, IncidentResolved) and event.at >= over]
    ends += [update.at for update in updates if update.at >= over and says_recovered(update.message)]
    return min([*ends, case.record.length])


def _deadlines(story: _Story) -> list[Check]:
    if story.first_due is None:
        return []
    scope_due = story.first_due + SCOPE_AFTER
    scoped = [update for update in story.updates if states_impact(update.message, _parts(story.case))]
    return [
        _by("first public update", story.first_due, story.updates, story.closed_at),
        _by("an update that says what is hurt", scope_due, scoped, story.closed_at),
        *_rhythm(story),
    ]


def _by(what: str, due: int, updates: Sequence[StatusPosted], closed_at: int) -> Check:
    came = updates[0].at if updates else None
    detail = "never" if came is None else f"at {format_clock(came)}"
    return Check(
        f"{what} by {format_clock(due)}", due=due <= closed_at, met=came is not None and came <= due, detail=detail
    )


def _rhythm(story: _Story) -> list[Check]:
    """An update within `every` of the last one; a missed one is followed by the next due time."""
    every = story.case.record.exercise.scenario.communication.every
    if story.first_due is None or not every:
        return []
    instants = [update.at for update in story.updates]
    anchor = min([*instants, story.first_due])
    checks = []
    while anchor + every <= story.closed_at:
        due = anchor + every
        came = [at for at in instants if anchor < at <= due]
        detail = f"at {format_clock(came[-1])}" if came else "none came"
        checks.append(Check(f"the next update by {format_clock(due)}", due=True, met=bool(came), detail=detail))
        anchor = came[-1] if came else due
    return checks


def _states_impact(story: _Story) -> Check:
    parts = _parts(story.case)
    return _all_of("updates say what or whom it hurts", story.ongoing, lambda text: states_impact(text, parts))


def _names_next(story: _Story) -> Check:
    return _all_of("updates say when the next one comes", story.ongoing, names_next_update)


def _no_eta(story: _Story) -> Check:
    return _all_of("no update promises when it will be mended", story.updates, lambda text: not promises_eta(text))


def _all_of(text: str, updates: Sequence[StatusPosted], good: _Rule) -> Check:
    lacking = [update for update in updates if not good(update.message)]
    detail = f"not the one at {format_clock(lacking[0].at)}" if lacking else ""
    return Check(text, due=bool(updates), met=not lacking, detail=detail)


def _agrees(story: _Story) -> Check:
    text = "updates agree with what was so"
    if story.case.times.impact_began is None:
        return Check(text, due=False, met=True)
    wrong = [line for update in story.updates for line in contradictions(story.case, update)]
    return Check(text, due=bool(story.updates), met=not wrong, detail="; ".join(wrong[:2]))


def contradictions(case: Case, update: StatusPosted) -> list[str]:
    """What an update says that was not so: recovery before it, an entry called fine while it failed, or the reverse."""
    when = format_clock(update.at)
    found = []
    mitigated = case.times.instant("mitigated")
    if says_recovered(update.message) and (mitigated is None or update.at < mitigated):
        found.append(f"{when} says that it is over, and it was not")
    entries = case.record.exercise.scenario.system.traffic.entries
    phrases = {name: (entry.summary,) for name, entry in entries.items()}
    missed = entries_missed(case.record)
    for clause in clauses(update.message):
        for name in names_in(clause, missed, phrases):
            window = window_of(update.at)
            recent = missed[name][max(0, window - RECENT) : window]
            if says_works(clause) and len(recent) == RECENT and all(recent):
                found.append(f"{when} calls {name} fine, and it was not")
            elif says_hurt(clause) and not any(missed[name][: window + 1]):
                found.append(f"{when} says that {name} is hurt, and it was not")
    return found


def _last_says_recovered(story: _Story) -> Check:
    record, times = story.case.record, story.case.times
    recovered = times.instant("recovered")
    resolved = any(isinstance(event, IncidentResolved) for event in record.events)
    first = record.exercise.scenario.communication.first
    due = recovered is not None and (resolved or record.length >= recovered + first)
    last = story.updates[-1] if story.updates else None
    met = last is not None and says_recovered(last.message)
    return Check("the last update says that it is over", due=due, met=met)


def _parts(case: Case) -> list[str]:
    system = case.record.exercise.scenario.system
    return [*system.traffic.entries, *system.services]

"""Communication: public updates in time, and what they say. The share of the checks that fell due.

Owns deadlines and the comparison with the truth; what a text says is read by the rules of `gameday.core.wording`, which
name their sources, as docs/communication.md does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gameday.core.events import IncidentResolved, StatusPosted
from gameday.core.units import format_clock
from gameday.core.wording import RULES, Rule, UpdateReading, Words, read_update
from gameday.core.wording.cadence import interval
from gameday.core.wording.impact import says_hurt, says_works, statements
from gameday.core.wording.names import names_in
from gameday.core.wording.rules import EXTERNAL, LIAISON
from gameday.scenario.words import system_words
from gameday.scoring.closing import closed_at
from gameday.scoring.command.told import led_by_player
from gameday.scoring.dimension import Case, Check, Dimension, share_of_due
from gameday.scoring.owed import FirstOwed, first_owed
from gameday.scoring.reports import reports_on_time
from gameday.scoring.rubric import SCOPE_AFTER
from gameday.scoring.windows import entries_missed, window_of
from gameday.session.record import SessionRecord

RECENT = 3
"""Complete windows that say how an entry did at the time of an update."""


@dataclass(frozen=True, slots=True)
class _Update:
    """An update with its instant (microseconds) and what it says. `ours`: by players, or while one of them led."""

    at: int
    message: str
    reading: UpdateReading
    ours: bool


@dataclass(frozen=True)
class _Story:
    """What the checks need: the updates, and the times between which customers had to be told (microseconds)."""

    case: Case
    words: Words
    updates: tuple[_Update, ...]
    first: FirstOwed | None
    closed_at: int

    @property
    def first_due(self) -> int | None:
        return None if self.first is None else self.first.due_at

    @property
    def every(self) -> int:
        return self.case.record.exercise.scenario.communication.every

    @cached_property
    def instants(self) -> tuple[int, ...]:
        return tuple(update.at for update in self.updates)

    def due_after(self, update: _Update) -> int:
        """When the next update falls due after this one: as it promised, else at the interval."""
        return update.at + interval(update.reading, self.every)


def communication(case: Case, weight: float) -> Dimension:
    """The checks of the rubric; nothing due is full marks.

    Whoever tells customers keeps a deadline; it is held against the players only where they led when it ran out, or
    nobody did. What an update says is scored where it is theirs.
    """
    story = _story(case)
    ours = replace(story, updates=tuple(update for update in story.updates if update.ours))
    told = [_agrees(ours), *(_rule(ours, rule) for rule in RULES if rule.scored)]
    deadlines = _deadlines(story)
    due = [check for check in deadlines if check.due_at is None or led_by_player(case.record, check.due_at)]
    left_out = [] if len(due) == len(deadlines) else [_not_ours()]
    last = [_last_says_recovered(story)] if led_by_player(case.record, _ended_at(case.record)) else []
    return share_of_due(weight, [*due, *left_out, *last, *told, *reports_on_time(case.record)])


def _ended_at(record: SessionRecord) -> int:
    """When the incident was resolved, else the end of the session."""
    closed = closed_at(record)
    return record.length if closed is None else closed


def _not_ours() -> Check:
    text = "a simulated commander has customers told; that is not scored"
    return Check(text, due=False, met=True, source=LIAISON)


def _story(case: Case) -> _Story:
    record, times = case.record, case.times
    words = system_words(record.exercise.scenario)
    updates = tuple(
        _Update(
            event.at,
            event.message,
            read_update(event.message, words),
            ours=event.by in record.players or led_by_player(record, event.at),
        )
        for event in record.events
        if isinstance(event, StatusPosted)
    )
    return _Story(case, words, updates, first_owed(record, times), _closed_at(case, updates))


def _closed_at(case: Case, updates: Sequence[_Update]) -> int:
    """Customers are owed updates until somebody resolved or said that it is over, and it was."""
    mitigated = case.times.instant("mitigated")
    if case.times.impact_began is not None and mitigated is None:
        return case.record.length
    over = mitigated or 0
    ends = [event.at for event in case.record.events if isinstance(event, IncidentResolved) and event.at >= over]
    ends += [update.at for update in updates if update.at >= over and update.reading.says_recovered]
    return min([*ends, case.record.length])


def _deadlines(story: _Story) -> list[Check]:
    first = story.first
    if first is None:
        return []
    scoped = [update for update in story.updates if update.reading.states_impact]
    hurt = "an update that says what is hurt"
    return [
        _by("first public update", first, first.due_at, story.updates, story.closed_at),
        _by(hurt, first, first.due_at + SCOPE_AFTER, scoped, story.closed_at),
        *_rhythm(story),
    ]


def _by(what: str, first: FirstOwed, due: int, updates: Sequence[_Update], closed_at: int) -> Check:
    came = updates[0].at if updates else None
    met = came is not None and came <= due
    found = "never" if came is None else f"at {format_clock(came)}"
    return Check(
        f"{what} by {format_clock(due)}",
        due=due <= closed_at,
        met=met,
        detail=found if met else found + first.told(due, came),
        due_at=due,
        source=EXTERNAL,
    )


def _rhythm(story: _Story) -> list[Check]:
    """One check for each stretch of `every`, or of what an update promised if that is longer.

    In it an update must come, and no sooner promise be broken: many short promises earn no more checks than the
    interval asks for. A missed update is followed by the next due time.
    """
    if story.first_due is None or not story.every:
        return []
    anchor = min([*story.instants, story.first_due])
    checks: list[Check] = []
    while (stretch := _stretch(story, anchor)) is not None:
        check, anchor = stretch
        checks.append(check)
    return checks


def _stretch(story: _Story, anchor: int) -> tuple[Check, int] | None:
    """The check of the stretch after `anchor` (an update, or a time at which one was missed), and the next anchor."""
    last = next((update for update in reversed(story.updates) if update.at == anchor), None)
    end = max(anchor + story.every, story.due_after(last) if last is not None else 0)
    came = [update for update in story.updates if anchor < update.at <= end]
    broken = _broken_promise(story, [*([last] if last is not None else []), *came], end)
    due = end if broken is None else story.due_after(broken)
    if due > story.closed_at:
        return None
    if broken is not None:
        detail = f"promised at {format_clock(broken.at)}; {_arrival(story, broken.at)}"
    else:
        detail = f"at {format_clock(came[-1].at)}" if came else "none came"
    check = Check(
        f"the next update by {format_clock(due)}",
        due=True,
        met=bool(came) and broken is None,
        detail=detail,
        due_at=due,
        source=EXTERNAL,
    )
    return check, came[-1].at if came else due


def _broken_promise(story: _Story, updates: Sequence[_Update], end: int) -> _Update | None:
    """The first update whose own word was not kept; what falls due after `end` belongs to a later stretch."""
    for update in updates:
        due = story.due_after(update)
        kept = any(update.at < at <= due for at in story.instants)
        if not kept and due <= min(end, story.closed_at) and update.reading.next_update_in is not None:
            return update
    return None


def _arrival(story: _Story, after: int) -> str:
    came = next((at for at in story.instants if at > after), None)
    return "none came" if came is None else f"came at {format_clock(came)}"


def _rule(story: _Story, rule: Rule) -> Check:
    asked = [update for update in story.updates if rule.applies(update.reading)]
    lacking = [update for update in asked if not rule.holds(update.reading)]
    detail = f"not the one at {format_clock(lacking[0].at)}" if lacking else ""
    return Check(f"every update {rule.text}", due=bool(asked), met=not lacking, detail=detail, source=rule.source)


def _agrees(story: _Story) -> Check:
    text = "updates agree with what was so"
    if story.case.times.impact_began is None:
        return Check(text, due=False, met=True, source=LIAISON)
    wrong = [line for update in story.updates for line in _contradictions(story, update)]
    return Check(text, due=bool(story.updates), met=not wrong, detail="; ".join(wrong[:2]), source=LIAISON)


def _contradictions(story: _Story, update: _Update) -> list[str]:
    """What an update says that was not so: recovery before it, an entry called fine while it failed, or the reverse."""
    when = format_clock(update.at)
    found = []
    mitigated = story.case.times.instant("mitigated")
    if update.reading.says_recovered and (mitigated is None or update.at < mitigated):
        found.append(f"{when} says that it is over, and it was not")
    over = mitigated is not None and update.at >= mitigated
    missed = entries_missed(story.case.record)
    for statement in statements(update.message, story.words):
        for name in names_in(statement, missed, story.words):
            window = window_of(update.at)
            recent = missed[name][max(0, window - RECENT) : window]
            if says_works(statement) and not over and len(recent) == RECENT and all(recent):
                found.append(f"{when} calls {name} fine, and it was not")
            elif says_hurt(statement) and not any(missed[name][: window + 1]):
                found.append(f"{when} says that {name} is hurt, and it was not")
    return found


def _last_says_recovered(story: _Story) -> Check:
    record, times = story.case.record, story.case.times
    recovered = times.instant("recovered")
    resolved = closed_at(record) is not None
    first = record.exercise.scenario.communication.first
    due = recovered is not None and (resolved or record.length >= recovered + first)
    last = story.updates[-1] if story.updates else None
    met = last is not None and last.reading.says_recovered
    detail = "" if met or last is None else f"the last was at {format_clock(last.at)}"
    return Check("the last update says that it is over", due=due, met=met, detail=detail, source=EXTERNAL)

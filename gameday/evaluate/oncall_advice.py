"""What is worth a warning about an escalation policy: crowded levels, gaps, loops that end, who never answers.

Everything here is computed, not simulated. Owns the words. Problems that make a file unusable are found before
(`gameday.scenario.checks.oncall`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gameday.core.units import format_duration
from gameday.evaluate.oncall import exhausted_after, unanswered
from gameday.scenario import schedules
from gameday.scenario.checks.oncall import can_answer, people_of
from gameday.scenario.models.oncall import EscalationPolicy, Rule
from gameday.scenario.models.roster import Roster
from gameday.scenario.schedules import Shift, format_instant

AHEAD = 2 * schedules.WEEK
"""How far ahead the schedules are looked at, in microseconds."""

MANY = 3
"""So many people at one level at once are many."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A warning: `level` is None where it is about the whole policy."""

    code: str
    text: str
    level: int | None = None

    def to_json(self) -> dict[str, object]:
        return {"code": self.code, "level": self.level, "text": self.text}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time in which the same people are on each level."""

    begin: int
    end: int
    levels: tuple[tuple[str, ...], ...]


def advice(roster: Roster, name: str) -> tuple[Advice, ...]:
    """All that is worth a warning about a policy, from the roster's beginning on for two weeks."""
    policy = roster.escalation_policies[name]
    stretches = list(_stretches(roster, policy))
    found = [
        *_crowds(roster, policy, stretches),
        *_gaps(roster, policy),
        *_uncovered(stretches),
        *_twice(stretches),
        *_silent(roster, policy),
        *_hasty(roster, policy, stretches),
        *_ending(roster, name),
    ]
    return tuple(found)


def _stretches(roster: Roster, policy: EscalationPolicy) -> Iterator[_Stretch]:
    """The two weeks, cut where who is on duty changes."""
    begin = schedules.beginning(roster)
    used = [target for rule in policy.rules for target in rule.targets if target in roster.schedules]
    told = {target: list(schedules.shifts(roster.schedules[target], begin, AHEAD)) for target in dict.fromkeys(used)}
    edges = sorted(dict.fromkeys([begin, begin + AHEAD, *(shift.begin for one in told.values() for shift in one)]))
    places = dict.fromkeys(told, 0)
    for left, right in pairwise(edges):
        for target, shifts in told.items():
            while places[target] + 1 < len(shifts) and shifts[places[target]].end <= left:
                places[target] += 1
        on_duty = {target: shifts[places[target]].person for target, shifts in told.items()}
        yield _Stretch(left, right, tuple(_people(rule, on_duty) for rule in policy.rules))


def _people(rule: Rule, on_duty: dict[str, str | None]) -> tuple[str, ...]:
    names = (on_duty.get(target, target) for target in rule.targets)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _crowds(roster: Roster, policy: EscalationPolicy, stretches: Sequence[_Stretch]) -> Iterator[Advice]:
    for level, rule in enumerate(policy.rules, 1):
        most = max((stretch.levels[level - 1] for stretch in stretches), key=len, default=())
        if rule.assignment_strategy == "round-robin" or len(most) < 2:
            continue
        if len(most) == len(roster.people):
            yield Advice("pages-everyone", f"level {level} pages everyone at once: {_list(most)}", level)
        elif len(most) >= MANY:
            text = f"level {level} pages {len(most)} people at once ({_list(most)}): each may leave it to the others"
            yield Advice("pages-many", text, level)


def _gaps(roster: Roster, policy: EscalationPolicy) -> Iterator[Advice]:
    begin = schedules.beginning(roster)
    for level, rule in enumerate(policy.rules, 1):
        for target in rule.targets:
            schedule = roster.schedules.get(target)
            found = [] if schedule is None else schedules.gaps(schedule, begin, AHEAD)
            if found:
                delay = format_duration(rule.escalation_delay)
                alone = len(rule.targets) == 1 or rule.assignment_strategy == "round-robin"
                skips = policy.empty_levels == "skip"
                costs = "; a page skips it then" if skips else f"; a page waits {delay} there for nobody"
                yield Advice(
                    "gap", f"level {level}: nobody is on call in {target} {_when(found)}{costs * alone}", level
                )


def _uncovered(stretches: Sequence[_Stretch]) -> Iterator[Advice]:
    empty = [Shift(one.begin, one.end, None) for one in stretches if not any(one.levels)]
    if empty:
        yield Advice("nobody-on-call", f"nobody is on call on any level {_when(_joined(empty))}")


def _twice(stretches: Sequence[_Stretch]) -> Iterator[Advice]:
    told: dict[str, bool] = {}
    for stretch in stretches:
        for person in dict.fromkeys(name for level in stretch.levels for name in level):
            levels = [number for number, level in enumerate(stretch.levels, 1) if person in level]
            if len(levels) > 1 and person not in told:
                told[person] = True
                shown = " and ".join(map(str, levels))
                since = "" if len(stretches) == 1 else f" from {format_instant(stretch.begin)} on"
                text = f"{person} is on levels {shown}{since}: who did not answer is asked again"
                yield Advice("on-several-levels", text, levels[-1])


def _silent(roster: Roster, policy: EscalationPolicy) -> Iterator[Advice]:
    silent = [name for name in people_of(roster, policy) if not can_answer(roster.people[name])]
    for name in silent:
        contacts = roster.people[name].contacts
        why = "never answers a page"
        if contacts is not None and not any(contact.urgency == "high" for contact in contacts):
            why = "has no notification rule for pages of high urgency"
        yield Advice("never-answers", f"{name} {why}")


def _hasty(roster: Roster, policy: EscalationPolicy, stretches: Sequence[_Stretch]) -> Iterator[Advice]:
    """Levels that go on before half of those who answer have done so."""
    for level, rule in enumerate(policy.rules, 1):
        names = dict.fromkeys(name for stretch in stretches for name in stretch.levels[level - 1])
        slow = [name for name in names if _median(roster, name) > rule.escalation_delay]
        if slow:
            delay = format_duration(rule.escalation_delay)
            text = f"level {level} goes on after {delay}, before half of the answers of {_list(slow)} have come"
            yield Advice("hasty", text, level)


def _median(roster: Roster, name: str) -> int:
    """Until half of the answers to the earliest way have come, in microseconds."""
    person = roster.people[name]
    ways = [contact for contact in person.contacts or () if contact.urgency == "high"]
    times = [
        contact.after + (contact.responds or (person.phone if contact.by == "phone" else person.responds)).delay
        for contact in ways
    ]
    return min(times, default=person.responds.delay)


def _ending(roster: Roster, name: str) -> Iterator[Advice]:
    policy = roster.escalation_policies[name]
    times = policy.num_loops + 1
    after = format_duration(exhausted_after(policy, unanswered(roster, name)))
    often = "once" if times == 1 else f"{times} times"
    yield Advice("loop-ends", f"the policy goes through its levels {often}; after {after} nobody is paged any more")


def _joined(stretches: Sequence[Shift]) -> list[Shift]:
    """Neighbours as one."""
    joined: list[Shift] = []
    for one in stretches:
        if joined and joined[-1].end == one.begin:
            joined[-1] = Shift(joined[-1].begin, one.end, None)
        else:
            joined.append(one)
    return joined


def _when(found: Sequence[Shift]) -> str:
    """The first of several times, and how many more there are in the two weeks."""
    first, total = found[0], format_duration(sum(one.end - one.begin for one in found))
    text = f"from {format_instant(first.begin)} to {format_instant(first.end)}"
    return text if len(found) == 1 else f"{text}, and {len(found) - 1} more times in two weeks ({total} in all)"


def _list(names: Sequence[str]) -> str:
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")

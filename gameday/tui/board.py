"""Pages, playbook steps, people, questions, what is under way, as the snapshots that panels draw.

Pure functions of an observation. Owns countdowns and their words.
"""

from __future__ import annotations

from collections.abc import Sequence

from gameday.core.signals import IncidentView, Observation, PageView, PersonView, QuestionView, StepView
from gameday.core.units import MICRO, format_clock
from gameday.session.doing import doing
from gameday.tui.drawing.rows import Row, RowsState
from gameday.tui.drawing.state import Gauge, GaugesState, QuestionsState, Waiting
from gameday.tui.whereabouts import rung, whereabouts

_PAGE_ORDER = {"triggered": 0, "acknowledged": 1, "resolved": 2}
_PAGE_MARKS = {"triggered": ("✖", "down"), "acknowledged": ("✔", "accent"), "resolved": ("○", "dim")}
_STEP_MARKS = {
    "done": ("✔", "ok"),
    "skipped": ("–", "dim"),
    "failed": ("✖", "degraded"),
    "current": ("▶", "accent"),
    "todo": ("○", "dim"),
}
_PERSON_ORDER = {"here": 0, "paged": 1, "away": 2, "gone": 3}
_PERSON_MARKS = {"here": ("●", "ok"), "paged": ("▲", "degraded"), "away": ("○", "dim"), "gone": ("–", "dim")}
_SOON = 30 * MICRO
"""Microseconds before an answer falls due from which it is urgent."""

_SHORT_ROLES = {
    "incident-commander": "IC",
    "deputy": "deputy",
    "scribe": "scribe",
    "customer-liaison": "comms",
    "internal-liaison": "internal",
    "support-lead": "support",
    "subject-matter-expert": "SME",
    "responder": "",
}


def pager(seen: Observation, player: str) -> RowsState:
    """Pages, those that wait for somebody first, each with whom it pages and when it goes to the next level."""
    pages = sorted(seen.pages, key=lambda page: (_PAGE_ORDER.get(page.state, 3), page.opened_at))
    return RowsState(
        tuple(_page_row(page, seen.second, player) for page in pages),
        empty="No page. When the pager goes off, it stands here.",
    )


def pager_title(seen: Observation) -> str:
    """How many pages wait."""
    waiting = sum(page.state == "triggered" for page in seen.pages)
    taken = sum(page.state == "acknowledged" for page in seen.pages)
    parts = [f"{waiting} unanswered"] * bool(waiting) + [f"{taken} acknowledged"] * bool(taken)
    return f"3 Pager{' · ' if parts else ''}{', '.join(parts)}"


def playbook(steps: Sequence[StepView], given: Sequence[str] = (), seen_to: Sequence[str] = ()) -> RowsState:
    """The steps; the current one in full, with its commands (those in `given` done) and its check.

    Steps in `seen_to` are as good as done, though nobody said so.
    """
    rows = [_step_row(number, step, given, step.ref in seen_to) for number, step in enumerate(steps, start=1)]
    current = next((step.ref for step in steps if step.state == "current"), None)
    return RowsState(tuple(rows), focus=current or (steps[-1].ref if steps else None), empty="no playbook")


def playbook_title(name: str, steps: Sequence[StepView], seen_to: Sequence[str] = ()) -> str:
    """How far the walk is."""
    return f"4 Playbook: {name} {steps_over(steps, seen_to)}"


def steps_over(steps: Sequence[StepView], seen_to: Sequence[str]) -> str:
    """How many steps are over or seen to, of how many: `3/12`."""
    over = sum(step.state in ("done", "skipped", "failed") or step.ref in seen_to for step in steps)
    return f"{over}/{len(steps)}"


def team(seen: Observation, player: str) -> RowsState:
    """Everybody: who is here first, with their role and what they are at; then who is paged, away, gone."""
    people = sorted(seen.people, key=lambda person: _PERSON_ORDER.get(person.state, 4))
    rows = tuple(_person_row(person, seen, player) for person in people)
    return RowsState(rows, empty="Nobody else is in this game.")


def team_title(seen: Observation) -> str:
    """How many are here."""
    here = sum(person.state == "here" for person in seen.people)
    return f"7 People · {here} here" if here else "7 People"


def waiting(seen: Observation, played: Sequence[str]) -> tuple[QuestionView, ...]:
    """The questions to those who are played, what is due first on top."""
    ours = [question for question in seen.questions if not question.to or question.to in played]
    return tuple(sorted(ours, key=lambda one: (one.due_at is None, one.due_at or 0, one.asked_at)))


def answered(text: str, waits: Sequence[QuestionView]) -> str:
    """The question that a line begins to answer, in full; empty where it answers none of those that wait."""
    words = text.split(":", 1)[-1].split() if text.startswith("as ") else text.split()
    verb = words[0] if words else ""
    if verb == "can":
        found = next((one for one in waits if one.kind == "can"), None)
    elif verb == "reply":
        found = next((one for one in waits if one.ref in words), waits[0] if waits and len(words) == 1 else None)
    else:
        return ""
    return "" if found is None else f"{found.sender} asks: {found.message}"


def questions(seen: Observation, played: Sequence[str], now: int, key: str = "r") -> QuestionsState:
    """The bar of questions; `now` in microseconds."""
    named = len(played) > 1
    return QuestionsState(tuple(_waiting(one, named, now) for one in waiting(seen, played)), key)


def current_step(steps: Sequence[StepView]) -> StepView | None:
    """The step that the team is at, None at the end."""
    return next((step for step in steps if step.state == "current"), None)


def under_way(seen: Observation, now: int, played: Sequence[str] = (), end: int | None = None) -> GaugesState:
    """Actions, looks (first of those who are `played`) and the public update that is due before `end`.

    `now` and `end` in microseconds.
    """
    gauges: list[Gauge] = []
    for action in seen.actions:
        if action.ends_at is None:
            gauges.append(Gauge(f"{action.ref} {action.text}", None, "waits for approval (:approve)", "degraded"))
            continue
        gauges.append(_running(action.text, action.started_at, action.ends_at, now))
    for look in sorted(seen.looks, key=lambda look: look.person not in played):
        left = max(look.ends_at - now / MICRO, 0.0)
        gauges.append(Gauge(f"{look.person}: {look.text}", None, f"{left:.0f} s left"))
    due = update_due(seen.incident, now, end)
    if due is not None:
        gauges.insert(0, due)
    return GaugesState(tuple(gauges), idle="nothing under way")


def update_due(incident: IncidentView, now: int, end: int | None = None) -> Gauge | None:
    """When customers are next to hear something; what falls due after the game's `end` is nobody's to do."""
    if incident.status_due_at is None or incident.resolved_at is not None:
        return None
    if end is not None and incident.status_due_at * MICRO > end:
        return None
    left = incident.status_due_at * MICRO - now
    if left < 0:
        return Gauge("tell customers", None, f"OVERDUE by {format_clock(-left)} (s)", "down")
    style = "degraded" if left < 60 * MICRO else "accent"
    return Gauge("tell customers", None, f"in {format_clock(left)}", style)


def people(seen: Observation, player: str, title: str) -> tuple[str, ...]:
    """Who plays, with the roles that they hold, or until anybody holds one with their title; then the other roles."""
    held = [(_SHORT_ROLES.get(role, role), person) for role, person in seen.incident.roles]
    own = [role for role, person in held if person == player and role]
    own = own or [title] * (bool(title) and not held)
    others = (f"{role} {person}" for role, person in held if person != player)
    return (", ".join((f"you are {player}", *own)), *others)


def _page_row(page: PageView, second: int, player: str) -> Row:
    mark, style = _PAGE_MARKS.get(page.state, ("?", "nodata"))
    low = "" if page.urgency == "high" else f"{page.urgency} "
    return Row(
        page.ref,
        mark,
        f"{page.ref} {low}{page.summary}",
        style="value" if page.state == "triggered" else "dim" if page.state == "resolved" else "base",
        mark_style=style,
        at=format_clock(page.opened_at * MICRO),
        details=() if page.state == "resolved" else _page_details(page, second, player),
        most=2,
    )


def _page_details(page: PageView, second: int, player: str) -> tuple[tuple[str, str], ...]:
    if page.state == "acknowledged":
        again = f"; pages again in {_left(page.escalates_at, second)}" if page.escalates_at is not None else ""
        return ((f"taken by {page.acknowledged_by or 'nobody'}{again}", "dim"),)
    whom = ", ".join("you" if target == player else target for target in page.targets) or "nobody"
    waiting = "down" if player in page.targets else "degraded"
    if page.escalates_at is None:
        return ((f"→ {whom}, unanswered", waiting),)
    return ((f"→ {whom}, unanswered · next level in {_left(page.escalates_at, second)}", waiting),)


def _person_row(person: PersonView, seen: Observation, player: str) -> Row:
    mark, style = _PERSON_MARKS.get(person.state, ("?", "nodata"))
    what, until = doing(person, seen)
    role = _SHORT_ROLES.get(person.role, person.role)
    words = [role] if role else []
    pages = rung(person, seen)
    if pages:
        words.append(pages)
    elif what:
        mark, style = "⟳", "accent"
        words.append(what)
    elif person.state != "here" or not role:
        words.append(whereabouts(person, seen) or person.title or person.team)
    if person.tired and person.state == "here":
        words.append("tired")
    left = f"{max(until - seen.second, 0)} s" if what and until is not None else ""
    whose = ("you" if person.name == player else "played") if person.played else ""
    return Row(
        person.name,
        mark,
        " · ".join(word for word in words if word),
        style="down" if pages and person.played else "value" if person.state == "here" else "dim",
        mark_style=style,
        at=f"{person.name:<6}",
        right=left or whose,
    )


def _waiting(question: QuestionView, named: bool, now: int) -> Waiting:
    to = f" (to {question.to})" if named and question.to else ""
    text = f"{question.ref} {question.sender} asks{to}: {question.message}"
    if question.due_at is None:
        return Waiting(text, "no time was named")
    left = question.due_at * MICRO - now
    if left < 0:
        return Waiting(text, f"OVERDUE by {format_clock(-left)}", "header-down")
    return Waiting(text, f"{format_clock(left)} left", "header-warn" if left >= _SOON else "header-down")


def _left(at: int | None, second: int) -> str:
    return format_clock(max((at or 0) - second, 0) * MICRO)


def _step_row(number: int, step: StepView, given: Sequence[str], seen_to: bool) -> Row:
    state = "done" if seen_to and step.state != "current" else step.state
    mark, mark_style = _STEP_MARKS.get(state, ("?", "nodata"))
    if step.state != "current":
        style = "dim" if state in ("done", "skipped", "failed") else "base"
        return Row(step.ref, mark, f"{number} {step.text}", style, mark_style)
    details = [
        (f"{'✔' if command in given else ':'} {command}", "dim" if command in given else "accent")
        for command in step.command.split("\n")
        if command
    ]
    if step.check:
        details.append((f"until {step.check}", "dim"))
    if seen_to or all(command in given for command in step.command.split("\n") if command):
        details.append((": step done", "accent"))
    return Row(step.ref, mark, f"{number} {step.text}", "title", mark_style, details=tuple(details), most=4)


def _running(label: str, started: int, ends: int, now: int) -> Gauge:
    whole = max(ends - started, 1)
    left = max(ends - now / MICRO, 0.0)
    return Gauge(label, 1.0 - left / whole, f"{left:.0f} s left")

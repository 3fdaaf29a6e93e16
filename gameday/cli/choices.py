"""What a player in lines can sensibly do next, as numbered choices; and the state of things in a few lines.

Owns no rules: a choice is a command that the session judges like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gameday.cli.people_lines import question_lines
from gameday.core.commands import parse_command, quote
from gameday.core.errors import CommandError
from gameday.core.signals import IncidentView, PageView, QuestionView, Signals
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock
from gameday.core.verbs import VERBS
from gameday.response.updates import REMIND
from gameday.session.delegating import by_hand
from gameday.session.doing import doing
from gameday.session.rules import HOT_WASH, problem, settle
from gameday.session.seats import is_barred, speakers
from gameday.session.session import Session
from gameday.session.steps import bodies, is_given

SPAN = 10
"""Seconds over which an entry is told."""

BLANK = "..."
"""Stands where whoever chooses still has to say something."""


def choices(session: Session) -> list[str]:
    """Commands that fit the moment, the most pressing first; then ways to look, to get help and to let time pass.

    A choice that ends in `BLANK` still needs words.
    """
    observation = session.observation
    found = [_ack(page, session) for page in observation.pages if page.state == "triggered"]
    found += [_answer(question, session) for question in observation.questions if _is_ours(question.to, session)]
    if observation.pages and observation.incident.declared_at is None:
        found.append("declare SEV-2")
    current = next((step for step in observation.steps if step.state == "current"), None)
    if current is not None and observation.pages:
        given = list(bodies(session.commands))
        lines = [line for line in current.command.split("\n") if line and not is_given(line, given, observation)]
        found += [by_hand(line, session) for line in lines]
        found.append("step done")
    found += _updates(observation.incident, observation.second, found)
    found += _colleagues(session)
    if any(action.state == "pending" for action in observation.actions):
        found.append("approve")
    looks = [by_hand(line, session) for line in ("changes", "deps")]
    offered = [line for line in (*found, *looks) if _is_possible(line, session)]
    return _without_doubles([*offered, "hint", "who", "now", "wait 30s"])


def _is_possible(line: str, session: Session) -> bool:
    """Whether the session would take it as it stands; what still needs words or cannot be read is not judged here."""
    if line.endswith(BLANK):
        return True
    try:
        command = settle(parse_command(line), session)
    except CommandError:
        return True
    return problem(command, session) is None


def _ack(page: PageView, session: Session) -> str:
    """Whoever of the players is paged takes it."""
    for name in page.targets:
        if _is_ours(name, session):
            return f"{_sign(name, session)}ack {page.ref}"
    return f"ack {page.ref}"


def _answer(question: QuestionView, session: Session) -> str:
    if question.kind == "can":
        return f"{_sign(question.to, session)}can {BLANK}"
    return f"{_sign(question.to, session)}reply --question {question.ref} {BLANK}"


def _updates(incident: IncidentView, second: int, found: Sequence[str]) -> list[str]:
    """What customers are owed within a minute, from a template, unless a choice says it already."""
    due = incident.status_due_at
    if due is None or due - second > REMIND // MICRO or any(line.startswith("status ") for line in found):
        return []
    return [f"status --template {'first' if incident.last_status is None else 'update'}"]


def _colleagues(session: Session) -> list[str]:
    """Whoever touches no keyboard asks, and pages while nobody is here to ask."""
    if not session.players or not is_barred(session.players[0], session) or not session.observation.pages:
        return []
    here = next((one.name for one in session.observation.people if one.state == "here" and not one.played), None)
    return [f"page {BLANK}"] if here is None else [f"ask {quote(here)} --within 2m {BLANK}"]


def _is_ours(name: str, session: Session) -> bool:
    return not name or name in speakers(session)


def _sign(name: str, session: Session) -> str:
    return f"as {quote(name)}: " if name and session.players and name != session.players[0] else ""


def last_words() -> list[str]:
    """What may still be said when time is over, as it is written."""
    return [VERBS[verb].usage for verb in HOT_WASH]


def _without_doubles(found: list[str]) -> list[str]:
    """Each choice once; a plain `ack` or `approve` only where none is offered that says what."""
    lines = dict.fromkeys(found)
    said = {line.split(" ", 1)[0] for line in lines if " " in line}
    return [line for line in lines if line not in ("ack", "approve") or line not in said]


def overview(session: Session) -> Iterator[str]:
    """The time, every entry over the last ten seconds, what is open and the current step."""
    observation = session.observation
    yield format_clock(observation.second * MICRO)
    for name in observation.entries:
        yield f"{name}: {_reading(name, observation.second, session.signals)}"
    for page in observation.pages:
        if page.state != "resolved":
            yield clean_line(f"page {page.ref} {page.state}: {page.summary}")
    for action in observation.actions:
        ends = "" if action.ends_at is None else f", done at {format_clock(action.ends_at * MICRO)}"
        yield clean_line(f"{action.ref} {action.text}: {action.state}{ends}")
    yield from _update_due(observation.incident, observation.second)
    for person in observation.people:
        what, _ = doing(person, observation)
        if what:
            yield clean_line(f"{person.name}: {what}")
    if observation.questions:
        yield from question_lines(observation)
    given = list(bodies(session.commands))
    for step in observation.steps:
        if step.state == "current":
            lines = [line for line in step.command.split("\n") if line]
            done = lines and all(is_given(line, given, observation) for line in lines)
            yield clean_line(f"step {step.ref}: {step.text}{' (given; step done goes on)' if done else ''}")


def _update_due(incident: IncidentView, second: int) -> Iterator[str]:
    """By when customers are to hear more."""
    due = incident.status_due_at
    if due is not None:
        overdue = "" if due >= second else ", which is over"
        yield f"the next public update is due at {format_clock(due * MICRO)}{overdue}"


def _reading(entry: str, second: int, signals: Signals) -> str:
    def over(metric: str) -> float | None:
        return signals.value(entry, metric, second, min(SPAN, max(second, 1)))

    rate, bad, p95 = over("rate"), over("bad"), over("p95")
    shown = "no answers yet" if bad is None else f"{bad:.1%} bad"
    slow = "" if p95 is None else f", 95 % within {f'{p95 * 1000:.0f} ms' if p95 < 1.0 else f'{p95:.1f} s'}"
    return f"{rate or 0.0:.0f}/s, {shown}{slow}"

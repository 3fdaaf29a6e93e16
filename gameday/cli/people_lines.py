"""People, questions and the facilitator's script as lines of text, for line mode.

Owns the words. What is seen is an `Observation`; only `script_lines` tells the hidden truth.
"""

from __future__ import annotations

from collections.abc import Iterator

from gameday.core.signals import Observation, PersonView, QuestionView
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock
from gameday.session.doing import doing
from gameday.session.facilitating import cause, script
from gameday.session.session import Session
from gameday.tui.whereabouts import rung, whereabouts


def people_lines(observation: Observation) -> Iterator[str]:
    """Everybody: who is here, in which role, and what they are at."""
    for person in observation.people:
        yield clean_line(f"{person.name:<10} {_person(person, observation)}".rstrip())
    if not observation.people:
        yield f"here: {', '.join(observation.joined) or 'nobody'}"


def question_lines(observation: Observation) -> Iterator[str]:
    """Who waits for an answer, and until when."""
    for question in observation.questions:
        how = "can C: ... A: ... N: ..." if question.kind == "can" else f"reply --question {question.ref} ..."
        yield clean_line(
            f"{question.ref} {question.sender} asks {question.to}: {question.message}"
            f"{_left(question, observation.second)}  ({how})"
        )
    if not observation.questions:
        yield "nobody waits for an answer"


def script_lines(session: Session) -> Iterator[str]:
    """What the players must not see: what is wrong, and what is still to come."""
    yield clean_line(f"SECRET. variant {session.variant}, {cause(session)}")
    for item in script(session):
        state = "came" if item.is_over else "armed"
        yield clean_line(f"{state:<6}{item.when}  {item.name}: {item.text}")


def _person(person: PersonView, observation: Observation) -> str:
    words = [person.role or person.title or person.team, "tired" if person.tired else ""]
    what, until = doing(person, observation)
    words.append(rung(person, observation) or ("" if what else whereabouts(person, observation)))
    if person.played:
        words.append("played")
    if what:
        words.append(what if until is None else f"{what}, {max(until - observation.second, 0)} s left")
    return ", ".join(word for word in words if word)


def _left(question: QuestionView, second: int) -> str:
    if question.due_at is None:
        return ""
    left = question.due_at - second
    return f" [{format_clock(left * MICRO)} left]" if left >= 0 else f" [OVERDUE by {format_clock(-left * MICRO)}]"

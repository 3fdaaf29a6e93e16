"""Questions that wait for an answer: of a colleague, an approver, an executive, a journalist, or for a CAN report.

Owns their refs (Q1, Q2, ...), who is asked, when the answer is due, and the commands `reply` and `can`. Who asks, and
what follows from an answer, stands with whoever asks.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import simpy

from gameday.core.commands import Command
from gameday.core.events import (
    CanReported,
    Event,
    IncidentResolved,
    Publish,
    QuestionAnswered,
    QuestionMissed,
    QuestionPut,
)
from gameday.core.signals import QuestionView
from gameday.core.units import MICRO
from gameday.core.wording import read_can

_INSIDE = ("colleague", "can", "approval")
"""Kinds of questions among the response itself."""

CAN = "can"
"""The kind of a question that a CAN report answers."""

_FEWEST = 2
"""Words of the conditions, at the least."""

CAN_USAGE = "can C: what you see A: what you do N: what you need, or nothing"


@dataclass(slots=True, eq=False)
class Question:
    """One question. Times in microseconds. `answered` succeeds with the answer's text; `about` is what it concerns."""

    ref: str
    kind: str
    sender: str
    to: str
    message: str
    about: str
    asked_at: int
    due_at: int | None
    answered: simpy.Event
    answered_by: str = ""
    answered_at: int | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    def view(self) -> QuestionView:
        due = None if self.due_at is None else self.due_at // MICRO
        return QuestionView(self.ref, self.kind, self.sender, self.to, self.message, self.asked_at // MICRO, due)


class Questions:
    """All questions of a session, oldest first."""

    def __init__(self, env: simpy.Environment, publish: Publish) -> None:
        self._env = env
        self._publish = publish
        self._all: list[Question] = []

    def put(
        self, kind: str, sender: str, to: str, message: str, *, within: int | None = None, about: str = ""
    ) -> Question:
        """Asks; where `within` (microseconds) runs out without an answer, `QuestionMissed` says so."""
        now = int(self._env.now)
        due_at = None if within is None else now + within
        ref = f"Q{len(self._all) + 1}"
        question = Question(ref, kind, sender, to, message, about, now, due_at, self._env.event())
        self._all.append(question)
        self._publish(QuestionPut(now, ref, kind, sender, to, message, about, due_at))
        if within is not None:
            self._env.process(self._run_out(question, within))
        return question

    def answer(self, question: Question, by: str, message: str) -> None:
        """Closes a question; whoever waits on `answered` goes on."""
        question.answered_by, question.answered_at = by, int(self._env.now)
        self._publish(QuestionAnswered(int(self._env.now), question.ref, by, message))
        question.answered.succeed(message)

    def withdraw(self, question: Question) -> None:
        """Nobody waits for the answer any more."""
        if question.is_open:
            question.answered_at = int(self._env.now)

    def hear(self, event: Event) -> None:
        """Once the incident is resolved, nobody of the response waits for an answer any more."""
        if isinstance(event, IncidentResolved):
            for question in self.open():
                if question.kind in _INSIDE:
                    self.withdraw(question)

    def open(self) -> tuple[Question, ...]:
        return tuple(question for question in self._all if question.is_open)

    def views(self) -> tuple[QuestionView, ...]:
        """The open ones."""
        return tuple(question.view() for question in self.open())

    def problem(self, command: Command) -> str | None:
        """Why a `reply` or a `can` is refused now, or None."""
        if command.verb == "can":
            return _can_problem(command.argument("report") or "")
        ref = command.argument("question")
        question = self._meant(command)
        if question is not None:
            return None
        for waiting in self.open():
            if waiting.kind == CAN and (waiting.ref == ref if ref is not None else waiting.to == command.author):
                return f"{waiting.ref} asks for a CAN report: {CAN_USAGE}"
        return "nobody waits for an answer of yours" if ref is None else f"{ref} has been answered"

    def perform(self, command: Command) -> str:
        """Does what `problem` did not refuse; returns the line of the verdict."""
        if command.verb == "can":
            return self._report(command)
        question = self._meant(command)
        assert question is not None
        self.answer(question, command.author, command.argument("message") or "")
        return f"{question.sender} has your answer"

    def _report(self, command: Command) -> str:
        """Everybody hears it, and whoever asked for it has an answer."""
        report = read_can(command.argument("report") or "")
        now, author = int(self._env.now), command.author
        self._publish(CanReported(now, author, report.conditions, report.actions, report.needs))
        waiting = [question for question in self.open() if question.kind == CAN and question.to == author]
        for question in waiting:
            self.answer(question, author, "with a CAN report")
        senders = " and ".join(dict.fromkeys(question.sender for question in waiting))
        return f"{senders} has your report" if senders else "reported to everybody"

    def _meant(self, command: Command) -> Question | None:
        """The one named, else the oldest put to the author, else the oldest to anybody; never one for a CAN."""
        waiting = [question for question in self.open() if question.kind != CAN]
        ref = command.argument("question")
        if ref is not None:
            return next((question for question in waiting if question.ref == ref), None)
        mine = [question for question in waiting if question.to == command.author]
        return next(iter(mine + waiting), None)

    def _run_out(self, question: Question, within: int) -> Generator[simpy.Event, object, None]:
        yield self._env.timeout(within)
        if question.is_open:
            self._publish(QuestionMissed(int(self._env.now), question.ref, question.sender, question.to))


def _can_problem(report: str) -> str | None:
    """What a CAN report lacks, or None."""
    reading = read_can(report)
    missing = reading.missing
    if not missing and len(reading.conditions.split()) < _FEWEST:
        return f"say in a few words what you see. {CAN_USAGE}"
    if not missing:
        return None
    return f"a CAN report says conditions, actions and needs; missing: {' and '.join(missing)}. {CAN_USAGE}"

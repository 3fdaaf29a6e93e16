"""Whoever is simulated and approves: one question about the action, then the decision.

The incident commander approves, or the person whom the rule names. A colleague's action is approved without a question:
they were asked to do it. Owns the wait for the answer. What needs approval stands in `gameday.engine.operations`.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import (
    ActionApproved,
    ActionCancelled,
    ActionRequested,
    ActionStarted,
    Event,
    IncidentDeclared,
    PersonJoined,
    PersonLeft,
    RoleAssigned,
)
from gameday.core.units import MICRO
from gameday.response.command import phrases
from gameday.response.command.roles import COMMANDER
from gameday.response.command.room import Room
from gameday.response.questions import Question

WITHIN = 60 * MICRO
"""How long an approver waits before they ask after the answer."""

ENOUGH_WORDS = 3
"""An answer of fewer words is asked for once more."""

_QUESTIONS = (phrases.ASKS_COST, phrases.ASKS_UNDO, phrases.ASKS_WHY)
_Steps = Generator[simpy.Event, object, None]


class Approver:
    """Decides about actions that wait for somebody simulated."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._waiting: dict[str, ActionRequested] = {}
        self._deciding: dict[str, str] = {}
        self._asked: dict[str, Question] = {}
        self._bell = room.env.event()
        if room.seats:
            room.env.process(self._run())

    def waiting(self) -> tuple[str, ...]:
        """The actions that wait for an approval, oldest first."""
        return tuple(self._waiting)

    def has_asked(self, ref: str) -> bool:
        """Whether an answer about this action is open."""
        return ref in self._asked and self._asked[ref].is_open

    def hear(self, event: Event) -> None:
        """Keeps account of what waits; only wakes."""
        match event:
            case ActionRequested():
                self._waiting[event.action] = event
            case ActionApproved() | ActionCancelled() | ActionStarted():
                self._forget(event.action)
                return
            case PersonLeft():
                for ref in [ref for ref, who in self._deciding.items() if who == event.person]:
                    self._drop(ref)
            case RoleAssigned() if event.role == COMMANDER:
                for ref in [ref for ref, who in self._deciding.items() if self._approver(ref) != who]:
                    self._drop(ref)
            case PersonJoined() | IncidentDeclared():
                pass
            case _:
                return
        if not self._bell.triggered:
            self._bell.succeed()

    def _run(self) -> _Steps:
        while True:
            yield self._bell
            self._bell = self._room.env.event()
            for ref, request in list(self._waiting.items()):
                approver = self._approver(ref)
                if ref not in self._deciding and self._room.is_simulated_here(approver):
                    self._deciding[ref] = approver
                    self._room.env.process(self._decide(request, approver))

    def _decide(self, request: ActionRequested, approver: str) -> _Steps:
        room, ref = self._room, request.action
        yield room.env.timeout(room.moment(4, 9, "approver answers", approver, request.command))
        if request.by in room.seats and self._is_up_to(ref, approver) and not (yield from self._ask(request, approver)):
            return
        if not self._is_up_to(ref, approver):
            return
        words = room.words(phrases.APPROVES, "approves", request.command)
        verdict = room.give(approver, f"approve {ref}")
        if verdict.accepted:
            room.say(approver, words.format(ref=ref, action=request.command), request.by)
        else:
            self._refuse(request, approver, verdict.text)

    def _ask(self, request: ActionRequested, approver: str) -> Generator[simpy.Event, object, bool]:
        """One question, once more where the answer says nothing. Returns whether there was an answer."""
        room, ref = self._room, request.action
        kind = room.words(tuple(str(number) for number in range(len(_QUESTIONS))), "approver wants", request.command)
        choices = _QUESTIONS[int(kind)]
        plain = room.words(choices, "approver asks", request.command).format(action=request.command)
        message = plain
        for _ in range(2):
            question = room.questions.put("approval", approver, request.by, message, within=WITHIN, about=ref)
            self._asked[ref] = question
            yield question.answered | room.env.timeout(WITHIN)
            if question.is_open:
                still = room.words(phrases.ASKS_STILL, "approver waits", request.command)
                room.say(approver, still.format(ref=ref, name=request.by, question=plain))
                yield question.answered
            if not self._is_up_to(ref, approver):
                return False
            if len(str(question.answered.value).split()) >= ENOUGH_WORDS:
                return True
            message = room.words(phrases.ASKS_AGAIN, "asks again", request.command).format(question=plain)
        self._refuse(request, approver, phrases.NO_ANSWER)
        return False

    def _refuse(self, request: ActionRequested, approver: str, reason: str) -> None:
        room, ref = self._room, request.action
        words = room.words(phrases.REFUSES, "refuses", request.command)
        room.say(approver, words.format(ref=ref, reason=reason), request.by)
        room.give(approver, f"cancel {ref}")

    def _is_up_to(self, ref: str, approver: str) -> bool:
        """Whether it still waits for this person."""
        return ref in self._waiting and self._deciding.get(ref) == approver

    def _approver(self, ref: str) -> str:
        approver = self._waiting[ref].approver if ref in self._waiting else ""
        return self._room.roles.holder(COMMANDER) or "" if approver == COMMANDER else approver

    def _drop(self, ref: str) -> None:
        """Nobody decides about it now; somebody else may."""
        self._deciding.pop(ref, None)
        question = self._asked.pop(ref, None)
        if question is not None:
            self._room.questions.withdraw(question)

    def _forget(self, ref: str) -> None:
        self._waiting.pop(ref, None)
        self._drop(ref)

"""The commands among people: ask, delegate, share, hypothesis.

Owns whom one can ask and by when. How somebody who is asked reacts stands in `hearing`.
"""

from __future__ import annotations

from functools import partial

from gameday.core.commands import Command
from gameday.core.events import Asked, Delegated, EvidenceShared, HypothesisStated
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock, format_duration, parse_duration
from gameday.core.wording import read_ask
from gameday.response.colleagues.asking import Inquiry
from gameday.response.colleagues.board import Board
from gameday.response.colleagues.crew import Crew
from gameday.response.colleagues.delegating import DelegatedTask
from gameday.response.colleagues.hearing import Hearing
from gameday.response.colleagues.keeping import Keeping, Kept, takes_back
from gameday.response.colleagues.knowing import Knowledge
from gameday.response.colleagues.understanding import reread

LEAST = 10 * MICRO
"""The shortest time that one can give somebody."""

_LONGEST = 60
"""Characters of a question that are quoted."""


class Talk:
    """Takes what is said to colleagues, and what anybody shares or suspects."""

    def __init__(self, crew: Crew, knowledge: Knowledge, board: Board, keeping: Keeping) -> None:
        self._crew = crew
        self._keeping = keeping
        self._office = crew.office
        self._knowledge = knowledge
        self._board = board
        self._hearing = Hearing(crew, knowledge, board)
        self._times: dict[tuple[str, str], int] = {}

    def problem(self, command: Command) -> str | None:
        """Why it cannot be said now, or None."""
        match command.verb:
            case "ask" | "delegate":
                person = command.arguments[0]
                return self._absence(person, command.author) or self._nothing_kept(command) or self._haste(command)
            case "share":
                about = command.argument("look") or ""
                if self._board.newest(command.author, about) is None:
                    return f'you have read nothing with "{about}"' if about else "you have read nothing yet"
                return None
            case _:
                return None

    def perform(self, command: Command) -> str:
        """Says it; returns what follows, in words."""
        match command.verb:
            case "ask":
                return self._ask(command)
            case "delegate":
                return self._delegate(command)
            case "share":
                return self._share(command)
            case _:
                return self._suspect(command)

    def _absence(self, person: str, author: str) -> str | None:
        if person == author:
            return "you cannot ask yourself"
        if person in self._office.played:
            return f"{person} is at this terminal: just talk"
        if self._crew.is_gone(person):
            return f"{person} has gone home"
        if self._crew.worker(person) is None and not self._crew.is_on_the_way(person):
            return f"{person} is not here; page {person} first"
        return None

    def _nothing_kept(self, command: Command) -> str | None:
        """Whoever is on their way can only be spared what waits for them."""
        person = command.arguments[0]
        takes_it_back = command.verb == "ask" and takes_back(command.argument("question") or "")
        if self._crew.worker(person) is not None or not takes_it_back or self._keeping.waiting(person):
            return None
        return f"nothing waits for {person}"

    def _haste(self, command: Command) -> str | None:
        """A time that nobody can keep helps nobody."""
        within = command.argument("within")
        said = read_ask(command.argument("question") or "", self._knowledge.names).limit
        limit = said if within is None else parse_duration(within)
        if limit is None or limit >= LEAST:
            return None
        return f"nobody can be done in {format_duration(limit)}; give at least {format_duration(LEAST)}"

    def _ask(self, command: Command) -> str:
        person, question = command.arguments[0], command.argument("question") or ""
        reading = reread(question, read_ask(question, self._knowledge.names))
        due_at = self._due(command, reading.limit)
        inquiry = Inquiry(command.author, question, reading, due_at, self._count(person, question.lower()))
        self._office.publish(Asked(self._office.now, command.author, person, question, due_at))
        worker = self._crew.worker(person)
        if worker is None:
            return self._keep_ask(person, inquiry)
        self._office.env.process(self._hearing.ask(worker, inquiry))
        return f"{person} reads it" if due_at is None else f"{person} reads it, and has until {format_clock(due_at)}"

    def _delegate(self, command: Command) -> str:
        person, inner = command.arguments[0], command.inner
        assert inner is not None
        due_at = self._due(command, None)
        task = DelegatedTask(command.author, inner, due_at, self._count(person, inner.body))
        self._office.publish(Delegated(self._office.now, command.author, person, inner.body, due_at))
        worker = self._crew.worker(person)
        if worker is None:
            about = (inner.verb, *inner.arguments[:1])
            begin = partial(self._hearing.command, task=task)
            return self._keeping.keep(person, Kept(inner.body, about, due_at, begin))
        self._office.env.process(self._hearing.command(worker, task))
        return f"{person} has it"

    def _keep_ask(self, person: str, inquiry: Inquiry) -> str:
        """It waits for somebody who is on their way, or is no longer wanted of them."""
        if takes_back(inquiry.question):
            return self._keeping.take_back(person)
        what = f'"{clean_line(inquiry.question, _LONGEST)}"'
        about = inquiry.question.lower() if inquiry.reading.vague else inquiry.meaning
        begin = partial(self._hearing.ask, inquiry=inquiry)
        return self._keeping.keep(person, Kept(what, ("ask", about), inquiry.due_at, begin))

    def _share(self, command: Command) -> str:
        seen = self._board.newest(command.author, command.argument("look") or "")
        assert seen is not None
        self._office.publish(EvidenceShared(self._office.now, command.author, seen.command, seen.lines))
        return "everybody can read it"

    def _suspect(self, command: Command) -> str:
        component, mechanism = command.arguments[:2]
        sure = command.argument("confidence") or ""
        self._office.publish(HypothesisStated(self._office.now, command.author, component, mechanism, sure))
        return "everybody has heard it; nothing is scored by it"

    def _due(self, command: Command, read: int | None) -> int | None:
        within = command.argument("within")
        limit = read if within is None else parse_duration(within)
        return None if limit is None else self._office.now + limit

    def _count(self, person: str, words: str) -> int:
        self._times[person, words] = number = self._times.get((person, words), 0) + 1
        return number

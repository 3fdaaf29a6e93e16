"""How somebody reacts who is asked or handed a command: asks back, says whose it is, says when; or takes it on.

Owns what can be said at once. What is done afterwards stands in `asking` and `delegating`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

import simpy

from gameday.core.commands import Command
from gameday.core.events import Delegated
from gameday.core.units import MICRO, format_clock
from gameday.core.verbs import VERBS
from gameday.core.wording import AskReading, read_ask
from gameday.response.colleagues.asking import MARGIN, AskTask, Inquiry, Meaning
from gameday.response.colleagues.board import Board
from gameday.response.colleagues.crew import Crew
from gameday.response.colleagues.delegating import DelegatedTask
from gameday.response.colleagues.knowing import Knowledge, both, either
from gameday.response.colleagues.understanding import is_thanks, order, reread
from gameday.response.colleagues.wording import about, phrase
from gameday.response.colleagues.worker import Steps, Worker

PATIENCE = 300 * MICRO
"""So long somebody waits to hear what a vague ask meant."""

READS = (2 * MICRO, 5 * MICRO)
"""Within this time somebody notices that they are talked to."""

USUAL = 20 * MICRO
"""What a task takes, as one guesses before it is begun."""

COMMANDER = "incident-commander"

_TALK = frozenset({"who", "eta"})
"""What can be answered without a look."""


class Hearing:
    """The reactions of everybody who is simulated."""

    def __init__(self, crew: Crew, knowledge: Knowledge, board: Board) -> None:
        self._crew = crew
        self._office = crew.office
        self._knowledge = knowledge
        self._board = board
        self._referred: dict[tuple[str, str], None] = {}
        self._ordered: dict[tuple[str, str], None] = {}
        self._heard: dict[tuple[str, Meaning], None] = {}

    def ask(self, worker: Worker, inquiry: Inquiry) -> Steps:
        """Somebody asks them something."""
        yield from self._read(worker, inquiry.words)
        if worker.gone:
            return
        if is_thanks(inquiry.question):
            self._say(worker, inquiry, "welcome")
            return
        understood: Inquiry | None = inquiry
        if inquiry.reading.vague and self._order(inquiry) is None:
            understood = yield from self._ask_back(worker, inquiry)
        if understood is None:
            return
        command = self._order(understood)
        if command is not None:
            self._obey(worker, understood, command)
            return
        intents = understood.reading.intents
        if intents and all(intent in _TALK for intent in intents):
            self._answer(worker, understood)
        elif self._leads(worker):
            subject = (*understood.reading.subjects, "")[0]
            self._say(worker, understood, "leads", who=self._whose(subject, worker.name)[1])
        elif self._is_theirs(worker, understood):
            self._take(worker, understood)

    def command(self, worker: Worker, task: DelegatedTask) -> Steps:
        """Somebody hands them a command."""
        yield from self._read(worker, task.words)
        if not worker.gone:
            self._take_over(worker, task)

    def _order(self, inquiry: Inquiry) -> Command | None:
        """The command that is asked for in words."""
        return order(inquiry.question, inquiry.reading.subjects, self._knowledge)

    def _obey(self, worker: Worker, inquiry: Inquiry, command: Command) -> None:
        """What is asked for in words is taken as handed to them."""
        nth = inquiry.nth + int((worker.name, command.body) in self._ordered)
        self._ordered[worker.name, command.body] = None
        self._office.publish(Delegated(self._office.now, inquiry.asker, worker.name, command.body, inquiry.due_at))
        self._take_over(worker, DelegatedTask(inquiry.asker, command, inquiry.due_at, nth))

    def _take_over(self, worker: Worker, task: DelegatedTask) -> None:
        if not self._will_do(worker, task):
            return
        if worker.is_busy:
            self._put_off(worker, task.words, task.asker)
        self._hold_to(worker, task, task.words, task.asker)
        worker.give(task)

    def _read(self, worker: Worker, words: Sequence[str]) -> Steps:
        """They notice that they are talked to; what was said first is read first."""
        least, most = READS
        now = self._office.now
        at = max(now + least + round(worker.draw("reads", *words) * (most - least)), worker.read_at + MICRO)
        worker.read_at = at
        yield self._office.env.timeout(at - now)

    def _ask_back(self, worker: Worker, inquiry: Inquiry) -> Generator[simpy.Event, object, Inquiry | None]:
        """What did they mean? The reply is read as the ask again; None where none comes."""
        message = phrase(worker.draw("vague", *inquiry.words), "vague")
        question = self._office.questions.put("colleague", worker.name, inquiry.asker, message)
        yield question.answered | self._office.env.timeout(PATIENCE)
        if worker.gone or question.is_open:
            self._office.questions.withdraw(question)
            if not worker.gone:
                self._say(worker, inquiry, "vague dropped")
            return None
        reply = str(question.answered.value)
        reading = self._understand(inquiry.question, reply)
        due_at = inquiry.due_at
        if due_at is None and reading.limit is not None:
            due_at = self._office.now + reading.limit
        ordered = order(reply, reading.subjects, self._knowledge) is not None
        words = reply if ordered else f"{inquiry.question} {reply}"
        understood = replace(inquiry, question=words, reading=reading, due_at=due_at)
        if ordered or not reading.vague:
            return understood
        own = self._knowledge.known_to(worker.name)[:1]
        understood = replace(understood, reading=AskReading(None, own, ("help",), vague=False))
        self._say(worker, inquiry, "vague still", what=both(own) if own else "what there is")
        return understood

    def _understand(self, question: str, reply: str) -> AskReading:
        reading = reread(reply, read_ask(reply, self._knowledge.names))
        return read_ask(f"{question} {reply}", self._knowledge.names) if reading.vague else reading

    def _answer(self, worker: Worker, inquiry: Inquiry) -> None:
        """What needs no look: whose something is, how long they still need."""
        if "eta" in inquiry.reading.intents:
            if worker.task is None:
                self._say(worker, inquiry, "eta free")
            else:
                self._say(worker, inquiry, "eta busy", task=worker.task.describe, wait=self._wait(worker))
        if "who" in inquiry.reading.intents:
            subjects = [name for name in inquiry.reading.subjects if self._knowledge.team_of(name)]
            for subject in subjects:
                self._refer(worker, inquiry, "who", subject)
            if not subjects:
                self._say(worker, inquiry, "who none")

    def _is_theirs(self, worker: Worker, inquiry: Inquiry) -> bool:
        """Whether they look: at what they know, and at the rest where nobody who knows it is here, or asked twice."""
        strange = [name for name in inquiry.reading.subjects if not self._knowledge.knows(worker.name, name)]
        if inquiry.needs_service and not (inquiry.reading.subjects or self._knowledge.known_to(worker.name)):
            self._say(worker, inquiry, "not my trade")
            return False
        if not strange or len(strange) < len(inquiry.reading.subjects):
            return True
        subject = strange[0]
        owners = self._knowledge.owners(subject)
        if not owners or inquiry.asker in owners or (worker.name, subject) in self._referred:
            return True
        self._referred[worker.name, subject] = None
        here = [person for person in owners if person in self._office.here()]
        self._refer(worker, inquiry, "not mine, here" if here else "not mine, look", subject)
        return not here

    def _refer(self, worker: Worker, inquiry: Inquiry, what: str, subject: str) -> None:
        team, who = self._whose(subject, inquiry.asker)
        self._say(worker, inquiry, what, subject=subject, owner=team, who=who)

    def _whose(self, subject: str, asker: str) -> tuple[str, str]:
        """The team that owns it, and who knows it but for who asks: those who are here, or else all."""
        owners = [person for person in self._knowledge.owners(subject) if person != asker]
        here = [person for person in owners if person in self._office.here()]
        team = self._knowledge.team_of(subject)
        return (f"team {team}" if team else "nobody"), either(here or owners or ["somebody else"])

    def _leads(self, worker: Worker) -> bool:
        """Whoever is in command keeps their hands off the keyboard."""
        return self._crew.role(worker.name) == COMMANDER

    def _take(self, worker: Worker, inquiry: Inquiry) -> None:
        """They take it on, unless they have it already."""
        same = [task for task in self._open(worker) if task.inquiry.meaning == inquiry.meaning]
        if same:
            same[0].reminded = True
            if inquiry.due_at is not None:
                same[0].due_at = inquiry.due_at
            self._say(worker, inquiry, "already")
            return
        again = (worker.name, inquiry.meaning) in self._heard
        self._heard[worker.name, inquiry.meaning] = None
        task = AskTask(inquiry, self._knowledge, self._board, inquiry.due_at, reminded=again)
        if worker.is_busy:
            self._put_off(worker, inquiry.words, inquiry.asker)
        elif inquiry.due_at is not None:
            self._say(worker, inquiry, "on it, due", what=inquiry.what, due=format_clock(inquiry.due_at))
        else:
            self._say(worker, inquiry, "on it", what=inquiry.what)
        self._hold_to(worker, task, inquiry.words, inquiry.asker)
        worker.give(task)

    def _open(self, worker: Worker) -> list[AskTask]:
        return [task for task in (worker.task, *worker.inbox) if isinstance(task, AskTask)]

    def _put_off(self, worker: Worker, words: Sequence[str], asker: str) -> None:
        at = worker.task.describe if worker.task is not None else "what I have"
        worker.say(phrase(worker.draw("busy", *words), "busy", task=at, wait=self._wait(worker)), asker)

    def _wait(self, worker: Worker) -> str:
        """About how long they still need for what they are at, and for what waits before this."""
        now = max((worker.until or 0) - self._office.now, 10 * MICRO)
        return about(now + len(worker.inbox) * (worker.works.pace + USUAL))

    def _hold_to(self, worker: Worker, task: AskTask | DelegatedTask, words: Sequence[str], asker: str) -> None:
        """Where a time was named, they say so if they have not even begun by then."""
        if task.due_at is not None:
            self._office.env.process(self._watch(worker, task, task.due_at, tuple(words), asker))

    def _watch(
        self, worker: Worker, task: AskTask | DelegatedTask, due_at: int, words: tuple[str, ...], asker: str
    ) -> Steps:
        yield self._office.env.timeout(max(due_at - MARGIN - self._office.now, 0))
        if not task.began and task in worker.inbox and not worker.gone:
            at = worker.task.describe if worker.task is not None else "something else"
            worker.say(phrase(worker.draw("not begun", *words), "not begun", task=at), asker)

    def _will_do(self, worker: Worker, task: DelegatedTask) -> bool:
        """What belongs to others they decline once, unless the guardrails name them; who leads acts not at all."""
        changed = self._knowledge.changed_by(task.command)
        if VERBS[task.command.verb].group in ("act", "look") and self._leads(worker):
            who = self._whose((*changed, "")[0], worker.name)[1]
            worker.say(phrase(worker.draw("leads", *task.words), "leads", who=who), task.asker)
            return False
        if VERBS[task.command.verb].group != "act":
            return True
        strange = [name for name in changed if not self._knowledge.knows(worker.name, name)]
        if not strange or task.nth > 1 or self._knowledge.named_for(task.command, worker.name):
            return True
        if self._knowledge.knows(task.asker, strange[0]) or not self._knowledge.owners(strange[0]):
            return True
        team, who = self._whose(strange[0], task.asker)
        text = phrase(
            worker.draw("not yours", *task.words),
            "not yours",
            command=task.command.body,
            subject=strange[0],
            owner=team,
            who=who,
        )
        worker.say(text, task.asker)
        return False

    def _say(self, worker: Worker, inquiry: Inquiry, what: str, /, **words: str) -> None:
        worker.say(phrase(worker.draw(what, *inquiry.words), what, **words), inquiry.asker)

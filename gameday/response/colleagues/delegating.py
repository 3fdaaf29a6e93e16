"""What a colleague does with a command that was handed to them: says what it costs, gives it, reports its end."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.commands import Command
from gameday.core.events import EvidenceShared
from gameday.core.verbs import VERBS
from gameday.response.colleagues.wording import phrase
from gameday.response.colleagues.worker import Outcome, Steps, Worker

_NEEDS_APPROVAL = "waits for approval"
"""What the world answers where an action has to be let go ahead."""


@dataclass(slots=True)
class DelegatedTask:
    """A command that somebody gives for somebody else. `nth` counts how often it was handed to them."""

    asker: str
    command: Command
    due_at: int | None
    nth: int
    began: bool = False

    @property
    def describe(self) -> str:
        return self.command.body

    @property
    def words(self) -> tuple[str, str]:
        """What a draw about it is drawn for."""
        return self.command.body, str(self.nth)

    def run(self, worker: Worker) -> Steps:
        yield from self.prepare(worker)
        yield from self.carry_out(worker)

    def prepare(self, worker: Worker) -> Steps:
        """The time until they begin with it."""
        worker.expect(worker.works.pace + VERBS[self.command.verb].takes * 1_000_000)
        most = None if self.due_at is None else (self.due_at - worker.office.now) // 4
        yield from worker.begin(*self.words, most=most)
        self.began = True

    def carry_out(self, worker: Worker) -> Steps:
        """Gives the command, and says what came of it."""
        if VERBS[self.command.verb].group == "look":
            yield from self._look(worker)
        else:
            yield from self._act(worker)

    def _look(self, worker: Worker) -> Steps:
        """What somebody else had them look at is for everybody."""
        lines = yield from worker.look(self.command.body)
        if lines:
            worker.office.publish(EvidenceShared(worker.office.now, worker.name, self.command.body, lines))
        else:
            self._say(worker, "no access", what=self.command.body)

    def _act(self, worker: Worker) -> Steps:
        cost = worker.office.hands.cost(self.command)

        def begun(text: str) -> None:
            if _NEEDS_APPROVAL in text:
                self._say(worker, "waiting", why=text)
            elif cost:
                self._say(worker, "will do, cost", cost=cost)
            else:
                self._say(worker, "will do")

        outcome = yield from worker.act(self.command, until=self.due_at, begun=begun)
        self._tell(worker, outcome)

    def _tell(self, worker: Worker, outcome: Outcome) -> None:
        match outcome.state:
            case "done":
                if self.command.verb != "share":
                    self._say(worker, "done", result=outcome.text)
                worker.has_done(self.command, self.words)
            case "refused":
                self._say(worker, "refused", why=outcome.text)
            case "waiting":
                self._say(worker, "waiting" if _NEEDS_APPROVAL in outcome.text else "running", why=outcome.text)
            case _:
                self._say(worker, "failed", result=outcome.text)

    def _say(self, worker: Worker, what: str, /, **words: str) -> None:
        text = phrase(worker.draw(what, *self.words), what, command=self.command.body, **words)
        worker.say(text, self.asker)

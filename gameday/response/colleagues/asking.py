"""What a colleague does about an ask: which looks it takes, how far they get in the time, what they report.

Owns the plan of the looks and the time limit. What the evidence means stands in `concluding`, how it is said in
`reporting`; whether the ask is theirs at all, in `desk`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gameday.core.commands import parse_command
from gameday.core.events import AskForgotten, CanReported, ConclusionDrawn, HypothesisStated
from gameday.core.units import MICRO
from gameday.core.verbs import VERBS
from gameday.core.wording import AskReading
from gameday.response.colleagues import reporting
from gameday.response.colleagues.board import Board
from gameday.response.colleagues.concluding import Conclusion, astray, conclude
from gameday.response.colleagues.findings import Evidence, note, read_numbers
from gameday.response.colleagues.knowing import Knowledge, both
from gameday.response.colleagues.wording import phrase
from gameday.response.colleagues.worker import Steps, Worker

MARGIN = 3 * MICRO
"""A report comes so much before it is due."""

UNFAMILIAR = 1.0
"""To read what is not one's own takes longer by this share of the look."""

_MOST_SERVICES = 3
_MOST_DIGS = 2
_LOOKS = {"metrics": "the metrics", "logs": "the logs", "traces": "traces", "deps": "the dependencies"}


Meaning = tuple[tuple[str, ...], tuple[str, ...]]
"""Subjects and intents of an ask."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An ask as it was understood. Times in microseconds; `nth` counts asks of the same words to the same person."""

    asker: str
    question: str
    reading: AskReading
    due_at: int | None
    nth: int

    @property
    def words(self) -> tuple[str, str]:
        """What a draw about this ask is drawn for."""
        return self.question.lower(), str(self.nth)

    @property
    def meaning(self) -> Meaning:
        """Two asks with the same are the same ask in other words."""
        return self.reading.subjects, self.reading.intents

    @property
    def wants_cause(self) -> bool:
        """Whether a hypothesis is wanted too."""
        return any(intent in ("cause", "help") for intent in self.reading.intents)

    @property
    def wants_opinion(self) -> bool:
        """Whether it is asked what they make of what they saw."""
        return self.wants_cause or "can" in self.reading.intents

    @property
    def needs_service(self) -> bool:
        """Whether there has to be a service to look at."""
        return any(intent in ("cause", "help", "logs", "metrics", "traces") for intent in self.reading.intents)

    @property
    def what(self) -> str:
        """What they are at, as others would say it."""
        about = both(self.reading.subjects) if self.reading.subjects else ""
        if self.wants_cause:
            return f"what is wrong with {about}" if about else "what is wrong"
        named = {"changes": "what changed", "impact": "who is hurt", "can": "a CAN report"}
        looks = {**_LOOKS, "dependencies": _LOOKS["deps"]}
        wanted = [looks[intent] for intent in self.reading.intents if intent in looks]
        of_them = [f"{both(wanted)} of {about}" if about else both(wanted)] if wanted else []
        return both([*of_them, *(named[intent] for intent in self.reading.intents if intent in named)] or ["a look"])


@dataclass(slots=True)
class AskTask:
    """An ask that somebody has taken on."""

    inquiry: Inquiry
    knowledge: Knowledge
    board: Board
    due_at: int | None
    reminded: bool = False
    began: bool = False
    evidence: Evidence = field(default_factory=Evidence)
    looked: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def describe(self) -> str:
        what = self.inquiry.what
        return f"finding out {what}" if what.startswith(("what ", "who ")) else what

    def estimate(self, worker: Worker) -> int:
        """About how long it takes once they have begun, in microseconds."""
        takes = sum(_takes(command) for command in self._plan(worker))
        return takes + (_takes("logs x") if self.inquiry.wants_cause else 0)

    def run(self, worker: Worker) -> Steps:
        now = worker.office.now
        worker.expect(worker.works.pace + self.estimate(worker))
        most = None if self.due_at is None else (self.due_at - now) // 4
        yield from worker.begin(*self.inquiry.words, most=most)
        if self._forgets(worker):
            worker.office.publish(AskForgotten(worker.office.now, worker.name, self.inquiry.question))
            return
        self.began = True
        if self.due_at is not None and worker.office.now >= self.due_at:
            self.due_at = None  # too late anyway, so it is done in full
        worker.expect(self.estimate(worker))
        for command in self._plan(worker):
            yield from self._see(worker, command)
        if self.inquiry.wants_cause:
            yield from self._dig(worker)
        self._report(worker)

    def _forgets(self, worker: Worker) -> bool:
        if self.due_at is not None or self.reminded:
            return False
        often = worker.works.forgets * (2.0 if worker.tired else 1.0)
        return worker.draw("forgets", *self.inquiry.words) < often

    def _plan(self, worker: Worker) -> list[str]:
        """The looks it takes, in their order, without those that follow from what is found."""
        reading = self.inquiry.reading
        wants = reading.intents
        services = self._services(worker)
        looks: list[str] = []
        if "impact" in wants:
            entries = self.knowledge.entries_of(reading.subjects) or self.knowledge.entries
            looks += [f"metrics {name}" for name in entries[:_MOST_SERVICES]]
        if self.inquiry.wants_cause or "metrics" in wants or "can" in wants:
            looks += [f"metrics {name}" for name in services]
        if self.inquiry.wants_cause or "changes" in wants:
            looks.append("changes")
        looks += [f"logs {name}" for name in services if "logs" in wants]
        looks += [f"traces {name}" for name in services[:1] if "traces" in wants]
        looks += [f"deps {name}" for name in services[:1] if "dependencies" in wants]
        return list(dict.fromkeys(looks))

    def _services(self, worker: Worker) -> list[str]:
        """The services to look at: those named; then of entries those that they know; nothing named: their own."""
        own = self.knowledge.known_to(worker.name)
        found: list[str] = []
        for subject in sorted(self.inquiry.reading.subjects, key=self.knowledge.is_entry):
            passed = self.knowledge.services_of(subject)
            found += [name for name in passed if name in own] or list(passed[:1])
        return list(dict.fromkeys(found or own or self.knowledge.services))[:_MOST_SERVICES]

    def _see(self, worker: Worker, command: str) -> Steps:
        """One look, if it is not known yet and there is time; what it found is kept in mind."""
        now = worker.office.now
        verb, subject = (*command.split(), "")[:2]
        known = self.board.known(worker.name, worker.joined_at or 0, command, now)
        if known is not None:
            at, lines = known.at, known.lines
        else:
            takes = round(_takes(command) * worker.slowness)
            strange = bool(subject) and not self.knowledge.knows(worker.name, subject)
            extra = round(takes * UNFAMILIAR) if strange else 0
            if self.due_at is not None and now + takes + extra > self.due_at - MARGIN:
                self.left.append(_in_words(command))
                return
            lines = yield from worker.look(command)
            if extra:
                yield worker.env.timeout(extra)
            at = worker.office.now
        if not lines:
            self.left.append(_in_words(command))
            return
        self.looked.append(_in_words(command))
        if verb == "metrics":
            self.evidence.numbers[subject] = read_numbers(worker.signals, self.knowledge, subject, at // MICRO)
        else:
            note(self.evidence, self.knowledge, command, lines)

    def _dig(self, worker: Worker) -> Steps:
        """On to the log of the suspect, and to whom it waits for, as far as they know it."""
        for _ in range(_MOST_DIGS):
            conclusion = conclude(self.evidence, self.knowledge)
            if conclusion is None or not conclusion.below or not self.knowledge.knows(worker.name, conclusion.below):
                break
            yield from self._see(worker, f"metrics {conclusion.below}")
            if conclusion.below not in self.evidence.numbers:
                break
        conclusion = conclude(self.evidence, self.knowledge)
        services = [conclusion.component] if conclusion is not None else list(self.evidence.numbers)[:1]
        for service in services:
            if service in self.evidence.numbers and service not in self.evidence.logs:
                yield from self._see(worker, f"logs {service}")

    def _report(self, worker: Worker) -> None:
        right = conclude(self.evidence, self.knowledge)
        drawn = self._mistaken(worker, right) if self.inquiry.wants_opinion else None
        worker.conditions = reporting.conditions(self.evidence, bool(self.left))
        worker.office.publish(
            CanReported(
                worker.office.now,
                worker.name,
                worker.conditions,
                reporting.actions(self.looked, worker.done, self.left),
                self._needs(worker, drawn),
            )
        )
        if self.inquiry.wants_cause and (drawn is not None or not self.left):
            self._suspect(worker, drawn)

    def _needs(self, worker: Worker, drawn: Conclusion | None) -> str:
        if drawn is None and self.left:
            return "more time."
        if not self.inquiry.wants_opinion and any(one.is_unwell for one in self.evidence.numbers.values()):
            return "a word if I should look into it."
        return reporting.needs(drawn, self.knowledge, worker.name)

    def _mistaken(self, worker: Worker, right: Conclusion | None) -> Conclusion | None:
        """What they take for the cause: sometimes, and more often of what they do not know, not what they saw."""
        own = self.inquiry.reading.subjects
        strange = bool(own) and not any(self.knowledge.knows(worker.name, subject) for subject in own)
        often = worker.works.wrong * (2.0 if strange else 1.0)
        if worker.draw("wrong", *self.inquiry.words) >= often or (right is None and not self.evidence.changes):
            return right
        return astray(self.evidence, self.knowledge, right, worker.key("blames", *self.inquiry.words)) or right

    def _suspect(self, worker: Worker, drawn: Conclusion | None) -> None:
        """Says what they take for the cause, in words and as a hypothesis for the board."""
        draw = worker.draw("concludes", *self.inquiry.words)
        if drawn is None:
            worker.say(phrase(draw, "fine", what=both(list(self.evidence.numbers)[:2])), self.inquiry.asker)
            return
        how = "sure" if drawn.sure >= 0.85 else "likely" if drawn.sure >= 0.55 else "unsure"
        text = phrase(draw, how, component=drawn.component, why=drawn.why)
        other = self.board.who_suspects(drawn.component, worker.name)
        if other:
            text += " " + phrase(worker.draw("agrees", *self.inquiry.words), "agrees", who=other)
        worker.say(text)
        now = worker.office.now
        if not self.board.has_stated(worker.name, drawn.component, drawn.mechanism):
            sure = f"{drawn.sure:.0%}"
            worker.office.publish(HypothesisStated(now, worker.name, drawn.component, drawn.mechanism, sure))
        worker.office.publish(ConclusionDrawn(now, worker.name, drawn.component, drawn.mechanism, drawn.astray))


def _takes(command: str) -> int:
    return VERBS[parse_command(command).verb].takes * MICRO


def _in_words(command: str) -> str:
    verb, subject = (*command.split(), "")[:2]
    return "the changes" if verb == "changes" else f"{_LOOKS[verb]} of {subject}"

"""Whether what a colleague did has helped: a while later they look again, and tell the channel how it is now.

Owns when they look, and how two readings compare. They see what monitoring shows, now and then, and nothing else; no
chance makes them err.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gameday.core.units import MICRO, format_clock
from gameday.core.verbs import VERBS
from gameday.response.colleagues.crew import Crew
from gameday.response.colleagues.findings import Numbers, read_numbers
from gameday.response.colleagues.hearing import COMMANDER
from gameday.response.colleagues.knowing import Knowledge
from gameday.response.colleagues.reporting import compared
from gameday.response.colleagues.wording import phrase
from gameday.response.colleagues.worker import Finished, Steps, Worker
from gameday.scenario.models import Scenario

SHOWS = 60 * MICRO
"""What was done shows after this time at the latest: windows of 10 s have passed, queues and retries have ebbed."""

SCATTER = 15 * MICRO
"""They look again up to so much later."""

_SHOWS_NOTHING = ("probe", "vendor", "freeze", "provision", "backfill")
"""Actions whose end says all there is to say; no number would change."""

_MOST_ENTRIES = 2
_CLEARLY = 0.3
"""A number has changed where it did by this share of itself."""

_LEAST: Mapping[str, float] = {"bad": 0.02, "errors": 0.02, "p95": 0.1, "queue": 5.0, "backlog": 50.0}
"""The symptoms by which a change is judged, in this order, and by how much they have to change at the least."""


class Checking:
    """Gives whoever has done something the task to look again."""

    def __init__(self, crew: Crew, knowledge: Knowledge) -> None:
        self._crew = crew
        self._knowledge = knowledge

    def plan(self, worker: Worker, deed: Finished) -> None:
        """They have carried something out, and it is done."""
        if VERBS[deed.command.verb].group == "act" and deed.command.verb not in _SHOWS_NOTHING:
            worker.env.process(self._later(worker, deed))

    def _later(self, worker: Worker, deed: Finished) -> Steps:
        """Who has been given something else by then leaves it, and so does who leads, or who has gone."""
        yield worker.env.timeout(SHOWS + round(worker.draw("checks", *deed.words) * SCATTER))
        leads = self._crew.role(worker.name) == COMMANDER
        if not (worker.gone or worker.is_busy or leads or self._crew.is_over):
            worker.give(CheckTask(deed, self._knowledge))


@dataclass(frozen=True, slots=True)
class CheckTask:
    """One more look at what an action was about, and a line for everybody."""

    deed: Finished
    knowledge: Knowledge
    due_at: int | None = None

    @property
    def describe(self) -> str:
        return f"seeing whether {self.deed.command.body} helped"

    def run(self, worker: Worker) -> Steps:
        scenario = worker.office.scenario
        services = self.knowledge.changed_by(self.deed.command)
        entries = self._entries(worker, services)
        subject = next(iter(services), None) or next(iter(entries), None)
        if subject is None:
            return
        worker.expect(VERBS["metrics"].takes * MICRO)
        lines = yield from worker.look(f"metrics {subject}")
        if not lines:
            worker.say(phrase(worker.draw("no access", *self.deed.words), "no access", what=subject))
            return
        subjects = dict.fromkeys((*entries, subject))
        pairs = [(self._then(worker, name), self._now(worker, name)) for name in subjects]
        how = verdict(pairs, scenario)
        text = phrase(
            worker.draw(how, *self.deed.words),
            how,
            command=self.deed.command.body,
            ago=format_clock(worker.office.now - self.deed.done_at),
            numbers="; ".join(compared(*pair) for pair in pairs),
        )
        worker.say(text)

    def _entries(self, worker: Worker, services: tuple[str, ...]) -> tuple[str, ...]:
        """The entries with an objective that the action can have helped, the worst hurt first; one at least."""
        slos = worker.office.scenario.slos
        passing = [name for name in self.knowledge.entries_of(services) if name in slos] or list(slos)
        hurt = {name: max(_bad(self._then(worker, name)), _bad(self._now(worker, name))) for name in passing}
        worst = sorted(passing, key=lambda name: -hurt[name])
        missing = [name for name in worst if hurt[name] > 1.0 - slos[name].good]
        return tuple((missing or worst[:1])[:_MOST_ENTRIES])

    def _then(self, worker: Worker, subject: str) -> Numbers:
        return read_numbers(worker.signals, self.knowledge, subject, self.deed.began_at // MICRO)

    def _now(self, worker: Worker, subject: str) -> Numbers:
        return read_numbers(worker.signals, self.knowledge, subject, worker.office.now // MICRO)


def verdict(pairs: list[tuple[Numbers, Numbers]], scenario: Scenario) -> str:
    """How it went, by what was read then and now: customers first, then the service itself.

    `check helped` (an objective is met again), `check better`, `check same`, `check worse`, `check fine` (nothing was
    wrong, and nothing is), or `check blind` (there are no numbers to compare).
    """
    seen = [pair for pair in pairs if pair[1].now]
    customers = [pair for pair in seen if pair[1].subject in scenario.slos]
    missed = [pair for pair in customers if any(_misses(numbers, scenario) for numbers in pair)]
    if missed and not any(_misses(now, scenario) for _, now in missed):
        return "check helped"
    turns = [turn(then.now, now.now) for then, now in missed or seen if then.now]
    if not turns:
        return "check blind"
    if 1 in turns:
        return "check worse"
    if -1 in turns:
        return "check better"
    return "check same" if missed or any(now.is_unwell for _, now in seen) else "check fine"


def turn(then: Mapping[str, float], now: Mapping[str, float]) -> int:
    """-1 where the first symptom that has changed has become less, 1 where more, 0 where none has that can be told."""
    for metric, least in _LEAST.items():
        before, after = then.get(metric), now.get(metric)
        if before is None or after is None:
            continue
        if abs(after - before) >= max(least, _CLEARLY * max(before, after)):
            return 1 if after > before else -1
    return 0


def _misses(numbers: Numbers, scenario: Scenario) -> bool:
    return _bad(numbers) > 1.0 - scenario.slos[numbers.subject].good


def _bad(numbers: Numbers) -> float:
    return numbers.now.get("bad", 0.0)

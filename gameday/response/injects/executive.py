"""An executive swoops in: orders something, takes the heart, wants to know, or disputes the severity.

What each wants and by what it is settled; the wording stands in `voices`. The four kinds, and that the commander is
who answers them: PagerDuty, Incident Commander training, "executive swoop"
(response.pagerduty.com/training/incident_commander).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from gameday.core.commands import Command, parse_command
from gameday.core.units import MICRO, format_duration
from gameday.response.colleagues import Worker
from gameday.response.colleagues.delegating import DelegatedTask
from gameday.response.injects import voices
from gameday.response.injects.scene import COMMANDER, INTERNAL_LIAISON, Scene, Steps, answer_of
from gameday.response.questions import Question
from gameday.scenario.models import Scenario
from gameday.scenario.models.injects import Inject, Swoop
from gameday.scenario.owners import owners_of

KIND = "executive"
PATIENCE = 90 * MICRO
"""How long they wait for an answer where nobody says."""

TURNS_AFTER = 20 * MICRO
"""Where somebody else answers an order, they turn to whoever leads so long after."""

ASKS_AGAIN = 180 * MICRO
"""Who wants to know asks again so often."""

SLOWER, SULKS, COMFORTED = 1.4, 300 * MICRO, 30 * MICRO
"""Without heart, all takes this many times as long for five minutes; half a minute where the commander speaks up."""

_YES = re.compile(r"^\W*(?:yes|yep|ok|okay|sure|agreed|approved|do it|go ahead|go for it|please do)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(?:but|not|no|don't|wait|hold|later|first)\b", re.IGNORECASE)


def swoop(scene: Scene, inject: Inject, name: str) -> Steps:
    """One executive comes, and goes when it is settled."""
    who = inject.sender or scene.pick(voices.EXECUTIVES, KIND, name)
    yield from _SWOOPS[inject.swoop or "information"](scene, inject, name, who)


def _override(scene: Scene, inject: Inject, name: str, who: str) -> Steps:
    """Orders an action. A colleague would do it, unless the commander says something to it in time."""
    order = parse_command(inject.command or "")
    since = scene.now
    until = since + (inject.answer_within or PATIENCE)
    answer, by = None, ""
    while scene.now < until and answer is None:
        text = _order_text(scene, inject, name, order, until)
        question = _ask(scene, who, text, until, f"override {name} {order.body}")
        yield from scene.wait(question, until)
        by = question.answered_by
        if by == scene.commander():
            answer = answer_of(question)
        elif by and scene.now < until:
            yield scene.env.timeout(min(TURNS_AFTER, until - scene.now))
    scene.drop(question)
    if answer is not None and not agrees(answer):
        scene.say(who, scene.pick(voices.HELD, name))
        scene.settle(name, "held", by)
        return
    obeyer = _obeyer(scene, inject, order)
    if obeyer is None:
        scene.settle(name, "answered" if answer is not None else "unanswered", by)
        return
    task = OrderTask(scene, name, who, since, DelegatedTask(who, replace(order, author=obeyer, role=""), None, 1))
    if not task.is_needless(obeyer):
        scene.tell(obeyer, scene.pick(voices.OBEYS, obeyer, order.body).format(command=order.body, who=who))
        scene.crew.give(obeyer, task)


def _order_text(scene: Scene, inject: Inject, name: str, order: Command, until: int) -> str:
    """What they say; with who would obey, and when."""
    obeyer = _obeyer(scene, inject, order)
    text = inject.text or scene.pick(voices.ORDERS, name, "order").format(command=order.body)
    if obeyer in (None, scene.commander()):
        return text
    left = format_duration(max((until - scene.now) // MICRO, 1) * MICRO)
    return f"{text} ({obeyer} will do it in {left}, unless {scene.commander()} replies)"


@dataclass(frozen=True, slots=True)
class OrderTask:
    """What nobody has objected to: done after what they are at, by the same rules as everybody, if it is still needed.

    `since` (µs) is when it was ordered.
    """

    scene: Scene
    inject: str
    who: str
    since: int
    deed: DelegatedTask
    due_at: int | None = None

    @property
    def describe(self) -> str:
        return self.deed.describe

    def run(self, worker: Worker) -> Steps:
        yield from self.deed.prepare(worker)
        if not self.is_needless(worker.name):
            self.scene.settle(self.inject, "obeyed", worker.name)
            yield from self.deed.carry_out(worker)

    def is_needless(self, obeyer: str) -> bool:
        """Whether the team has done just that, or is at it; then they say so, and the order is settled."""
        scene, order = self.scene, self.deed.command
        why = scene.deeds.needless(order, obeyer, self.since, scene.now)
        if why:
            words = scene.pick(voices.DONE_ALREADY, obeyer, order.body, "done already")
            scene.tell(obeyer, words.format(command=order.body, who=self.who, why=why))
            scene.settle(self.inject, "needless", obeyer)
        return bool(why)


def _demoralise(scene: Scene, inject: Inject, name: str, who: str) -> Steps:
    """Whoever is here and simulated works more slowly for a while; less long where the commander says something."""
    patience = inject.answer_within or PATIENCE
    ends = scene.now + SULKS
    text = inject.text or scene.pick(voices.DEMORALISES, name, "demoralise")
    question = _ask(scene, who, text, scene.now + patience, f"demoralise {name}")
    scene.crew.slow(SLOWER, ends)
    yield from scene.wait(question, scene.now + patience)
    if question.answered_by == scene.commander():
        scene.crew.slow(SLOWER, min(ends, scene.now + COMFORTED))
        scene.say(who, scene.pick(voices.BACKS_DOWN, name))
    scene.settle(name, "answered" if question.answered_by else "unanswered", question.answered_by)
    scene.drop(question)


def _information(scene: Scene, inject: Inject, name: str, who: str) -> Steps:
    """Wants to know, and asks again until the commander or the internal liaison says what customers notice."""
    patience, times = inject.answer_within or ASKS_AGAIN, 0
    while scene.incident().resolved_at is None:
        first = inject.text or scene.pick(voices.WANTS_TO_KNOW, name, "information")
        text = first if not times else scene.pick(voices.ASKS_AGAIN, name, "again", turn=times)
        until = scene.now + patience
        question = _ask(scene, who, text, until, f"information {name}")
        yield from scene.wait(question, until)
        answer, times = answer_of(question), times + 1
        if answer is not None and _tells(scene, question, answer):
            scene.say(who, scene.pick(voices.THANKS, name))
            scene.settle(name, "answered", question.answered_by)
            return
        scene.drop(question)
        if answer is not None:
            scene.say(who, scene.pick(voices.NOT_ENOUGH, name, turn=times))
            yield scene.env.timeout(max(until - scene.now, MICRO))
    scene.settle(name, "unanswered")


def _severity(scene: Scene, inject: Inject, name: str, who: str) -> Steps:
    """Wants a lower severity; whoever leads holds it with a reply, or changes it."""
    before = scene.incident().severity
    until = scene.now + (inject.answer_within or ASKS_AGAIN)
    shown, words = before or "no incident", voices.DISPUTES if before else voices.DOUBTS
    text = inject.text or scene.pick(words, name, "severity").format(severity=shown)
    question = _ask(scene, who, text, until, f"severity {name} {before or 'undeclared'}")
    while question.is_open and scene.incident().severity == before and scene.now < until:
        yield question.answered | scene.env.timeout(MICRO)
    after = scene.incident().severity
    if question.answered_by:
        scene.say(who, scene.pick(voices.ACCEPTS, name).format(severity=after or shown))
        scene.settle(name, "held" if after == before else "lowered", question.answered_by)
    elif after != before and before is not None and after is not None:
        scene.settle(name, "lowered" if after > before else "held", scene.commander())
    else:
        yield scene.env.timeout(1)  # the question is missed first
        scene.settle(name, "unanswered")
    scene.drop(question)


def _ask(scene: Scene, who: str, text: str, until: int, about: str) -> Question:
    return scene.ask(KIND, who, scene.commander(), text, within=until - scene.now, about=about)


def _tells(scene: Scene, question: Question, answer: str) -> bool:
    """Whether the right person has said what or whom it hurts, or that it is over."""
    if question.answered_by not in (scene.commander(), scene.holder(INTERNAL_LIAISON)):
        return False
    reading = scene.read(answer)
    return reading.states_impact or reading.says_recovered


def agrees(answer: str) -> bool:
    """Whether a reply to an order says yes, and nothing else."""
    return _YES.search(answer) is not None and _BUT.search(answer) is None


def _obeyer(scene: Scene, inject: Inject, order: Command) -> str | None:
    """Who would do it: the one named, else somebody simulated and here of the team that it is about, else anybody."""
    if inject.to is not None:
        return inject.to if scene.is_simulated(inject.to) else None
    leads = scene.holder(COMMANDER)
    here = [person for person in scene.office.here() if scene.is_simulated(person) and person != leads]
    people, teams = scene.office.scenario.people, _teams(scene.office.scenario, order)
    return next((person for person in here if people[person].team in teams), next(iter(here), None))


def _teams(scenario: Scenario, order: Command) -> tuple[str, ...]:
    """The teams of what the order is about."""
    return tuple(dict.fromkeys(team for _, _, value in order.given() for team in owners_of(scenario, value)))


_SWOOPS: Mapping[Swoop, Callable[[Scene, Inject, str, str], Steps]] = {
    "override": _override,
    "demoralise": _demoralise,
    "information": _information,
    "severity": _severity,
}

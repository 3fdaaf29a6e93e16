"""A journalist asks somebody who has other things to do. The right answer is short: whom to ask, or what is public.

What a reply does is read by rule, as public updates are: it promises, it blames, it passes on, it says what is public.
"""

from __future__ import annotations

import re

from gameday.core.units import MICRO
from gameday.response.injects import voices
from gameday.response.injects.scene import CUSTOMER_LIAISON, INTERNAL_LIAISON, Scene, Steps, answer_of
from gameday.scenario.models.injects import Inject

KIND = "journalist"
PATIENCE = 180 * MICRO
"""How long they wait where nobody says."""

_PASSES_ON = re.compile(
    r"\b(?:liaison|press|pr team|communications?|comms|spokes\w+|media|status page|statuspage|public relations)\b",
    re.IGNORECASE,
)


def call(scene: Scene, inject: Inject, name: str) -> Steps:
    """Asks whoever talks with customers, else whoever leads; waits a while, and writes what there is to write."""
    who = inject.sender or scene.pick(voices.JOURNALISTS, KIND, name)
    to = scene.holder(CUSTOMER_LIAISON) or scene.commander()
    patience = inject.answer_within or PATIENCE
    until = scene.now + patience
    text = inject.text or scene.pick(voices.PRESS, KIND, name, "question")
    question = scene.ask(KIND, who, to, text, within=patience, about=f"journalist {name}")
    yield from scene.wait(question, until)
    answer = answer_of(question)
    if answer is None:
        scene.drop(question)
        scene.say(who, scene.pick(voices.REPORTED, name))
        scene.settle(name, "unanswered")
        return
    outcome = outcome_of(scene, answer)
    scene.say(who, scene.pick(voices.GOES if outcome == "passed-on" else voices.QUOTES, name))
    scene.settle(name, outcome, question.answered_by)


def outcome_of(scene: Scene, answer: str) -> str:
    """What a reply does, the worst first: `promised`, `blamed`, `passed-on`, `status` or `said`."""
    reading = scene.read(answer)
    if reading.promises_eta:
        return "promised"
    if reading.blame:
        return "blamed"
    liaisons = [scene.holder(role) for role in (CUSTOMER_LIAISON, INTERNAL_LIAISON)]
    named = any(person is not None and re.search(rf"\b{re.escape(person)}\b", answer, re.I) for person in liaisons)
    if named or _PASSES_ON.search(answer):
        return "passed-on"
    return "status" if reading.states_impact or reading.says_recovered else "said"

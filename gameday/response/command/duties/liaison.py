"""The customer liaison: updates on their rhythm, from what can be seen and what was said in the channel.

Asks the commander once whether there is anything to add, and goes on without where nothing comes.
"""

from __future__ import annotations

from gameday.core.events import CauseDiagnosed
from gameday.core.units import MICRO
from gameday.core.wording import read_update
from gameday.response.colleagues import Worker
from gameday.response.command import customers
from gameday.response.command.duties.post import Post, Steps
from gameday.response.command.roles import COMMANDER

_TICK = 10 * MICRO
_FIRST_AFTER, _BEFORE_DUE = 30 * MICRO, 60 * MICRO
_WRITES = 15 * MICRO
_ANSWER_WITHIN = 30 * MICRO
_ASKS = (
    "I am about to tell customers about {what}. Anything to add?",
    "Update for customers is ready: {what}. Is there something they should know?",
)
_NOTHING = ("no", "nope", "nothing", "none", "nothing to add", "all good", "fine", "ok", "okay", "go ahead")


def serve(post: Post) -> Steps:
    """The process of one liaison."""
    room = post.room
    writer = _Writer(post)
    yield room.env.timeout(_FIRST_AFTER)
    while post.is_held:
        writer.watch()
        if writer.is_due() and not writer.busy:
            writer.busy = True
            post.do("an update for customers", writer.write, room.incident.status_due_at)
        yield room.env.timeout(_TICK)


class _Writer:
    """What one liaison keeps in mind between updates."""

    def __init__(self, post: Post) -> None:
        self.busy = False
        self._post = post
        self._hurt: dict[str, None] = dict.fromkeys(post.room.hurt_so_far())
        self._has_asked = False

    def watch(self) -> None:
        """What is hurt now belongs in the updates to come."""
        self._hurt.update(dict.fromkeys(self._post.room.wall.missing()))

    def is_due(self) -> bool:
        """Whether it is time to write: the first at once, others before they fall due, the last once it is over."""
        room = self._post.room
        due = room.incident.status_due_at
        if due is None:
            return False
        if room.incident.view().last_status is None or room.now >= due - _BEFORE_DUE:
            return True
        return bool(self._hurt) and room.wall.steady() and not customers.has_said_over(room)

    def write(self, worker: Worker) -> Steps:
        """The task: writes, asks once, posts."""
        post, room = self._post, self._post.room
        worker.expect(_WRITES)
        yield from worker.pause(_WRITES)
        added = ""
        commander = room.roles.holder(COMMANDER)
        if not self._has_asked and commander in room.seats and commander is not None:
            self._has_asked = True
            what = customers.listed(room, tuple(self._hurt)) or "parts of our service"
            message = room.words(_ASKS, "anything to add", post.name).format(what=what)
            question = room.questions.put("colleague", post.name, commander, message, within=_ANSWER_WITHIN + _TICK)
            yield question.answered | room.env.timeout(_ANSWER_WITHIN)
            added = _to_add(str(question.answered.value)) if question.answered.triggered else ""
            room.questions.withdraw(question)
        if post.is_held:
            self._post_it(added)
        self.busy = False

    def _post_it(self, added: str) -> None:
        post, room = self._post, self._post.room
        first = room.incident.view().last_status is None
        if self._hurt and not first and room.wall.steady():
            text = customers.last_update(room, tuple(self._hurt))
        else:
            found = any(isinstance(event, CauseDiagnosed) for event in post.heard)
            text = customers.update(room, hurt=tuple(self._hurt), first=first, cause_known=found)
        text = " ".join(part for part in (added, text) if part)
        verdict = customers.post(room, post.name, text)
        if not verdict.accepted:
            room.say(post.name, f"I could not post the update: {verdict.text}", room.roles.holder(COMMANDER) or "")


def _to_add(answer: str) -> str:
    """What of an answer goes out: a sentence of its own that promises no time and accuses nobody."""
    answer = answer.strip()
    reading = read_update(answer, {})
    plain = answer.lower().strip(" .!,")
    if plain in _NOTHING or len(answer.split()) < 3 or plain.split()[0] in ("no", "nothing"):
        return ""
    if reading.promises_eta or reading.blame or reading.says_recovered:
        return ""
    return (answer[:1].upper() + answer[1:]).rstrip(". ") + "."

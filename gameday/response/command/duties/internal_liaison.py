"""The internal liaison: answers executives' questions, as soon as there is a CAN report to quote."""

from __future__ import annotations

from collections.abc import Callable

from gameday.core.events import CanReported
from gameday.core.units import MICRO, format_clock
from gameday.response.colleagues import Worker
from gameday.response.command.duties.post import Post, Steps
from gameday.response.command.outside import what_customers_notice
from gameday.response.questions import Question

_TICK = 5 * MICRO
_WRITES = 20 * MICRO
_ANSWERS = (
    "{notice} From the report of {at}: {conditions} Under way: {actions}",
    "This is {name}, for the team. {notice} Last report, {at}: {conditions} What is being done: {actions}",
)


def serve(post: Post) -> Steps:
    """The process of one internal liaison."""
    room = post.room
    taken: dict[str, None] = {}
    while post.is_held:
        report = next((event for event in reversed(post.heard) if isinstance(event, CanReported)), None)
        for question in room.questions.open():
            if question.kind == "executive" and question.ref not in taken and report is not None:
                taken[question.ref] = None
                post.do(f"an answer for {question.sender}", _answering(post, question, report), question.due_at)
        yield room.env.timeout(_TICK)


def _answering(post: Post, question: Question, report: CanReported) -> Callable[[Worker], Steps]:
    """The task: answers one question by quoting a report, unless somebody else was faster."""

    def answer(worker: Worker) -> Steps:
        worker.expect(_WRITES)
        yield from worker.pause(_WRITES)
        if not question.is_open or not post.is_held:
            return
        words = post.room.words(_ANSWERS, "answers executive", post.name, question.message)
        conditions, actions = _sentence(report.conditions), _sentence(report.actions)
        at = format_clock(report.at)
        notice = what_customers_notice(post.room)
        text = words.format(notice=notice, at=at, conditions=conditions, actions=actions, name=post.name)
        post.room.questions.answer(question, post.name, text)

    return answer


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

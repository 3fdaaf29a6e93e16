"""Events and verdicts as lines."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.commands import Verdict, parse_command
from gameday.core.events import (
    ActionStarted,
    Asked,
    CanReported,
    Event,
    EvidenceShared,
    FaultBegan,
    LookStarted,
    MessageReceived,
    NoteTaken,
    PageAcknowledged,
    QuestionPut,
    Said,
    StatusPosted,
)
from gameday.core.units import MICRO
from gameday.tui import feed


def texts(lines: list[feed.LogLine]) -> list[str]:
    return [f"{line.time} {line.text}".strip() for line in lines]


def test_what_nobody_may_see_is_never_a_line() -> None:
    assert feed.event_lines(FaultBegan(MICRO, "crash db", "db")) == []


def test_what_somebody_says_reads_like_a_channel() -> None:
    assert texts(feed.event_lines(NoteTaken(62 * MICRO, "ana", "on it"))) == ["01:02 ana: on it"]
    assert texts(feed.event_lines(MessageReceived(62 * MICRO, "VP", "ETA?"))) == ["01:02 VP says: ETA?"]
    assert texts(feed.event_lines(StatusPosted(62 * MICRO, "ana", "we look"))) == ["01:02 ana to customers: we look"]


def test_what_a_players_own_command_sets_off_is_said_once_by_its_verdict() -> None:
    own = PageAcknowledged(MICRO, "A1", "ana")
    assert feed.event_lines(own, own=True) == []
    assert texts(feed.event_lines(own)) == ["00:01 A1 acknowledged by ana"]
    assert feed.event_lines(ActionStarted(MICRO, "X1", "rollback db", "ana", 2 * MICRO), own=True) == []
    command = parse_command("as ana: ack")
    assert texts(feed.verdict_lines(MICRO, command, Verdict(True, "A1 is yours"))) == ["00:01 ana > ack", "A1 is yours"]


def test_a_refusal_is_in_the_channel_with_its_reason() -> None:
    command = parse_command("as ana: ack")
    (line,) = feed.verdict_lines(MICRO, command, Verdict(False, "there is no page"))
    assert line.text == "ana > ack: no, there is no page"


def test_what_is_said_is_not_echoed() -> None:
    assert feed.verdict_lines(MICRO, parse_command("as ana: note hello"), Verdict(True, "noted")) == []


def test_errors_and_warnings_stand_out_in_evidence() -> None:
    lines = feed.evidence_lines(["00:01 ERROR db x", "00:01 WARN db y", "00:01 INFO db ERRORS"])
    assert [line.style for line in lines] == ["down", "degraded", "value"]


def test_a_look_of_a_colleague_says_that_they_look() -> None:
    assert texts(feed.event_lines(LookStarted(MICRO, "bo", "logs db", 2 * MICRO))) == ["00:01 bo looks at logs db"]
    assert feed.event_lines(LookStarted(MICRO, "ana", "logs db", 2 * MICRO), own=True) == []


def test_a_can_report_stands_in_its_three_parts() -> None:
    lines = feed.event_lines(CanReported(MICRO, "bo", "db is full", "none yet", "more disk"))
    assert texts(lines) == ["00:01 bo reports", "C: db is full", "A: none yet", "N: more disk"]


def test_kinds_of_lines_are_told_apart_without_colours() -> None:
    marks = [
        feed.event_lines(event)[0].mark
        for event in (
            Said(MICRO, "bo", "", "done"),
            Asked(MICRO, "ana", "bo", "what changed?", None),
            QuestionPut(MICRO, "Q1", "executive", "vp", "ana", "how bad?", "", None),
            EvidenceShared(MICRO, "bo", "logs db", ("a",)),
            MessageReceived(MICRO, "press", "is it true?"),
        )
    ]
    assert marks[0] == ""
    assert len(set(marks)) == len(marks)


def test_what_is_asked_stands_once_with_what_follows() -> None:
    command = parse_command("as ana: ask bo what changed?")
    assert texts(feed.verdict_lines(MICRO, command, Verdict(True, "bo reads it"))) == ["bo reads it"]
    assert feed.verdict_lines(MICRO, parse_command("as ana: reply hello"), Verdict(True, "vp has it")) == []


@dataclass(frozen=True, slots=True)
class Unheard(Event):
    def text(self) -> str:
        return "something new"


def test_a_kind_of_event_that_nobody_listed_is_a_plain_line() -> None:
    (line,) = feed.event_lines(Unheard(MICRO))
    assert (line.style, line.mark, line.text) == ("value", "", "something new")

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gameday.core.commands import Verdict, parse_command
from gameday.core.errors import InputError
from gameday.core.signals import Observation, Signals
from gameday.core.units import MICRO
from gameday.response.policy import Decision, Idle
from gameday.response.responder import make_policy
from gameday.scenario.exercise import Exercise
from gameday.session.drive import drive, play_script
from gameday.session.journal import Writer, parse_journal
from gameday.session.replay import verify
from gameday.session.script import parse_script, read_script
from gameday.session.session import Session
from tests.session.small import PLAY, MemoryFile, played

FILE = """\
# the same play, as a file
2s note all is quiet
12s declare SEV-2

12s restart nowhere
13.5s ack
15.25s rollback db
   16s   approve
17s metrics db
33s shed web 10% --entry crawl
20s as bo: status We look into it. "Soon" more.
40s diagnose db bad-deploy retry-storm
"""


def test_a_file_of_commands_plays_as_a_person_would(tmp_path: Path, exercise: Exercise) -> None:
    path = tmp_path / "play.txt"
    path.write_text(FILE, encoding="utf-8")
    session = Session(exercise, 7, variant="deploy")
    play_script(session, read_script(path))
    assert session.finish().digest == played(exercise).finish().digest
    assert [timed.at for timed in session.commands] == [round(second * MICRO) for second, _ in PLAY]


def test_idle_gives_no_command_and_the_session_ends(exercise: Exercise) -> None:
    session = Session(exercise, 7, responder="idle")
    drive(session, Idle())
    assert session.finished
    assert session.commands == []


@pytest.mark.parametrize("name", ["playbook", "random"])
def test_what_an_automatic_responder_plays_is_journalled_and_verifies(exercise: Exercise, name: str) -> None:
    file = MemoryFile()
    session = Session(exercise, 7, variant="deploy", responder=name, journal=Writer(file))
    drive(session, make_policy(name, exercise, 7))
    session.finish()
    journal = parse_journal(file.written)
    assert journal.header.responder == name
    assert journal.commands
    assert verify(journal).outcome == "equal"


class Restless:
    """Wants to be asked again at once, always; and keeps what it was told."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.told: list[tuple[Verdict, ...]] = []

    def begin(self) -> None:
        return None

    def decide(
        self, state: None, observation: Observation, signals: Signals, verdicts: tuple[Verdict, ...] = ()
    ) -> Decision[None]:
        self.asked.append(observation.second)
        self.told.append(verdicts)
        return Decision(None, (parse_command("restart nowhere"),) if observation.second == 1 else (), 0)


def test_a_policy_that_wants_to_be_asked_at_once_is_asked_every_second(exercise: Exercise) -> None:
    session, policy = Session(exercise, 7), Restless()
    drive(session, policy, until=4 * MICRO)
    assert session.now == 4 * MICRO
    assert policy.asked == [0, 1, 2, 3]
    assert [len(verdicts) for verdicts in policy.told] == [0, 0, 1, 0]
    assert not policy.told[2][0].accepted


def test_driving_stops_at_the_time_given_and_goes_on_later(exercise: Exercise) -> None:
    session = Session(exercise, 7)
    drive(session, Idle(), until=2_500_000)
    assert session.now == 2_500_000
    drive(session, Idle())
    assert session.finished


def test_every_problem_of_a_command_file_is_told_with_its_line() -> None:
    text = "90 restart web\n\n5s frobnicate\n# fine\n7s\nsoon ack\n8s ack\n9s restart\n"
    with pytest.raises(InputError) as caught:
        parse_script(text, "play.txt")
    assert [(problem.line, problem.message) for problem in caught.value.problems] == [
        (1, '"90" has no unit; write 90s or 90ms'),
        (3, '"frobnicate" is not a command'),
        (5, "nothing to do at 7s; a line is for example: 90s restart payments"),
        (6, '"soon" is not a time; a line is for example: 90s restart payments'),
        (8, "restart needs service; usage: restart SERVICE [--replica COUNT] [--rolling]"),
    ]


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "play.txt"
    path.write_bytes("1s note fine\n2s note caf\xe9\n".encode("latin-1"))
    with pytest.raises(InputError) as caught:
        read_script(path)
    assert caught.value.fatal
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.excerpt) == (2, 12, "2s note caf\ufffd")
    assert problem.message == "byte 0xe9 is not UTF-8; save the file as UTF-8"


def test_a_byte_order_mark_does_not_move_the_place_of_a_wrong_byte(tmp_path: Path) -> None:
    path = tmp_path / "play.txt"
    path.write_bytes(b"\xef\xbb\xbf1s note \xff\n")
    with pytest.raises(InputError) as caught:
        read_script(path)
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (1, 9)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("90 ack", "90"),
        ("soon ack", "soon"),
        ("5s frobnicate it", "frobnicate"),
        ("5s as bo: restrat web", "restrat"),
        ("\t5s restart web now", "now"),
        ('  5s   as "bo": shed web 10% --entri crawl', "--entri"),
        ("5s shed web 10% --entry", "--entry"),
        ("5s restart", "restart"),
        ("7s", "7s"),
        ("5s note", "note"),
        ("5s restart \x07 web", "web"),
    ],
)
def test_the_caret_stands_under_the_wrong_word(line: str, wrong: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_script(line)
    (problem,) = caught.value.problems
    assert line[problem.column - 1 :][: problem.width] == wrong
    assert len(problem.excerpt) == len(line)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("3min restart web", '"3min" is not a time; write 3m'),
        ("12 msec restart web", '"12 msec" is not a time; write 12ms'),
        ("2 minutes: restart web", '"2 minutes" is not a time; write 2m'),
        ("5 restart web", '"5" has no unit; write 5s or 5ms'),
    ],
)
def test_a_time_in_another_spelling_is_answered_with_ours(line: str, answer: str) -> None:
    with pytest.raises(InputError, match=re.escape(answer)):
        parse_script(line)


LATE = """\
12s declare SEV-2
12s restart nowhere
59s note before the end
60s diagnose db bad-deploy retry-storm
90s restart web
2m note it is over
3m diagnose nothing slow
"""


def test_what_was_not_done_is_told_with_its_line_and_the_hot_wash_is_heard(tmp_path: Path, exercise: Exercise) -> None:
    path = tmp_path / "play.txt"
    path.write_text(LATE, encoding="utf-8")
    file = MemoryFile()
    session = Session(exercise, 7, variant="deploy", journal=Writer(file))
    told = [str(one) for one in play_script(session, read_script(path))]
    session.finish()
    assert told[0].startswith(f'{path}:2: "restart nowhere" was rejected: "nowhere" is no service here')
    assert told[1] == f'{path}:5: "restart web" was not given: the session ended at 1m'
    assert told[2].startswith(f'{path}:7: "diagnose nothing slow" was rejected: ')
    assert len(told) == 3
    accepted = [(timed.at, timed.command.verb) for timed in session.commands if timed.verdict.accepted]
    assert accepted[-2:] == [(60 * MICRO, "diagnose"), (60 * MICRO, "note")]
    assert verify(parse_journal(file.written)).outcome == "equal"


def test_before_the_end_nothing_comes_early(exercise: Exercise) -> None:
    session = Session(exercise, 7, variant="deploy")
    script = parse_script("5s note one\n20s note two\n", "play.txt")
    told = [str(one) for one in play_script(session, script, until=10 * MICRO)]
    assert told == ['play.txt:2: "note two" was not given: the session ended at 10s']


def test_a_command_file_with_windows_lines_and_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "play.txt"
    path.write_bytes(b"\xef\xbb\xbf1s ack\r\n1m30s restart web\r\n")
    assert [(timed.at, timed.command.body) for timed in read_script(path).commands] == [
        (MICRO, "ack"),
        (90 * MICRO, "restart web"),
    ]

"""Whatever a playback shows, verifying compares: a forged line is found, however well the journal is sealed again."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gameday.core.errors import JournalError
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.session.chain import Chain, scan
from gameday.session.journal import Writer, parse_journal, read_journal
from gameday.session.playback import playback
from gameday.session.replay import verify
from gameday.session.resume import resume
from gameday.session.session import Session
from tests.session.small import MemoryFile, play
from tests.session.test_replay import sealed, with_digest_mended

Line = dict[str, Any]


def forged(data: bytes, forge: Callable[[list[Line]], None]) -> str:
    """What verifying says about a journal in which somebody forged lines and sealed all of it again."""
    lines = [json.loads(line) for line in scan(data).lines]
    forge(lines)
    journal = parse_journal(sealed(lines))
    list(playback(journal))
    verification = verify(journal)
    assert verification.outcome == "differs"
    return str(verification).removeprefix("differs first at ")


def tick(lines: list[Line], second: int) -> Line:
    return next(line for line in lines if line["k"] == "tick" and line["n"] == second)


def command(lines: list[Line], text: str) -> Line:
    return next(line for line in lines if line["k"] == "command" and line["text"].startswith(text))


def test_a_forged_reading_is_named_by_its_second_and_service(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        tick(lines, 30)["s"][0][0] = 0

    assert forged(journal_bytes, forge) == "00:30 (second 30): service web"


def test_a_forged_reading_of_an_entry_is_named_by_the_entry(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        tick(lines, 31)["e"][0][-1] = 0.5

    assert re.match(r"00:31 \(second 31\): entry \w+$", forged(journal_bytes, forge))


def test_a_forged_view_is_named(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        tick(lines, 25).setdefault("x", {})["joined"] = ["mallory"]

    assert forged(journal_bytes, forge) == "00:25 (second 25): joined"


def test_a_forged_event_is_told_with_both_texts(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        seen = [event for line in lines for event in line.get("seen", ())]
        found = next(event for event in seen if "SEV-2" in event["text"])
        found["text"] = found["text"].replace("SEV-2", "SEV-1")

    found = forged(journal_bytes, forge)
    assert found.startswith("00:13 (second 13): an event; recorded: ")
    assert "SEV-1" in found.split("; now: ")[0]
    assert "SEV-2" in found.split("; now: ")[1]


def test_an_event_that_was_taken_out_and_one_that_was_put_in_are_differences(journal_bytes: bytes) -> None:
    def take(lines: list[Line]) -> None:
        del tick(lines, 13)["seen"]

    def put(lines: list[Line]) -> None:
        tick(lines, 5)["seen"] = [{"at": 4_500_000, "kind": "Noted", "text": "all burns"}]

    assert "is missing" in forged(journal_bytes, take)
    assert forged(journal_bytes, put) == '00:05 (second 5): the event "all burns", which did not happen'


def test_what_a_look_found_cannot_be_changed(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        seen = [event for line in lines for event in line.get("seen", ()) if event.get("lines")]
        seen[0]["lines"][0] = "nothing to be seen"

    assert "the event " in forged(journal_bytes, forge)


def test_a_forged_result_of_an_accepted_command_is_a_difference(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        number = command(lines, "rollback db")["n"]
        next(line for line in lines if line["k"] == "result" and line["n"] == number)["text"] = "nothing happens"

    found = forged(journal_bytes, forge)
    assert found.startswith("00:15 (second 15): what command 4 led to; recorded: nothing happens; now: ")


def test_a_result_that_was_taken_out_is_a_difference(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        lines.remove(next(line for line in lines if line["k"] == "result" and line["n"] == 4))

    assert forged(journal_bytes, forge) == "00:15 (second 15): the line that says what command 4 led to is missing"


def test_a_rejected_command_is_judged_again(journal_bytes: bytes) -> None:
    def possible(lines: list[Line]) -> None:
        command(lines, "restart nowhere")["text"] = "restart web"

    def reason(lines: list[Line]) -> None:
        command(lines, "restart nowhere")["result"] = "ana had no time"

    assert forged(journal_bytes, possible) == '00:12 (second 12): "restart web" was rejected then and is accepted now'
    assert forged(journal_bytes, reason).startswith(
        '00:12 (second 12): why "restart nowhere" was rejected; recorded: ana had no time; now: "nowhere" is no service'
    )


def test_a_command_that_was_taken_out_is_noticed_by_the_next(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        lines.remove(command(lines, "restart nowhere"))

    assert forged(journal_bytes, forge) == '00:13 (second 13): the number of the command "ack"'


def test_a_forged_role_is_a_difference(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        command(lines, "restart nowhere")["role"] = "scribe"

    assert forged(journal_bytes, forge) == '00:12 (second 12): the role of the command "restart nowhere"'


@pytest.mark.parametrize("second", [0, 20, 59, 60])
def test_a_second_that_was_taken_out_is_named(journal_bytes: bytes, second: int) -> None:
    def forge(lines: list[Line]) -> None:
        lines.remove(tick(lines, second))

    found = forged(journal_bytes, forge)
    assert found == f"00:{second:02} (second {second}): the line of this second is missing".replace("00:60", "01:00")


def test_a_second_that_stands_twice_is_named(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        lines.insert(lines.index(tick(lines, 20)), tick(lines, 20))

    assert forged(journal_bytes, forge) == "00:20 (second 20): this second is recorded twice"


def test_a_header_that_names_other_services_is_a_difference(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        lines[0]["services"].reverse()

    assert forged(journal_bytes, forge) == "00:00 (second 0): the header's services"


def test_an_end_that_comes_too_early_is_a_difference(journal_bytes: bytes) -> None:
    def forge(lines: list[Line]) -> None:
        at = lines.index(tick(lines, 45))
        end = lines[-1] | {"at": 45 * MICRO}
        del lines[at + 1 :]
        lines.append(end)

    assert forged(journal_bytes, forge) == "00:45 (second 45): the recorded session ended before its time was over"


@pytest.mark.parametrize("kind", ["tick", "end", "command"])
def test_a_line_from_the_far_future_simulates_nothing(journal_bytes: bytes, kind: str) -> None:
    def forge(lines: list[Line]) -> None:
        last = next(line for line in reversed(lines) if line["k"] == kind)
        last["n" if kind == "tick" else "at"] = 10**15

    assert "the line of this second is missing" in forged(journal_bytes, forge)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"horizon":60000000', '"horizon":61000000', "beyond the end of its session"),
        ('"horizon":60000000', f'"horizon":{10**17}', "beyond the end of its session"),
        ('"duration":"1m"', '"duration":"8000h"', "lasts longer than a day"),
    ],
)
def test_a_journal_that_would_run_for_ever_is_refused(
    tmp_path: Path, journal_bytes: bytes, old: str, new: str, problem: str
) -> None:
    lines = [line.decode() for line in scan(journal_bytes).lines[:20]]
    assert old in lines[0]
    path = tmp_path / "one.jsonl"
    path.write_bytes(with_digest_mended(sealed([json.loads(line.replace(old, new)) for line in lines])))
    with pytest.raises(JournalError, match=problem):
        verify(read_journal(path))
    with pytest.raises(JournalError, match=problem):
        resume(path)


@pytest.fixture(params=["pipe", "device", "folder"])
def no_file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A path behind which there is no file, and which could be read for ever."""
    path = tmp_path / "one.jsonl"
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    yield path


@pytest.mark.skipif(os.name != "posix", reason="needs pipes and devices")
def test_only_an_ordinary_file_is_a_journal(no_file: Path) -> None:
    with pytest.raises(JournalError, match="is a folder|is not an ordinary file"):
        read_journal(no_file)
    with pytest.raises(JournalError, match="is a folder|is not an ordinary file"):
        resume(no_file)


def test_a_file_too_large_for_a_journal_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    with path.open("wb") as file:
        file.truncate(512 * 1024 * 1024 + 1)
    with pytest.raises(JournalError, match="larger than 512 MiB"):
        read_journal(path)


def test_a_result_that_was_lost_with_the_process_is_written_when_it_goes_on(tmp_path: Path, exercise: Exercise) -> None:
    file = MemoryFile()
    session = Session(exercise, 7, variant="deploy", journal=Writer(file))
    play(session, ((2.0, "note all is quiet"), (12.0, "declare SEV-2")))
    path = tmp_path / "one.jsonl"
    lines = file.written.splitlines(keepends=True)
    assert b'"k":"result"' in lines[-1]
    path.write_bytes(b"".join(lines[:-1]))
    resumed = resume(path).session
    resumed.run_to(14 * MICRO)
    resumed.finish(aborted=True)
    assert path.read_bytes().startswith(file.written)
    assert verify(read_journal(path)).outcome == "equal"


def test_a_resumed_journal_is_byte_for_byte_the_one_that_never_stopped(tmp_path: Path, journal_bytes: bytes) -> None:
    lines = journal_bytes.splitlines(keepends=True)
    path = tmp_path / "one.jsonl"
    path.write_bytes(b"".join(lines[:12]))
    resumed = resume(path).session
    resumed.run_to(11 * MICRO)
    resumed.close()
    size = path.stat().st_size
    assert size > len(b"".join(lines[:12]))
    assert journal_bytes.startswith(path.read_bytes())


def test_the_chain_alone_shows_a_line_that_was_not_sealed_again(journal_bytes: bytes) -> None:
    chain = Chain()
    assert b"".join(chain.seal(line) for line in scan(journal_bytes).lines) == journal_bytes

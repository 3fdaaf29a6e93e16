from __future__ import annotations

import errno
import json
import random
from pathlib import Path

import pytest

from gameday.core.commands import parse_command
from gameday.core.errors import JournalDamaged, JournalError
from gameday.core.signals import EntryReading, Observation, ServiceReading
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.session.chain import Chain, scan
from gameday.session.files import DiskFile
from gameday.session.journal import TICKS_A_SYNC, Writer, create, parse_journal, read_journal, sound_prefix
from gameday.session.keyframes import Encoder
from gameday.session.records import CommandRecord, to_json
from gameday.session.session import Session
from tests.session.small import PLAY, MemoryFile, play

STATE = ("0123456789abcdef",) * 3
SHORT = ((1.0, "note all is quiet"), (2.0, "restart nowhere"))


@pytest.fixture(scope="module")
def small_journal(exercise: Exercise) -> bytes:
    """Three seconds, two commands and a clean end: short enough to be cut at every byte."""
    file = MemoryFile()
    session = Session(exercise, 7, journal=Writer(file))
    play(session, SHORT)
    session.run_to(3 * MICRO)
    session.finish(aborted=True)
    return file.written


def test_a_journal_holds_what_was_asked_and_what_became_of_it(journal_bytes: bytes) -> None:
    journal = parse_journal(journal_bytes)
    assert journal.soundness == "clean"
    assert [(record.at, record.text) for record in journal.commands] == [
        (round(second * MICRO), text.removeprefix("as bo: ")) for second, text in PLAY
    ]
    refused = journal.commands[2]
    assert (refused.accepted, refused.author, refused.role) == (False, "ana", "incident-commander")
    assert refused.result.startswith('"nowhere" is no service here')
    assert [tick.n for tick in journal.ticks] == list(range(61))
    assert journal.reached == 60 * MICRO


def test_the_header_holds_the_whole_exercise(journal_bytes: bytes, exercise: Exercise) -> None:
    journal = parse_journal(journal_bytes)
    assert journal.exercise().digest == exercise.digest == journal.header.digest
    assert (journal.header.seed, journal.header.variant, journal.header.players) == (7, "deploy", ("ana",))
    assert set(journal.header.versions) == {"gameday", "python", "simpy", "platform"}


def test_a_journal_cut_at_any_byte_is_told_apart_and_keeps_its_whole_lines(small_journal: bytes) -> None:
    lines = small_journal.count(b"\n")
    assert lines == 9
    for size in range(len(small_journal) + 1):
        data = small_journal[:size]
        whole = data.count(b"\n")
        if whole == 0:
            with pytest.raises(JournalError, match="does not even hold a header"):
                parse_journal(data)
            continue
        journal = parse_journal(data)
        assert 1 + len(journal.records) == whole
        assert data[journal.size :] == journal.torn
        expected = "torn" if not data.endswith(b"\n") else "clean" if whole == lines else "unfinished"
        assert journal.soundness == expected


def test_a_flipped_bit_in_any_byte_is_found_and_the_prefix_is_sound(small_journal: bytes) -> None:
    chance = random.Random(20261122)
    for at in range(len(small_journal) - 1):
        flipped = bytearray(small_journal)
        flipped[at] ^= 1 << chance.randrange(8)
        before = small_journal.count(b"\n", 0, at)
        with pytest.raises(JournalDamaged, match=f"line {before + 1} is damaged") as caught:
            parse_journal(bytes(flipped))
        assert caught.value.lines == before
        if before and at % 16 == 0:
            assert 1 + len(sound_prefix(bytes(flipped)).records) == before


@pytest.mark.parametrize("data", [b"gameday: 1\ntitle: Logins fail\n", b'{"gameday_proof": 1}\n', b"\n\n", b"\0\n"])
def test_what_does_not_begin_as_a_journal_is_none_rather_than_a_damaged_one(data: bytes) -> None:
    with pytest.raises(JournalError, match="this is no journal") as caught:
        parse_journal(data)
    assert not isinstance(caught.value, JournalDamaged)


def test_a_flipped_bit_in_the_final_newline_counts_as_torn(small_journal: bytes) -> None:
    journal = parse_journal(small_journal[:-1] + b"\x0b")
    assert journal.soundness == "torn"
    assert journal.end is None


def test_a_zeroed_tail_counts_as_torn(small_journal: bytes) -> None:
    last_line = small_journal.rfind(b"\n", 0, -1) + 1
    journal = parse_journal(small_journal[: last_line + 20] + b"\0" * 4096)
    assert journal.soundness == "torn"
    assert len(journal.torn) == 20 + 4096


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n", b"\xff\xfe\x00", b"[" * 100_000, b"gameday: 1\n", b"\0" * 100])
def test_what_is_no_journal_is_an_error_in_words(data: bytes) -> None:
    with pytest.raises(JournalError):
        parse_journal(data)


@pytest.mark.parametrize(
    "record",
    [
        {"k": "tick"},
        {"k": "tick", "n": -1, "state": ["", "", ""]},
        {"k": "command", "n": "0", "at": 1, "author": "", "role": "", "text": "", "accepted": True},
        {"k": "nonsense"},
        {},
        {"k": "end", "at": 0, "aborted": 0, "digest": ""},
        {"k": "header"},
        {"k": "result", "n": 1, "text": {"a": []}},
    ],
)
def test_a_well_sealed_line_of_another_make_is_an_error_with_its_number(
    small_journal: bytes, record: dict[str, object]
) -> None:
    found = scan(small_journal[: small_journal.index(b"\n") + 1])
    chain = Chain(found.head)
    data = small_journal[: found.size] + chain.seal(json.dumps(record).encode())
    with pytest.raises(JournalError, match="line 2 is not a record"):
        parse_journal(data)


def test_nothing_may_follow_the_end(small_journal: bytes) -> None:
    chain = Chain(scan(small_journal).head)
    with pytest.raises(JournalError, match="comes after the end"):
        parse_journal(small_journal + chain.seal(b'{"k":"result","n":0,"text":""}'))


def test_text_of_people_is_clean_when_it_is_read(small_journal: bytes) -> None:
    found = scan(small_journal)
    first = small_journal[: small_journal.index(b"\n") + 1]
    hostile = CommandRecord(n=0, at=0, author="a\x1b]52;c;x\x07", role="\u202e", text="note \x9b", accepted=False)
    journal = parse_journal(first + Chain(scan(first).head).seal(to_json(hostile)))
    (command,) = journal.commands
    assert (command.author, command.role, command.text) == ("a\\x1b]52;c;x\\x07", "\\u202e", "note \\x9b")
    assert found.damaged is None


def test_a_command_is_synced_before_it_is_acknowledged(exercise: Exercise) -> None:
    file = MemoryFile()
    session = Session(exercise, 7, journal=Writer(file))
    for second, text in PLAY:
        session.run_to(round(second * MICRO))
        before = len(scan(file.durable).lines)
        session.submit(parse_command(text))
        durable = [json.loads(line) for line in scan(file.durable).lines]
        assert len(durable) > before
        assert durable[-1]["k"] == "command"
        assert durable[-1]["n"] == len(session.commands) - 1


def test_ticks_reach_the_file_at_once_and_the_disk_every_ten(exercise: Exercise) -> None:
    file = MemoryFile()
    session = Session(exercise, 7, journal=Writer(file))
    session.run_to(TICKS_A_SYNC * MICRO - 2 * MICRO)
    assert len(scan(file.written).lines) == TICKS_A_SYNC
    assert len(scan(file.durable).lines) == 1
    session.run_to(session.now + MICRO)
    assert file.durable == file.written


def test_a_file_that_takes_a_few_bytes_at_a_time_gets_everything(exercise: Exercise, small_journal: bytes) -> None:
    file = MemoryFile(bite=7)
    session = Session(exercise, 7, journal=Writer(file))
    play(session, SHORT)
    session.run_to(3 * MICRO)
    session.finish(aborted=True)
    assert parse_journal(file.written).records == parse_journal(small_journal).records


TWENTY = tuple((1.0 + number / 3, f"note number {number}") for number in range(20))


def session_on(file: MemoryFile, exercise: Exercise) -> list[str]:
    """Plays twenty commands; gives those acknowledged while the recording still went on."""
    session = Session(exercise, 7, journal=Writer(file))
    acknowledged = []
    for second, text in TWENTY:
        session.run_to(round(second * MICRO))
        session.submit(parse_command(text))
        if session.recording_failed is None:
            acknowledged.append(text)
    session.run_to(9 * MICRO)
    session.finish(aborted=True)
    assert session.now == 9 * MICRO
    return acknowledged


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EIO])
def test_whichever_call_the_disk_refuses_the_game_goes_on_and_nothing_acknowledged_is_lost(
    exercise: Exercise, reason: int
) -> None:
    def fail_from(number: int) -> MemoryFile:
        def refuse(call: int) -> None:
            if call >= number:
                raise OSError(reason, "no")

        return MemoryFile(refuse, bite=300)

    whole = MemoryFile(bite=300)
    assert len(session_on(whole, exercise)) == 20
    for number in range(1, whole.calls + 1, 3):
        file = fail_from(number)
        acknowledged = session_on(file, exercise)
        found = scan(file.durable)
        durable = [json.loads(line) for line in found.lines]
        assert found.damaged is None
        assert [record["text"] for record in durable if record["k"] == "command"][: len(acknowledged)] == acknowledged


def test_a_full_disk_is_known_at_once(exercise: Exercise) -> None:
    def full(call: int) -> None:
        if call > 8:
            raise OSError(errno.ENOSPC, "No space left on device")

    session = Session(exercise, 7, journal=Writer(MemoryFile(full)))
    assert session.recording_failed is None
    session.run_to(10 * MICRO)
    assert session.recording_failed == "recording has stopped: No space left on device"
    assert session.submit(parse_command("note still here")).accepted


def test_a_new_journal_never_overwrites_another(tmp_path: Path) -> None:
    create(tmp_path / "one.jsonl").close()
    with pytest.raises(FileExistsError):
        create(tmp_path / "one.jsonl")


def test_a_journal_on_disk_is_private_and_reads_back(tmp_path: Path, exercise: Exercise) -> None:
    path = tmp_path / "one.jsonl"
    session = Session(exercise, 7, variant="deploy", journal=create(path, speed=4, roster={"ana": "Ann"}))
    play(session)
    record = session.finish()
    journal = read_journal(path)
    assert path.stat().st_mode & 0o077 == 0
    assert journal.end is not None
    assert journal.end.digest == record.digest
    assert (journal.header.speed, journal.header.roster) == (4.0, {"ana": "Ann"})


def test_two_sessions_cannot_write_one_journal(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    first = DiskFile(path, new=True)
    with pytest.raises(JournalError, match=r"one\.jsonl is being written by another session"):
        DiskFile(path, new=False)
    first.close()
    DiskFile(path, new=False).close()


def test_an_hour_of_fifteen_services_stays_under_five_megabytes() -> None:
    service = ServiceReading(81.5, 79.25, 0.01235, 0.02024, 0.01647, 0.04028, 0.07054, 0.6104, 12.35, 3.25, 4, "2.8")
    entry = EntryReading(54.5, 56.25, 0.01235, 0.01764, 0.01346, 0.03937, 0.04705, 0.0125)
    shown = {f"service-{number}": service for number in range(15)}
    encoder, chain = Encoder(), Chain()
    sizes = [
        len(chain.seal(to_json(encoder.tick(Observation(second, shown, {"a": entry, "b": entry}), STATE, ()))))
        for second in range(100)
    ]
    assert sum(sizes) * 36 < 5_000_000

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import pytest
import simpy

from gameday.core.errors import JournalError
from gameday.core.events import Event
from gameday.core.signals import Observation
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise, canonical
from gameday.session.chain import Chain, scan
from gameday.session.journal import Writer, parse_journal, sound_prefix
from gameday.session.playback import playback
from gameday.session.replay import Rerun, verify
from gameday.session.session import Session
from tests.session.small import MemoryFile, play, played, recorded

ROOT = Path(__file__).parent.parent.parent


def changed(data: bytes, old: str, new: str) -> bytes:
    """A journal in which somebody changed a text carefully: sealed again."""
    assert old in data.decode()
    return sealed([json.loads(line.decode().replace(old, new)) for line in scan(data).lines])


def sealed(lines: list[dict[str, object]]) -> bytes:
    chain = Chain()
    return b"".join(chain.seal(json.dumps(line).encode()) for line in lines)


def test_a_journal_simulated_again_is_the_same_session(journal_bytes: bytes, exercise: Exercise) -> None:
    rerun = Rerun(parse_journal(journal_bytes))
    assert rerun.run() is None
    original, again = played(exercise), rerun.session
    assert again.events == original.events
    assert again.commands == original.commands
    assert again.finish().digest == original.finish().digest


def test_what_was_cancelled_forced_or_done_past_the_guardrails_is_the_same_again(exercise: Exercise) -> None:
    commands = (
        (2.0, "freeze deploys all on"),
        (8.0, "as bo: breakglass rollback db --force"),
        (9.0, "restart web --rolling"),
        (10.0, "cancel X3"),
        (11.0, "probe order"),
        (12.0, "limit order 10/s"),
        (30.0, "config web workers 2"),
    )
    verification = verify(parse_journal(recorded(exercise, commands)))
    assert verification.outcome == "equal"


def test_verifying_a_sound_journal_finds_every_second_equal(journal_bytes: bytes) -> None:
    verification = verify(parse_journal(journal_bytes))
    assert (verification.outcome, verification.seconds, verification.foreign) == ("equal", 61, ())
    assert str(verification) == "equal: 61 seconds simulated again, every line the same"


def test_a_half_finished_journal_verifies_as_far_as_it_goes(journal_bytes: bytes) -> None:
    half = journal_bytes[: len(journal_bytes) // 2]
    assert 10 < verify(parse_journal(half)).seconds < 60


def test_a_changed_command_is_named_by_its_second(journal_bytes: bytes) -> None:
    forged = changed(
        journal_bytes,
        '"role":"incident-commander","text":"shed web 10%',
        '"role":"incident-commander","text":"shed web 90%',
    )
    verification = verify(parse_journal(forged))
    assert verification.outcome == "differs"
    # Given at 33 s; until it is in force only the action's own text differs.
    assert str(verification) == "differs first at 00:34 (second 34): actions"


def test_what_differs_is_named_by_its_service(journal_bytes: bytes) -> None:
    forged = changed(journal_bytes, '"seed":7', '"seed":8')
    assert str(verify(parse_journal(forged))) == "differs first at 00:01 (second 1): service web"


def test_a_command_that_is_no_longer_accepted_is_a_difference(journal_bytes: bytes) -> None:
    forged = parse_journal(changed(journal_bytes, "metrics db", "metrics nowhere"))
    assert '(second 17): "metrics nowhere" was accepted then and is not now' in str(verify(forged))


def test_a_bug_that_breaks_determinism_is_found_at_its_first_second(journal_bytes: bytes) -> None:
    rerun = Rerun(parse_journal(journal_bytes))

    def disturb(env):
        yield env.timeout(20 * MICRO + 1)
        rerun.session.world.book.put("bug", ())

    rerun.session.env.process(disturb(rerun.session.env))
    found = rerun.run()
    assert found is not None
    assert (found.second, found.where) == (21, "the state of world, behind the same readings")
    assert rerun.seconds == 21


def test_other_versions_are_said_and_a_difference_then_proves_nothing(journal_bytes: bytes) -> None:
    foreign = changed(journal_bytes, f'"simpy":"{simpy.__version__}"', '"simpy":"3.0"')
    verification = verify(parse_journal(foreign))
    assert (verification.outcome, verification.foreign) == ("equal", ("simpy 3.0",))
    both = changed(foreign, "shed web 10%", "shed web 90%")
    assert verify(parse_journal(both)).outcome == "not comparable"
    assert str(verify(parse_journal(both))).startswith("cannot be compared exactly, recorded with simpy 3.0; differs")


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_with_another_hash_seed_verifies_it(
    journal_bytes: bytes, tmp_path: Path, hash_seed: str
) -> None:
    path = tmp_path / "one.jsonl"
    path.write_bytes(journal_bytes)
    code = (
        "import sys; from pathlib import Path; from gameday.session.journal import read_journal;"
        "from gameday.session.replay import verify; print(verify(read_journal(Path(sys.argv[1]))).outcome)"
    )
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "equal"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"variant":"deploy"', '"variant":"gone"'),
        ('"to":"db"', '"to":"nowhere"'),
        ('"service_time":"5ms"', '"service_time":"often"'),
        ('"text":"ack"', '"text":"frobnicate"'),
        ('"at":13500000', '"at":3500000'),
    ],
)
def test_a_forged_journal_is_an_error_in_words(journal_bytes: bytes, old: str, new: str) -> None:
    forged = with_digest_mended(changed(journal_bytes, old, new))
    with pytest.raises(JournalError):
        verify(parse_journal(forged))


def with_digest_mended(data: bytes) -> bytes:
    """The digest of the scenario fits again, so that only the forged thing is wrong."""
    lines = [json.loads(line) for line in scan(data).lines]
    lines[0]["digest"] = blake2b(canonical(lines[0]["exercise"]), digest_size=16).hexdigest()
    return sealed(lines)


def test_playback_shows_every_observation_as_it_was_seen(exercise: Exercise) -> None:
    file = MemoryFile()
    session = Session(exercise, 7, variant="deploy", journal=Writer(file))
    seen: list[Observation] = [session.observation]
    told: list[Event] = []
    session.on_second(seen.append)
    session.on_event(told.append)
    play(session)
    session.finish()
    frames = list(playback(parse_journal(file.written)))
    assert [frame.observation for frame in frames] == seen
    assert [event.text for frame in frames for event in frame.events] == [
        event.text() for event in told if event.visible and event.at < 60 * MICRO
    ]
    assert [command.text for frame in frames for command in frame.commands][:3] == [
        "note all is quiet",
        "declare SEV-2",
        "restart nowhere",
    ]
    looks = [event for frame in frames for event in frame.events if event.kind == "LookCompleted"]
    assert looks[0].lines


def test_playback_of_a_damaged_journal_shows_its_sound_prefix(journal_bytes: bytes) -> None:
    middle = len(journal_bytes) // 2
    damaged = journal_bytes[:middle] + b"?" + journal_bytes[middle + 1 :]
    assert len(list(playback(sound_prefix(damaged)))) > 10


def test_playback_needs_no_engine() -> None:
    code = (
        "import sys, gameday.session.playback;"
        "print([m for m in sys.modules if m in ('simpy', 'networkx', 'textual', 'rich')"
        " or m.startswith(('gameday.engine', 'gameday.response'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

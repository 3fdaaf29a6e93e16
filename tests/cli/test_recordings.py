"""Recordings on the command line: verified whole, shown as far as they are sound, gone on with, never waited for."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gameday.cli.replay import _wrapped
from gameday.session.chain import Chain, scan
from gameday.session.files import DiskFile
from tests.cli.shell import gameday
from tests.scenario.small import SCENARIO, write

HEALS = SCENARIO.replace("factor: 50}", "factor: 50, lasts: 60s}").replace("[restart store]", "[restart shop]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario with its proof, and the journal of a run."""
    folder = tmp_path_factory.mktemp("recordings")
    path = write(folder, HEALS)
    gameday("prove", path, "--seeds", "2", "--label-seeds", "2", "--processes", "1")
    gameday("run", path, "--journal", folder / "one.jsonl")
    return folder


def _lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in scan((folder / "one.jsonl").read_bytes()).lines]


def _sealed(lines: list[dict[str, object]]) -> bytes:
    chain = Chain()
    return b"".join(chain.seal(json.dumps(line).encode()) for line in lines)


def test_verifying_covers_what_replay_shows(folder: Path, tmp_path: Path):
    lines = _lines(folder)
    sent = next(line for line in lines if any(event["kind"] == "Paged" for event in line.get("seen", ())))
    sent["seen"][0]["text"] = "all is well"
    (tmp_path / "forged.jsonl").write_bytes(_sealed(lines))
    assert "all is well" in gameday("replay", tmp_path / "forged.jsonl").stdout
    done = gameday("replay", tmp_path / "forged.jsonl", "--verify")
    assert done.returncode == 1
    assert "all is well" in done.stdout
    assert f"(second {sent['n']})" in done.stdout


def test_a_damaged_journal_says_so_in_json_too(folder: Path, tmp_path: Path):
    data = (folder / "one.jsonl").read_bytes()
    (tmp_path / "damaged.jsonl").write_bytes(data[: len(data) // 2] + b"?" + data[len(data) // 2 + 1 :])
    done = gameday("replay", tmp_path / "damaged.jsonl", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["soundness"] == "damaged"


@pytest.mark.skipif(os.name != "posix", reason="needs pipes and devices")
@pytest.mark.parametrize("verb", [["replay"], ["replay", "--verify"], ["play", "--resume"]])
def test_what_is_no_file_is_refused_and_never_waited_for(verb: list[str], tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    for path in (tmp_path / "pipe.jsonl", tmp_path, Path("/dev/zero")):
        done = gameday(*verb, path, home=tmp_path)
        assert done.returncode == 2
        assert "is not an ordinary file" in done.stderr or "is a folder" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
def test_the_newest_session_is_found_past_what_is_no_file(tmp_path: Path):
    (tmp_path / "sessions").mkdir()
    os.mkfifo(tmp_path / "sessions" / "2026.jsonl")
    assert gameday("play", "--resume", home=tmp_path).returncode == 2


def _unfinished(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"".join((folder / "one.jsonl").read_bytes().splitlines(keepends=True)[:-100]))
    return path


def test_a_session_that_goes_on_is_scored_by_the_proof_beside_its_scenario(folder: Path):
    done = gameday("play", "--resume", _unfinished(folder, "two.jsonl"), home=folder)
    assert done.returncode == 0
    assert "proof" not in done.stderr
    assert "if nobody acts" in done.stdout


def test_a_session_whose_scenario_has_moved_goes_on_unscored(folder: Path, tmp_path: Path):
    lines = _lines(folder)[:-100]
    lines[0]["source"] = str(tmp_path / "scenarios" / "tiny.yaml")
    (tmp_path / "three.jsonl").write_bytes(_sealed(lines))
    done = gameday("play", "--resume", tmp_path / "three.jsonl", home=tmp_path)
    assert done.returncode == 0
    assert "is no longer at" in done.stderr
    assert "not scored" in done.stderr


def test_where_a_scenario_came_from_enters_no_digest(folder: Path, tmp_path: Path):
    elsewhere = write(tmp_path, HEALS)
    (elsewhere.parent / "tiny.proof.json").write_bytes((folder / "scenarios" / "tiny.proof.json").read_bytes())
    gameday("run", elsewhere, "--journal", tmp_path / "one.jsonl")
    here, there = _lines(folder), [json.loads(line) for line in scan((tmp_path / "one.jsonl").read_bytes()).lines]
    assert here[0]["source"] != there[0]["source"]
    assert there[0]["source"] == str(elsewhere)
    assert here[-1]["digest"] == there[-1]["digest"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"gameday_proof": 1'])
def test_a_proof_that_is_none_is_a_note_and_a_problem_of_prove(content: str, tmp_path: Path):
    path = write(tmp_path, HEALS)
    (path.parent / "tiny.proof.json").write_text(content)
    ran = gameday("run", path, "--json")
    assert ran.returncode in (0, 1)
    assert "tiny.proof.json is not a proof" in ran.stderr
    dimensions = json.loads(ran.stdout)["score"]["dimensions"]
    assert dimensions["customer_impact"]["value"] is None
    checked = gameday("prove", path, "--check", "--processes", "1")
    assert checked.returncode == 1
    assert "is not a proof" in checked.stdout


def test_a_proof_of_other_variants_is_a_note_and_a_problem_of_prove(folder: Path, tmp_path: Path):
    path = write(tmp_path, HEALS)
    proof = json.loads((folder / "scenarios" / "tiny.proof.json").read_text())
    proof["variants"] = {"other": next(iter(proof["variants"].values()))}
    (path.parent / "tiny.proof.json").write_text(json.dumps(proof))
    ran = gameday("run", path)
    assert ran.returncode in (0, 1)
    assert "has not the variants" in ran.stderr
    checked = gameday("prove", path, "--check", "--processes", "1")
    assert checked.returncode == 1
    assert "has not the variants" in checked.stdout


def _played(folder: Path) -> tuple[str, Path]:
    """What line mode printed at the end of a game that was played, and its journal."""
    (folder / "sessions").mkdir(parents=True, exist_ok=True)
    scenario = folder / "scenarios" / "tiny.yaml"
    lines = "wait 40s\nack\ndeclare SEV-2\nwait 20m\n\n"
    shown = gameday("play", scenario, "--plain", "--seed", "4", stdin=lines, home=folder).stdout
    journal = max((folder / "sessions").glob("*.jsonl"))
    return shown[shown.index("Time since impact") :].partition("journal ")[0], journal


def test_a_recorded_game_is_debriefed_with_the_card_that_line_mode_printed(folder: Path):
    card, journal = _played(folder)
    done = gameday("replay", journal, "--debrief", home=folder)
    assert (done.returncode, done.stderr[:17]) == (0, "verified: equal: ")
    assert done.stdout.rstrip().endswith(card.rstrip())
    assert "if nobody acts" in card
    assert gameday("replay", journal.stem, "--debrief", home=folder).stdout == done.stdout


def test_a_run_is_debriefed_with_the_outcome_that_it_gave(folder: Path, tmp_path: Path):
    ran = gameday("run", folder / "scenarios" / "tiny.yaml", "--journal", tmp_path / "one.jsonl", "--json")
    debriefed = gameday("replay", tmp_path / "one.jsonl", "--debrief", "--json")
    assert json.loads(debriefed.stdout) == json.loads(ran.stdout)


def test_a_game_that_went_on_is_debriefed_as_one(folder: Path):
    path = _unfinished(folder, "went-on.jsonl")
    card = gameday("play", "--resume", path, home=folder).stdout
    done = gameday("replay", path, "--debrief", home=folder)
    assert done.returncode == 0
    assert done.stdout.rstrip() in card


def test_all_of_a_debrief_can_be_had_as_a_document(folder: Path):
    _, journal = _played(folder)
    document = gameday("replay", journal, "--debrief", "--markdown", home=folder).stdout
    assert document.startswith("# Debrief: ")
    assert "### Keep" in document
    assert "## What really happened" in document
    assert gameday("replay", journal, "--markdown", home=folder).returncode == 2


def test_an_unfinished_session_has_no_debrief_and_says_how_to_go_on(folder: Path):
    path = _unfinished(folder, "unfinished.jsonl")
    done = gameday("replay", path, "--debrief")
    assert (done.returncode, done.stdout) == (1, "")
    assert "this session has not ended" in done.stderr
    assert f"gameday play --resume {path}" in done.stderr
    assert f"gameday play --resume {path}" in gameday("replay", path).stdout


def test_a_session_that_comes_out_otherwise_is_not_scored(folder: Path, tmp_path: Path):
    lines = _lines(folder)
    next(line for line in lines if line.get("seen"))["seen"][0]["text"] = "all is well"
    (tmp_path / "forged.jsonl").write_bytes(_sealed(lines))
    done = gameday("replay", tmp_path / "forged.jsonl", "--debrief")
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be scored" in done.stderr


def test_what_is_no_journal_is_called_none(folder: Path):
    done = gameday("replay", folder / "scenarios" / "tiny.yaml")
    assert done.returncode == 2
    assert "this is no journal" in done.stderr


def test_a_line_is_wrapped_at_words_below_its_text():
    line = "   08:49  bo: auth: 100% errors, 496 waiting"
    assert _wrapped(line, 0) == [line]
    assert _wrapped(line, 30) == ["   08:49  bo: auth: 100%", "          errors, 496 waiting"]


@pytest.fixture(scope="module")
def shelf(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three recordings and what is none."""
    home = tmp_path_factory.mktemp("home")
    sessions = home / "sessions"
    sessions.mkdir()
    journal = (folder / "one.jsonl").read_bytes()
    (sessions / "20260102T000000Z-tiny-bbbb01.jsonl").write_bytes(journal)
    (sessions / "20260101T000000Z-tiny-aaaa01.jsonl").write_bytes(journal)
    (sessions / "20260103T000000Z-tiny-bbbb02.jsonl").write_bytes(b"".join(journal.splitlines(keepends=True)[:-100]))
    (sessions / "20260104T000000Z-other.jsonl").write_text("none\n")
    return home


def test_what_was_recorded_here_is_listed_newest_first(shelf: Path, tmp_path: Path):
    done = gameday("sessions", home=shelf)
    assert [line.split()[0][-6:] for line in done.stdout.splitlines()] == ["bbbb02", "bbbb01", "aaaa01"]
    assert "slow" not in done.stdout, "the variant is not told"
    assert "1 of the files here cannot be read" in done.stderr
    found = json.loads(gameday("sessions", "--json", home=shelf).stdout)["sessions"]
    assert [one["state"] for one in found] == ["not ended", "ended", "ended"]
    assert (found[1]["scenario"], found[1]["players"], found[1]["length"]) == ("tiny", ["ana"], 300.0)
    assert 200 <= found[0]["length"] < 300
    assert json.loads(gameday("sessions", "--json", home=tmp_path).stdout) == {"sessions": []}


def test_a_part_of_its_name_that_no_other_has_is_enough(shelf: Path):
    whole = gameday("replay", "20260101T000000Z-tiny-aaaa01", home=shelf)
    assert whole.returncode == 0
    assert gameday("replay", "aaaa", home=shelf).stdout == whole.stdout
    several = gameday("replay", "bbbb", home=shelf)
    assert several.returncode == 2
    assert "20260103T000000Z-tiny-bbbb02, 20260102T000000Z-tiny-bbbb01" in several.stderr
    for arguments in ((), ("cccc",)):
        done = gameday("replay", *arguments, home=shelf)
        assert done.returncode == 2
        assert "the newest is 20260104T000000Z-other (gameday sessions lists all)" in " ".join(done.stderr.split())


def test_a_debrief_says_that_it_verified_and_takes_the_wish_to(folder: Path):
    done = gameday("replay", folder / "one.jsonl", "--debrief")
    assert done.stderr == "verified: equal: 301 seconds simulated again, every line the same\n"
    both = gameday("replay", folder / "one.jsonl", "--debrief", "--verify")
    assert (both.returncode, both.stdout, both.stderr) == (0, done.stdout, done.stderr)


def test_recorded_commands_run_again_give_the_same_session(folder: Path, tmp_path: Path):
    scenario = folder / "scenarios" / "tiny.yaml"
    moves = tmp_path / "moves.txt"
    moves.write_text('61s300ms7us declare SEV-2\n95s250ms ack\n96s cancel X9\n100s status We see "it".\n5m note done\n')
    first = gameday("run", scenario, "--seed", "5", "--responder", moves, "--journal", tmp_path / "j.jsonl", "--json")
    lines = gameday("replay", tmp_path / "j.jsonl", "--commands").stdout
    assert lines.startswith(f"# gameday run {scenario} --seed 5 --player ana --responder FILE\n")
    assert "\n1m1s300ms7us as ana: declare SEV-2\n" in lines
    assert "\n# refused: 1m36s as ana: cancel X9  (" in lines
    again = tmp_path / "again.txt"
    again.write_text(lines)
    words = lines.splitlines()[0].removeprefix("# gameday ").replace("FILE", str(again)).split()
    second = gameday(*words, "--json")
    assert second.stderr == ""
    assert json.loads(second.stdout)["digest"] == json.loads(first.stdout)["digest"]
    another = again.read_text().replace("SEV-2", "SEV-1")
    again.write_text(another)
    assert json.loads(gameday(*words, "--json").stdout)["digest"] != json.loads(first.stdout)["digest"]


def test_a_session_that_is_open_elsewhere_is_refused_with_what_to_do(folder: Path):
    path = Path(_unfinished(folder, "held.jsonl"))
    held = DiskFile(path, new=False)
    done = gameday("play", "--resume", path, home=folder)
    held.close()
    assert done.returncode == 2
    assert "is being written by another session" in done.stderr
    assert "Play on where it is open" in done.stderr
    assert f"fuser {path}" in done.stderr

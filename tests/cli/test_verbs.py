"""Each verb end to end on a small scenario: exit codes, JSON keys, the same twice."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.shell import gameday
from tests.scenario.small import PLAYBOOK, SCENARIO, write

HEALS = SCENARIO.replace("factor: 50}", "factor: 50, lasts: 60s}").replace("[restart store]", "[restart shop]")
RUN_KEYS = [
    "scenario",
    "variant",
    "scenario_digest",
    "seed",
    "responder",
    "hat",
    "modifiers",
    "ending",
    "times",
    "impact",
    "score",
    "digest",
]


@pytest.fixture(scope="module")
def healing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario that heals by itself after a minute."""
    return write(tmp_path_factory.mktemp("healing"), HEALS)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario that nothing mends."""
    return write(tmp_path_factory.mktemp("lasting"))


def test_run_prints_the_object_of_the_contract(healing: Path):
    done = gameday("run", healing, "--responder", "idle", "--seed", "7", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert list(found) == RUN_KEYS
    assert found["ending"] == "recovered"
    assert list(found["times"]) == ["detected", "acknowledged", "engaged", "diagnosed", "mitigated", "recovered"]
    assert list(found["impact"]) == [
        "bad_requests",
        "bad_seconds",
        "error_budget_burned",
        "revenue_lost",
        "customers_left",
    ]
    assert {"total", "rating", "coverage", "dimensions"} <= set(found["score"])
    assert list(found["score"]["dimensions"]) == [
        "recovery_time",
        "customer_impact",
        "diagnosis",
        "decisions",
        "communication",
        "command",
    ]


def test_a_run_that_does_not_recover_ends_with_1(lasting: Path):
    done = gameday("run", lasting, "--responder", "idle", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["ending"] == "unresolved"


def test_the_same_run_has_the_same_digest_under_any_hash_seed(lasting: Path):
    runs = [
        gameday("run", lasting, "--responder", "random", "--seed", "7", "--json", PYTHONHASHSEED=seed)
        for seed in ("0", "1", "2")
    ]
    assert len({json.loads(run.stdout)["digest"] for run in runs}) == 1


def test_run_takes_a_file_of_commands(lasting: Path, tmp_path: Path):
    script = tmp_path / "commands.txt"
    script.write_text("# a comment\n95s ack\n100s as ana: diagnose store slow\n")
    found = json.loads(gameday("run", lasting, "--responder", script, "--json").stdout)
    assert found["times"]["diagnosed"] is not None


def test_a_file_of_commands_with_problems_says_all_of_them(lasting: Path, tmp_path: Path):
    script = tmp_path / "commands.txt"
    script.write_text("soon ack\n95s akc\n")
    done = gameday("run", lasting, "--responder", script)
    assert done.returncode == 2
    assert "commands.txt:1:" in done.stderr
    assert "commands.txt:2:" in done.stderr


def test_a_file_of_commands_shows_the_wrong_word(lasting: Path, tmp_path: Path):
    script = tmp_path / "commands.txt"
    script.write_text("90 ack\n95s restart shop now\n")
    done = gameday("simulate", lasting, "--actions", script)
    assert done.returncode == 2
    assert '"90" has no unit' in done.stderr
    assert "commands.txt:2:18: " in done.stderr
    assert f"{' ' * 17}^~~" in done.stderr


def test_commands_that_were_not_done_are_told_on_stderr(lasting: Path, tmp_path: Path):
    script = tmp_path / "commands.txt"
    script.write_text("10s cancel X7\n11s ack\n10m restart store\n10m diagnose store slow\n")
    done = gameday("run", lasting, "--responder", script, "--json")
    told = [line for line in done.stderr.splitlines() if "commands.txt:" in line]
    assert [line.split("commands.txt:")[1][:1] for line in told] == ["1", "2", "3"]
    assert "was not given: the session ended at 5m" in told[2]
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["times"]["diagnosed"] is not None
    done = gameday("simulate", lasting, "--until", "20s", "--actions", script, "--json")
    assert done.returncode == 1, "some were rejected"
    assert len([line for line in done.stderr.splitlines() if "commands.txt:" in line]) == 4
    assert json.loads(done.stdout)["t"][-1] == 19


def test_names_that_there_are_not_are_said_before_anything_runs(lasting: Path, tmp_path: Path):
    script = tmp_path / "commands.txt"
    script.write_text("10s restart stor\n  11s as kurt: ack\n12s as bo: ack\n13s scale shop many\n14s akc\n")
    people = lasting.read_text().replace("people:\n", "people:\n  bo: {team: web}\n")
    twosome = lasting.with_name("twosome.yaml")
    twosome.write_text(people)
    for verb in (("run", twosome, "--responder"), ("simulate", twosome, "--actions")):
        done = gameday(*verb, script)
        assert done.returncode == 2
        assert 'commands.txt:1:13: error: service "stor" is not defined; did you mean "store"?' in done.stderr
        assert 'commands.txt:2:10: error: person "kurt" is not defined' in done.stderr
        assert '"bo" does not play here; who plays: ana; add --player bo' in done.stderr
        assert "commands.txt:4:16: error:" in done.stderr
        assert '"akc" is not a command' in done.stderr
    script.write_text("12s as bo: note here\n")
    assert gameday("simulate", twosome, "--actions", script, "--player", "bo", "--until", "20s").returncode == 0
    assert gameday("simulate", twosome, "--player", "bo").returncode == 2


def test_a_seed_is_a_whole_number(lasting: Path):
    for wrong in ("1.5", "one", "-1", str(2**63)):
        assert gameday("run", lasting, "--seed", wrong).returncode == 2
    assert '"1.5" is not a whole number' in gameday("run", lasting, "--seed", "1.5").stderr


def test_run_takes_a_mitigation(lasting: Path):
    assert gameday("run", lasting, "--responder", "mitigation:bounce", "--json").returncode in (0, 1)
    done = gameday("run", lasting, "--responder", "mitigation:bonuce")
    assert done.returncode == 2
    assert 'did you mean "bounce"?' in done.stderr


def test_an_unknown_responder_or_variant_is_a_usage_error(lasting: Path):
    assert gameday("run", lasting, "--responder", "nobody").returncode == 2
    assert gameday("run", lasting, "--variant", "fast").returncode == 2


def test_the_score_card_fits_80_columns_and_names_nobody(lasting: Path):
    done = gameday("run", lasting, "--responder", "playbook")
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "ana" not in done.stdout.split()
    assert "∞" in done.stdout


def test_a_recorded_run_replays_and_verifies(lasting: Path, tmp_path: Path):
    journal = tmp_path / "session.jsonl"
    ran = gameday("run", lasting, "--responder", "playbook", "--seed", "3", "--journal", journal, "--json")
    verified = gameday("replay", journal, "--verify", "--json", PYTHONHASHSEED="5")
    assert verified.returncode == 0
    found = json.loads(verified.stdout)
    assert (found["outcome"], found["digest"]) == ("equal", json.loads(ran.stdout)["digest"])
    shown = json.loads(gameday("replay", journal, "--json").stdout)
    assert [moment["text"] for moment in shown["timeline"] if moment["kind"] == "command"]
    assert "ana paged" in gameday("replay", journal).stdout


def test_a_journal_is_never_written_over(lasting: Path, tmp_path: Path):
    journal = tmp_path / "session.jsonl"
    journal.write_text("precious")
    done = gameday("run", lasting, "--responder", "idle", "--journal", journal)
    assert done.returncode == 2
    assert journal.read_text() == "precious"


def test_a_torn_a_damaged_and_a_sound_journal_are_told_apart(healing: Path, tmp_path: Path):
    journal = tmp_path / "session.jsonl"
    gameday("run", healing, "--responder", "idle", "--journal", journal)
    data = journal.read_bytes()
    sound = gameday("replay", journal, "--json")
    assert (sound.returncode, json.loads(sound.stdout)["soundness"]) == (0, "clean")
    journal.write_bytes(data[:-20])
    torn = gameday("replay", journal, "--json")
    assert (torn.returncode, json.loads(torn.stdout)["soundness"]) == (0, "torn")
    assert "torn" in torn.stderr
    journal.write_bytes(data[:5000] + b"x" + data[5001:])
    damaged = gameday("replay", journal, "--verify")
    assert damaged.returncode == 2
    assert "damaged" in damaged.stderr
    assert gameday("replay", tmp_path / "none.jsonl").returncode == 2


def test_simulate_prints_series_of_the_same_length(lasting: Path):
    done = gameday("simulate", lasting, "--until", "60s", "--every", "10s", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["services"] == ["shop", "store"]
    assert found["entries"] == ["orders"]
    assert found["t"] == [0, 10, 20, 30, 40, 50]
    service = found["series"]["services"]["store"]
    assert list(service) == [
        "rate",
        "goodput",
        "errors",
        "mean",
        "p50",
        "p95",
        "p99",
        "saturation",
        "queue",
        "retries",
    ]
    assert all(len(values) == 6 for values in service.values())
    assert found["series"]["entries"]["orders"]["rate"][0] == pytest.approx(20, rel=0.5)


def test_simulate_csv_has_a_line_for_each_window_and_name(lasting: Path):
    done = gameday("simulate", lasting, "--until", "20s", "--every", "10s", "--csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["t"], row["kind"], row["name"]) for row in rows[:3]] == [
        ("0", "service", "shop"),
        ("0", "service", "store"),
        ("0", "entry", "orders"),
    ]
    assert len(rows) == 6


def test_simulate_prints_the_services_entries_and_metrics_that_are_asked_for(lasting: Path):
    arguments = ("simulate", lasting, "--until", "2s", "--metric", "replicas", "--metric", "bad")
    found = json.loads(gameday(*arguments, "--json").stdout)["series"]
    assert found["services"]["shop"]["replicas"] == [1.0, 1.0]
    assert found["entries"]["orders"]["bad"] == [0.0, 0.0]
    rows = list(csv.DictReader(io.StringIO(gameday(*arguments, "--csv").stdout)))
    assert (rows[0]["replicas"], rows[-1]["bad"]) == ("1.0", "0.0")
    assert gameday(*arguments).returncode == 2
    chosen = json.loads(gameday(*arguments, "--service", "orders", "--json").stdout)
    assert (chosen["services"], chosen["entries"], list(chosen)) == (
        [],
        ["orders"],
        ["services", "entries", "t", "series"],
    )
    assert chosen["series"] == {"services": {}, "entries": {"orders": {"bad": [0.0, 0.0]}}}
    lines = gameday(*arguments, "--service", "store", "--csv").stdout.splitlines()
    assert lines == ["t,kind,name,replicas", "0,service,store,1.0", "1,service,store,1.0"]


def test_simulate_takes_actions(lasting: Path, tmp_path: Path):
    actions = tmp_path / "actions.txt"
    actions.write_text("10s shed shop 100%\n")
    found = json.loads(gameday("simulate", lasting, "--until", "40s", "--actions", actions, "--json").stdout)
    assert found["series"]["entries"]["orders"]["errors"][-1] == 1.0


@pytest.mark.parametrize("arguments", [["--every", "500ms"], ["--json", "--csv"], ["--until", "5"]])
def test_simulate_refuses_what_makes_no_sense(lasting: Path, arguments: list[str]):
    assert gameday("simulate", lasting, *arguments).returncode == 2


def test_check_json_counts_and_lists(tmp_path: Path):
    path = write(tmp_path, playbook=PLAYBOOK.replace("metrics store", "metrics stor"))
    done = gameday("check", path, "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["errors"], found["warnings"]) == (1, 1, 0)
    assert found["problems"][0]["code"] == "unknown-subject"


def test_schema_prints_json():
    for kind in ("scenario", "playbook"):
        assert json.loads(gameday("schema", kind).stdout)["type"] == "object"
    assert gameday("schema", "schedule").returncode == 2


def test_library_lists_what_is_built_in():
    found = json.loads(gameday("library", "--json").stdout)["scenarios"]
    assert "retry-storm" in [listing["name"] for listing in found]
    assert "retry-storm" in gameday("library").stdout


def test_prove_writes_a_proof_and_checks_it(tmp_path: Path):
    path = write(tmp_path, HEALS)
    done = gameday("prove", path, "--seeds", "2", "--label-seeds", "2", "--processes", "1", "--json")
    found = json.loads(done.stdout)["scenarios"][0]
    assert done.returncode == (1 if found["problems"] else 0)
    assert (tmp_path / "scenarios" / "tiny.proof.json").is_file()
    assert "tiny: " in done.stderr
    assert found["problems"]
    again = gameday("prove", path, "--check", "--seeds", "1", "--processes", "1")
    count = len(found["problems"])
    assert again.returncode == 1, "a proof of today that says what does not hold is not fine"
    assert again.stdout.count("tiny: problem: ") == count
    assert again.stdout.endswith(f"tiny: the proof is today's, and {count} of its claims do not hold\n")
    write(tmp_path, HEALS.replace("rate: 20/s", "rate: 21/s"))
    stale = gameday("prove", path, "--check", "--processes", "1")
    assert stale.returncode == 1
    assert "another state" in stale.stdout

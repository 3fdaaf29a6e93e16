from __future__ import annotations

import json

import pytest

from tests.cli.shell import ROOT, gameday

DATA = ROOT / "tests" / "data" / "oncall"
ROSTER = """\
gameday: 1
people:
  ana: {team: web, responds: {p: 80%, delay: 2m}}
  bo: {team: web, responds: {p: 0%}}
teams:
  web: {}
escalation_policies:
  web: {num_loops: 1, rules: [{escalation_delay: 5m, targets: [bo]}, {escalation_delay: 5m, targets: [ana]}]}
  other: {rules: [{escalation_delay: 5m, targets: [ana]}]}
"""


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "oncall.yaml"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def test_an_imported_policy_is_simulated_with_its_path_its_curve_and_its_warnings():
    done = gameday("oncall", "simulate", DATA / "pagerduty.json", "--at", "2026-03-14T02:10", "--runs", "300")
    assert done.returncode == 0
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert lines[0] == "policy shop: a page of high urgency at 2026-03-14T02:10Z, 300 runs"
    assert "    00:00  level 1: dan (primary)" in lines
    assert "    05:00  level 2: nobody is on call (secondary)" in lines
    assert "    50:00  the policy is at its end" in lines
    assert any(line.startswith("level 3 reached:") and line.endswith("(the last)") for line in lines)
    assert any("[gap]" in line for line in lines) and any("[loop-ends]" in line for line in lines)
    assert any(line.startswith("  100│") for line in lines)
    assert "note: assumed: everybody answers a page with a chance of 90%" in done.stderr


def test_terraform_gives_the_same_policy_as_the_api():
    answers = []
    for name in ("pagerduty.json", "terraform-show.json"):
        done = gameday("oncall", "simulate", DATA / name, "--at", "2026-03-20T02:10", "--runs", "200", "--json")
        [policy] = json.loads(done.stdout)["policies"]
        answers.append({key: policy[key] for key in ("path", "t", "unacknowledged", "reached", "exhausted")})
    assert answers[0] == answers[1]


def test_json_has_the_curve_in_seconds_and_shares(roster):
    done = gameday("oncall", "simulate", roster, "--policy", "web", "--runs", "200", "--until", "20m", "--json")
    printed = json.loads(done.stdout)
    [policy] = printed["policies"]
    assert (policy["policy"], policy["at"], policy["runs"], policy["exhausted_at"]) == ("web", None, 200, 1200.0)
    assert policy["t"][0] == 0.0 and policy["t"][-1] == 1200.0
    assert len(policy["t"]) == len(policy["unacknowledged"]) == len(policy["interval"])
    assert policy["unacknowledged"][0] == 1.0 and policy["unacknowledged"] == sorted(
        policy["unacknowledged"], reverse=True
    )
    assert policy["reached"] == [1.0, 1.0]
    assert set(policy["acknowledged_by"]) == {"ana"}
    assert [each["code"] for each in policy["warnings"]] == ["never-answers", "loop-ends"]


def test_without_a_policy_every_one_is_simulated_and_a_wrong_one_is_told(roster):
    done = gameday("oncall", "simulate", roster, "--runs", "20")
    assert [line.split(":")[0] for line in done.stdout.splitlines() if line.startswith("policy ")] == [
        "policy web",
        "policy at its end with nobody there",
        "policy other",
        "policy at its end with nobody there",
    ]
    wrong = gameday("oncall", "simulate", roster, "--policy", "wbe")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert 'there is no policy "wbe"; did you mean "web"?' in wrong.stderr


def test_a_scenario_of_the_library_can_be_asked_about_its_policy():
    done = gameday("oncall", "simulate", "retry-storm", "--runs", "20")
    assert done.returncode == 0 and done.stdout.startswith("policy ")


def test_how_people_answer_can_be_said_for_imported_files():
    silent = gameday("oncall", "simulate", DATA / "pagerduty-policy.json", "--p", "0%", "--runs", "10", "--json")
    [policy] = json.loads(silent.stdout)["policies"]
    assert policy["exhausted"] == 1.0
    assert gameday("oncall", "simulate", DATA / "pagerduty-policy.json", "--p", "many").returncode == 2


def test_an_imported_file_is_written_and_simulates_as_the_original(tmp_path):
    ours = tmp_path / "ours.yaml"
    done = gameday("oncall", "import", DATA / "pagerduty.json", "-o", ours)
    assert (done.returncode, done.stdout) == (0, "")
    assert "wrote" in done.stderr
    at = ("--at", "2026-03-14T02:10", "--runs", "100", "--json")
    first, second = (
        gameday("oncall", "simulate", DATA / "pagerduty.json", *at),
        gameday("oncall", "simulate", ours, *at),
    )
    assert json.loads(first.stdout)["policies"] == json.loads(second.stdout)["policies"]
    again = gameday("oncall", "import", DATA / "pagerduty.json", "-o", ours)
    assert again.returncode == 2 and "is there already" in again.stderr
    assert gameday("oncall", "import", DATA / "pagerduty.json").stdout == ours.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{", "not JSON"),
        ("[]", "expected an object"),
        ('{"a": 1}', "not of a known kind"),
        ('{"users": 7}', "expected a list"),
    ],
)
def test_json_that_cannot_be_used_ends_with_2_and_says_why(tmp_path, text, word):
    path = tmp_path / "some.json"
    path.write_text(text, encoding="utf-8")
    for verb in ("simulate", "import"):
        done = gameday("oncall", verb, path)
        assert (done.returncode, done.stdout) == (2, "")
        assert word in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--at", "tomorrow"), ("--until", "0s"), ("--runs", "0"), ("--urgency", "some")],
)
def test_what_cannot_be_meant_is_a_usage_error(roster, arguments):
    done = gameday("oncall", "simulate", roster, *arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_file_that_is_not_there_is_told():
    for verb in ("simulate", "import"):
        done = gameday("oncall", verb, "nowhere.json")
        assert done.returncode == 2 and "nowhere.json" in done.stderr


def test_the_curve_is_drawn_without_braille_where_the_terminal_has_none(roster):
    done = gameday("oncall", "simulate", roster, "--policy", "web", "--runs", "50", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and done.stdout.isascii() and "*" in done.stdout

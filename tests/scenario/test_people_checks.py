"""What the checks say of people: how they work, and who relieves them."""

from __future__ import annotations

import pytest

from gameday.scenario.load import check_paths
from tests.scenario.small import SCENARIO, write


def problems(tmp_path, works):
    people = f"ana: {{team: web}}\n  bo: {{team: web, works: {{{works}}}}}"
    return check_paths([write(tmp_path, SCENARIO.replace("ana: {team: web}", people))])[0]


@pytest.mark.parametrize("works", ["knows: [store]", "knows: []", "shift_ends: 2m, relief: ana", "shift_ends: 2m"])
def test_somebody_who_knows_services_and_is_relieved_is_fine(tmp_path, works):
    assert problems(tmp_path, works) == []


@pytest.mark.parametrize(
    ("works", "code", "severity", "at"),
    [
        ("knows: [store, stor]", "unknown-service", "error", "stor]"),
        ("knows: [orders]", "unknown-service", "error", "orders]"),
        ("shift_ends: 2m, relief: anna", "unknown-person", "error", "anna"),
        ("shift_ends: 2m, relief: bo", "own-relief", "error", "bo}"),
        ("relief: ana", "unused-block", "warning", "relief"),
    ],
)
def test_what_does_not_fit_together_is_found_where_it_stands(tmp_path, works, code, severity, at):
    (problem,) = problems(tmp_path, works)
    assert (problem.code, problem.severity) == (code, severity)
    assert problem.excerpt[problem.column - 1 :].startswith(at)


def test_access_that_is_denied_has_a_reason(tmp_path):
    text = SCENARIO.replace("- {person: ana}", '- {person: ana, denied: ""}')
    (problem,) = check_paths([write(tmp_path, text)])[0]
    assert (problem.code, problem.line) == ("bad-value", text[: text.index("denied")].count("\n") + 1)

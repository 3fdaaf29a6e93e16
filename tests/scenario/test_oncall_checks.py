"""What `check` says about schedules and policies, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameday.core.errors import InputError
from gameday.scenario.importers import Assumed
from gameday.scenario.load import check_paths
from gameday.scenario.rosters import load_roster
from tests.scenario.small import SCENARIO, codes, problems_of, write

POLICIES = "escalation_policies:\n"
RULE = "[ana]}]}"


def told(folder, schedules: str, *, starts_at: str | None = "2026-03-14T02:10"):
    """The problems of the small scenario with these schedules, the first of which its policy pages."""
    text = SCENARIO.replace(POLICIES, f"schedules:\n{schedules}{POLICIES}").replace(
        f"targets: {RULE}", "targets: [rota]}]}"
    )
    if starts_at is not None:
        text = text.replace("duration: 5m\n", f"duration: 5m\nstarts_at: {starts_at}\n")
    return check_paths([write(folder, text)])[0]


def places(problems) -> list[tuple[str, str]]:
    """(code, what the caret underlines) of each problem."""
    return [(one.code, one.excerpt[one.column - 1 : one.column - 1 + one.width]) for one in problems]


def test_a_schedule_of_layers_and_overrides_is_fine(tmp_path):
    schedules = """\
  rota:
    time_zone: Europe/Berlin
    layers:
      - {name: always, users: [ana], start: 2026-03-02T09:00, rotation_turn_length: 24h}
      - users: [ana]
        restrictions:
          - {start_time_of_day: 22:00, duration: 8h}
          - {start_day_of_week: 6, start_time_of_day: 00:00, duration: 48h}
    overrides: [{user: ana, start: 2026-03-14T00:00, end: 2026-03-14T06:00}]
"""
    assert told(tmp_path, schedules) == []


def test_names_in_layers_and_overrides_that_dangle_are_found_where_they_stand(tmp_path):
    schedules = """\
  rota:
    layers: [{users: [ana, anna], start: 2026-03-02T09:00}]
    overrides: [{user: bob, start: 2026-03-14T00:00, end: 2026-03-14T06:00}]
"""
    found = told(tmp_path, schedules)
    assert places(found) == [("unknown-person", "anna"), ("unknown-person", "bob")]
    assert 'did you mean "ana"?' in found[0].message


def test_a_window_of_no_length_is_found_where_it_stands(tmp_path):
    schedules = "  rota: {layers: [{users: [ana], restrictions: [{start_time_of_day: 09:00, duration: 0s}]}]}\n"
    assert places(told(tmp_path, schedules)) == [("bad-value", "0s")]


def test_what_ends_before_it_begins_is_found(tmp_path):
    schedules = """\
  rota:
    layers: [{users: [ana], start: 2026-03-02T09:00, end: 2026-03-02T09:00}]
    overrides: [{user: ana, start: 2026-03-14T06:00, end: 2026-03-14T00:00}]
"""
    found = [one for one in told(tmp_path, schedules) if one.severity == "error"]
    assert places(found) == [("bad-order", "2026-03-02T09:00"), ("bad-order", "2026-03-14T00:00")]


def test_overrides_that_overlap_are_worth_a_word(tmp_path):
    schedules = """\
  rota:
    people: [ana]
    overrides:
      - {user: ana, start: 2026-03-14T00:00, end: 2026-03-14T06:00}
      - {user: ana, start: 2026-03-14T05:00, end: 2026-03-14T07:00}
      - {user: ana, start: 2026-03-14T07:00, end: 2026-03-14T08:00}
"""
    [found] = told(tmp_path, schedules)
    assert (found.code, found.severity, found.line) == ("overlapping-overrides", "warning", 27)


def test_a_layer_under_one_that_covers_all_the_time_is_worth_a_word(tmp_path):
    schedules = "  rota: {layers: [{users: [ana], start: 2026-03-02T09:00}, {users: [ana]}]}\n"
    assert codes(told(tmp_path, schedules)) == ["hidden-layer"]


def test_a_window_that_stands_there_twice_is_worth_a_word(tmp_path):
    window = "{start_time_of_day: 00:00, duration: 24h}"
    schedules = f"  rota: {{layers: [{{users: [ana], restrictions: [{window}, {window}]}}]}}\n"
    assert codes(told(tmp_path, schedules)) == ["duplicate-restriction"]


def test_a_gap_while_the_session_lasts_is_worth_a_word_and_one_at_another_time_is_not(tmp_path):
    day = "  rota: {layers: [{users: [ana], restrictions: [{start_time_of_day: 08:00, duration: 12h}]}]}\n"
    [found] = told(tmp_path, day)
    assert (found.code, found.severity) == ("gap-in-schedule", "warning")
    assert found.message == 'nobody is on duty in "rota" from 2026-03-14T02:10Z to 2026-03-14T02:15Z'
    assert told(tmp_path, day, starts_at="2026-03-14T12:00") == []


def test_a_schedule_that_depends_on_the_time_needs_one(tmp_path):
    schedules = "  rota: {layers: [{users: [ana]}]}\n"
    found = told(tmp_path, schedules, starts_at=None)
    assert places(found) == [("no-date", "rota")]
    assert told(tmp_path, "  rota: {people: [ana]}\n", starts_at=None) == []


def test_a_schedule_called_like_a_person_is_refused(tmp_path):
    found = told(tmp_path, "  ana: {people: [ana]}\n  rota: {people: [ana]}\n")
    assert codes(found) == ["duplicate-name"]


@pytest.mark.parametrize(
    ("schedule", "code"),
    [
        ("{people: [ana], layers: [{users: [ana]}]}", "bad-value"),
        ("{time_zone: Mars/Olympus, people: [ana]}", "bad-value"),
        ("{layers: [{users: [ana], start: tomorrow}]}", "bad-value"),
        ("{layers: [{users: [ana], restriction: []}]}", "unknown-key"),
        ("{layers: [{users: [ana], restrictions: [{start_time_of_day: 9, duration: 1h}]}]}", "bad-value"),
        ("{layers: [{users: []}]}", "bad-value"),
        ("{overrides: [{user: ana}], people: [ana]}", "missing-key"),
    ],
)
def test_a_schedule_that_cannot_be_read_is_told_in_plain_words(tmp_path, schedule, code):
    found = told(tmp_path, f"  rota: {schedule}\n")
    assert code in codes(found)
    assert all(one.line for one in found)


def test_contacts_that_no_page_of_high_urgency_uses_leave_nobody_to_answer(tmp_path):
    contacts = "ana: {team: web, contacts: [{by: email, urgency: low}]}\n  eve: {team: web}"
    text = SCENARIO.replace("ana: {team: web}", contacts).replace(
        "seats:\n  - {person: ana}", "seats:\n  - {person: eve}"
    )
    found = check_paths([write(tmp_path, text)])[0]
    assert codes(found) == ["nobody-answers"]


def test_a_rule_that_takes_turns_is_said_with_a_hyphen(tmp_path):
    found = problems_of(tmp_path, RULE, "[ana], assignment_strategy: round-robin}]}")
    assert [problem.message for problem in found] == ["there is only one target, so there are no turns to take"]
    [found] = problems_of(tmp_path, RULE, "[ana], assignment_strategy: round_robin}]}")
    assert 'did you mean "round-robin"?' in found.message


ROSTER = """\
gameday: 1
people:
  ana: {team: web}
teams:
  web: {}
schedules:
  rota: {layers: [{users: [ana], start: 2026-03-02T09:00}]}
escalation_policies:
  web: {rules: [{escalation_delay: 5m, targets: [rota]}]}
"""


def loaded(folder, text: str):
    path = folder / "oncall.yaml"
    path.write_text(text, encoding="utf-8")
    return load_roster(str(path), Assumed())


def test_a_file_of_only_on_call_is_read_without_a_system_and_without_a_date(tmp_path):
    one = loaded(tmp_path, ROSTER)
    assert list(one.roster.escalation_policies) == ["web"]
    assert (one.notes, one.warnings) == ((), ())


def test_all_problems_of_such_a_file_come_at_once_with_their_places(tmp_path):
    text = (
        ROSTER.replace("[rota]", "[rotta]").replace("team: web}", "team: wbe}").replace("users: [ana]", "users: [anna]")
    )
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, text)
    assert [(one.code, one.line) for one in caught.value.problems] == [
        ("unknown-team", 3),
        ("unknown-person", 7),
        ("unknown-target", 9),
    ]


def test_a_bad_value_hides_no_name_that_dangles(tmp_path):
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, ROSTER.replace("[rota]", "[rotta]").replace("users: [ana]", "users: [7]"))
    assert [one.code for one in caught.value.problems] == ["wrong-type", "unknown-target"]


def test_advice_about_such_a_file_does_not_keep_it_from_being_used(tmp_path):
    text = ROSTER.replace("start: 2026-03-02T09:00}", "start: 2026-03-02T09:00}, {users: [ana]}")
    assert codes(loaded(tmp_path, text).warnings) == ["hidden-layer"]


def test_check_knows_such_a_file(tmp_path):
    path = tmp_path / "oncall.yaml"
    path.write_text(ROSTER.replace("[rota]", "[rotta]"), encoding="utf-8")
    assert check_paths([path])[0][0].code == "unknown-target"
    path.write_text(ROSTER, encoding="utf-8")
    assert check_paths([path]) == ([], False)


def test_a_scenario_that_lacks_its_system_is_a_scenario_still(tmp_path):
    text = SCENARIO[: SCENARIO.index("system:")] + SCENARIO[SCENARIO.index("slos:") :]
    assert "missing-key" in codes(check_paths([write(tmp_path, text)])[0])


def test_a_scenario_is_a_roster_too():
    one = load_roster("retry-storm", Assumed())
    assert list(one.roster.escalation_policies) and one.notes == ()


def test_the_example_of_the_guide_is_sound(tmp_path):
    guide = (Path(__file__).parents[2] / "docs" / "oncall.md").read_text(encoding="utf-8")
    example = guide.split("```yaml\n")[1].split("```")[0]
    assert loaded(tmp_path, example).warnings == ()


def test_the_limit_of_a_duration_is_said_as_a_duration(tmp_path):
    layer = "  rota: {layers: [{users: [ana], rotation_turn_length: 30m}]}\n"
    assert [one.message for one in told(tmp_path, layer)] == ['"rotation_turn_length" must be at least 1h, found "30m"']

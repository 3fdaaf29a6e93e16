from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
import yaml

from gameday.core.errors import InputError
from gameday.core.units import MICRO
from gameday.scenario.importers import IMPORTERS, Assumed, import_file
from gameday.scenario.models.roster import OncallFile
from gameday.scenario.schedules import on_duty, parse_instant
from gameday.scenario.source import read_as, read_text

DATA = Path(__file__).parents[2] / "data" / "oncall"
FILES = ("pagerduty.json", "terraform-show.json")


def imported(name: str, assumed: Assumed | None = None):
    return import_file(DATA / name, assumed or Assumed())


def written(folder: Path, data: object) -> Path:
    path = folder / "some.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def problems(folder: Path, data: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        import_file(written(folder, data), Assumed())
    return [f"{problem.message} [{problem.code}]" for problem in caught.value.problems]


def policy(*targets, **keys):
    rule = {"escalation_delay_in_minutes": 5, "targets": list(targets)}
    return {"id": "PEP1", "name": "Shop", "num_loops": 0, "escalation_rules": [rule], **keys}


ANA = {"id": "PA", "type": "user_reference", "summary": "Ana"}


@pytest.mark.parametrize("name", FILES)
def test_people_levels_delays_and_loops_are_those_of_the_tool(name):
    file = imported(name).file
    assert list(file.people) == ["ana", "bo", "cy", "dan"]
    shop = file.escalation_policies["shop"]
    assert (shop.num_loops, shop.acknowledgement_timeout) == (1, 1800 * MICRO)
    assert [(rule.escalation_delay // (60 * MICRO), rule.targets, rule.assignment_strategy) for rule in shop.rules] == [
        (5, ("primary",), None),
        (10, ("secondary", "ana"), "round-robin"),
        (15, ("ana", "dan"), None),
    ]


@pytest.mark.parametrize("name", FILES)
def test_rotations_and_windows_put_the_right_person_on_duty(name):
    primary, secondary = (imported(name).file.schedules[one] for one in ("primary", "secondary"))
    # Weeks hand over on Mondays at nine in Berlin; nights from 22 to 6 are Cy's, in the layer that holds.
    expected = {
        "2026-03-04T12:00": "ana",
        "2026-03-04T22:00": "cy",
        "2026-03-10T12:00": "bo",
        "2026-03-09T07:59": "ana",
    }
    assert {text: on_duty(primary, parse_instant(text)) for text in expected} == expected
    assert on_duty(secondary, parse_instant("2026-03-04T12:00")) == "dan"
    assert on_duty(secondary, parse_instant("2026-03-07T12:00")) is None


def test_overrides_of_the_api_are_kept():
    primary = imported("pagerduty.json").file.schedules["primary"]
    assert [on_duty(primary, parse_instant(f"2026-03-{text}")) for text in ("13T22:30", "13T23:00", "14T07:00")] == [
        "cy",
        "dan",
        "bo",
    ]


def test_layers_of_the_api_are_turned_round_and_it_is_said():
    one = imported("pagerduty.json")
    assert [layer.name for layer in one.file.schedules["primary"].layers] == ["Weeks", "Nights"]
    assert "schedule Primary: layers from the lowest to the one that holds: Weeks, Nights" in one.notes


@pytest.mark.parametrize("name", FILES)
def test_notification_rules_come_in_the_order_of_their_delays(name):
    contacts = imported(name).file.people["bo"].contacts
    assert [(contact.by, contact.after // (60 * MICRO), contact.urgency) for contact in contacts] == [
        ("push", 0, "high"),
        ("email", 0, "low"),
        ("sms", 1, "high"),
        ("phone", 3, "high"),
    ]


@pytest.mark.parametrize("name", [*FILES, "pagerduty-policy.json"])
def test_what_is_imported_reads_back_from_our_yaml_as_the_same(name):
    one = imported(name)
    reading = read_as(read_text(yaml.safe_dump(one.data, sort_keys=False), "ours.yaml"), OncallFile)
    assert reading.problems == []
    assert reading.model == one.file


def test_how_people_answer_is_assumed_and_said():
    one = imported("pagerduty-policy.json", Assumed(0.75, 300 * MICRO))
    assert one.notes == ("assumed: everybody answers a page with a chance of 75%, in the median after 5m",)
    assert {(person.responds.p, person.responds.delay) for person in one.file.people.values()} == {(0.75, 300 * MICRO)}


def test_a_single_policy_brings_its_people_along_by_their_references(tmp_path):
    file = import_file(written(tmp_path, {"escalation_policy": policy(ANA)}), Assumed()).file
    assert file.people["ana"].title == "Ana"


def test_the_strategy_may_stand_as_text_too(tmp_path):
    one = policy(ANA, {**ANA, "id": "PB", "summary": "Bo"})
    one["escalation_rules"][0]["escalation_rule_assignment_strategy"] = "round_robin"
    file = import_file(written(tmp_path, {"escalation_policies": [one]}), Assumed()).file
    assert file.escalation_policies["shop"].rules[0].assignment_strategy == "round-robin"


def test_names_become_ours_and_stay_apart(tmp_path):
    people = [{"id": f"P{number}", "type": "user", "summary": name} for number, name in enumerate(NAMES)]
    file = import_file(written(tmp_path, {"escalation_policies": [policy(*people)]}), Assumed()).file
    assert list(file.people) == ["ana", "ana-2", "jorg", "user-7", "user", "x" * 40, "x" * 34 + "-2", "on-call-2"]


NAMES = ("Ana", "ANA", "Jörg", "7", "名", "x" * 60, "x" * 60, "On call")


def test_text_from_outside_is_made_safe(tmp_path):
    nasty = {**ANA, "summary": "Ana\x1b[2J\u202e"}
    file = import_file(written(tmp_path, {"escalation_policies": [policy(nasty)]}), Assumed()).file
    assert file.people["ana-x1b-2j-u202e"].title == "Ana\\x1b[2J\\u202e"


def test_a_policy_whose_schedule_is_not_there_says_what_to_fetch(tmp_path):
    target = {"id": "PSCHED9", "type": "schedule_reference", "summary": "Nights\x1b[31m"}
    assert problems(tmp_path, {"escalation_policies": [policy(target)]}) == [
        "escalation_policies[0].escalation_rules[0].targets[0]: the schedule Nights\\x1b[31m (PSCHED9) is not in this "
        "file; add the answer of GET /schedules/PSCHED9 [unknown-schedule]"
    ]


def test_a_schedule_of_the_list_without_layers_says_what_to_fetch(tmp_path):
    target = {"id": "PS", "type": "schedule_reference"}
    data = {"schedules": [{"id": "PS", "name": "Nights"}], "escalation_policies": [policy(target)]}
    assert problems(tmp_path, data) == [
        "schedules[0]: the schedule has no layers here; ask the API for it by its id, GET /schedules/PS [no-layers]"
    ]


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    layer = {
        "id": "L",
        "users": [{"user": ANA}],
        "start": "yesterday",
        "rotation_turn_length_seconds": 60,
        "restrictions": [{"type": "weekly_restriction", "start_time_of_day": "25:00:00", "duration_seconds": 0}],
    }
    data = {
        "schedules": [{"id": "PS", "name": "Nights", "schedule_layers": [layer, 7]}],
        "escalation_policies": [
            policy({"id": "PX", "type": "robot_reference"}, num_loops=10),
            {"id": "PEP2", "name": "Empty"},
            "nonsense",
        ],
    }
    assert [text.split(":")[0] for text in problems(tmp_path, data)] == [
        "schedules[0].schedule_layers[0].start",
        "schedules[0].schedule_layers[0].rotation_turn_length_seconds",
        "schedules[0].schedule_layers[0].restrictions[0].start_day_of_week",
        "schedules[0].schedule_layers[0].restrictions[0].duration_seconds",
        "schedules[0].schedule_layers[0].restrictions[0].start_time_of_day",
        "schedules[0].schedule_layers[1]",
        "escalation_policies[0].escalation_rules[0].targets[0].type",
        "escalation_policies[0].num_loops",
        "escalation_policies[2]",
        "escalation_policies[1]",
    ]


def test_a_plan_whose_ids_are_not_known_yet_says_what_to_show(tmp_path):
    rule = {"escalation_delay_in_minutes": 5, "target": [{"type": "user_reference"}]}
    resource = {
        "address": "pagerduty_escalation_policy.shop",
        "mode": "managed",
        "type": "pagerduty_escalation_policy",
        "name": "shop",
        "values": {"name": "Shop", "num_loops": 1, "rule": [rule]},
    }
    found = problems(tmp_path, {"planned_values": {"root_module": {"resources": [resource]}}})
    assert len(found) == 1 and "not known before terraform apply" in found[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "syntax"),
        ("{", "syntax"),
        ('{"escalation_policies": NaN}', "syntax"),
        ('{"a": ' + "1" * 5000 + "}", "syntax"),
        ("[" * 100_000, "too-deep"),
        ("[1, 2]", "wrong-type"),
        ('"text"', "wrong-type"),
        ("{}", "unknown-format"),
        ('{"incidents": []}', "unknown-format"),
        ('{"users": [{"id": "PA", "name": "Ana"}]}', "no-policies"),
        ('{"escalation_policies": 7}', "wrong-type"),
        ('{"escalation_policy": []}', "wrong-type"),
        ('{"values": []}', "no-policies"),
        ('{"values": {"root_module": {"resources": [null, {"type": "pagerduty_user", "values": 7}]}}}', "wrong-type"),
    ],
)
def test_hostile_json_is_a_clear_error(tmp_path, text, code):
    with pytest.raises(InputError) as caught:
        import_file(written(tmp_path, text), Assumed())
    assert code in [problem.code for problem in caught.value.problems]


def test_bytes_that_are_no_text_are_a_clear_error(tmp_path):
    path = tmp_path / "some.json"
    path.write_bytes(b'{"escalation_policies": "\xff\xfe"}')
    with pytest.raises(InputError) as caught:
        import_file(path, Assumed())
    assert caught.value.problems[0].code == "encoding"


def test_more_problems_than_anybody_reads_are_cut(tmp_path):
    assert len(problems(tmp_path, {"escalation_policies": [7] * 5000})) == 200


def test_a_key_decides_which_importer_reads():
    assert [one.recognises(frozenset({"escalation_policy"})) for one in IMPORTERS] == [False, True]
    assert [one.recognises(frozenset({"values", "format_version"})) for one in IMPORTERS] == [True, False]


def _nodes(value: object, path: tuple[str | int, ...] = ()):
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from _nodes(value[key], (*path, key))


JUNK = (None, 0, -1, 10**12, 1.5, "", "\x1b[2J", [], {}, [None], True, "9999-12-31T23:59:59Z", "25:00", "x" * 5000)


@pytest.mark.parametrize("name", FILES)
def test_whatever_is_changed_in_a_file_it_is_read_or_told(tmp_path, name):
    chance = Random(name)
    for _ in range(150):
        data = json.loads((DATA / name).read_text(encoding="utf-8"))
        *way, last = chance.choice([path for path in _nodes(data) if path])
        parent = data
        for key in way:
            parent = parent[key]
        parent[last] = chance.choice(JUNK)
        try:
            import_file(written(tmp_path, data), Assumed())
        except InputError as error:
            assert error.problems
            assert not any("\x1b" in problem.message for problem in error.problems)

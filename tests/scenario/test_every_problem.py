"""Every problem at once: what is wrong in one place hides nothing elsewhere, and is said once."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from gameday.core.errors import InputError
from gameday.scenario.load import check_paths, load
from gameday.scenario.models import Playbook, Scenario
from gameday.scenario.models.roster import OncallFile
from gameday.scenario.source import STAND_IN
from gameday.scenario.source.least import least
from gameday.scenario.source.walk import SchemaWalk
from tests.scenario.small import PLAYBOOK, SCENARIO, codes, write


def varied(text, *pairs):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def problems(folder, scenario=SCENARIO, playbook=PLAYBOOK):
    return check_paths([write(folder, scenario, playbook)])[0]


def test_a_bad_quantity_and_a_mistyped_key_hide_no_unknown_team(tmp_path):
    text = varied(
        SCENARIO, ("summary:", "sumary:"), ("duration: 5m", "duration: 12"), ("shop: {team: web", "shop: {team: wbe")
    )
    assert codes(problems(tmp_path, text)) == ["unknown-key", "missing-unit", "unknown-team"]


def test_a_bad_time_limit_hides_no_bad_check_in_the_same_step(tmp_path):
    text = varied(PLAYBOOK, ("within: 2m", "within: 5"), ("orders.errors < 1%", '"play.bad < "'))
    found = problems(tmp_path, playbook=text)
    assert codes(found) == ["bad-condition", "missing-unit"]
    assert {problem.path.endswith("small.yaml") for problem in found} == {True}


DANGLING = ("[restart store]", "[restart stor]")
"""What must be found whatever else is wrong: no service is called `stor`."""

WRONG_ELSEWHERE = [
    (("store: {kind: database, team: web, service_time: 5ms}", "store: 5"), ["wrong-type"]),
    (("store: {kind: database, team: web, service_time: 5ms}", "store: {kind: database}"), ["missing-key"]),
    (("kind: database", "kind: databas"), ["bad-choice"]),
    (("timeout: 100ms", "timeout: 5"), ["missing-unit"]),
    ((", timeout: 100ms}", "}"), ["bad-value"]),
    (("people:\n", "poeple:\n"), ["unknown-key"]),
    (("people:\n  ana: {team: web}", "people: [{name: ana}]"), ["wrong-type"]),
    (("seats:\n  - {person: ana}\n", ""), ["missing-key"]),
    (("seats:\n  - {person: ana}", "seats: []"), ["bad-value"]),
    (("slos:\n  orders: {good: 99%, within: 500ms}", "slos: none"), ["wrong-type"]),
    (("  orders: {good: 99%", "  orders: {good: 199%"), ["bad-value"]),
    (("targets: [ana]", "targets: [7]"), ["wrong-type"]),
    (("kind: latency", "kind: latncy"), ["bad-choice"]),
    (("kind: latency", "kind: sunshine"), ["bad-choice"]),
    (("kind: latency, ", ""), ["missing-key"]),
    (("factor: 50", "factor: 50, add: 5s"), ["bad-value"]),
    (("{slow: useless}", "{slow: usless}"), ["bad-choice"]),
    (("playbooks: [small]", "playbooks: [Small]"), ["bad-name"]),
    (("summary: Orders fail, playbook: small", "playbook: small"), ["missing-key"]),
    (("slow:\n    cause", "Slow:\n    cause"), ["bad-name"]),
    (("timeout: 1s}", "timeout: 1s, segments: {abroad: 60%, slow: 70%}}"), ["bad-value"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), WRONG_ELSEWHERE, ids=[new[:40] for (_, new), _ in WRONG_ELSEWHERE])
def test_what_is_wrong_is_said_once_and_hides_nothing_elsewhere(tmp_path, change, expected):
    found = problems(tmp_path, varied(SCENARIO, change, DANGLING))
    assert sorted(codes(found)) == sorted([*expected, "unknown-service"]), found
    (dangling,) = [problem for problem in found if problem.code == "unknown-service"]
    assert dangling.excerpt[dangling.column - 1 :].startswith("stor]")


def test_names_of_what_is_wrong_are_known_all_the_same(tmp_path):
    text = varied(SCENARIO, ("store: {kind: database, team: web, service_time: 5ms}", "store: none"))
    assert codes(problems(tmp_path, text)) == ["wrong-type"]


def test_a_bad_name_and_what_is_wrong_under_it_are_each_said_once(tmp_path):
    text = varied(SCENARIO, ("{slow: useless}", "{slow: useless, Bad_One: , Other_One: usless}"))
    found = problems(tmp_path, text)
    assert sorted(codes(found)) == ["bad-choice", "bad-choice", "bad-name", "bad-name"]
    assert STAND_IN not in str(found)


def test_where_nobody_knows_which_names_there_are_none_is_said_to_be_wrong(tmp_path):
    text = SCENARIO[: SCENARIO.index("variants:")] + SCENARIO[SCENARIO.index("mitigations:") :]
    assert codes(problems(tmp_path, text)) == ["missing-key"]


def test_positions_are_those_of_the_file_also_behind_what_is_left_out(tmp_path):
    steps = "steps: [{id: a, text: A, branches: [{goto: a, when: 5 > }, 7]}, {id: b, text: B, run: [restart stor]}]"
    text = varied(SCENARIO, ("steps: [{id: bounce, text: Restart it, run: [restart store]}]", steps))
    found = problems(tmp_path, text)
    assert codes(found) == ["bad-condition", "wrong-type", "unknown-service"]
    assert found[-1].excerpt[found[-1].column - 1 :].startswith("stor")


def test_several_items_that_nothing_can_stand_in_for_are_left_out_each_once(tmp_path):
    flags = "  flags:\n    cedar: {effects: [7, {service: shop, zzz: 1}, {edge: shop>stoer, delay: 1s}, x]}\n  traffic:"
    found = problems(tmp_path, varied(SCENARIO, ("  traffic:", flags)))
    (unknown,) = [problem for problem in found if problem.code == "unknown-edge"]
    assert unknown.excerpt[unknown.column - 1 :].startswith("shop>stoer")
    assert [code for code in codes(found) if code not in ("unknown-key", "bad-value")] == [
        "wrong-type",
        "unknown-edge",
        "wrong-type",
    ]


def test_a_step_without_its_name_is_still_read(tmp_path):
    text = varied(
        PLAYBOOK, ("id: look, ", ""), ("metrics store", "metrics stor"), ("within: 2m", "within: 2m, otherwise: lok")
    )
    assert codes(problems(tmp_path, playbook=text)) == ["missing-key", "unknown-subject"]


def test_a_playbook_is_checked_against_a_scenario_with_problems(tmp_path):
    found = problems(
        tmp_path, varied(SCENARIO, ("title:", "titel:")), varied(PLAYBOOK, ("metrics store", "metrics stor"))
    )
    assert codes(found) == ["unknown-key", "unknown-subject"]


def test_what_stands_in_is_never_spoken_of_and_never_run(tmp_path):
    path = write(tmp_path, "gameday: 1\n")
    with pytest.raises(InputError) as caught:
        load(str(path))
    assert {problem.code for problem in caught.value.problems} == {"missing-key"}
    assert STAND_IN not in str([problem.message for problem in caught.value.problems])


def test_each_part_of_a_sound_file_can_go_without_an_answer_that_is_not_about_it(tmp_path):
    """Every line of the file in turn, left out or emptied: problems, never an exception, never the stand-in's name."""
    lines = SCENARIO.splitlines()
    for number, line in enumerate(lines):
        for changed in (lines[:number] + lines[number + 1 :], [*lines[:number], f"{line}, x: [", *lines[number + 1 :]]):
            for problem in problems(tmp_path, "\n".join(changed)):
                assert STAND_IN not in problem.message
                assert problem.line > 0


@pytest.mark.parametrize("written", [STAND_IN, f'"\\x73{STAND_IN[1:]}"'])
def test_nobody_can_write_the_stand_in_to_have_a_file_pass(tmp_path, written):
    text = SCENARIO.replace("[restart store]", "[restart stor]").replace("shop: {team", f"{written}: {{team")
    with pytest.raises(InputError) as caught:
        load(str(write(tmp_path, text)))
    assert "reserved-name" in codes(caught.value.problems)


LAYERS = """\
schedules:
  primary:
    layers: [{users: [ana, bob], start: 2026-01-05T09:00:00Z, %s}]
starts_at: 2026-01-06T09:00:00Z
people:
  bob: {team: web}
"""


@pytest.mark.parametrize("wrong", ["rotation: weekly", "restrictions: weekly", "restrictions: [{}]", "rotatoin: []"])
def test_a_mistake_in_a_rotation_hides_nothing_elsewhere(tmp_path, wrong):
    text = varied(SCENARIO, ("people:\n", LAYERS % wrong), DANGLING, ("store, mechanism", "storr, mechanism"))
    errors = [problem.code for problem in problems(tmp_path, text) if problem.severity == "error"]
    assert errors[-2:] == ["unknown-component", "unknown-service"]


def test_a_key_is_not_taken_for_one_that_could_not_hold_its_value(tmp_path):
    text = varied(SCENARIO, ("people:\n", LAYERS % "rotation: weekly"))
    (found,) = [problem for problem in problems(tmp_path, text) if problem.severity == "error"]
    assert found.message.startswith('unknown key "rotation"; known here: name, users, start')
    assert 'restrictions" must' not in found.message


def test_a_mistyped_key_is_spoken_of_as_it_was_written(tmp_path):
    text = varied(SCENARIO, ("service_time: 5ms}", "service_time: 5ms, replcas: three, wokers: [1]}"))
    assert [problem.message for problem in problems(tmp_path, text)] == [
        'unknown key "replcas"; did you mean "replicas"?',
        '"replcas" must be a whole number, found "three"',
        'unknown key "wokers"; did you mean "workers"?',
        '"wokers" must be a whole number, found a list',
    ]


def test_a_kind_is_guessed_only_where_it_knows_all_that_is_said_of_it(tmp_path):
    text = varied(SCENARIO, ("kind: latency", "kind: latncy"), ("factor: 50", "facter: 50"))
    (found,) = problems(tmp_path, text)
    assert found.message.startswith('"kind" must be one of')


@pytest.mark.parametrize("model", [Scenario, Playbook, OncallFile])
def test_whatever_stands_in_for_a_part_is_taken_by_its_model(model):
    """Every key of every model below: a stand-in that is refused would never let the rest be checked."""
    walk = SchemaWalk(model)
    schemas = [(model.__name__, TypeAdapter(model).core_schema)]
    for name, schema in schemas:
        value = least(walk, schema)
        if walk.unwrap(schema)["type"] in ("model", "model-fields"):
            assert value is not None, name
        for key, member in walk.members(schema).items() if len(schemas) < 400 else ():
            schemas.append((f"{name}.{key}", member))


@pytest.mark.parametrize("asked", ["small", "smal"])
def test_what_to_write_instead_of_a_playbook_never_goes_in_a_circle(tmp_path, asked):
    text = varied(SCENARIO, ("playbook: small", f"playbook: {asked}"), ("playbooks: [small]", "playbooks: [smal]"))
    found = problems(tmp_path, text)
    assert codes(found) == ["unknown-playbook"] * (1 if asked == "small" else 2)
    assert {problem.message.rpartition("; ")[2] for problem in found} == {'did you mean "small"?'}


def test_a_label_for_no_variant_is_said_to_be_one_also_where_what_it_says_is_wrong(tmp_path):
    found = problems(tmp_path, varied(SCENARIO, ("{slow: useless}", "{slwo: wright}")))
    assert [problem.message.partition(";")[0] for problem in found] == [
        'variant "slwo" is not defined',
        '"slwo" must be one of right, stop-gap, partial, useless, harmful, unclear, found "wright"',
    ]


def test_problems_stand_in_the_order_of_the_file_those_about_other_files_among_them(tmp_path):
    first = ("duration:", "playbooks: [small, none]\nduration:")
    text = varied(SCENARIO, ("playbooks: [small]\n", ""), first, DANGLING)
    found = problems(tmp_path, text, varied(PLAYBOOK, ("metrics store", "metrics stor"), ("within: 2m", "within: 2")))
    places = [(problem.path, problem.line) for problem in found]
    assert codes(found)[0] == "unknown-playbook"
    own = [line for path, line in places if path.endswith("tiny.yaml")]
    assert places == [*((found[0].path, line) for line in sorted(own)), *sorted(places[len(own) :])]


def test_a_key_that_is_short_for_another_is_read_as_it(tmp_path):
    found = problems(tmp_path, varied(SCENARIO, ("escalation_policies:", "policies:"), DANGLING))
    assert [problem.message for problem in found] == [
        'unknown key "policies"; did you mean "escalation_policies"?',
        'service "stor" is not defined; did you mean "store"?',
    ]

"""Modifiers, put on every scenario that there is."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from gameday.scenario.load import check_paths, load
from gameday.scenario.models import Scenario
from gameday.scenario.modifiers import MODIFIERS, difficulty, modified

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "scenarios").glob("*.yaml"), *(ROOT / "tests/data/scenarios").glob("*.yaml")])


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def exercise(request):
    return load(str(request.param))


def dumped(scenario):
    return scenario.model_dump(mode="json", by_alias=True, exclude_none=True)


def test_every_modifier_gives_a_scenario_that_a_file_could_hold(exercise):
    for name in MODIFIERS:
        dressed = exercise.dressed("", [name]).scenario
        assert Scenario.model_validate(dumped(dressed)) == dressed, name


def test_none_touches_system_variants_or_length_so_the_proof_is_still_of_it(exercise):
    dressed = exercise.dressed("", list(MODIFIERS))
    before, after = dumped(exercise.scenario), dumped(dressed.scenario)
    changed = [key for key in after if after[key] != before.get(key)]
    assert set(changed) <= {"people", "escalation_policies", "seats", "injects", "support"}
    assert dressed.plain_digest == exercise.digest != dressed.digest


def test_the_checks_have_nothing_more_to_say_of_it(tmp_path, exercise):
    def said(modifiers):
        folder = tmp_path / f"with-{len(modifiers)}"
        (folder / "scenarios").mkdir(parents=True)
        (folder / "playbooks").mkdir()
        for name, book in exercise.playbooks.items():
            (folder / "playbooks" / f"{name}.yaml").write_text(json.dumps(dumped(book)), encoding="utf-8")
        path = folder / "scenarios" / f"{exercise.name}.yaml"
        path.write_text(json.dumps(dumped(exercise.dressed("", modifiers).scenario), indent=1), encoding="utf-8")
        # Some wait for minutes: a session that is shorter has no room for them, and they do not come.
        found = [problem for problem in check_paths([path])[0] if problem.code != "beyond-the-end"]
        return [(problem.code, problem.message) for problem in found]

    assert said(list(MODIFIERS)) == said([])


def test_what_is_written_comes_first(exercise):
    dressed = exercise.dressed("", list(MODIFIERS)).scenario
    assert dressed.injects[: len(exercise.scenario.injects)] == exercise.scenario.injects
    names = [inject.name for inject in dressed.injects if inject.name]
    assert len(names) == len(set(names))


def test_the_order_in_which_they_are_named_does_not_matter(exercise):
    names = ("tickets", "key-person-absent", "first-page-to-nobody", "locked-out")
    digests = {exercise.dressed("", order).digest for order in permutations(names)}
    assert len(digests) == 1
    assert exercise.dressed("", (*names, "tickets")).digest in digests, "twice is once"


def test_they_do_not_disturb_each_other(exercise):
    """Each puts on the same beside the others as alone."""
    together = exercise.dressed("", list(MODIFIERS)).scenario
    for name in MODIFIERS:
        alone = modified(exercise.scenario, [name])
        for inject in alone.injects:
            assert inject in together.injects


def test_an_unknown_one_is_a_key_error(exercise):
    with pytest.raises(KeyError):
        exercise.dressed("", ["tea-break"])


def test_each_has_a_weight_and_weights_add_up():
    assert all(modifier.weight > 0 and modifier.summary for modifier in MODIFIERS.values())
    assert difficulty(["tickets", "journalist", "tickets"]) == 0.75


def test_whoever_actions_need_comes_back_in_time():
    exercise = load("nobody-answers")
    inject = exercise.dressed("", ["key-person-absent"]).scenario.injects[-1]
    assert inject.fault.person == "dan"
    assert inject.fault.lasts < exercise.scenario.duration


def test_nobody_who_is_played_is_taken_away():
    for path in FILES:
        exercise = load(str(path))
        played = [seat.person for seat in exercise.scenario.seats]
        for inject in exercise.dressed("", ["key-person-absent"]).scenario.injects:
            if inject.name == "key-person-absent":
                assert inject.fault.person not in played


def test_services_that_scale_by_what_is_measured_are_seen_as_before(exercise):
    for inject in exercise.dressed("", ["monitoring-shares-fate"]).scenario.injects:
        if (inject.name or "").startswith("unseen"):
            assert exercise.scenario.system.services[inject.fault.service].autoscaling is None

"""From names and files to exercises."""

from __future__ import annotations

import pytest

from gameday.core.errors import InputError
from gameday.scenario.library import library_names, library_path
from gameday.scenario.listing import listings
from gameday.scenario.load import check_paths, find_scenario, load
from tests.scenario.small import PLAYBOOK, SCENARIO, write


def test_a_file_is_loaded_with_the_playbooks_beside_it(tmp_path):
    exercise = load(str(write(tmp_path)))
    assert (exercise.name, exercise.scenario.title) == ("tiny", "Small")
    assert [step.id for step in exercise.reference_playbook.steps] == ["look", "bounce"]


def test_playbooks_are_found_in_the_same_folder_too(tmp_path):
    (tmp_path / "tiny.yaml").write_text(SCENARIO)
    (tmp_path / "small.yaml").write_text(PLAYBOOK)
    assert load(str(tmp_path / "tiny.yaml")).playbooks["small"].title == "Small"


def test_a_file_in_the_working_folder_finds_its_playbooks(tmp_path, monkeypatch):
    write(tmp_path)
    monkeypatch.chdir(tmp_path / "scenarios")
    assert list(load("tiny.yaml").playbooks) == ["small"]


def test_the_playbook_of_a_scenario_is_never_a_path(tmp_path):
    path = write(tmp_path, SCENARIO.replace("playbooks: [small]", "playbooks: [../playbooks/small]"))
    with pytest.raises(InputError) as caught:
        load(str(path))
    assert not caught.value.fatal


def test_a_name_that_is_not_in_the_library_is_answered_with_the_nearest():
    with pytest.raises(InputError) as caught:
        find_scenario("retry-strom")
    assert caught.value.fatal
    assert 'did you mean "retry-storm"?' in caught.value.problems[0].message


def test_warnings_do_not_keep_a_scenario_from_being_loaded(tmp_path):
    path = write(tmp_path, SCENARIO.replace("shop: {team: web, ", "shop: {"))
    assert check_paths([path])[0][0].severity == "warning"
    assert load(str(path)).name == "tiny"


def test_errors_of_scenario_and_playbook_are_raised_together(tmp_path):
    path = write(tmp_path, SCENARIO.replace("title: Small", "titel: Small"), PLAYBOOK.replace("id: look", "idd: look"))
    with pytest.raises(InputError) as caught:
        load(str(path))
    assert len({problem.path for problem in caught.value.problems}) == 2


def test_a_playbook_that_cannot_even_be_read_is_fatal(tmp_path):
    path = write(tmp_path, playbook="[" * 1000)
    with pytest.raises(InputError) as caught:
        load(str(path))
    assert caught.value.fatal


@pytest.mark.parametrize("name", library_names())
def test_what_is_built_in_has_no_errors(name):
    assert load(name).name == name
    assert library_path(name) is not None


def test_the_library_lists_what_is_built_in():
    found = listings()
    assert sorted(listing.name for listing in found) == library_names()
    assert all(listing.title and listing.summary for listing in found)

from __future__ import annotations

from gameday.evaluate.oncall import Dated
from gameday.evaluate.oncall_advice import advice
from gameday.scenario.models.roster import OncallFile

NAMES = ("ana", "bo", "cy", "dan", "eve")


def told(rules, *, people=None, policy=None, **keys) -> dict[str, str]:
    """Code -> text of the advice; the last of each code."""
    data = {
        "gameday": 1,
        "people": {name: {"team": "web", **(people or {}).get(name, {})} for name in NAMES},
        "teams": {"web": {}},
        "escalation_policies": {"web": {"rules": rules, **(policy or {})}},
    }
    roster = Dated.of(OncallFile.model_validate({**data, **keys}), None)
    return {each.code: each.text for each in advice(roster, "web")}


def test_every_loop_ends_and_it_is_said_when():
    found = told([{"escalation_delay": "5m", "targets": ["ana"]}], policy={"num_loops": 2})
    assert found == {"loop-ends": "the policy goes through its levels 3 times; after 15m nobody is paged any more"}


def test_a_level_that_pages_everyone_is_told_and_one_that_takes_turns_is_not():
    rule = {"escalation_delay": "5m", "targets": list(NAMES)}
    assert told([rule])["pages-everyone"] == "level 1 pages everyone at once: ana, bo, cy, dan, eve"
    assert "pages-many" in told([{**rule, "targets": list(NAMES[:3])}])
    assert list(told([{**rule, "assignment_strategy": "round-robin"}])) == ["loop-ends"]


def test_a_gap_is_told_with_its_times_and_what_it_costs():
    windows = [{"start_time_of_day": "08:00", "duration": "23h"}]
    schedules = {"first": {"layers": [{"users": ["ana"], "restrictions": windows, "start": "2026-03-02T08:00"}]}}
    found = told([{"escalation_delay": "5m", "targets": ["first"]}], schedules=schedules)
    assert found["gap"] == (
        "level 1: nobody is on call in first from 2026-03-03T07:00Z to 2026-03-03T08:00Z, and 13 more times in two "
        "weeks (14h in all); a page waits 5m there for nobody"
    )
    assert found["nobody-on-call"].startswith("nobody is on call on any level from 2026-03-03T07:00Z")
    covered = told(
        [{"escalation_delay": "5m", "targets": ["first"]}, {"escalation_delay": "5m", "targets": ["bo"]}],
        schedules=schedules,
    )
    assert "gap" in covered and "nobody-on-call" not in covered


def test_one_person_on_two_levels_is_told_also_when_schedules_make_it_so_later():
    layer = {"users": ["ana", "bo"], "start": "2026-03-02T08:00"}
    other = {"users": ["ana", "cy", "bo"], "start": "2026-03-02T08:00", "rotation_virtual_start": "2026-02-23T08:00"}
    found = told(
        [{"escalation_delay": "5m", "targets": ["first"]}, {"escalation_delay": "5m", "targets": ["second"]}],
        schedules={"first": {"layers": [layer]}, "second": {"layers": [other]}},
    )
    assert found["on-several-levels"] == (
        "bo is on levels 1 and 2 from 2026-03-09T08:00Z on: who did not answer is asked again"
    )


def test_who_can_never_answer_is_told_with_the_reason():
    rules = [{"escalation_delay": "5m", "targets": ["ana", "bo"]}]
    silent = {"ana": {"responds": {"p": "0%"}}}
    assert told(rules, people=silent)["never-answers"] == "ana never answers a page"
    email = {"bo": {"contacts": [{"by": "email", "urgency": "low"}]}}
    assert told(rules, people=email)["never-answers"] == "bo has no notification rule for pages of high urgency"
    phone = {"ana": {"responds": {"p": "0%"}, "contacts": [{"by": "phone", "after": "1m"}]}}
    assert "never-answers" not in told(rules, people=phone)


def test_a_level_that_goes_on_before_people_answer_is_told():
    slow = {"ana": {"responds": {"delay": "10m"}}}
    rules = [{"escalation_delay": "5m", "targets": ["ana"]}, {"escalation_delay": "5m", "targets": ["bo"]}]
    assert told(rules, people=slow)["hasty"] == (
        "level 1 goes on after 5m, before half of the answers of ana have come"
    )

"""What is simulated of a policy is what can be computed where everything is independent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log, sqrt
from pathlib import Path
from statistics import NormalDist

import pytest

from gameday.core.units import MICRO
from gameday.evaluate.oncall import Dated, Run, Simulation, exhausted_after, simulate, unanswered
from gameday.scenario.importers import Assumed, import_file
from gameday.scenario.models.oncall import Responds
from gameday.scenario.models.people import Person
from gameday.scenario.models.roster import OncallFile
from gameday.scenario.schedules import parse_instant

DATA = Path(__file__).parents[1] / "data" / "oncall"
RUNS = 2000
Z = 3.5
"""A point of a curve lies beyond so many standard errors once in 2,000 tries; the seeds are fixed."""

PEOPLE = {
    "ana": {"team": "web", "responds": {"p": "80%", "delay": "2m", "spread": 0.5}},
    "bo": {"team": "web", "responds": {"p": "60%", "delay": "3m", "spread": 1.0}},
    "cy": {"team": "web", "responds": {"p": "90%", "delay": "90s", "spread": 2.0}},
    "dan": {"team": "web", "responds": {"p": "0%"}},
}


def roster(policy, people=None, **keys) -> OncallFile:
    data = {"gameday": 1, "people": people or PEOPLE, "teams": {"web": {}}, "escalation_policies": {"web": policy}}
    return OncallFile.model_validate({**data, **keys})


def minutes(number: float) -> int:
    return round(number * 60 * MICRO)


def answered(responds: Responds, waited: int) -> float:
    """P(somebody has answered after so long): p times a lognormal with the median `delay` and the scv `spread`."""
    if waited <= 0:
        return 0.0
    return responds.p * NormalDist().cdf(log(waited / responds.delay) / sqrt(log(1.0 + responds.spread)))


def nobody(people: Mapping[str, Person], pagings: list[tuple[str, float]]) -> Callable[[int], float]:
    """P(nobody has acknowledged by t) for independent pagings (who, at which minute): product of 1 - p F(t - paged)."""

    def chance(t: int) -> float:
        product = 1.0
        for person, at in pagings:
            product *= 1.0 - answered(people[person].responds, t - minutes(at))
        return product

    return chance


def worst(simulation: Simulation, chance: Callable[[int], float]) -> float:
    """The largest distance from the formula over the curve, in standard errors of its points."""
    distances = []
    for at, share in zip(simulation.times, simulation.curve, strict=True):
        p = chance(at)
        error = max(sqrt(p * (1.0 - p) / simulation.runs), 1.0 / simulation.runs)
        distances.append(abs(share - p) / error)
    return max(distances)


def test_the_curve_of_two_levels_with_a_loop_is_the_product_over_all_who_were_paged():
    rules = [
        {"escalation_delay": "4m", "targets": ["ana"]},
        {"escalation_delay": "6m", "targets": ["bo", "cy"]},
    ]
    one = roster({"num_loops": 1, "rules": rules})
    found = simulate(one, "web", runs=RUNS)
    pagings = [("ana", 0.0), ("bo", 4.0), ("cy", 4.0), ("ana", 10.0), ("bo", 14.0), ("cy", 14.0)]
    assert worst(found, nobody(one.people, pagings)) < Z
    assert abs(found.reached[1] - nobody(one.people, pagings)(minutes(4))) < Z * sqrt(0.25 / RUNS)


def test_the_formula_without_the_second_level_is_refused():
    rules = [{"escalation_delay": "4m", "targets": ["ana"]}, {"escalation_delay": "6m", "targets": ["bo"]}]
    one = roster({"rules": rules})
    found = simulate(one, "web", runs=RUNS)
    assert worst(found, nobody(one.people, [("ana", 0.0), ("bo", 4.0)])) < Z
    assert worst(found, nobody(one.people, [("ana", 0.0)])) > 3 * Z


def test_round_robin_is_the_mean_over_whose_turn_it_is():
    rules = [{"escalation_delay": "5m", "targets": ["ana", "bo", "cy"], "assignment_strategy": "round-robin"}]
    one = roster({"num_loops": 1, "rules": rules})
    found = simulate(one, "web", runs=RUNS)
    orders = (("ana", "bo"), ("bo", "cy"), ("cy", "ana"))
    turns = [nobody(one.people, [(first, 0.0), (then, 5.0)]) for first, then in orders]
    assert worst(found, lambda t: sum(chance(t) for chance in turns) / 3.0) < Z


def test_notification_rules_that_fail_are_the_product_over_those_that_get_through():
    contacts = [{"by": "push", "p": "70%"}, {"by": "sms", "after": "2m", "p": "90%"}, {"by": "email", "urgency": "low"}]
    people = {"ana": {**PEOPLE["ana"], "contacts": contacts}}
    found = simulate(roster({"rules": [{"escalation_delay": "15m", "targets": ["ana"]}]}, people), "web", runs=RUNS)

    once_reached = Responds.model_validate({**PEOPLE["ana"]["responds"], "p": "100%"})

    def chance(t: int) -> float:
        silent = 1.0
        for through, at in ((0.7, 0.0), (0.9, 2.0)):
            silent *= 1.0 - through * answered(once_reached, t - minutes(at))
        return 1.0 - 0.8 * (1.0 - silent)

    assert worst(found, chance) < Z


@pytest.mark.parametrize("name", ["pagerduty.json", "terraform-show.json"])
def test_the_curve_of_an_imported_policy_is_the_formula_by_its_schedules(name):
    file = import_file(DATA / name, Assumed()).file
    found = simulate(Dated.of(file, parse_instant("2026-03-20T02:10")), "shop", runs=RUNS)
    # In the night Cy is on duty, nobody is in secondary, and the second level takes turns between that, which it skips,
    # and Ana.
    skips = [("cy", 0.0), ("ana", 5.0), ("dan", 5.0), ("cy", 20.0), ("ana", 25.0), ("ana", 35.0), ("dan", 35.0)]
    asks = [("cy", 0.0), ("ana", 5.0), ("ana", 15.0), ("dan", 15.0), ("cy", 30.0), ("ana", 35.0), ("dan", 35.0)]
    turns = [nobody(file.people, skips), nobody(file.people, asks)]
    assert worst(found, lambda t: sum(chance(t) for chance in turns) / 2.0) < Z
    assert worst(found, nobody(file.people, [("cy", 0.0)])) > 3 * Z


def test_who_answers_calls_more_often_than_messages_wakes_from_the_phone_alone():
    contacts = [{"by": "push"}, {"by": "phone", "after": "3m"}]
    person = {"team": "web", "contacts": contacts, "phone": {"p": "90%", "delay": "20s", "spread": 0}}
    people = {"ana": {**person, "responds": {"p": "50%", "delay": "1m", "spread": 0}}}
    found = simulate(roster({"rules": [{"escalation_delay": "15m", "targets": ["ana"]}]}, people), "web", runs=RUNS)
    after = [found.unacknowledged(minutes(at)) for at in (0.9, 1.1, 3.3, 3.4)]
    assert after[0] == 1.0
    assert [abs(share - p) < Z * sqrt(0.25 / RUNS) for share, p in zip(after[1:], (0.5, 0.5, 0.1), strict=True)] == [
        True
    ] * 3


def test_a_policy_whose_people_never_answer_runs_out_in_every_run():
    found = simulate(
        roster({"num_loops": 2, "rules": [{"escalation_delay": "5m", "targets": ["dan"]}]}), "web", runs=20
    )
    assert (found.exhausted, found.acknowledged, found.quantile(0.5), found.exhausted_at) == (
        1.0,
        (),
        None,
        minutes(15),
    )
    assert set(found.curve) == {1.0}


def test_a_page_of_low_urgency_stays_at_the_first_level_and_never_runs_out():
    rules = [{"escalation_delay": "5m", "targets": ["dan"]}, {"escalation_delay": "5m", "targets": ["ana"]}]
    found = simulate(roster({"rules": rules}), "web", runs=20, urgency="low")
    assert (found.reached, found.exhausted, found.exhausted_at) == ((1.0, 0.0), 0.0, None)


def test_the_same_seed_gives_the_same_runs_and_another_does_not():
    one = roster({"rules": [{"escalation_delay": "5m", "targets": ["ana", "bo"]}]})
    assert simulate(one, "web", runs=50, seed=3) == simulate(one, "web", runs=50, seed=3)
    assert simulate(one, "web", runs=50, seed=3).acknowledged != simulate(one, "web", runs=50, seed=53).acknowledged


def test_a_run_pages_as_a_session_does():
    rules = [{"escalation_delay": "5m", "targets": ["dan"]}, {"escalation_delay": "5m", "targets": ["dan"]}]
    run = Run(roster({"rules": rules}), "web", "high", 1)
    run.go(minutes(20))
    assert [(event.second, event.text()) for event in run.events] == [
        (0, "A1 dan paged: something is wrong"),
        (300, "A1 escalated to level 2 (policy)"),
        (300, "A1 dan paged: something is wrong"),
        (600, "A1 has reached the end of its policy; nobody answered"),
    ]


def test_the_path_of_a_page_that_nobody_answers_follows_the_schedule():
    layers = [{"users": ["ana", "bo"], "start": "2026-03-02T09:00", "rotation_turn_length": "1h"}]
    evening = [{"users": ["cy"], "restrictions": [{"start_time_of_day": "18:00", "duration": "6h"}]}]
    policy = {
        "num_loops": 1,
        "rules": [
            {"escalation_delay": "40m", "targets": ["first"]},
            {"escalation_delay": "40m", "targets": ["evening", "dan"], "assignment_strategy": "round-robin"},
        ],
    }
    one = roster(policy, schedules={"first": {"layers": layers}, "evening": {"layers": evening}})
    path = unanswered(Dated.of(one, None), "web")
    assert [(step.at // minutes(1), step.level, step.targets, step.people) for step in path] == [
        (0, 1, ("first",), ("ana",)),
        (40, 2, ("evening",), ()),
        (80, 1, ("first",), ("bo",)),
        (120, 2, ("dan",), ("dan",)),
    ]
    assert exhausted_after(one.escalation_policies["web"], path) == minutes(160)


def test_levels_without_anybody_are_skipped_where_the_policy_says_so():
    gone = {"layers": [{"users": ["ana"], "end": "2026-01-01T00:00"}]}
    rules = [{"escalation_delay": "5m", "targets": ["gone"]}, {"escalation_delay": "5m", "targets": ["dan"]}]
    policy = {"empty_levels": "skip", "num_loops": 1, "rules": rules}
    one = roster(policy, schedules={"gone": gone}, starts_at="2026-03-02T09:00")
    assert [(step.at // minutes(1), step.level, step.people) for step in unanswered(one, "web")] == [
        (0, 1, ()),
        (0, 2, ("dan",)),
        (5, 1, ()),
        (5, 2, ("dan",)),
    ]
    found = simulate(one, "web", runs=3)
    assert (found.exhausted_at, found.exhausted) == (minutes(10), 1.0)
    assert [step.level for step in unanswered(one, "web", "low")] == [1, 2]


def test_where_nobody_is_on_call_at_all_a_policy_that_skips_is_at_its_end_at_once():
    gone = {"layers": [{"users": ["ana"], "end": "2026-01-01T00:00"}]}
    policy = {"empty_levels": "skip", "rules": [{"escalation_delay": "5m", "targets": ["gone"]}]}
    found = simulate(roster(policy, schedules={"gone": gone}, starts_at="2026-03-02T09:00"), "web", runs=2)
    assert (found.exhausted_at, found.exhausted, found.people_paged) == (0, 1.0, 0.0)


def test_where_no_time_matters_there_is_none():
    one = roster({"rules": [{"escalation_delay": "5m", "targets": ["ana"]}]})
    assert Dated.of(one, None).starts_at is None
    assert Dated.of(one, 0).starts_at == "1970-01-01T00:00Z"
    assert simulate(Dated.of(one, None), "web", runs=2).begin is None


def test_the_interval_holds_the_share_and_narrows_with_the_runs():
    one = roster({"rules": [{"escalation_delay": "5m", "targets": ["ana"]}]})
    few, many = simulate(one, "web", runs=50), simulate(one, "web", runs=RUNS)
    widths = []
    for found in (few, many):
        low, high = found.interval(minutes(2))
        assert 0.0 <= low <= found.unacknowledged(minutes(2)) <= high <= 1.0
        widths.append(high - low)
    assert widths[1] < widths[0] / 4

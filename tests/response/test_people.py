from __future__ import annotations

from statistics import median

from gameday.core.draws import mix
from gameday.core.units import MICRO
from gameday.response.people import answer_delay
from gameday.scenario.models.oncall import Responds


def test_who_answers_does_so_with_the_chance_and_the_median_that_are_stated():
    responds = Responds.model_validate({"p": "80%", "delay": "2m", "spread": 0.5})
    delays = [answer_delay(mix(1, number), responds) for number in range(20_000)]
    answered = [delay for delay in delays if delay is not None]
    assert abs(len(answered) / len(delays) - 0.8) < 0.01
    assert abs(median(answered) / (120 * MICRO) - 1) < 0.02


def test_a_paged_person_acknowledges_and_joins(make_stage, logins_fail_from, people):
    people["bo"]["responds"] = {"delay": "90s", "spread": 0}
    stage = make_stage(logins_fail_from(0), people=people)
    stage.run(500)
    assert stage.log[1:] == [
        (31, "A1 bo paged: logins fail"),
        (121, "A1 acknowledged by bo"),
        (121, "bo (shop) joined"),
    ]
    assert stage.response.joined() == ("ana", "bo")
    assert stage.signals.value("people", "bo", 500) == 1.0


def test_whoever_is_late_leaves_the_page_to_who_has_it(make_stage, logins_fail_from, people):
    people["bo"]["responds"] = {"delay": "90s", "spread": 0}
    stage = make_stage(logins_fail_from(0), people=people)
    stage.run(60)
    stage.say("ack")
    stage.run(500)
    assert stage.response.joined() == ("ana",)


def test_a_person_in_a_seat_is_not_simulated_and_is_here_from_the_start(make_stage, logins_fail_from):
    rules = [{"escalation_delay": "5m", "targets": ["ana"]}]
    stage = make_stage(logins_fail_from(0), escalation_policies={"shop": {"rules": rules}})
    stage.run(1000)
    assert stage.log[1:] == [
        (31, "A1 ana paged: logins fail"),
        (331, "A1 has reached the end of its policy; nobody answered"),
    ]
    assert stage.signals.value("people", "ana", 0) == 1.0


def test_whoever_joins_takes_the_pages_that_wait_for_them(make_stage, logins_fail_from, people):
    people["bo"]["phone"] = {"delay": "20s", "spread": 0}
    stage = make_stage(logins_fail_from(0), people=people)
    stage.run(60)
    stage.say("page bo --by phone")
    stage.run(100)
    assert stage.log[2:] == [
        (60, "A2 bo phoned: ana asks you to join"),
        (80, "A2 acknowledged by bo"),
        (80, "bo (shop) joined"),
        (80, "A1 acknowledged by bo"),
    ]


def test_another_page_in_between_shifts_nobody_elses_answer(make_stage, logins_fail_from, people):
    people["bo"]["responds"] = {"p": "50%", "delay": "60s", "spread": 2}

    def joined(before: str, seed: int):
        stage = make_stage(logins_fail_from(0), people=people, seed=seed)
        if before:
            stage.say(before)
        stage.run(400)
        return [event.at for event in stage.events if event.kind == "PersonJoined" and event.person == "bo"]

    answers = [joined("", seed) for seed in range(12)]
    assert answers == [joined("page cy", seed) for seed in range(12)]
    assert [] in answers and any(answers)

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from gameday.core.commands import Verdict, parse_command
from gameday.core.signals import ActionView, IncidentView, LookView, Observation
from gameday.core.units import MICRO
from gameday.response.policy import NEVER
from gameday.response.practice import Practice
from gameday.response.responder import make_policy, mitigate, reference
from gameday.response.scatter import plausible_commands
from gameday.scenario.models import Step

STEPS = [
    {"id": "take", "text": "take the page", "run": ["ack", "declare SEV-2"], "think": "5s"},
    {"id": "heal", "text": "heal", "check": "login.success > 99%", "within": "3m", "otherwise": "call", "think": "10s"},
    {"id": "close", "text": "close", "run": ["resolve"], "branches": [{"goto": "end"}]},
    {"id": "call", "text": "call", "run": ["page dan"], "branches": [{"goto": "heal"}]},
]


def drive(stage, policy, until, extra=lambda observation: observation):
    """Asks the policy as a session does, at whole seconds; returns (second, command, accepted)."""
    state, verdicts, wake, given = policy.begin(), (), 0, []
    for second in range(1, until):
        stage.run(second)
        if wake > second * MICRO:
            continue
        decision = policy.decide(state, extra(stage.look()), stage.signals, verdicts)
        state, wake = decision.state, decision.wake_at
        assert wake > second * MICRO
        answers = [stage.say(command.body) for command in decision.commands]
        verdicts = tuple(Verdict(not text.startswith("refused"), text) for text in answers)
        given += [
            (second, command.body, verdict.accepted)
            for command, verdict in zip(decision.commands, verdicts, strict=True)
        ]
    return given


def test_idle_does_nothing(make_stage, make_exercise, logins_fail_from):
    stage = make_stage(logins_fail_from(0))
    policy = make_policy("idle", stage.exercise, 7)
    assert drive(stage, policy, 100) == []
    assert policy.decide(None, stage.look(), stage.signals).wake_at == NEVER


def test_the_reference_responder_follows_the_playbook_with_the_sessions_walk(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0, 120), steps=STEPS)
    given = drive(stage, reference(stage.exercise, 1), 600)
    assert [body for _, body, _ in given] == ["ack", "declare SEV-2", "step", "step", "resolve", "step"]
    assert all(accepted for _, _, accepted in given)
    assert [step.state for step in stage.response.steps()] == ["done", "done", "done", "todo"]
    alert, taken = 31, given[0][0]
    assert 0.5 * (30 + 5) < taken - alert < 2 * (30 + 5)
    assert [text for _, text in stage.log if text.startswith("step")] == [
        "step take done",
        "step heal done",
        "step close done",
    ]


def test_without_an_alert_it_never_begins(make_stage):
    stage = make_stage(steps=STEPS)
    assert drive(stage, reference(stage.exercise, 7), 300) == []


def test_when_the_time_of_a_step_runs_out_it_goes_where_the_session_goes(make_stage, logins_fail_from, people):
    people["dan"]["responds"] = {"p": "0%"}
    stage = make_stage(logins_fail_from(0), steps=STEPS, people=people)
    given = drive(stage, reference(stage.exercise, 7), 420)
    assert [body for _, body, _ in given] == ["ack", "declare SEV-2", "step", "page dan", "step"]
    assert stage.response.steps()[1].state == "current"


def test_the_same_seed_gives_the_same_commands_and_another_seed_other_times(make_stage, logins_fail_from):
    def run(seed):
        stage = make_stage(logins_fail_from(0, 120), steps=STEPS)
        return drive(stage, reference(stage.exercise, seed), 600)

    assert run(1) == run(1)
    assert run(1) != run(2)
    assert [body for _, body, _ in run(1)] == [body for _, body, _ in run(2)]


PHONE = [
    {"id": "phone", "text": "phone", "run": ["page dan --by phone"]},
    {"id": "tell", "text": "tell", "run": ["note dan is here"]},
]


def test_who_does_not_pick_up_is_rung_again(make_stage, logins_fail_from, people):
    people["dan"]["phone"] = {"p": "40%", "delay": "20s"}
    steps = tuple(Step.model_validate(step) for step in ({**PHONE[0], "check": "people.dan"}, PHONE[1]))
    often = 0
    for seed in range(8):
        stage = make_stage(logins_fail_from(0), people=people, seed=seed)
        given = drive(stage, Practice("ana", stage.exercise.scenario, steps, 7, reaction=60 * MICRO), 1500)
        calls = [second for second, body, accepted in given if body == "page dan --by phone" and accepted]
        assert all(120 < after - before < 130 for before, after in pairwise(calls))
        assert given[-1][1] == "note dan is here"
        often += len(calls) > 1
    assert 0 < often < 8


def asked(policy, state, observation, signals, verdicts=()):
    """The next decision that gives a command, second by second."""
    for _ in range(200):
        decision = policy.decide(state, observation, signals, verdicts)
        if decision.commands:
            return decision, observation
        verdicts, state = (), decision.state
        observation = replace(observation, second=observation.second + 1)
    return decision, observation


@pytest.fixture
def small(make_stage):
    """A policy over steps, a first observation in which an alert fires, and signals that say all is well."""

    def make(steps, **keys):
        stage = make_stage(**keys)
        models = tuple(Step.model_validate(step) for step in steps)
        policy = Practice("ana", stage.exercise.scenario, models, 7, reaction=0)
        return policy, Observation(1, {}, {}, alerts=("logins",), joined=("ana",)), stage.signals

    return make


def test_an_action_waits_for_the_person_it_needs_once_they_are_called(small):
    steps = [{"id": "all", "text": "all", "run": ["page dan --by phone", "scale db 2"]}]
    policy, observation, signals = small(steps, actions=[{"verb": "scale", "on": "db", "needs": "dan"}])
    first, observation = asked(policy, policy.begin(), observation, signals)
    again, observation = asked(policy, first.state, observation, signals)
    assert [command.body for command in (*first.commands, *again.commands)] == ["page dan --by phone"] * 2
    there, _ = asked(policy, again.state, replace(observation, joined=("ana", "dan")), signals)
    assert [command.body for command in there.commands] == ["scale db 2"]


def test_a_refused_action_is_tried_three_times_and_a_refused_word_once(small):
    steps = [{"id": "all", "text": "all", "run": ["ack", "rollback db", "note done"]}]
    policy, observation, signals = small(steps)
    state, verdicts, said = policy.begin(), (), []
    while "note done" not in said:
        decision, observation = asked(policy, state, observation, signals, verdicts)
        state, verdicts = decision.state, (Verdict(False, "not now"),)
        said += [command.body for command in decision.commands]
        observation = replace(observation, second=observation.second + 1)
    assert said == ["ack", "rollback db", "rollback db", "rollback db", "note done"]


def test_it_reads_what_it_looks_at_before_it_goes_on(small):
    policy, observation, signals = small([{"id": "all", "text": "all", "run": ["changes", "note read"]}])
    first, observation = asked(policy, policy.begin(), observation, signals)
    looking = replace(observation, second=observation.second + 60, looks=(LookView("ana", "changes", 90),))
    assert policy.decide(first.state, looking, signals).commands == ()
    done, _ = asked(policy, first.state, replace(looking, looks=()), signals)
    assert [command.body for command in done.commands] == ["note read"]


def test_a_commander_approves_what_waits(small):
    policy, observation, signals = small([{"id": "all", "text": "all", "check": "db.queue > 5"}])
    waiting = ActionView("X1", "rollback db", "ana", "pending", 1, None)
    led = IncidentView(1, "SEV-2", (("incident-commander", "ana"),))
    decision, _ = asked(policy, policy.begin(), replace(observation, actions=(waiting,), incident=led), signals)
    assert [command.body for command in decision.commands] == ["approve X1"]


def test_a_mitigation_walks_by_itself_and_says_no_steps(make_stage, logins_fail_from):
    steps = [
        {"id": "first", "text": "first", "run": ["note one"], "check": "login.success > 99%", "within": "60s"},
        {"id": "then", "text": "then", "run": ["note two"]},
    ]
    mitigations = {"both": {"summary": "both", "labels": {"only": "right"}, "steps": steps}}
    stage = make_stage(logins_fail_from(0), mitigations=mitigations)
    given = drive(stage, mitigate(stage.exercise, "both", 7), 400)
    assert [body for _, body, _ in given] == ["note one", "note two"]
    one, two = (second for second, _, _ in given)
    assert 31 + 60 + 5 < one < 31 + 60 + 25
    assert 31 + 60 + 60 + 5 < two < 31 + 60 + 60 + 25


def test_the_random_responder_draws_plausible_commands_about_every_half_minute(make_stage, logins_fail_from):
    stage = make_stage(logins_fail_from(0))
    policy, state, seconds, bodies = make_policy("random", stage.exercise, 7), None, [], []
    state, second, observation = policy.begin(), 1, Observation(1, {}, {}, alerts=("logins",))
    while second < 3600:
        decision = policy.decide(state, replace(observation, second=second), stage.signals, ())
        state, second = decision.state, decision.wake_at // MICRO
        seconds += [second] * len(decision.commands)
        bodies += [str(command) for command in decision.commands]
    assert 100 < len(bodies) < 140
    assert all(str(parse_command(body)) == body and body.startswith("as ana: ") for body in bodies)
    assert len(set(bodies)) > 20


def test_plausible_commands_leave_out_what_the_system_does_not_have(make_exercise):
    choices = plausible_commands(make_exercise().scenario)
    assert "flag" not in choices
    assert choices["retries"][0] == ("web>db", "0")


def test_an_unknown_responder_is_an_error(make_exercise):
    with pytest.raises(KeyError):
        make_policy("clever", make_exercise(), 7)

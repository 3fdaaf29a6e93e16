from __future__ import annotations

import pickle

import pytest

from gameday.core.units import parse_duration
from gameday.trials.job import UnknownResponder, run_one


def test_the_playbook_recovers_and_idle_does_not(tiny):
    played, idle = run_one(tiny, 3, "deploy", "playbook"), run_one(tiny, 3, "deploy", "idle")
    assert (played.ending, idle.ending) == ("recovered", "unresolved")
    assert 0 < played.bad < idle.bad < idle.arrived
    assert idle.hurt == ("order",)
    assert idle.alerts == ("orders",)
    assert idle.first_page is not None
    assert 30 < idle.first_page < 90


def test_a_trial_run_again_is_the_same_trial(tiny):
    first, second = run_one(tiny, 3, "deploy", "random"), run_one(tiny, 3, "deploy", "random")
    assert (first.digest, first.times, first.bad) == (second.digest, second.times, second.bad)
    assert first.digest != run_one(tiny, 4, "deploy", "random").digest


def test_a_mitigation_is_a_responder(tiny):
    right, useless = run_one(tiny, 3, "deploy", "mitigation:back"), run_one(tiny, 3, "deploy", "mitigation:again")
    assert (right.ending, useless.ending) == ("recovered", "unresolved")


def test_impact_is_counted_up_to_the_horizon(tiny):
    short = run_one(tiny, 3, "deploy", "idle", horizon=parse_duration("90s"))
    assert short.arrived < run_one(tiny, 3, "deploy", "idle").arrived / 3


def test_a_result_is_plain_values_with_the_record_only_where_asked_for(tiny):
    plain, kept = run_one(tiny, 3, "deploy", "idle"), run_one(tiny, 3, "deploy", "idle", keep=True)
    assert plain.record is None
    assert kept.record is not None
    assert pickle.loads(pickle.dumps(kept)).record.digest == plain.digest


@pytest.mark.parametrize("name", ["idel", "mitigation:none", "mitigation:"])
def test_an_unknown_responder_is_refused_in_words(tiny, name):
    with pytest.raises(UnknownResponder, match="is not a responder"):
        run_one(tiny, 3, "deploy", name)

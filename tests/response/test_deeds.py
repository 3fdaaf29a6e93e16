"""When a command would only do again what the team has done."""

from __future__ import annotations

import pytest

from gameday.core.commands import parse_command
from gameday.core.events import ActionCancelled, ActionCompleted, ActionRequested, ActionStarted
from gameday.core.units import MICRO
from gameday.response.deeds import Deeds


class Seen:
    """Signals with these values, whenever they are asked for."""

    def __init__(self, **values):
        self.values = values

    def value(self, subject, metric, second, length=1):
        return self.values.get(metric)


def deeds_of(*done, **values):
    """What was done: (second, command) each, by bo."""
    deeds = Deeds(Seen(**values))
    for number, (second, command) in enumerate(done, 1):
        deeds.hear(ActionStarted(second * MICRO, f"X{number}", command, "bo", second * MICRO))
        deeds.hear(ActionCompleted(second * MICRO, f"X{number}", command, "done"))
    return deeds


def needless(deeds, command, *, since=500, now=600):
    return deeds.needless(parse_command(command), "dan", since * MICRO, now * MICRO)


def test_what_was_rolled_back_is_not_rolled_back_again():
    assert needless(deeds_of((100, "rollback db"), deploy_age=500.0), "rollback db --force") == "bo did it at 01:40"


def test_a_release_since_makes_a_rollback_worth_doing_again():
    assert needless(deeds_of((100, "rollback db"), deploy_age=30.0), "rollback db") == ""
    assert needless(deeds_of((100, "rollback db"), (200, "deploy db 9"), deploy_age=400.0), "rollback db") == ""


@pytest.mark.parametrize(
    ("done", "again", "expected"),
    [
        ("retries web>db 0", "retries web>db 0", True),
        ("retries web>db 0", "retries web>db 1", False),
        ("retries web>db 0", "retries web>mail 0", False),
        ("shed web 25%", "shed web 25%", True),
        ("shed web 25%", "shed web 25% --entry login", False),
        ("breaker web>db open", "breaker web>db OPEN", True),
        ("restart db", "restart db", False),
        ("config web revert", "config web revert", False),
    ],
)
def test_only_what_leaves_a_state_behind_stands(done, again, expected):
    assert bool(needless(deeds_of((100, done)), again)) is expected


def test_what_was_set_otherwise_since_is_worth_setting_again():
    assert needless(deeds_of((100, "breaker web>db open"), (200, "breaker web>db auto")), "breaker web>db open") == ""


def test_a_restart_counts_from_just_before_it_was_wanted():
    assert needless(deeds_of((450, "restart db")), "restart db") == "bo did it at 07:30"
    assert needless(deeds_of((300, "restart db")), "restart db") == ""


@pytest.mark.parametrize(("wanted", "expected"), [("4", "web has 4 replicas"), ("6", "")])
def test_as_many_replicas_as_are_wanted_are_enough(wanted, expected):
    assert needless(deeds_of(replicas=4.0), f"scale web {wanted}") == expected


@pytest.mark.parametrize(("state", "expected"), [("off", "flag cedar is off"), ("on", "")])
def test_a_flag_that_stands_as_it_is_wanted_is_left_alone(state, expected):
    assert needless(deeds_of(cedar=0.0), f"flag cedar {state}") == expected


def test_what_waits_for_approval_is_under_way_until_it_is_cancelled():
    deeds = deeds_of()
    deeds.hear(ActionRequested(0, "X1", "failover db db2", "dan", "ana"))
    assert needless(deeds, "failover db db2") == "I am at it (X1)"
    deeds.hear(ActionCancelled(0, "X1", "failover db db2", "ana"))
    assert needless(deeds, "failover db db2") == ""

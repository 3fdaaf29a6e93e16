"""Monitoring can lag, lose and freeze what responders see; what happened stays what it was."""

from __future__ import annotations

import pytest

from gameday.core.events import LookCompleted
from gameday.core.units import MICRO
from gameday.engine.monitoring import Monitoring


class Clock:
    second = 0.0

    def monitoring(self):
        return Monitoring(7, lambda: round(self.second * MICRO))


def test_readings_stand_still_for_the_delay_and_then_lag():
    clock = Clock()
    monitoring = clock.monitoring()
    assert monitoring.shown("api", 5) == 5
    clock.second = 10
    monitoring.set("fault", delay=30 * MICRO)
    shown = [monitoring.shown("api", second) for second in (9, 10, 11, 40, 41, 60)]
    assert shown == [9, 10, 10, 10, 11, 30]
    clock.second = 70
    monitoring.remove("fault")
    assert [monitoring.shown("api", second) for second in (70, 71, 72)] == [40, 71, 72]


def test_what_was_shown_at_a_past_second_stays_so():
    clock = Clock()
    monitoring = clock.monitoring()
    clock.second = 10
    monitoring.set("fault", frozen=True)
    clock.second = 20
    monitoring.remove("fault")
    assert [monitoring.shown("api", second) for second in (10, 15, 20, 21)] == [10, 10, 10, 21]


def test_delays_add_up_and_a_service_of_its_own_leaves_the_others_alone():
    clock = Clock()
    monitoring = clock.monitoring()
    monitoring.set("one", "api", delay=10 * MICRO)
    monitoring.set("two", delay=5 * MICRO + 1)
    assert monitoring.shown("api", 100) == 84
    assert monitoring.shown("db", 100) == 94
    assert monitoring.sources == ("one", "two")


def test_losses_are_drawn_for_each_second_and_service_and_combine():
    clock = Clock()
    monitoring = clock.monitoring()
    clock.second = 99.5
    monitoring.set("one", loss=0.5)
    lost = [monitoring.lost("api", second) for second in range(5000)]
    assert not any(lost[:99])
    assert sum(lost) / 4900 == pytest.approx(0.5, abs=0.03)
    assert [monitoring.lost("db", second) for second in range(5000)] != lost
    monitoring.set("two", "api", loss=0.5)
    assert sum(monitoring.lost("api", second) for second in range(99, 4999)) / 4900 == pytest.approx(0.75, abs=0.03)


def test_what_cannot_be_is_refused():
    monitoring = Clock().monitoring()
    for wrong in ({"loss": 1.5}, {"delay": -1}):
        with pytest.raises(ValueError, match="must be"):
            monitoring.set("fault", **wrong)
    assert monitoring.remove("fault") is False


def test_conditions_readings_and_history_see_what_is_shown_and_objectives_what_is(with_fault):
    rig = with_fault({"kind": "errors", "at": "20s", "service": "db", "share": "100%"})
    rig.run_to(15)
    rig.world.monitoring.set("fault", delay=30 * MICRO)
    rig.run_to(40)
    seen, truth = rig.world.signals, rig.world.truth_signals
    assert seen.value("read", "errors", 40, 10) == 0.0
    assert truth.value("read", "errors", 40, 10) == 1.0
    assert seen.reading(40)[1]["read"].errors == 0.0
    assert truth.reading(40)[1]["read"].errors == 1.0
    assert seen.history("read", "errors", 5) == [0.0] * 5
    assert seen.causes("db", 10) == {}
    assert (30.0, "read misses its objective") in rig.objectives
    rig.run_to(60)
    assert seen.value("read", "errors", 60) == truth.value("read", "errors", 30) == 1.0


def test_seconds_that_are_lost_have_no_data_and_weigh_nothing(rig):
    rig = rig()
    rig.run_to(10)
    rig.world.monitoring.set("fault", "api", loss=0.5)
    rig.run_to(50)
    seen = rig.world.signals
    rates = [seen.value("api", "rate", second) for second in range(12, 51)]
    assert 8 < rates.count(None) < 32
    known = [rate for rate in rates if rate is not None]
    assert seen.value("api", "rate", 50, 39) == pytest.approx(sum(known) / len(known))
    shown = ["api" in seen.reading(second)[0] for second in range(12, 51)]
    assert shown == [rate is not None for rate in rates]
    assert all("db" in seen.reading(second)[0] for second in range(12, 51))


def test_states_and_the_change_feed_do_not_pass_through_monitoring(rig):
    rig = rig()
    rig.run_to(10)
    rig.world.monitoring.set("fault", frozen=True)
    rig.do("flag birch on")
    rig.run_to(60)
    assert rig.value("flags", "birch") == 1.0
    rig.do("rollback db")
    rig.run_to(190)
    assert rig.value("db", "deploy_age") is not None


def test_logs_show_only_what_has_arrived(with_fault):
    rig = with_fault({"kind": "errors", "at": "20s", "service": "db", "share": "100%"})
    rig.run_to(10)
    rig.world.monitoring.set("fault", "db", delay=60 * MICRO)
    rig.run_to(30)
    rig.do("logs db")
    rig.do("logs api", author="dan")
    rig.run_to(46)
    found = {event.command: event.lines for event in rig.events if isinstance(event, LookCompleted)}
    assert found["logs db"] == ("db logged no failure in the last 60 s",)
    assert "failed" in found["logs api"][1]


def test_what_is_wrong_with_monitoring_is_part_of_the_digest(rig):
    plain, troubled = rig(), rig()
    for one in (plain, troubled):
        one.run_to(5)
    assert plain.world.digest_parts() == troubled.world.digest_parts()
    troubled.world.monitoring.set("fault", delay=MICRO)
    assert plain.world.digest_parts() != troubled.world.digest_parts()

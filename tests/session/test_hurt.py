"""Whom the incident hurts, as customers feel it."""

from __future__ import annotations

import pytest

from gameday.core.units import MICRO
from gameday.response.policy import Idle
from gameday.scenario.load import load
from gameday.session.drive import drive
from gameday.session.hurt import hurt
from gameday.session.session import Session
from tests.session.small import tiny


def idle(exercise, variant, until):
    session = Session(exercise, 3, variant=variant, responder="idle")
    drive(session, Idle(), until * MICRO)
    return session


@pytest.fixture(scope="module")
def shop():
    return idle(load("otel-shop"), "cedar", 150)


def test_while_all_is_well_nobody_is_hurt():
    assert hurt(idle(tiny(), "slow", 4).world, 4) == ()


def test_who_is_hurt_is_told_by_segment(shop):
    found = {(one.entry, one.segment, one.how): one.count for one in hurt(shop.world, 60)}
    abroad = sum(count for (entry, segment, _), count in found.items() if (entry, segment) == ("orders", "abroad"))
    assert abroad > 0, "orders to abroad are where it hurts"
    assert not any(entry == "browse" for entry, _, _ in found)


def test_counts_are_those_of_the_impact(shop):
    """All who are hurt in the last minute are those judged bad in it, times the scale."""
    bad = sum(shop.world.truth_signals.bad["orders"][-60:])
    told = sum(one.count for one in hurt(shop.world, 60) if one.entry == "orders")
    assert told >= bad * shop.world.scenario.system.traffic.scale * 0.99
    assert told <= bad * shop.world.scenario.system.traffic.scale * 2, (
        "an attempt that ends later is not told twice over"
    )


def test_reading_it_changes_nothing(shop):
    before = shop.world.digest_parts()
    assert hurt(shop.world, 30) == hurt(shop.world, 30)
    assert shop.world.digest_parts() == before


def test_traffic_that_is_not_demand_writes_no_tickets():
    session = idle(tiny(), "slow", 30)
    assert {one.entry for one in hurt(session.world, 20)} == {"order"}


def test_customers_do_not_look_at_dashboards():
    """Monitoring that shows nothing hides nothing from them."""
    exercise = tiny()
    one, other = idle(exercise, "slow", 20), idle(exercise, "slow", 20)
    other.world.monitoring.set("test", loss=1.0)
    for session in (one, other):
        session.run_to(30 * MICRO)
    assert hurt(other.world, 20) == hurt(one.world, 20)

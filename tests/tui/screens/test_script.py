"""The facilitator's list."""

from __future__ import annotations

from gameday.session.facilitating import ScriptItem
from gameday.tui.screens.script import comes_at


def test_what_comes_at_a_known_time_stands_in_the_order_of_time_and_the_rest_after_it() -> None:
    whens = (
        "at 02:00",
        "once web.errors > 5%",
        "at 01:00",
        "at 1:00:00",
        "from 12:00 once declared",
        "at 59:00 (2 times)",
    )
    items = [ScriptItem("inject", "message", when, "", False) for when in whens]
    assert [item.when for item in sorted(items, key=comes_at)] == [
        "at 01:00",
        "at 02:00",
        "from 12:00 once declared",
        "at 59:00 (2 times)",
        "at 1:00:00",
        "once web.errors > 5%",
    ]

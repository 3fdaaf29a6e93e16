"""The alerts look says what each rule is and what it says now."""

from __future__ import annotations

from gameday.core.events import LookCompleted


def alerts(**keys: object) -> dict[str, object]:
    fails = {"when": "read.bad > 5% over 10s", "policy": "web", "summary": "reads fail"}
    return {
        "alerts": {"reads": {**fails, **keys}},
        "teams": {"web": {"policy": "web"}, "data": {}},
        "escalation_policies": {"web": {"rules": [{"escalation_delay": "5m", "targets": ["ana"]}]}},
    }


def said(rig, second: float = 30) -> tuple[str, ...]:
    rig.run_to(second)
    rig.do("alerts")
    rig.run_to(second + 1)
    return next(event.lines for event in reversed(rig.events) if isinstance(event, LookCompleted))


def test_a_rule_is_shown_with_what_it_sees(rig):
    assert said(rig(**alerts())) == (
        "reads: read.bad > 5% over 10s -> web (high)",
        "  clear; read.bad over 10s 0%",
    )


def test_its_hold_its_kind_and_its_group_are_shown(rig):
    keys = {"for": "30s", "kind": "symptom", "group": "shop", "urgency": "low", "no_data": "fire"}
    line = said(rig(**alerts(**keys)))[0]
    assert line == "reads: read.bad > 5% over 10s for 30s -> web (low, symptom, group shop, fires without data)"


def test_the_arithmetic_of_a_burn_rate_is_shown(with_fault):
    rig = with_fault({"kind": "errors", "at": "20s", "service": "db", "share": "100%"})
    burn = {"entry": "read", "rate": 14.4, "long": "1m", "short": "5s"}
    rig.world.scenario = rig.world.scenario.model_validate(
        {**rig.world.scenario.model_dump(mode="json", by_alias=True), **alerts(when=None, burn=burn)}
    )
    rule, now = said(rig)
    assert rule == "reads: read burns its budget faster than 14.4x over 1m and 5s -> web (high)"
    assert now.startswith("  clear; burns 100x over 5s, 1")
    assert now.endswith("x over 1m, fires at 14.4x on both")


def test_a_rule_that_nobody_evaluates_sees_no_data(rig):
    assert said(rig(**alerts(broken=True)))[1] == "  clear; no data"


def test_nor_does_one_whose_signals_are_lost(rig):
    lossy = rig(**alerts())
    lossy.run_to(10)
    lossy.world.monitoring.set("fault", loss=1.0)
    assert said(lossy)[1] == "  clear; no data"


def test_it_says_that_it_fires_and_until_when_it_is_silenced(rig):
    rig = rig(**alerts())
    rig.world.signals.add_state("alerts", lambda name: float(name == "reads"))
    rig.world.signals.add_state("silences", lambda name: 605.0 * (name == "reads"))
    assert said(rig)[1] == "  fires, silenced until 10:05; read.bad over 10s 0%"


def test_a_system_without_alerts_says_so(rig):
    assert said(rig()) == ("no alert rules",)

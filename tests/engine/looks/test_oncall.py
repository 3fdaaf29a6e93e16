"""The look at who is on call shows who is on duty now, and what comes next."""

from __future__ import annotations

from gameday.core.events import LookCompleted

RULE = {"escalation_delay": "5m", "targets": ["first"]}


def said(rig, **keys: object) -> tuple[str, ...]:
    rig = rig(**keys)
    rig.run_to(30)
    rig.do("oncall")
    rig.run_to(31)
    return next(event.lines for event in reversed(rig.events) if isinstance(event, LookCompleted))


def policy(*rules: dict[str, object], **keys: object) -> dict[str, object]:
    return {"escalation_policies": {"web": {"rules": list(rules), **keys}}}


def test_of_plain_people_the_first_is_shown(rig):
    schedules = {"first": {"people": ["ana", "dan"]}}
    rules = policy(RULE, {"escalation_delay": "3m", "targets": ["dan"]}, num_loops=1)
    assert said(rig, schedules=schedules, **rules) == (
        "web: 2 time(s) through",
        "  level 1: ana (first); next after 5m",
        "  level 2: dan; next after 3m",
    )


def test_a_handover_within_the_day_is_shown(rig):
    layers = [{"users": ["ana", "dan"], "start": "2026-03-02T09:00", "rotation_turn_length": "1h"}]
    keys = {"schedules": {"first": {"layers": layers}}, "starts_at": "2026-03-02T09:50", **policy(RULE)}
    assert said(rig, **keys)[1] == "  level 1: ana (first), in 9m30s dan; next after 5m"


def test_a_gap_and_what_follows_it_are_shown(rig):
    windows = [{"start_time_of_day": "09:00", "duration": "10h"}]
    keys = {
        "schedules": {"first": {"layers": [{"users": ["dan"], "restrictions": windows}]}},
        "starts_at": "2026-03-14T07:59:30",
        **policy(RULE, acknowledgement_timeout="30m"),
    }
    assert said(rig, **keys) == (
        "web: 1 time(s) through; an acknowledged page triggers again after 30m",
        "  level 1: nobody (first), in 1h dan; next after 5m",
    )


def test_a_level_that_takes_turns_says_so(rig):
    rule = {"escalation_delay": "5m", "targets": ["ana", "dan"], "assignment_strategy": "round-robin"}
    assert said(rig, **policy(rule))[1] == "  level 1: one after another of ana, dan; next after 5m"

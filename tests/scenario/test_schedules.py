from __future__ import annotations

from itertools import pairwise

import pytest
from pydantic import ValidationError

from gameday.core.units import MICRO
from gameday.scenario.models.oncall import Schedule
from gameday.scenario.models.roster import OncallFile
from gameday.scenario.schedules import (
    DAY,
    WEEK,
    beginning,
    everybody,
    format_instant,
    gaps,
    on_duty,
    parse_instant,
    shifts,
)

HOUR = 3600 * MICRO
MONDAY = "2026-03-02T09:00"


def schedule(**keys) -> Schedule:
    return Schedule.model_validate(keys)


def at(text: str) -> int:
    return parse_instant(text)


def who(one: Schedule, *moments: str) -> list[str | None]:
    return [on_duty(one, at(moment)) for moment in moments]


def test_an_instant_reads_back_as_it_was_written():
    assert format_instant(at("2026-03-14T02:10")) == "2026-03-14T02:10Z"
    assert format_instant(at("2026-03-14T02:10:30+01:00")) == "2026-03-14T01:10:30Z"
    assert parse_instant("1970-01-01T01:00", "Europe/Berlin") == 0


def test_of_plain_people_the_first_is_on_duty_at_all_times():
    one = schedule(people=["ana", "bo"])
    assert who(one, "1999-01-01T00:00", "2026-03-14T02:10") == ["ana", "ana"]
    assert one.is_fixed
    assert everybody(one) == ("ana",)


def test_a_rotation_hands_over_at_the_time_of_day_at_which_it_began():
    one = schedule(layers=[{"users": ["ana", "bo", "cy"], "start": MONDAY}])
    moments = ("2026-03-02T09:00", "2026-03-09T08:59", "2026-03-09T09:00", "2026-03-16T09:00", "2026-03-23T09:00")
    assert who(one, *moments) == ["ana", "ana", "bo", "cy", "ana"]


def test_before_its_start_a_layer_covers_nothing_and_after_its_end_neither():
    one = schedule(layers=[{"users": ["ana"], "start": MONDAY, "end": "2026-03-03T09:00"}])
    assert who(one, "2026-03-02T08:59", MONDAY, "2026-03-03T08:59", "2026-03-03T09:00") == [None, "ana", "ana", None]


def test_the_virtual_start_of_a_rotation_can_lie_before_the_layer_begins():
    layer = {
        "users": ["ana", "bo"],
        "start": MONDAY,
        "rotation_virtual_start": "2026-03-01T09:00",
        "rotation_turn_length": "24h",
    }
    assert who(schedule(layers=[layer]), "2026-03-01T12:00", MONDAY, "2026-03-03T09:00") == [None, "bo", "ana"]


def test_of_the_layers_that_cover_the_last_holds():
    night = {"users": ["bo"], "restrictions": [{"start_time_of_day": "20:00", "duration": "12h"}]}
    one = schedule(layers=[{"users": ["ana"]}, night])
    assert who(one, "2026-03-14T02:10", "2026-03-14T08:00", "2026-03-14T20:00") == ["bo", "ana", "bo"]
    turned = schedule(layers=[night, {"users": ["ana"]}])
    assert who(turned, "2026-03-14T02:10") == ["ana"]


def test_a_daily_window_can_go_past_midnight():
    one = schedule(layers=[{"users": ["bo"], "restrictions": [{"start_time_of_day": "22:30", "duration": "8h"}]}])
    moments = ("2026-03-14T22:29", "2026-03-14T22:30", "2026-03-15T06:29", "2026-03-15T06:30")
    assert who(one, *moments) == [None, "bo", "bo", None]


def test_a_weekly_window_can_go_past_the_end_of_the_week():
    weekend = [{"start_day_of_week": 5, "start_time_of_day": "18:00", "duration": "63h"}]
    one = schedule(layers=[{"users": ["cy"], "restrictions": weekend}])
    moments = ("2026-03-13T17:59", "2026-03-13T18:00", "2026-03-15T23:59", "2026-03-16T08:59", "2026-03-16T09:00")
    assert who(one, *moments) == [None, "cy", "cy", "cy", None]


def test_an_override_goes_before_every_layer_and_a_later_one_before_an_earlier():
    one = schedule(
        layers=[{"users": ["ana"]}],
        overrides=[
            {"user": "bo", "start": "2026-03-14T00:00", "end": "2026-03-14T06:00"},
            {"user": "cy", "start": "2026-03-14T02:00", "end": "2026-03-14T03:00"},
        ],
    )
    assert who(one, "2026-03-13T23:59", "2026-03-14T00:00", "2026-03-14T02:10", "2026-03-14T06:00") == [
        "ana",
        "bo",
        "cy",
        "ana",
    ]
    assert not schedule(people=["ana"], overrides=[one.overrides[0].model_dump()]).is_fixed


def test_a_handoff_at_nine_stays_at_nine_when_clocks_change():
    one = schedule(
        time_zone="Europe/Berlin",
        layers=[{"users": ["ana", "bo"], "start": "2026-03-27T09:00", "rotation_turn_length": "24h"}],
    )
    # Clocks go forward in the night to 29 March: nine is 08:00 UTC before, and 07:00 UTC after.
    moments = ("2026-03-28T07:59", "2026-03-28T08:00", "2026-03-29T06:59", "2026-03-29T07:00")
    assert who(one, *moments) == ["ana", "bo", "bo", "ana"]


def test_the_gaps_are_where_nobody_is_on_duty():
    day = {"users": ["ana"], "restrictions": [{"start_time_of_day": "08:00", "duration": "12h"}]}
    night = {"users": ["bo"], "restrictions": [{"start_time_of_day": "20:00", "duration": "11h30m"}]}
    one = schedule(layers=[day, night])
    begin = at("2026-03-14T00:00")
    assert [(format_instant(gap.begin), format_instant(gap.end)) for gap in gaps(one, begin, 2 * DAY)] == [
        ("2026-03-14T07:30Z", "2026-03-14T08:00Z"),
        ("2026-03-15T07:30Z", "2026-03-15T08:00Z"),
    ]
    assert gaps(schedule(layers=[{"users": ["ana"]}, night]), begin, WEEK) == []


def test_shifts_follow_each_other_without_a_hole_and_neighbours_differ():
    one = schedule(
        time_zone="America/New_York",
        layers=[
            {"users": ["ana", "bo"], "start": MONDAY, "rotation_turn_length": "24h"},
            {
                "users": ["cy"],
                "restrictions": [{"start_day_of_week": 6, "start_time_of_day": "00:00", "duration": "48h"}],
            },
        ],
        overrides=[{"user": "dan", "start": "2026-03-05T12:00", "end": "2026-03-05T13:00"}],
    )
    begin = at("2026-03-02T00:00")
    told = list(shifts(one, begin, 2 * WEEK))
    assert told[0].begin == begin and told[-1].end == begin + 2 * WEEK
    assert all(left.end == right.begin and left.person != right.person for left, right in pairwise(told))
    for hour in range(2 * 7 * 24):
        instant = begin + hour * HOUR + HOUR // 2
        [shift] = [shift for shift in told if shift.begin <= instant < shift.end]
        assert shift.person == on_duty(one, instant)


def test_a_file_begins_when_it_says_or_when_its_last_layer_does():
    keys = {
        "gameday": 1,
        "people": {"ana": {"team": "web"}},
        "schedules": {"first": {"time_zone": "Europe/Berlin", "layers": [{"users": ["ana"], "start": MONDAY}]}},
        "escalation_policies": {"web": {"rules": [{"escalation_delay": "5m", "targets": ["first"]}]}},
    }
    assert format_instant(beginning(OncallFile.model_validate(keys))) == "2026-03-02T08:00Z"
    assert beginning(OncallFile.model_validate({**keys, "starts_at": "2026-03-14T02:10"})) == at("2026-03-14T02:10")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({}, "either people or layers"),
        ({"people": ["ana"], "layers": [{"users": ["ana"]}]}, "either people or layers"),
        ({"layers": [{"users": ["ana", "bo"]}]}, "needs a start"),
        ({"people": ["ana"], "time_zone": "Mars/Olympus"}, "not a time zone"),
        ({"people": ["ana"], "time_zone": "../../etc/passwd"}, "not a time zone"),
        ({"layers": [{"users": ["ana"], "start": "2026-02-30T09:00"}]}, "not a date"),
        ({"layers": [{"users": ["ana"], "start": "2026-W09-1T09:00"}]}, "not a date"),
        (
            {"layers": [{"users": ["ana"], "restrictions": [{"start_time_of_day": "24:00", "duration": "1h"}]}]},
            "time of day",
        ),
        (
            {"layers": [{"users": ["ana"], "restrictions": [{"start_time_of_day": "09:00", "duration": "0s"}]}]},
            "greater",
        ),
        ({"layers": [{"users": ["ana"], "restrictions": [{"start_time_of_day": "09:00", "duration": "25h"}]}]}, "24 h"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_with_the_reason(keys, words):
    with pytest.raises(ValidationError, match=words):
        schedule(**keys)


def test_a_schedule_of_very_many_changes_is_told_in_time():
    windows = [
        {"start_time_of_day": f"{hour:02}:{minute:02}", "duration": "1m"} for hour in range(14) for minute in (1, 31)
    ]
    layers = [{"users": ["ana", "bo"], "start": MONDAY, "rotation_turn_length": "1h", "restrictions": windows}] * 30
    assert len(list(shifts(schedule(layers=layers), at(MONDAY), 2 * WEEK))) <= 1000


def test_a_file_survives_the_way_into_a_recording_and_back():
    keys = {
        "gameday": 1,
        "starts_at": "2026-03-14T02:10",
        "people": {"ana": {"team": "web", "contacts": [{"by": "phone", "after": "90s", "p": "98%"}]}},
        "schedules": {
            "first": {
                "time_zone": "Europe/Berlin",
                "layers": [
                    {
                        "users": ["ana"],
                        "start": MONDAY,
                        "restrictions": [{"start_time_of_day": "09:00", "duration": "8h"}],
                    }
                ],
                "overrides": [{"user": "ana", "start": "2026-03-14T00:00", "end": "2026-03-14T06:00+01:00"}],
            }
        },
        "escalation_policies": {"web": {"rules": [{"escalation_delay": "5m", "targets": ["first"]}]}},
    }
    file = OncallFile.model_validate(keys)
    recorded = file.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert OncallFile.model_validate(recorded) == file

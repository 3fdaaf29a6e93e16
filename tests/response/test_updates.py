"""The clock of communication: what falls due when, the reminder a minute ahead, and whether it came."""

from __future__ import annotations

import pytest

from gameday.core.events import StatusPosted, UpdateDue, UpdateMet, UpdateMissed, UpdateRead

GOOD = "Some customers cannot log in. Next update in 8 minutes."
VAGUE = "We are looking into it."
CLOCK = (UpdateDue, UpdateMet, UpdateMissed)


def clock(stage):
    """(second, what happened, what it is about, when that is due) of everything that the clock said."""
    return [
        (event.at / 1e6, event.kind.removeprefix("Update"), event.what.split(" public")[0], event.due_at / 1e6)
        for event in stage.events
        if isinstance(event, CLOCK)
    ]


def test_silence_is_reminded_of_and_written_down_again_and_again(make_stage):
    stage = make_stage()
    stage.say("declare")
    stage.run(1300)
    scope = "an update that says what is hurt"
    assert clock(stage) == [
        (240, "Due", "the first", 300),
        (300, "Missed", "the first", 300),
        (540, "Due", scope, 600),
        (600, "Missed", scope, 600),
        (720, "Due", "the next", 780),
        (780, "Missed", "the next", 780),
        (1200, "Due", "the next", 1260),
        (1260, "Missed", "the next", 1260),
    ]
    assert stage.response.incident().status_due_at == 300


def test_updates_in_time_are_met_and_the_next_is_due_when_the_last_promised(make_stage):
    stage = make_stage()
    stage.say("declare")
    stage.run(100)
    assert stage.say("status Some customers cannot log in. Next update in 5 minutes.").endswith("due at 06:40")
    stage.run(400)
    assert stage.say(f"status {GOOD}").endswith("due at 14:40")
    assert clock(stage) == [
        (100, "Met", "the first", 300),
        (100, "Met", "an update that says what is hurt", 600),
        (340, "Due", "the next", 400),
        (400, "Met", "the next", 400),
    ]


def test_a_vague_first_update_leaves_the_scope_owed(make_stage):
    stage = make_stage()
    stage.say("declare")
    stage.run(100)
    stage.say(f"status {VAGUE}")
    stage.run(610)
    assert clock(stage) == [
        (100, "Met", "the first", 300),
        (520, "Due", "the next", 580),
        (540, "Due", "an update that says what is hurt", 600),
        (580, "Missed", "the next", 580),
        (600, "Missed", "an update that says what is hurt", 600),
    ]


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        ("in 2 minutes", 220),
        ("in 16 minutes", 1060),
        ("in 17 minutes", 580),
        ("in an hour", 580),
        ("at 14:00", 580),
        ("soon", 580),
    ],
)
def test_a_promise_counts_up_to_twice_the_interval(make_stage, promise, due):
    stage = make_stage()
    stage.say("declare")
    stage.run(100)
    stage.say(f"status Some customers cannot log in. Next update {promise}.")
    assert stage.response.incident().status_due_at == due


def test_a_promise_of_less_than_a_minute_is_not_reminded_of(make_stage):
    stage = make_stage()
    stage.say("declare")
    stage.say("status Some customers cannot log in. Next update in 45 seconds.")
    stage.run(46)
    assert clock(stage)[-1] == (45, "Missed", "the next", 45)


def test_nothing_is_owed_after_the_end_or_once_an_update_says_that_it_is_over(make_stage):
    stage = make_stage()
    stage.say("declare")
    assert stage.say("status Logins have recovered.") == "posted for customers"
    stage.run(3000)
    assert stage.response.incident().status_due_at is None
    assert [kind for _, kind, _, _ in clock(stage)] == ["Met"]
    stage.say(f"status {GOOD}")
    assert stage.response.incident().status_due_at == 3480
    stage.say("resolve")
    stage.run(5000)
    assert stage.response.incident().status_due_at is None
    assert [kind for _, kind, _, _ in clock(stage)] == ["Met"]


def test_every_update_is_read_by_the_rules_for_the_review_alone(make_stage):
    stage = make_stage()
    stage.say("declare")
    stage.say(f"status {GOOD}")
    stage.say("status It will be fixed in 5 minutes.")
    read = [event for event in stage.events if isinstance(event, UpdateRead)]
    assert not any(event.visible for event in read)
    assert [event.text() for event in read] == [
        "update by ana: says what or whom it hurts, says when the next update comes, promises no time for the repair, "
        "accuses nobody",
        "update by ana: accuses nobody; but it does not say what or whom it hurts, does not say when the next update "
        "comes, promises a time for the repair",
    ]


def test_a_status_page_that_is_down_takes_no_update_but_other_channels_do(make_stage):
    stage = make_stage(lambda subject, metric, second: 0.0 if subject == "status_page" else 1.0)
    stage.say("declare")
    refused = "refused: the status page is down; tell support, or post elsewhere: status --by social MESSAGE"
    assert stage.say(f"status {GOOD}") == refused
    assert stage.say(f"status --by page {GOOD}") == refused
    assert stage.say(f"status --by social {GOOD}").startswith("posted for customers")
    posted = [event for event in stage.events if isinstance(event, StatusPosted)]
    assert [event.text() for event in posted] == [f"status by ana (social): {GOOD}"]


def test_a_template_is_filled_from_what_can_be_seen(make_stage, logins_fail_from):
    def bad_logins(subject, metric, second):
        return 0.3 if metric == "bad" and second > 30 else 0.0 if metric == "bad" else 1.0

    stage = make_stage(bad_logins)
    stage.run(20)
    stage.say("declare")
    assert "parts of our service" in stage.response.drafts()["first"]
    stage.run(60)
    stage.say("status --template first")
    posted = [event for event in stage.events if isinstance(event, StatusPosted)]
    assert posted[0].message == (
        "We are investigating: some customers have trouble with login. Next update in 8 minutes."
    )
    assert stage.response.incident().status_due_at == 540

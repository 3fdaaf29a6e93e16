"""What the composer shows, as plain rows."""

from __future__ import annotations

import pytest

from gameday.core.commands import parse_command
from gameday.core.signals import IncidentView
from gameday.core.units import MICRO
from gameday.tui.composing import CHANNELS, POST, Drafting, checklist, command_of, due, templates, title

WORDS = {"login": ["logging in"], "browse": []}
EVERY = 480 * MICRO


def rows(text: str, mode: str = "status") -> list[tuple[str, str]]:
    """(the word, the text) of each row of the checklist."""
    drafting = Drafting(mode, texts={mode: text})  # type: ignore[arg-type, dict-item]
    return [(row.at.strip(), row.text) for row in checklist(drafting, WORDS, EVERY).rows]


def test_an_empty_draft_has_nothing_to_check() -> None:
    assert rows("  \n ") == [("", "nothing is written yet")]


def test_a_good_update_is_ticked_off_and_says_what_was_understood() -> None:
    assert rows("Some customers cannot log in. Browsing works. Next update in 10 minutes.") == [
        ("yes", "says what or whom it hurts"),
        ("yes", "says when the next update comes"),
        ("yes", "promises no time for the repair"),
        ("", "it says: hurt: login; fine: browse; the next is due 10 minutes after it"),
    ]


def test_a_rule_that_is_broken_says_what_to_mend_and_whether_it_is_not_scored() -> None:
    assert rows("Due to human error it will be fixed in 10 minutes.")[:4] == [
        ("mend", "say what does not work, and for whom"),
        ("mend", 'say when the next one comes ("next update in 8 minutes")'),
        ("mend", "leave out when it will be mended"),
        ("mend", 'leave out whose doing it was: "human error" (not scored)'),
    ]


def test_the_last_update_need_not_name_a_next_one() -> None:
    assert rows("Everything is back to normal.") == [
        ("yes", "promises no time for the repair"),
        ("", "it says: it is over"),
    ]


def test_a_long_update_says_how_much_of_it_is_read() -> None:
    assert rows("x" * 601)[-1] == ("long", "only the first 600 characters are read")


def test_a_note_is_held_to_no_rule_but_one() -> None:
    assert rows("look at sessions-db", "note") == [("", "only the team reads this")]
    assert rows("bo is to blame", "note")[-1][0] == "mend"


@pytest.mark.parametrize("text", ["Logins fail.", '"quoted"', "--by all means", "two\nlines", "a  b"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_what_is_posted_is_the_command_of_the_draft_on_one_line(text: str, channel: str) -> None:
    command = parse_command(command_of(Drafting(channel=channel, texts={"status": text})))
    assert (command.verb, command.argument("message")) == ("status", " ".join(text.split()))
    assert command.argument("by") == (None if channel == "page" else channel)
    note = parse_command(command_of(Drafting("note", channel, {"note": text})))
    assert (note.verb, note.argument("message"), note.options) == ("note", " ".join(text.split()), ())


def test_templates_stand_by_number_below_the_row_that_posts() -> None:
    state = templates({"first": "We look.", "end": "Over."}, "status")
    assert [(row.at.strip(), row.key, row.text) for row in state.rows] == [
        ("F2", POST, "post the update"),
        ("1", "first", "first: We look."),
        ("2", "end", "end: Over."),
    ]
    assert [row.key for row in templates({"first": "We look."}, "note").rows] == [POST]


def test_the_title_says_where_it_goes() -> None:
    drafting = Drafting()
    titles = [title(drafting)]
    for _ in CHANNELS:
        drafting.next_channel()
        titles.append(title(drafting))
    drafting.turn()
    assert [*titles, title(drafting)] == [
        "Update for customers on the status page",
        "Update for customers on social media",
        "Update for customers by email",
        "Update for customers on the status page",
        "Note for the team",
    ]


@pytest.mark.parametrize(
    ("incident", "expected"),
    [
        (IncidentView(), "no incident is declared yet"),
        (IncidentView(declared_at=1, status_due_at=100), "update due in 00:40"),
        (IncidentView(declared_at=1, status_due_at=50), "update OVERDUE by 00:10"),
        (IncidentView(declared_at=1), "no update is owed"),
        (IncidentView(declared_at=1, status_due_at=100, resolved_at=50), "no update is owed"),
    ],
)
def test_the_next_update_is_counted_down(incident: IncidentView, expected: str) -> None:
    assert due(incident, 60 * MICRO)[0] == expected

"""What people have done, in conditions: `nobody has declared`."""

from __future__ import annotations

import pytest

from gameday.core.expressions import DEEDS, ConditionError, parse_condition


@pytest.mark.parametrize(("deed", "state"), DEEDS.items())
def test_a_deed_is_another_way_to_write_a_state(deed, state):
    name = ".".join(state)
    assert parse_condition(f"somebody has {deed}") == parse_condition(name)
    assert parse_condition(f"nobody has {deed}") == parse_condition(f"not {name}")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (
            "checkout.errors > 20% for 2m and nobody has declared",
            "checkout.errors > 20% for 2m and not incident.declared",
        ),
        ("nobody has told customers for 3m", "(not incident.status_posted) for 3m"),
        ("somebody has joined or not nobody has resolved", "people.joined or not not incident.resolved"),
        ("(nobody has joined and a.errors > 1%) for 10s", "(not people.joined and a.errors > 1%) for 10s"),
    ],
)
def test_it_is_shown_as_the_state_and_reads_back_the_same(text, canonical):
    condition = parse_condition(text)
    assert str(condition) == canonical
    assert parse_condition(canonical) == condition


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("nobody", 6, 'expected "has" after "nobody", found the end'),
        ("a.errors > 1% and somebody had declared", 27, 'expected "has" after "somebody", found "had"'),
        ("nobody has", 10, "expected what nobody has done, found the end"),
        ("nobody has declraed", 11, '"declraed" is nothing that nobody has done; there is declared, '),
        ("nobody has told", 11, '"told" is nothing that nobody has done'),
        ("nobody has told customers now", 26, 'found "now"'),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(text, offset, words):
    with pytest.raises(ConditionError) as caught:
        parse_condition(text)
    assert caught.value.offset == offset
    assert words in str(caught.value)


def test_a_subject_may_still_begin_like_a_deed():
    assert str(parse_condition("nobody.errors > 1%")) == "nobody.errors > 1%"

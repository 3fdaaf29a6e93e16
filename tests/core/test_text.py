from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameday.core.text import clean, clean_line, did_you_mean, mask, nearest

UNSAFE = ["\x1b", "\x07", "\x7f", "\x9b", "\u202e", "\u200b", "\u2028", "\ufeff", "\ud800", "\U000e0041", "\r"]


@pytest.mark.parametrize("character", UNSAFE)
def test_an_unsafe_character_becomes_a_visible_escape(character):
    assert clean(f"a{character}b").isascii()
    assert character not in clean(f"a{character}b")


def test_newlines_stay_and_tabs_become_spaces():
    assert clean("a\n\tb") == "a\n    b"
    assert clean_line("a\nb") == "a\\nb"


def test_ordinary_text_of_any_script_is_left_alone():
    assert clean("Überlastung: 過負荷 ✓") == "Überlastung: 過負荷 ✓"


def test_long_text_is_cut_with_an_ellipsis():
    assert clean("x" * 11, 10) == "x" * 9 + "…"


@given(st.text(alphabet=st.characters(), max_size=40))
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters(), max_size=40))
def test_a_masked_line_has_as_many_characters_and_nothing_unsafe(line):
    masked = mask(line)
    assert len(masked) == len(line)
    assert clean_line(masked) == masked


def test_a_near_name_is_offered_and_a_far_one_is_not():
    assert nearest("paymnts", ["orders", "payments"]) == "payments"
    assert did_you_mean("paymnts", ["orders", "payments"]) == '; did you mean "payments"?'
    assert did_you_mean("zzz", ["orders", "payments"]) == ""

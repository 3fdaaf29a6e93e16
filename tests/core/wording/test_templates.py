"""The built-in templates are good updates themselves."""

from __future__ import annotations

import pytest

from gameday.core.wording import RULES, read_update
from gameday.core.wording.templates import BUILT_IN, PLACEHOLDERS, fill, spoken

WORDS = {"login": ["logging in"], "browse": []}
MINUTE = 60_000_000


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("entries", [(), ("logging in",), ("logging in", "browse", "search")])
def test_every_built_in_template_meets_every_rule(name, entries):
    text = fill(BUILT_IN[name], entries=entries, severity="SEV-2", every=8 * MINUTE)
    reading = read_update(text, WORDS)
    assert [rule.name for rule in RULES if rule.applies(reading) and not rule.holds(reading)] == []
    assert reading.says_recovered is (name == "resolved")
    assert reading.next_update_in == (None if name == "resolved" else 8 * MINUTE)


def test_placeholders_are_filled_and_other_braces_stay():
    text = " ".join("{" + name + "}" for name in PLACEHOLDERS) + " {other} {}"
    assert fill(text, entries=("a", "b"), severity=None, every=90_000_000) == "A and b an incident 1m30s {other} {}"


def test_a_duration_is_said_in_words():
    assert [spoken(value * MINUTE) for value in (1, 8)] == ["1 minute", "8 minutes"]

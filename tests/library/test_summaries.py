"""What the home screen and the README say of a scenario: it must not give the cause away."""

from __future__ import annotations

import re

import pytest

from gameday.scenario.library import library_names
from gameday.scenario.load import load
from tests.cli.shell import ROOT

TELLING = re.compile(
    r"\b(deploy\w*|retr(y|ies|ying)|flags?|pools?|leaks?|capacity|slow\w*|storms?|roll\w* back)\b", re.I
)


def said_of(name: str) -> list[str]:
    """The summary, and the row of the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `{name}` \| (.*) \|$", readme, re.MULTILINE)
    assert row is not None
    return [load(name).scenario.summary, row[1]]


@pytest.mark.parametrize("name", library_names())
def test_what_is_said_of_a_scenario_names_nothing_that_can_be_at_fault(name):
    causes = [variant.cause for variant in load(name).scenario.variants.values()]
    words = {word for cause in causes for word in (cause.component, cause.mechanism, cause.sustaining) if word}
    for text in said_of(name):
        assert TELLING.search(text) is None, text
        assert not [word for word in words - {"none"} if re.search(rf"\b{re.escape(word)}\b", text)], text

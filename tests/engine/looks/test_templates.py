"""Every way to fail has words, in every kind of service."""

from __future__ import annotations

import string

import pytest

from gameday.core.kinds.services import PRESETS
from gameday.core.signals import CAUSES
from gameday.engine.looks import templates

FACTS = {
    "noun": "thread",
    "queue": 7,
    "what": "login segment=abroad",
    "waited": "500ms",
    "edge": "api>db",
    "caller": "api",
    "callee": "db",
    "attempt": "2",
    "why": "api>db failed (timeout)",
}
BY_CALLERS_ONLY = {"broken", "throttled", "pool", "dns"}
"""What never reaches a service leaves no line there."""


@pytest.mark.parametrize("kind", PRESETS)
def test_every_cause_has_words_of_its_own(kind):
    for cause in ("dropped", *CAUSES):
        if cause not in BY_CALLERS_ONLY:
            assert "{cause}" not in templates.own(kind, cause), cause
    for cause in CAUSES:
        if cause != "blocked":
            assert "{cause}" not in templates.call(kind, cause), cause


@pytest.mark.parametrize("kind", PRESETS)
def test_every_line_has_a_level_and_can_be_filled(kind):
    for words in (templates.own, templates.call):
        for cause in CAUSES:
            line = words(kind, cause).format(**FACTS, cause=cause)
            assert line[:6] in ("INFO  ", "WARN  ", "ERROR ", "FATAL ", "LOG   ")
            assert not set(line) & set("{}")


def test_a_cause_without_words_is_named():
    assert templates.own("http", "haunted").format(**FACTS, cause="haunted") == "WARN  haunted: login segment=abroad"
    assert "haunted" in templates.call("http", "haunted").format(**FACTS, cause="haunted")


def test_a_call_says_which_and_what_it_was_for():
    for kind in PRESETS:
        for cause in CAUSES:
            fields = {name for _, name, _, _ in string.Formatter().parse(templates.call(kind, cause)) if name}
            assert {"edge", "what"} <= fields


def test_a_database_a_cache_a_queue_and_a_gateway_sound_like_themselves():
    said = {kind: templates.own(kind, "refused").format(**FACTS) for kind in ("database", "cache", "queue", "gateway")}
    assert "too many clients already" in said["database"]
    assert "max number of clients" in said["cache"]
    assert "length limit" in said["queue"]
    assert "503" in said["gateway"]

"""Files that were made to do harm: a document or an InputError, in bounded time, and nothing else."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gameday.core.errors import InputError
from gameday.scenario.source import read_bytes, render_all

MEGABYTE = 1 << 20
SECONDS = 5.0


def outcome(data: bytes) -> str:
    """The code of the refusal, `read` where there was none; its words fit the screen either way."""
    started = time.process_time()
    try:
        document = read_bytes(data, "x.yaml")
    except InputError as error:
        code, problems = error.problems[0].code, error.problems
    else:
        code, problems = "read", document.problems
    assert time.process_time() - started < SECONDS
    shown = render_all(problems)
    assert len(shown.split("\n")) <= 40
    assert len(shown) < 10_000
    return code


def bomb(levels: int, width: int) -> str:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]" for level in range(1, levels)]
    return "\n".join(lines)


def nested_by_aliases(levels: int) -> str:
    lines = ["a0: &a0 " + "[" * 40 + "]" * 40]
    lines += [f"a{level}: &a{level} {'[' * 5}*a{level - 1}{']' * 5}" for level in range(1, levels)]
    return "\n".join(lines)


HOSTILE = {
    "100,000 opening brackets": ("[" * 100_000, "too-deep"),
    "a megabyte of opening brackets": ("[" * MEGABYTE, "too-deep"),
    "opening braces": ("{" * MEGABYTE, "complex-key"),
    "keys in braces": ("{a: " * 100_000, "too-deep"),
    "dashes": ("- " * 500_000, "too-deep"),
    "question marks": ("? " * 500_000, "complex-key"),
    "deep blocks": ("".join(" " * n + "a:\n" for n in range(1400)), "too-deep"),
    "an alias bomb": (bomb(10, 10), "alias-bomb"),
    "an alias bomb of text": ("a: &a " + "x" * 500_000 + "\nb: [" + "*a, " * 10_000 + "]", "alias-bomb"),
    "nesting by aliases": (nested_by_aliases(50), "too-deep"),
    "a merge bomb": ("a: &a {k: 1}\nb: &b {<<: [*a, *a]}\nc: {<<: [*b, *b]}", "merge-key"),
    "an unsafe tag": ("a: !!python/object/apply:os.system ['true']", "unsafe-tag"),
    "an unsafe tag on a key": ("!!python/name:os.system x: 1", "unsafe-tag"),
    "several documents": ("--- a\n" * 150_000, "several-documents"),
    "more than a megabyte": ("a" * (MEGABYTE + 1), "too-big"),
    "many values": ("[" + "a," * 500_000 + "]", "too-big"),
    "many keys": ("".join(f"k{n}: v\n" for n in range(45_000)), "read"),
    "the same key again and again": ("k: v\n" * 45_000, "read"),
    "many directives": ("".join(f"%TAG !a{n}! b\n" for n in range(60_000)) + "--- a", "directive"),
    "many anchors": ("\n".join(f"- &a{n} x" for n in range(80_000)), "read"),
    "one long text": ("a" * MEGABYTE, "read"),
    "one long quoted text": ('"' + "\\x1b" * 250_000 + '"', "read"),
    "a quote never closed": ('"' + "a\n" * 500_000, "syntax"),
    "newlines": ("\n" * MEGABYTE, "read"),
    "a 5,000-digit integer": ("a: " + "9" * 5000, "read"),
    "an impossible date": ("a: 2024-02-31", "read"),
    "tabs": ("a:\n\t\tb: 1", "syntax"),
    "an empty file": ("", "read"),
    "a list at the top": ("- 1", "read"),
    "a syntax error": ("a: [1, 2\nb: 3", "syntax"),
    "a NUL": ("a: \x00", "control"),
    "comments": ("#" * MEGABYTE, "read"),
    "colons": (":" * MEGABYTE, "syntax"),
    "exclamation marks": ("!" * MEGABYTE, "unsafe-tag"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_quickly_and_briefly(name):
    text, code = HOSTILE[name]
    assert outcome(text.encode()) == code


def test_latin1_bytes_are_refused():
    assert outcome("name: Café\n".encode("latin-1")) == "encoding"


def test_without_libyaml_the_same_is_refused(monkeypatch):
    monkeypatch.setattr("gameday.scenario.source.reading._LOADER", yaml.SafeLoader)
    for name in ("100,000 opening brackets", "an alias bomb", "an unsafe tag", "a merge bomb", "tabs", "dashes"):
        text, code = HOSTILE[name]
        assert outcome(text.encode()) == code


SEED = b"""\
gameday: 1
title: "A \\u00e9 storm" # comment
services: &s
  web: {replicas: 2, service_time: 20ms, tags: [a, 'b', "c"]}
  db:
    - |
      block
    - >-
      folded
copy: *s
rate: !!str 5
"""
PIECES = [
    *(bytes([byte]) for byte in b"[]{}:,-?&*!|>'\"%@`#\t\n\r \\~<=\x00\x1b\x7f\x85\xe9\xff"),
    *(
        b"<<: *s",
        b"&s ",
        b"*s",
        b"---\n",
        b"...\n",
        b"!!python/name:os.system ",
        b"? ",
        b"%YAML 1.2\n",
        b"\xef\xbb\xbf",
    ),
    *(
        "\u2028".encode(),
        b"\xed\xa0\x80",
        b"9" * 5000,
        b"[" * 60,
        b"{a: " * 60,
        b"\\x1b",
        b"\\U0010ffff",
        b": : ",
        b"- - ",
    ),
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(SEED)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data)))
        cut = draw(st.sampled_from([0, 0, 1, 2, 5, 30]))
        data[place : place + cut] = draw(st.sampled_from(PIECES) | st.binary(max_size=4) | st.just(b""))
    return bytes(data)


@given(mutated())
def test_a_mutated_file_is_read_or_refused(data):
    outcome(data)

"""What the checks say of injects."""

from __future__ import annotations

import pytest

from gameday.scenario.load import check_paths
from tests.scenario.small import SCENARIO, codes, write

FAULT = "kind: fault, fault: {kind: latency, at: 0s, service: store, factor: 3}"


def problems(tmp_path, inject, scenario=SCENARIO):
    text = scenario.replace("playbooks: [small]", f"injects:\n  - {{{inject}}}\nplaybooks: [small]")
    return check_paths([write(tmp_path, text)])[0]


def place(problem):
    return problem.excerpt[problem.column - 1 :]


@pytest.mark.parametrize(
    "inject",
    [
        "at: 1m, kind: deploy, service: store, version: '2'",
        "at: 1m, kind: message, from: a customer, text: hello",
        "at: 1m, kind: false-alert, alert: orders-fail",
        "at: 1m, every: 30s, when: orders.errors > 5%, kind: tickets, count: 4",
        "when: orders.errors > 20% for 2m and nobody has declared, kind: executive, swoop: information",
        "when: nobody has told customers for 2m, kind: journalist",
        "at: 1m, kind: executive, swoop: override, command: restart store, to: ana, answer_within: 1m",
        f"at: 1m, {FAULT}",
    ],
)
def test_every_kind_with_what_it_needs_is_fine(tmp_path, inject):
    assert problems(tmp_path, inject) == []


@pytest.mark.parametrize(
    ("inject", "key"),
    [
        ("at: 1m, kind: deploy, service: store", "version"),
        ("at: 1m, kind: message, text: hello", "from"),
        ("at: 1m, kind: fault", "fault"),
        ("at: 1m, kind: false-alert", "alert"),
        ("at: 1m, kind: tickets", "count"),
        ("at: 1m, kind: executive", "swoop"),
        ("at: 1m, kind: executive, swoop: override", "command"),
        ("at: 1m, kind: vendor", "service"),
    ],
)
def test_what_a_kind_needs_is_named(tmp_path, inject, key):
    (problem,) = problems(tmp_path, inject)
    assert problem.code == "missing-key"
    assert f'"{key}"' in problem.message


def test_a_key_of_another_kind_is_worth_a_word(tmp_path):
    (problem,) = problems(tmp_path, "at: 1m, kind: journalist, count: 4")
    assert (problem.code, problem.severity) == ("unused-block", "warning")


HELLO = "at: 1m, kind: message, from: a customer, text: hello"


def test_other_words_for_later_times_are_fine_with_every(tmp_path):
    assert problems(tmp_path, f"{HELLO}, every: 1m, again: [still there?, hello]") == []


@pytest.mark.parametrize(
    ("inject", "said", "at"),
    [
        (f"{HELLO}, again: [still there?]", 'needs the key "every"', "again: [still"),
        ("at: 1m, kind: tickets, count: 3, every: 1m, again: [more]", 'needs the key "text"', "again: [more"),
        (f"{HELLO}, every: 1m, again: [more, ' ']", "these words are empty", "' ']"),
    ],
)
def test_other_words_that_are_never_said_are_shown_in_their_place(tmp_path, inject, said, at):
    (problem,) = problems(tmp_path, inject)
    assert problem.severity == "error" and said in problem.message
    assert place(problem).startswith(at)


def test_an_empty_list_of_other_words_is_refused(tmp_path):
    (problem,) = problems(tmp_path, f"{HELLO}, every: 1m, again: []")
    assert problem.severity == "error" and "again" in problem.message


def test_words_that_a_kind_never_says_are_worth_a_word(tmp_path):
    (problem,) = problems(tmp_path, "at: 1m, every: 1m, kind: false-alert, alert: orders-fail, again: [more]")
    assert (problem.code, problem.severity) == ("unused-block", "warning")


@pytest.mark.parametrize(
    ("inject", "code", "at"),
    [
        ("at: 1m, kind: deploy, service: stor, version: '2'", "unknown-service", "stor"),
        ("at: 1m, kind: false-alert, alert: orders", "unknown-alert", "orders}"),
        ("at: 1m, kind: executive, swoop: override, command: restart store, to: bo", "unknown-person", "bo}"),
        ("at: 1m, kind: executive, swoop: override, command: restart stor", "unknown-service", "stor}"),
        ("at: 1m, kind: vendor, service: store", "no-third-party", "store}"),
        ("at: 1m, kind: fault, fault: {kind: crash, at: 0s, service: stor}", "unknown-service", "stor}"),
        (
            "at: 1m, kind: fault, fault: {kind: cache-flush, at: 0s, edge: shop>store}",
            "nothing-to-break",
            "cache-flush",
        ),
        ("when: orders.erors > 5%, kind: journalist", "unknown-metric", "orders.erors"),
        ("when: shop.bad > 5%, kind: journalist", "unknown-metric", "shop.bad"),
        ("when: nobody has declraed, kind: journalist", "bad-condition", "declraed"),
        ("at: 1m, kind: executive, swoop: override, command: declare SEV-1", "bad-command", "declare"),
        ("at: 1m, kind: executive, swoop: override, command: breakglass restart store", "bad-command", "breakglass"),
        ("at: 10m, kind: journalist", "beyond-the-end", "10m"),
        ("at: 4m, kind: fault, fault: {kind: crash, at: 2m, service: store}", "beyond-the-end", "2m"),
    ],
)
def test_what_there_is_not_is_said_at_its_place(tmp_path, inject, code, at):
    (problem,) = problems(tmp_path, inject)
    assert problem.code == code, problem.message
    assert place(problem).startswith(at)


def test_two_injects_do_not_share_a_name(tmp_path):
    one = "at: 1m, name: call, kind: journalist"
    assert codes(problems(tmp_path, f"{one}}}\n  - {{{one}")) == ["duplicate-name"]

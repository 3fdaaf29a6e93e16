from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gameday.core.quantities import Duration, Name, Rate, Ratio, Text
from gameday.scenario.source import read_text, validation_problems


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Crash(Model):
    kind: Literal["crash"]
    at: Duration
    target: Name


class Latency(Model):
    kind: Literal["latency"]
    at: Duration


class Constant(Model):
    rate: Rate


class Ramp(Model):
    start: Annotated[Rate, Field(alias="from")]
    to: Rate
    over: Duration

    @model_validator(mode="after")
    def _rises(self) -> Ramp:
        if self.to < self.start:
            raise ValueError("a ramp rises")
        return self


class Service(Model):
    replicas: Annotated[int, Field(ge=1, le=100)] = 1
    health: bool = True
    share: Ratio = 1.0
    overflow: Literal["refuse", "drop"] = "refuse"
    shape: Constant | Ramp | None = None
    hold: Duration | Literal["never"] = 0
    title: Text = ""
    tags: tuple[Name, ...] = ()
    child: Service | None = None

    @model_validator(mode="after")
    def _has_luck(self) -> Service:
        if self.replicas == 13:
            raise ValueError("13 replicas bring bad luck")
        return self


class System(Model):
    title: Text
    services: dict[Name, Service] = Field(default_factory=dict)
    faults: Annotated[tuple[Annotated[Crash | Latency, Field(discriminator="kind")], ...], Field(min_length=1)] = ()


def problems(text: str):
    document = read_text(text, "x.yaml")
    with pytest.raises(ValidationError) as caught:
        System.model_validate(document.value)
    return validation_problems(document, caught.value, System)


def one(text: str) -> tuple[int, int, int, str, str]:
    (problem,) = problems(text)
    return problem.line, problem.column, problem.width, problem.code, problem.message


def service(line: str) -> tuple[int, int, int, str, str]:
    return one(f"title: x\nservices:\n  web:\n    {line}\n")


def test_an_unknown_key_is_shown_at_the_key_with_the_name_that_was_meant():
    assert service("replicsa: 3") == (4, 5, 8, "unknown-key", 'unknown key "replicsa"; did you mean "replicas"?')


def test_an_unknown_key_like_no_other_lists_what_is_known():
    message = 'unknown key "zzz"; known here: title, services, faults'
    assert one("title: x\nzzz: 1\n") == (2, 1, 3, "unknown-key", message)


def test_a_mistyped_required_key_is_one_problem_and_not_two():
    assert one("tilte: x\n")[3:] == ("unknown-key", 'unknown key "tilte"; did you mean "title"?')


def test_a_missing_key_is_shown_at_its_parents_key():
    message = 'item 1 of "faults" lacks the key "target"'
    assert one("title: x\nfaults:\n  - kind: crash\n    at: 5s\n") == (3, 5, 4, "missing-key", message)


@pytest.mark.parametrize(
    ("line", "column", "width", "code", "message"),
    [
        ("replicas: three", 15, 5, "wrong-type", '"replicas" must be a whole number, found "three"'),
        ("replicas: 2.5", 15, 3, "wrong-type", '"replicas" must be a whole number, found the number 2.5'),
        ("replicas: 0", 15, 1, "bad-value", '"replicas" must be at least 1, found the number 0'),
        ("replicas:", 5, 8, "wrong-type", '"replicas" must be a whole number, found nothing'),
        ("replicas: [1]", 15, 3, "wrong-type", '"replicas" must be a whole number, found a list'),
        ("health: maybe", 13, 5, "wrong-type", '"health" must be true or false, found "maybe"'),
        ("share: 150%", 12, 4, "bad-value", '"150%" is above 100%'),
        (
            "overflow: drip",
            15,
            4,
            "bad-choice",
            '"overflow" must be one of refuse, drop, found "drip"; did you mean "drop"?',
        ),
        ("title: 404", 12, 3, "wrong-type", "expected text, found 404; put it in quotes"),
        (
            "tags: [ok, Not Ok]",
            16,
            6,
            "bad-name",
            '"Not Ok": a name is made of a-z, 0-9 and -, and begins with a letter',
        ),
        ("hold: 30", 11, 2, "missing-unit", '"30" has no unit; write 30s or 30ms, or never'),
        ("shape: {rate: 5}", 19, 1, "missing-unit", '"5" has no unit; write 5/s'),
        ("replicas: 13", 3, 3, "bad-value", "13 replicas bring bad luck"),
        ("tags: x", 11, 1, "wrong-type", '"tags" must be a list (lines that begin with "- "), found "x"'),
    ],
)
def test_a_bad_value_is_shown_at_the_value_in_plain_words(line, column, width, code, message):
    expected_line = 3 if column == 3 else 4
    assert service(line) == (expected_line, column, width, code, message)


def test_of_a_union_only_the_branch_that_was_meant_speaks():
    shape = "shape: {from: 5/s, to: 10/s, ovr: 5s}"
    assert service(shape) == (4, 34, 3, "unknown-key", 'unknown key "ovr"; did you mean "over"?')
    assert service("shape: {from: 5/s, to: 1/s, over: 5s}")[3:] == ("bad-value", "a ramp rises")


def test_a_tag_that_selects_a_model_is_checked_by_name():
    text = "title: x\nfaults:\n  - kind: latncy\n"
    message = '"kind" must be one of crash, latency, found "latncy"; did you mean "latency"?'
    assert one(text) == (3, 11, 6, "bad-choice", message)
    lacks = 'item 1 of "faults" lacks the key "kind"; it must be one of crash, latency'
    assert one("title: x\nfaults: [{at: 3s}]\n")[3:] == ("missing-key", lacks)
    mistyped = 'unknown key "kidn"; did you mean "kind"?; known here: kind'
    assert one("title: x\nfaults:\n  - kidn: crash\n")[4].startswith(mistyped.split(";")[0])


def test_a_bad_name_of_a_mapping_is_shown_at_the_key():
    assert one("title: x\nservices:\n  Web_1: {}\n")[:4] == (3, 3, 5, "bad-name")


def test_models_within_themselves_are_followed_down():
    text = "title: x\nservices:\n  web:\n    child:\n      child:\n        replcas: 1\n"
    assert one(text) == (6, 9, 7, "unknown-key", 'unknown key "replcas"; did you mean "replicas"?')


def test_a_key_named_like_a_branch_does_not_mislead():
    text = "title: x\nfaults:\n  - kind: crash\n    at: 5s\n    target: web\n    crash: {target: y}\n"
    assert one(text)[:4] == (6, 5, 5, "unknown-key")


@pytest.mark.parametrize(("text", "found"), [("", "nothing"), ("[1]", "a list"), ("hello", '"hello"')])
def test_a_file_that_is_no_mapping_says_what_it_is(text, found):
    (problem,) = problems(text)
    assert (problem.line, problem.code) == (1, "wrong-type")
    assert f"the file must be keys and values, found {found}" in problem.message


def test_all_problems_come_at_once_in_the_order_of_the_file():
    text = "tilte: x\nservices:\n  web: {replicas: x, share: 2}\n  db: 5\nfaults: [{kind: crash, at: 5}]\n"
    assert [problem.line for problem in problems(text)] == [1, 3, 3, 4, 5, 5]


def test_huge_input_makes_short_messages():
    text = f"title: x\n{'k' * 1000}: 1\nservices: {{web: {{replicas: {'9' * 5000}, overflow: {'x' * 5000}}}}}\n"
    assert all(len(problem.message) < 300 for problem in problems(text))
    assert any("18 digits at most" in problem.message for problem in problems(text))


def test_the_problems_of_a_hopeless_file_are_counted_and_not_all_worded():
    text = "title: x\n" + "".join(f"k{n}: 1\n" for n in range(5000))
    found = problems(text)
    assert len(found) == 1001
    assert found[-1].code == "too-many-problems"

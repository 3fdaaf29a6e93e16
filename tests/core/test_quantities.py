from __future__ import annotations

import json
import re

import jsonschema
import pytest
from pydantic import BaseModel, ValidationError

from gameday.core.quantities import Duration, Line, Name, Rate, Ratio, Text
from gameday.core.units import duration_of


class All(BaseModel):
    duration: Duration = 0
    rate: Rate = 0.0
    ratio: Ratio = 0.0
    name: Name = "a"
    line: Line = ""
    text: Text = ""


GOOD = {
    "duration": ["250ms", "1h30m", "0s", 0],
    "rate": ["800/s", "100rps", "6000/min", "0.001/h"],
    "ratio": ["99.9%", 0.25, 0, 1, 0.00001],
    "name": ["a", "sessions-db", "a" * 40],
    "line": ["one line"],
    "text": ["two\nlines", ""],
}
BAD = {
    "duration": [30, 1.5, "30", "5 minutes", True, None, [], "9" * 5000],
    "rate": [5, "5", "x/s", None],
    "ratio": [1.5, -0.1, "150%", "half", True, {}],
    "name": ["", "Web", "1a", "a_b", "a" * 41, "a\n", 5],
    "line": ["two\nlines", "x" * 201, 5],
    "text": ["x" * 20_001, 5, None, False],
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in GOOD.items() for value in values])
def test_what_is_read_is_dumped_as_text_that_reads_back_as_the_same(key, value):
    once = All.model_validate({key: value})
    dumped = once.model_dump(mode="json")
    assert All.model_validate(dumped) == once
    assert All.model_validate_json(once.model_dump_json()).model_dump_json() == once.model_dump_json()


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in BAD.items() for value in values])
def test_what_is_not_a_quantity_is_refused_in_a_short_sentence(key, value):
    with pytest.raises(ValidationError) as caught:
        All.model_validate({key: value})
    (error,) = caught.value.errors()
    assert len(error["msg"]) < 160
    assert re.fullmatch("[a-z]+-[a-z]+", error["type"])


def test_a_number_without_its_unit_has_a_code_of_its_own():
    with pytest.raises(ValidationError) as caught:
        All.model_validate({"duration": 30, "rate": "800"})
    assert [error["type"] for error in caught.value.errors()] == ["missing-unit", "missing-unit"]


def test_inside_they_are_numbers():
    value = All.model_validate({"duration": "1.5s", "rate": "6000/min", "ratio": "25%"})
    assert (value.duration, value.rate, value.ratio) == (1_500_000, 100.0, 0.25)
    assert json.loads(value.model_dump_json())["rate"] == "100/s"


def test_the_json_schema_takes_what_the_models_take():
    schema = All.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for key, values in GOOD.items():
        for value in values:
            jsonschema.validate({key: value}, schema)


def test_the_json_schema_refuses_what_an_editor_should_underline():
    schema = All.model_json_schema()
    for document in ({"duration": 30}, {"duration": "5 minutes"}, {"rate": "5"}, {"ratio": 1.5}, {"name": "Web"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document, schema)


def test_unsafe_characters_in_texts_become_visible():
    assert All.model_validate({"text": "\x1b]52;c;x\x07"}).text == "\\x1b]52;c;x\\x07"


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("1w", "168h"),
        ("1.5 weeks", "252h"),
        ("5 minutes", "5m"),
        ("90 sec", "90s"),
        ("2hrs", "2h"),
        ("5M", "5m"),
        ("3min", "3m"),
        ("12 msec", "12ms"),
    ],
)
def test_a_duration_in_another_spelling_is_answered_with_ours(written, better):
    with pytest.raises(ValueError, match=f"write {better}$"):
        duration_of(written)


@pytest.mark.parametrize("document", [{"duration": "-60s"}, {"duration": -5}, {"rate": "-5/s"}, {"ratio": "-5%"}])
def test_a_quantity_below_zero_is_said_to_be_below_zero(document):
    with pytest.raises(ValidationError, match="must not be negative"):
        All.model_validate(document)


@pytest.mark.parametrize("written", ["3 months", "999999w", "1w2d", "x", ""])
def test_what_no_other_spelling_explains_is_answered_with_examples_or_its_limit(written):
    with pytest.raises(ValueError, match="for example 250ms|longer than a year"):
        duration_of(written)

from __future__ import annotations

import pytest
from pydantic import ValidationError

from gameday.core.kinds.effects import PARAMETERS, Effect


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"service": "db"}, "changes exactly one parameter, this one changes 0"),
        ({"service": "db", "errors": "5%", "shed": "5%"}, "this one changes 2"),
        ({"errors": "5%"}, "names exactly one target"),
        ({"service": "db", "edge": "a>b", "errors": "5%"}, "names exactly one target"),
        ({"service": "db", "timeout": "5s"}, "timeout is a parameter of an edge, not of a service"),
        ({"edge": "a>b", "timeout": "0s"}, "a timeout of zero"),
        ({"service": "db", "workers": 3, "segment": "x"}, "cannot be limited to an entry or a segment"),
        ({"on": "read", "traffic": 0.5}, "greater than or equal to 1"),
    ],
)
def test_an_effect_that_makes_no_sense_is_refused(data, message):
    with pytest.raises(ValidationError, match=message):
        Effect.model_validate(data)


def test_every_parameter_is_a_field_of_the_effect():
    assert set(PARAMETERS) < set(Effect.model_fields)


def test_an_effect_knows_its_target_and_value():
    effect = Effect.model_validate({"edge": "a>b", "timeout": "250ms"})
    assert (effect.target_kind, effect.target, effect.parameter, effect.value) == ("edge", "a>b", "timeout", 250_000.0)

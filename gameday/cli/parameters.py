"""Types of options that several verbs share."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import click

from gameday.core.text import clean_line, did_you_mean


class DurationType(click.ParamType[int]):
    """A duration such as 90s, as microseconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        from gameday.core.units import duration_of

        if isinstance(value, int):
            return value
        try:
            return duration_of(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


DURATION = DurationType()


class SeedType(click.IntRange):
    """A seed, as an integer from 0 to 2^63 - 1."""

    name = "seed"

    def __init__(self) -> None:
        super().__init__(0, 2**63 - 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        try:
            number = int(value)
        except ValueError:
            self.fail(f'"{clean_line(str(value), 60)}" is not a whole number', param, ctx)
        return int(super().convert(number, param, ctx))


SEED = SeedType()
"""A seed: the same one gives the same session."""

NEW_SEEDS = 1_000_000
"""Seeds that are made up are below this, so that they can be told to others."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def new_seed() -> int:
    """A seed for a session that nobody has seen; the only chance that is not keyed."""
    return secrets.randbelow(NEW_SEEDS)


def or_else(name: str, known: Sequence[str]) -> str:
    """What to write instead of a name that there is not: `; did you mean "cpu"?`, or all that there is."""
    return did_you_mean(name, list(known)) or f"; there is {', '.join(known) or 'none'}"


def usage_error(message: str) -> click.UsageError:
    """An error in how the verb was used."""
    return click.UsageError(clean_line(message, 500))

"""`gameday --version`: which gameday this is, and whether its kernel runs compiled or interpreted."""

from __future__ import annotations

from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec

import click

from gameday import __version__

KERNEL = "gameday.engine.traffic.kernel"


def version_line() -> str:
    """`gameday 0.2.0 (compiled kernel)`, from what an import of the kernel would find; nothing is imported."""
    found = find_spec(KERNEL)
    origin = found.origin if found is not None else None
    compiled = origin is not None and origin.endswith(tuple(EXTENSION_SUFFIXES))
    return f"gameday {__version__} ({'compiled' if compiled else 'interpreted'} kernel)"


def print_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    """A click callback."""
    del param
    if wanted:
        click.echo(version_line())
        ctx.exit()

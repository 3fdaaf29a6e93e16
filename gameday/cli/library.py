"""`gameday library`: what is built in."""

from __future__ import annotations

import click

from gameday.cli.output import say, say_json
from gameday.cli.parameters import json_option


@click.command("library")
@json_option
def command(as_json: bool) -> None:
    """List the scenarios that come with gameday."""
    from gameday.core.units import format_duration
    from gameday.scenario.listing import listings

    found = listings()
    if as_json:
        say_json({"scenarios": [listing.to_json() for listing in found]})
        return
    width = max((len(listing.name) for listing in found), default=0)
    for listing in found:
        about = f"{listing.difficulty}, {format_duration(listing.duration)}"
        say(f"{listing.name:<{width}}  {listing.title} ({about})")
        say(f"{'':<{width}}  {listing.summary.strip()}")

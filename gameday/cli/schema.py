"""`gameday schema`: the JSON Schema of files, for editors."""

from __future__ import annotations

import click

from gameday.cli.output import say
from gameday.cli.parameters import json_option


@click.command("schema")
@click.argument("kind", type=click.Choice(["scenario", "playbook", "oncall"]))
@json_option
def command(kind: str, as_json: bool) -> None:
    """Print the JSON Schema of a kind of file.

    An editor with YAML support completes by it: write it to a file and name that in the first line of yours,
    "# yaml-language-server: $schema=scenario.json".
    """
    del as_json  # a schema is JSON in any case
    from gameday.scenario.schema import schema_text

    say(schema_text(kind).rstrip("\n"))

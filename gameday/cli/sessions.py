"""`gameday sessions`: what was recorded here, newest first. Which variant it was is not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gameday.cli.output import say, say_json, tell
from gameday.cli.parameters import json_option
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock

if TYPE_CHECKING:
    from gameday.session.glance import Glance


@click.command("sessions")
@json_option
def command(as_json: bool) -> None:
    """List the sessions that were recorded here, newest first.

    A name, or a part of it that no other has, is what gameday replay takes: with --debrief it says the score.
    """
    from gameday.session.glance import glance
    from gameday.session.places import recorded, sessions

    paths = recorded()
    found = [one for path in paths if (one := glance(path)) is not None]
    if as_json:
        say_json({"sessions": [_plain(one) for one in found]})
    for line in () if as_json else map(_line, found):
        say(line)
    if len(found) < len(paths):
        tell(f"note: {len(paths) - len(found)} of the files here cannot be read as a recording of this version")
    if not paths:
        tell(f"no session is recorded in {clean_line(str(sessions()))}")


def _plain(one: Glance) -> dict[str, object]:
    header = one.header
    return {
        "name": one.name,
        "path": str(one.path),
        "scenario": header.scenario,
        "started": header.started,
        "players": list(header.players),
        "responder": header.responder,
        "hat": header.hat or None,
        "modifiers": list(header.modifiers),
        "state": one.state,
        "length": one.reached / MICRO,
    }


def _line(one: Glance) -> str:
    header = one.header
    dress = [f"hat {header.hat}"] if header.hat else []
    who = ", ".join([*(header.players or ("nobody",)), *dress, *header.modifiers])
    return clean_line(f"{one.name:<44}  {format_clock(one.reached):>8} {one.state:<9}  {who}", 300)

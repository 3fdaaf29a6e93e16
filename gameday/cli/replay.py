"""`gameday replay`: a recorded session as people saw it, or simulated again and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gameday.cli.exits import FINE, NOT_FINE
from gameday.cli.output import say, say_json, tell
from gameday.cli.parameters import json_option
from gameday.core.units import format_clock

if TYPE_CHECKING:
    from gameday.session.journal import Journal
    from gameday.session.playback import PlayedCommand
    from gameday.session.records import SeenEvent


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline. `at` in microseconds; a command has an author and a result, an event has not."""

    at: int
    kind: str
    text: str
    author: str = ""
    accepted: bool = True
    result: str = ""
    lines: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        plain: dict[str, object] = {"at": self.at / 1_000_000, "kind": self.kind, "text": self.text}
        if self.kind == "command":
            plain |= {"author": self.author, "accepted": self.accepted, "result": self.result}
        if self.lines:
            plain["lines"] = list(self.lines)
        return plain

    def to_lines(self) -> Iterator[str]:
        clock = format_clock(self.at)
        if self.kind == "command":
            mark = "" if self.accepted else "refused: "
            yield f"{clock:>8}  {self.author}> {self.text}"
            if self.result:
                yield f"{'':>8}    {mark}{self.result}"
        else:
            yield f"{clock:>8}  {self.text}"
        yield from (f"{'':>8}    {line}" for line in self.lines)


@click.command("replay")
@click.argument("journal", type=click.Path(path_type=Path))
@click.option("--verify", "verifying", is_flag=True, help="Simulate it again and compare every second.")
@json_option
def command(journal: Path, verifying: bool, as_json: bool) -> int:
    """Print a recorded session as people saw it, or verify it.

    With --verify the session is simulated again from its inputs; exit code 1 where a second is not what was recorded,
    or where versions differ so that nothing can be said.
    """
    from gameday.core.errors import JournalDamaged
    from gameday.session.files import read_ordinary
    from gameday.session.journal import read_journal, sound_prefix

    try:
        recording = read_journal(journal)
    except JournalDamaged as damage:
        if not verifying and damage.lines:
            _show(sound_prefix(read_ordinary(journal)), as_json)
        raise
    if recording.soundness == "torn":
        tell(f"note: the last line was torn ({len(recording.torn)} bytes) and is left out")
    if verifying:
        return _verify(recording, as_json)
    _show(recording, as_json)
    return FINE


def _verify(recording: Journal, as_json: bool) -> int:
    from gameday.session.replay import verify

    found = verify(recording)
    if as_json:
        difference = found.difference
        say_json(
            {
                "outcome": found.outcome,
                "seconds": found.seconds,
                "difference": None if difference is None else {"second": difference.second, "where": difference.where},
                "foreign": list(found.foreign),
                "soundness": recording.soundness,
                "digest": recording.end.digest if recording.end is not None else None,
            }
        )
    else:
        say(str(found))
    return FINE if found.outcome == "equal" else NOT_FINE


def _show(recording: Journal, as_json: bool) -> None:
    header, end = recording.header, recording.end
    moments = list(timeline(recording))
    if as_json:
        say_json(
            {
                "scenario": header.scenario,
                "variant": header.variant,
                "seed": header.seed,
                "responder": header.responder,
                "hat": header.hat or None,
                "modifiers": list(header.modifiers),
                "started": header.started,
                "soundness": recording.soundness,
                "length": recording.reached / 1_000_000,
                "digest": end.digest if end is not None else None,
                "timeline": [moment.to_json() for moment in moments],
            }
        )
        return
    dress = [f"hat {header.hat}"] if header.hat else []
    how_played = ", ".join([*dress, *header.modifiers, f"played by {header.responder}"])
    say(f"{header.scenario}, seed {header.seed}, {how_played}, {header.started}")
    for moment in moments:
        for line in moment.to_lines():
            say(line)
    how = (
        "ended"
        if end is not None
        else "sound up to here"
        if recording.soundness == "damaged"
        else "recorded up to here"
    )
    say(f"{format_clock(recording.reached):>8}  {how}")


def timeline(recording: Journal) -> Iterator[Moment]:
    """Commands and visible events in the order of their time, from what was recorded alone."""
    from gameday.session.playback import playback

    for frame in playback(recording):
        moments = [_event(event) for event in frame.events]
        moments += [_command(command) for command in frame.commands]
        yield from sorted(moments, key=lambda moment: (moment.at, moment.kind != "command"))
    if recording.end is not None:
        yield from map(_event, recording.end.seen)


def _event(event: SeenEvent) -> Moment:
    return Moment(event.at, event.kind, event.text, lines=event.lines)


def _command(command: PlayedCommand) -> Moment:
    return Moment(command.at, "command", command.text, command.author, command.accepted, command.result)

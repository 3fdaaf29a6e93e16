"""`gameday replay`: a recorded session as people saw it, simulated again and compared, or debriefed."""

from __future__ import annotations

import shlex
import shutil
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gameday.cli.exits import FINE, NOT_FINE
from gameday.cli.output import is_terminal, say, say_json, tell
from gameday.cli.parameters import json_option
from gameday.cli.recordings import find_recording
from gameday.core.units import format_clock

if TYPE_CHECKING:
    from gameday.session.journal import Journal
    from gameday.session.playback import PlayedCommand
    from gameday.session.records import SeenEvent

_CLOCK = 10
"""Columns of a line's clock."""

_NARROWEST = 24
"""In fewer columns a terminal may wrap by itself."""


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
@click.argument("journal", type=click.Path(path_type=Path), required=False)
@click.option("--verify", "verifying", is_flag=True, help="Simulate it again and compare every second.")
@click.option("--debrief", "debriefing", is_flag=True, help="Simulate it again, compare, and print its score card.")
@click.option("--markdown", "as_document", is_flag=True, help="With --debrief: all of it, with checks and timeline.")
@click.option("--commands", "as_script", is_flag=True, help="Print its commands, as run --responder FILE takes them.")
@json_option
def command(
    journal: Path | None, verifying: bool, debriefing: bool, as_document: bool, as_script: bool, as_json: bool
) -> int:
    """Print a recorded session as people saw it, verify it, or debrief it.

    JOURNAL is a file, or the name of a recorded session or a part of it (gameday sessions lists them). With --verify
    the session is simulated again from its inputs; exit code 1 where a second is not what was recorded, or where
    versions differ so that nothing can be said. With --debrief it is simulated and compared in the same way, and
    scored: score, cause, learning objectives, and par where there is a proof; exit code 1 where it cannot be, as it has
    not ended or comes out differently.
    """
    from gameday.core.errors import JournalDamaged
    from gameday.session.files import read_ordinary
    from gameday.session.journal import read_journal, sound_prefix

    if as_document and (as_json or not debriefing):
        raise click.UsageError("--markdown goes with --debrief, and not with --json")
    if as_script and (as_json or verifying or debriefing):
        raise click.UsageError("--commands goes with no other option")
    path = find_recording(journal)
    try:
        recording = read_journal(path)
    except JournalDamaged as damage:
        if not (verifying or debriefing or as_script) and damage.lines:
            _show(sound_prefix(read_ordinary(path)), path, as_json)
        raise
    if recording.soundness == "torn":
        tell(f"note: the last line was torn ({len(recording.torn)} bytes) and is left out")
    if debriefing:
        return _debrief(recording, path, as_json, as_document)
    if verifying:
        return _verify(recording, as_json)
    if as_script:
        from gameday.session.transcript import script_of

        say("\n".join(script_of(recording)))
    else:
        _show(recording, path, as_json)
    return FINE


def _debrief(recording: Journal, path: Path, as_json: bool, as_document: bool) -> int:
    """Scores a session that has ended and comes out again as it was recorded; else says why it cannot."""
    from gameday.cli.score_card import score_card
    from gameday.core.text import clean_line
    from gameday.scoring.finding import find_proof
    from gameday.scoring.outcome import outcome_of
    from gameday.session.replay import Rerun, Verification, foreign_versions

    header = recording.header
    if recording.end is None:
        tell(f"this session has not ended: it is recorded up to {format_clock(recording.reached)}, and has no debrief")
        tell(f"go on with: {_go_on(path)}")
        return NOT_FINE
    rerun = Rerun(recording)
    difference = rerun.run()
    verified = clean_line(str(Verification(rerun.seconds, difference, foreign_versions(header))), 400)
    if difference is not None:
        tell(f"this version does not give the recorded session, so it cannot be scored: {verified}")
        return NOT_FINE
    tell(f"verified: {verified}")
    record = rerun.session.finish(recording.end.aborted)
    found = find_proof(record.exercise, header.source, horizon=header.horizon)
    if found.note:
        tell(f"note: {found.note}")
    outcome = outcome_of(record, found.proof)
    if as_json:
        say_json(outcome.to_json())
    elif as_document:
        from gameday.tui.debrief_document import markdown
        from gameday.tui.debriefing import Debrief

        say(markdown(Debrief(record, outcome, found.proof, path)).rstrip("\n"))
    else:
        say(score_card(outcome, record.exercise, found.proof))
    return FINE


def _go_on(path: Path) -> str:
    return f"gameday play --resume {shlex.quote(str(path))}"


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


def _show(recording: Journal, path: Path, as_json: bool) -> None:
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
    width = _width()
    say(f"{header.scenario}, seed {header.seed}, {how_played}, {header.started}")
    for moment in moments:
        for line in moment.to_lines():
            for part in _wrapped(line, width):
                say(part)
    how = (
        "ended"
        if end is not None
        else "sound up to here"
        if recording.soundness == "damaged"
        else "recorded up to here"
    )
    say(f"{format_clock(recording.reached):>8}  {how}")
    if end is None and recording.soundness != "damaged":
        say(f"{'':>8}  go on with: {_go_on(path)}")


def _width() -> int:
    """Columns of the terminal; 0 where nobody sits at one, so that a line stays one line."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else 0


def _wrapped(line: str, width: int) -> list[str]:
    """The line at words, in what a terminal is wide; what follows stands below its text."""
    if width < _NARROWEST or len(line) <= width:
        return [line]
    indent = " " * (len(line) - len(line.lstrip())) if line.startswith(" " * _CLOCK) else " " * _CLOCK
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)


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

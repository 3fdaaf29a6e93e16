"""What the composer shows while somebody writes: the rules as a checklist, when the next update is due, templates.

Pure: texts and snapshots in, rows out. What a text says is read by the rules of `gameday.core.wording`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gameday.core.commands import Command
from gameday.core.signals import IncidentView
from gameday.core.units import MICRO, format_clock
from gameday.core.wording import RULES, Rule, UpdateReading, Words, read_update
from gameday.core.wording.cadence import ends, interval
from gameday.core.wording.clauses import READ
from gameday.core.wording.templates import spoken
from gameday.tui.drawing.rows import Row, RowsState

Mode = Literal["status", "note"]
CHANNELS = {"page": "on the status page", "social": "on social media", "email": "by email"}
"""Where an update can be posted -> how that is said."""

TITLES: Mapping[Mode, str] = {"status": "Update for customers", "note": "Note for the team"}
POST = "post"
"""The key of the row that posts."""


@dataclass
class Drafting:
    """What is being written, kept while the composer is away."""

    mode: Mode = "status"
    channel: str = "page"
    texts: dict[Mode, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.texts.get(self.mode, "")

    def turn(self) -> None:
        """From the update to the note, or back."""
        self.mode = "note" if self.mode == "status" else "status"

    def next_channel(self) -> None:
        """Another place to post."""
        names = list(CHANNELS)
        self.channel = names[(names.index(self.channel) + 1) % len(names)]


def command_of(drafting: Drafting) -> str:
    """The command that posts the draft, on one line."""
    text = " ".join(drafting.text.split())
    channel = (("by", drafting.channel),) if drafting.mode == "status" and drafting.channel != "page" else ()
    return Command(drafting.mode, (text,), channel).body


def title(drafting: Drafting) -> str:
    """What is written, and where it goes."""
    where = f" {CHANNELS[drafting.channel]}" if drafting.mode == "status" else ""
    return f"{TITLES[drafting.mode]}{where}"


def due(incident: IncidentView, now: int) -> tuple[str, str]:
    """When customers are next to hear something, and its style. `now` in microseconds."""
    if incident.declared_at is None:
        return "no incident is declared yet", "degraded"
    if incident.resolved_at is not None or incident.status_due_at is None:
        return "no update is owed", "dim"
    left = incident.status_due_at * MICRO - now
    if left < 0:
        return f"update OVERDUE by {format_clock(-left)}", "down"
    return f"update due in {format_clock(left)}", "degraded" if left < 60 * MICRO else "accent"


def checklist(drafting: Drafting, words: Words, every: int) -> RowsState:
    """The rules, each with a glyph and a word; then what the text is understood to say. `every` in microseconds."""
    text = drafting.text
    if not text.strip():
        return RowsState((_row("empty", "–", "", "nothing is written yet", "dim"),))
    reading = read_update(text, words)
    if drafting.mode == "note":
        return RowsState((_row("note", "–", "", "only the team reads this", "dim"), *_blame(reading)))
    asked = [rule for rule in RULES if rule.scored and rule.applies(reading)]
    rows = [_check(rule, reading) for rule in asked]
    rows += _blame(reading)
    rows += [_row("said", "–", "", line, "dim") for line in _understood(reading, every)]
    if len(text) > READ:
        rows.append(_row("long", "▲", "long", f"only the first {READ} characters are read", "degraded"))
    return RowsState(tuple(rows))


def templates(drafts: Mapping[str, str], mode: Mode) -> RowsState:
    """The row that posts, then the templates by number."""
    post = Row(POST, "", f"post the {'update' if mode == 'status' else 'note'}", "accent", at="F2")
    if mode == "note":
        return RowsState((post,))
    rows = (
        Row(name, "", f"{name}: {text}", "base", at=f"{number:>2}")
        for number, (name, text) in enumerate(drafts.items(), start=1)
    )
    return RowsState((post, *rows), focus=next(iter(drafts), None))


def _understood(reading: UpdateReading, every: int) -> list[str]:
    parts = []
    if reading.hurts:
        parts.append(f"hurt: {', '.join(reading.hurts)}")
    if reading.works:
        parts.append(f"fine: {', '.join(reading.works)}")
    if reading.says_recovered:
        parts.append("it is over")
    if not ends(reading):
        parts.append(f"the next is due {spoken(interval(reading, every))} after it")
    return [f"it says: {'; '.join(parts)}"] if parts else []


def _blame(reading: UpdateReading) -> tuple[Row, ...]:
    rule = next(rule for rule in RULES if rule.name == "blameless")
    found = ", ".join(f'"{word}"' for word in reading.blame)
    return () if rule.holds(reading) else (_check(rule, reading, f": {found}"),)


def _check(rule: Rule, reading: UpdateReading, found: str = "") -> Row:
    """A rule that is kept, or what to mend; `found` are the words that break it."""
    if rule.holds(reading):
        return _row(rule.name, "✔", "yes", rule.text, "ok")
    unscored = "" if rule.scored else " (not scored)"
    return _row(rule.name, "✖", "mend", f"{rule.cure}{found}{unscored}", "degraded")


def _row(key: str, mark: str, word: str, text: str, style: str) -> Row:
    return Row(key, mark, text, "value" if style != "dim" else "dim", style, at=f"{word:<4}", most=2)

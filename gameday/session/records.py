"""The records of a journal, line by line: header, commands and their results, ticks, the mark of a clean end.

Owns their form on disk (strict models, so that a foreign file is an error and never a traceback). Does not own the
chain (`chain`), the file (`files`) or what a tick shows (`keyframes`).
"""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import to_json as _dump

from gameday.core.errors import JournalError
from gameday.core.signals import ActionView, IncidentView, LookView, PageView, PersonView, QuestionView, StepView
from gameday.core.text import clean

Cell = float | None
Row = tuple[Cell, ...]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Header(_Record):
    """What the session was made from; date, players, speed, roster and source enter no digest. Times in microseconds.

    `source` is the scenario's file where one was played, empty for a built-in scenario: its proof stands beside it.
    """

    k: Literal["header"] = "header"
    format: Literal[1] = 1
    started: str
    versions: dict[str, str]
    scenario: str
    digest: str
    exercise: dict[str, object]
    seed: int
    variant: str
    players: tuple[str, ...]
    responder: str
    horizon: Annotated[int, Field(gt=0)]
    speed: Annotated[float, Field(gt=0.0, lt=1e6)]
    roster: dict[str, str]
    source: str = ""
    services: tuple[str, ...]
    entries: tuple[str, ...]
    service_columns: tuple[str, ...]
    entry_columns: tuple[str, ...]

    @property
    def hat(self) -> str:
        """The hat with which it was played, empty for none."""
        return str(self.exercise.get("hat", ""))

    @property
    def modifiers(self) -> tuple[str, ...]:
        """The modifiers with which it was played."""
        chosen = self.exercise.get("modifiers")
        return tuple(str(name) for name in chosen) if isinstance(chosen, list | tuple) else ()


class CommandRecord(_Record):
    """A command as it was judged, synced before anybody hears of it. `result` is why it was rejected."""

    k: Literal["command"] = "command"
    n: int
    at: Annotated[int, Field(ge=0)]
    author: str
    role: str
    text: str
    accepted: bool
    result: str = ""


class ResultRecord(_Record):
    """What an accepted command set off, in a line: only for playback, since it follows from running again."""

    k: Literal["result"] = "result"
    n: int
    text: str


class SeenEvent(_Record):
    """An event that responders could see. `lines` are what a look found."""

    at: int
    kind: str
    text: str
    lines: tuple[str, ...] = ()


class Changed(_Record):
    """What else was to be seen, where it differs from the tick before."""

    replicas: tuple[int, ...] | None = None
    versions: tuple[str, ...] | None = None
    pages: tuple[PageView, ...] | None = None
    alerts: tuple[str, ...] | None = None
    actions: tuple[ActionView, ...] | None = None
    playbook: str | None = None
    steps: tuple[StepView, ...] | None = None
    incident: IncidentView | None = None
    looks: tuple[LookView, ...] | None = None
    joined: tuple[str, ...] | None = None
    people: tuple[PersonView, ...] | None = None
    questions: tuple[QuestionView, ...] | None = None


class Tick(_Record):
    """A whole second: digests of world, response and events, and what people saw, in the header's columns."""

    k: Literal["tick"] = "tick"
    n: Annotated[int, Field(ge=0)]
    state: tuple[str, str, str]
    s: tuple[Row, ...] = ()
    e: tuple[Row, ...] = ()
    x: Changed = Changed()
    seen: tuple[SeenEvent, ...] = ()


class End(_Record):
    """The mark of a clean end; `seen` is what happened after the last whole second."""

    k: Literal["end"] = "end"
    at: Annotated[int, Field(ge=0)]
    aborted: bool
    digest: str
    seen: tuple[SeenEvent, ...] = ()


_ROWS = {"s", "e"}

Record = Header | CommandRecord | ResultRecord | Tick | End
_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="k")])


def to_json(record: Record) -> bytes:
    """The record as a JSON object without what has its default; `k` comes first.

    Raises ValueError for text with half a character in it: what passed `clean` has none.
    """
    line = f'{{"k":"{record.k}",{record.model_dump_json(exclude_defaults=True, exclude=_ROWS)[1:]}'.encode()
    if not isinstance(record, Tick):
        return line
    rows = b"".join(b',"%s":%s' % (name, _rows(cells)) for name, cells in ((b"s", record.s), (b"e", record.e)) if cells)
    return line[:-1] + rows + b"}"


def _rows(rows: tuple[Row, ...]) -> bytes:
    """Whole numbers without their `.0`: a tenth of a journal's size."""
    return _dump(rows).replace(b".0,", b",").replace(b".0]", b"]")


def read_record(line: bytes, number: int) -> Record:
    """The record of a sound line. Its texts are clean. Raises JournalError when it is none of this format."""
    try:
        return _RECORD.validate_json(_cleaned(line))
    except (ValidationError, UnicodeDecodeError, RecursionError, ValueError) as error:
        where = _first_place(error)
        raise JournalError(f"line {number} is not a record that this version knows{where}") from None


def _cleaned(line: bytes) -> bytes | str:
    """The line with all texts in it clean; what holds no escape and only printable ASCII is clean already."""
    if line.isascii() and b"\\" not in line and b"\x7f" not in line:
        return line
    return json.dumps(_clean_all(json.loads(line)), ensure_ascii=True)


def _clean_all(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_clean_all(one) for one in value]
    if isinstance(value, dict):
        return {clean(str(key)): _clean_all(one) for key, one in value.items()}
    return value


def _first_place(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return ""
    place = ".".join(str(part) for part in error.errors(include_input=False, include_url=False)[0]["loc"])
    return clean(f" ({place})", 200) if place else ""

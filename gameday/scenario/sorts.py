"""Which sort of file a file is, so that one of another sort is said to be one, and not taken for a bad scenario.

Owns how sorts are told apart: by the keys at the top, also mistyped ones. Does not own how each is read (`load`,
`rosters`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice
from pathlib import Path
from typing import Literal

from gameday.core.errors import InputError, Problem
from gameday.scenario.importers import IMPORTERS
from gameday.scenario.models import Playbook, Scenario
from gameday.scenario.source import Document, read
from gameday.scenario.source.faults import HINTS, is_slip

Sort = Literal["scenario", "playbook", "on-call file"]

_TELLING: Mapping[Sort, tuple[str, ...]] = {
    "scenario": ("system", "variants", "seats", "slos", "mitigations", "playbooks", "briefing"),
    "playbook": ("steps", "last_tried", "abort", "contacts", "templates"),
    "on-call file": ("escalation_policies", "schedules"),
}
"""Keys at the top that a file of a sort alone has, or has without those of the sorts before it."""

_ELSEWHERE: Mapping[Sort | None, str] = {
    "scenario": "gameday check, play and run take it",
    "playbook": 'a scenario lists it under "playbooks", and gameday check takes it by itself',
    "on-call file": "it has no system to play; gameday oncall simulate takes it",
}

_JOURNAL = b'{"k":"header"'


def read_document(path: Path) -> Document:
    """The document in a file. Raises InputError (fatal) where it cannot be read, a recording among them."""
    if _is_journal(path):
        message = "this is the recording of a session; gameday replay takes it"
        raise InputError([Problem(str(path), 0, 0, message, "other-sort")], fatal=True)
    return read(path)


def sort_of(document: Document) -> Sort | None:
    """The sort that the keys at the top tell; None where they tell none."""
    keys = document.value if isinstance(document.value, dict) else {}
    return next((sort for sort, telling in _TELLING.items() if _has_any(keys, telling)), None)


def _has_any(keys: Mapping[str, object], names: Collection[str]) -> bool:
    """Whether one of the names is among the keys, also mistyped among the first of them."""
    if any(name in keys for name in names):
        return True
    return any(is_slip(key, name) for key in islice(keys, HINTS) for name in names)


def other_sort(document: Document, wanted: Sort) -> Problem | None:
    """What to say where the file is surely of another sort than the one that is `wanted`."""
    value, sort = document.value, sort_of(document)
    if not isinstance(value, dict) or not value:
        return None
    message = "" if "gameday" in value else _foreign(document.name, value)
    if not message and sort not in (wanted, None):
        message = f"this is {an(sort)}, not {an(wanted)}: {_ELSEWHERE[sort]}"
    return Problem(document.name, 0, 0, message, "other-sort") if message else None


def an(sort: Sort | None) -> str:
    """`a playbook`, `an on-call file`."""
    return f"{'an' if str(sort)[0] in 'aeiou' else 'a'} {sort}"


def _foreign(name: str, keys: Mapping[str, object]) -> str:
    """What a file is that nobody wrote for us to check; empty where somebody may have."""
    if "gameday_proof" in keys:
        return "this is the proof of a scenario; gameday prove --check compares it"
    importers = IMPORTERS if name.lower().endswith(".json") else ()
    for importer in importers:
        if importer.recognises(frozenset(keys)):
            return f"this is JSON of {importer.summary}; gameday oncall simulate and import take it"
    if _has_any(keys, [*Scenario.model_fields, *Playbook.model_fields]):
        return ""
    return "this is neither a scenario nor a playbook nor an on-call file: none of its keys is known"


def _is_journal(path: Path) -> bool:
    try:
        if not path.is_file():  # a pipe would wait for ever
            return False
        with path.open("rb") as stream:
            return stream.read(len(_JOURNAL)) == _JOURNAL
    except (OSError, ValueError):
        return False  # `read` says why

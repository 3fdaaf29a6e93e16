"""pydantic's errors as faults: where each leads in the data, one for each thing that is wrong.

Owns which errors say the same thing. Does not own words (`validation`) or what becomes of the data (`salvage`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from pydantic import ValidationError

from gameday.core.text import nearest
from gameday.scenario.source import wording
from gameday.scenario.source.document import Path
from gameday.scenario.source.walk import SchemaWalk, Trace

MAX_ERRORS = 1_000
"""Errors of one file that are worded; what is beyond is counted."""
SLIP = 0.8
"""From this likeness on, 0..1, a key is another one mistyped, whatever it holds."""
HINTS = 100
"""Unknown keys for which a near name is looked up: each look-up costs about 0.1 ms a name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One pydantic error with where it leads. `others` are the errors of other branches about the same value."""

    kind: str
    trace: Trace
    value: object
    context: Mapping[str, object]
    text: str
    others: tuple[Fault, ...] = ()

    @property
    def code(self) -> str:
        return wording.code_of(self.kind)


def faults_of(error: ValidationError, walk: SchemaWalk) -> list[Fault]:
    """What a validation's error is about, without what another fault says already."""
    faults = _collapsed([_fault(walk, entry) for entry in _entries(error)], 0)
    mistyped = list(meant_paths(faults, walk).values())
    return [fault for fault in faults if not _is_echo(fault, mistyped)]


def _entries(error: ValidationError) -> list[Mapping[str, object]]:
    return [dict(entry) for entry in error.errors(include_url=False)[:MAX_ERRORS]]


def _fault(walk: SchemaWalk, entry: Mapping[str, object]) -> Fault:
    loc, context = entry["loc"], entry.get("ctx", {})
    assert isinstance(loc, tuple)
    assert isinstance(context, dict)
    text = str(context["error"]) if "error" in context else str(entry["msg"])
    return Fault(str(entry["type"]), walk.trace(loc), entry.get("input"), context, text)


def meant_paths(faults: list[Fault], walk: SchemaWalk) -> dict[Path, Path]:
    """Path of an unknown key -> of the key that it was most likely meant to be."""
    unknown = [fault for fault in faults if fault.code == "unknown-key"][:HINTS]
    meant = [(fault.trace.path, meant_key(fault, walk)) for fault in unknown]
    return {path: (*path[:-1], name) for path, name in meant if name is not None}


def meant_key(fault: Fault, walk: SchemaWalk) -> str | None:
    """The key that an unknown one was most likely meant to be: one that takes such a value, or a slip of a letter."""
    key = str(fault.trace.path[-1])[: wording.CLIP]
    names = walk.members(fault.trace.parent)
    name = nearest(key, list(names)) or _longer(key, list(names))
    return name if name is not None and (is_slip(key, name) or walk.fits(names[name], fault.value)) else None


def _longer(key: str, names: list[str]) -> str | None:
    """The one name of which a key is the beginning or the end: `policies` of `escalation_policies`."""
    found = [name for name in names if name.startswith(f"{key}_") or name.endswith(f"_{key}")]
    return found[0] if len(found) == 1 else None


def is_slip(key: str, name: str) -> bool:
    """Whether `key` is `name` but for a slip of the fingers."""
    return SequenceMatcher(None, key[: wording.CLIP], name).ratio() >= SLIP


def meant_tag(fault: Fault, walk: SchemaWalk) -> str | None:
    """The kind that an unknown one was most likely meant to be: one that knows every key beside it."""
    tag, key = nearest(str(fault.context.get("tag", "")), walk.tags(fault.trace.schema)), discriminator(fault)
    if tag is None or not isinstance(fault.value, Mapping):
        return None
    known = [key, *walk.field_names(walk.branch(fault.trace.schema, tag))]
    return tag if all(written in known for written in fault.value) else None


def mistyped_tag(fault: Fault, walk: SchemaWalk) -> str | None:
    """The key that was most likely meant to say of which kind a value is: it holds the name of a kind."""
    if not isinstance(fault.value, Mapping):
        return None
    tags = walk.tags(fault.trace.schema)
    keys = [str(key) for key, value in fault.value.items() if isinstance(value, str) and nearest(value, tags)]
    return nearest(discriminator(fault), keys[:HINTS])


def discriminator(fault: Fault) -> str:
    """The key that says of which kind a value is."""
    return str(fault.context.get("discriminator", "kind")).strip("'")


def _is_echo(fault: Fault, mistyped: list[Path]) -> bool:
    """Whether another fault says it already: a key that is missing since it is mistyped, a list short of bad items."""
    if fault.code == "missing-key":
        return fault.trace.path in mistyped
    least = fault.context.get("min_length")
    return fault.kind == "too_short" and isinstance(fault.value, list) and len(fault.value) >= int(str(least))


def _collapsed(faults: list[Fault], level: int) -> list[Fault]:
    """The faults with, of each union, only what the best branch says."""
    kept: list[Fault] = []
    unions: dict[Path, dict[str, list[Fault]]] = {}
    for fault in faults:
        if len(fault.trace.forks) <= level:
            kept.append(fault)
        else:
            fork = fault.trace.forks[level]
            unions.setdefault(fork.path, {}).setdefault(fork.branch, []).append(fault)
    for path, branches in unions.items():
        kept.extend(_best(path, [_collapsed(branch, level + 1) for branch in branches.values()]))
    return kept


def _best(path: Path, branches: list[list[Fault]]) -> list[Fault]:
    """The branch that the writer most likely meant: one that a collection fits, with the fewest strange keys.

    A scalar, or a collection that no branch takes, is one fault with what every branch says.
    """
    whole = [next((fault for fault in branch if _is_whole(fault, path)), None) for branch in branches]
    about_scalar = all(fault is not None and not isinstance(fault.value, Mapping | list) for fault in whole)
    fitting = [
        branch
        for branch, fault in zip(branches, whole, strict=True)
        if fault is None or fault.code not in ("wrong-type", "bad-choice")
    ]
    if fitting and not about_scalar:
        return min(fitting, key=lambda branch: (sum(_is_strange(fault) for fault in branch), len(branch)))
    said = [fault for fault in whole if fault is not None]
    first, *others = [fault for fault in said if fault.code != "wrong-type"] or said
    return [Fault(first.kind, first.trace, first.value, first.context, first.text, (*first.others, *others))]


def _is_whole(fault: Fault, path: Path) -> bool:
    """Whether a fault is about the union's value itself and not about something in it."""
    return fault.trace.path == path and not fault.trace.is_key


def _is_strange(fault: Fault) -> bool:
    return fault.code in ("unknown-key", "missing-key")

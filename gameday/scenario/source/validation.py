"""pydantic's errors as Problems: at the right place, one for each thing that is wrong, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from gameday.core.errors import Problem
from gameday.core.text import clean_line, nearest
from gameday.scenario.source import wording
from gameday.scenario.source.document import Document, Path, Position
from gameday.scenario.source.walk import SchemaWalk, Trace

MAX_ERRORS = 1_000
"""Errors of one file that are worded; what is beyond is counted."""
_HINTS = 100
"""Unknown keys for which a near name is looked up: each look-up costs about 0.1 ms a name."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """One pydantic error with where it leads. `others` are the errors of other branches about the same value."""

    kind: str
    trace: Trace
    value: object
    context: Mapping[str, object]
    text: str
    others: tuple[_Fault, ...] = ()

    @property
    def code(self) -> str:
        return wording.code_of(self.kind)


def validation_problems(document: Document, error: ValidationError, model: type) -> list[Problem]:
    """Every problem that `error`, raised by validating `document.value` as `model`, stands for, in file order."""
    walk = SchemaWalk(model)
    faults = _collapsed([_fault(walk, entry) for entry in _entries(error)], 0)
    mistyped = _mistyped(faults, walk)
    told = [fault for fault in faults if not _is_echo(fault, mistyped)]
    problems = [_Wording(document, walk, index < _HINTS).problem(fault) for index, fault in enumerate(told)]
    problems = sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column))
    if error.error_count() > MAX_ERRORS:
        message = f"the file has more than {MAX_ERRORS:,} problems; the rest is not shown"
        problems.append(document.source.problem(Position(0, 0, 1), message, "too-many-problems"))
    return problems


def _entries(error: ValidationError) -> list[Mapping[str, object]]:
    return [dict(entry) for entry in error.errors(include_url=False)[:MAX_ERRORS]]


def _fault(walk: SchemaWalk, entry: Mapping[str, object]) -> _Fault:
    loc, context = entry["loc"], entry.get("ctx", {})
    assert isinstance(loc, tuple)
    assert isinstance(context, dict)
    text = str(context["error"]) if "error" in context else str(entry["msg"])
    return _Fault(str(entry["type"]), walk.trace(loc), entry.get("input"), context, text)


def _mistyped(faults: list[_Fault], walk: SchemaWalk) -> set[Path]:
    """Paths of the keys that unknown ones were most likely meant to be."""
    unknown = [fault for fault in faults if fault.code == "unknown-key"][:_HINTS]
    meant = [
        (fault.trace.path, nearest(str(fault.trace.path[-1])[: wording.CLIP], _names(walk, fault))) for fault in unknown
    ]
    return {(*path[:-1], name) for path, name in meant if name is not None}


def _names(walk: SchemaWalk, fault: _Fault) -> list[str]:
    return walk.field_names(fault.trace.parent)


def _is_echo(fault: _Fault, mistyped: set[Path]) -> bool:
    """Whether another fault says it already: a key that is missing since it is mistyped, a list short of bad items."""
    if fault.code == "missing-key":
        return fault.trace.path in mistyped
    least = fault.context.get("min_length")
    return fault.kind == "too_short" and isinstance(fault.value, list) and len(fault.value) >= int(str(least))


def _collapsed(faults: list[_Fault], level: int) -> list[_Fault]:
    """The faults with, of each union, only what the best branch says."""
    kept: list[_Fault] = []
    unions: dict[Path, dict[str, list[_Fault]]] = {}
    for fault in faults:
        if len(fault.trace.forks) <= level:
            kept.append(fault)
        else:
            fork = fault.trace.forks[level]
            unions.setdefault(fork.path, {}).setdefault(fork.branch, []).append(fault)
    for path, branches in unions.items():
        kept.extend(_best(path, [_collapsed(branch, level + 1) for branch in branches.values()]))
    return kept


def _best(path: Path, branches: list[list[_Fault]]) -> list[_Fault]:
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
    return [_Fault(first.kind, first.trace, first.value, first.context, first.text, (*first.others, *others))]


def _is_whole(fault: _Fault, path: Path) -> bool:
    """Whether a fault is about the union's value itself and not about something in it."""
    return fault.trace.path == path and not fault.trace.is_key


def _is_strange(fault: _Fault) -> bool:
    return fault.code in ("unknown-key", "missing-key")


@dataclass(frozen=True, slots=True)
class _Wording:
    """Words for the faults of one document."""

    document: Document
    walk: SchemaWalk
    hints: bool

    def problem(self, fault: _Fault) -> Problem:
        path = fault.trace.path
        if fault.kind == "union_tag_not_found":
            return self._untagged(fault)
        if fault.kind == "union_tag_invalid":
            tagged = (*path, _discriminator(fault))
            return self._at(tagged, self._must_be(fault, tagged, str(fault.context.get("tag", ""))), "bad-choice")
        if fault.code == "missing-key":
            return self._lacks(path[:-1], str(path[-1]) if path else "?", [])
        if fault.code == "unknown-key":
            names = _names(self.walk, fault)
            return self._at(path, wording.unknown_key(str(path[-1]), names, self.hints), "unknown-key", key=True)
        return self._at(path, self._must_be(fault, path, fault.value), fault.code, key=fault.trace.is_key)

    def _must_be(self, fault: _Fault, path: Path, value: object) -> str:
        """What the value must be by every branch that spoke, or the validators' own words."""
        faults = (fault, *fault.others)
        choices = [word for each in faults for word in self._choices(each)]
        phrases = [wording.expected(each.kind, each.context, self._choices(each)) for each in faults]
        if None in phrases:
            own = [_plain(each.text, path) for each, phrase in zip(faults, phrases, strict=True) if phrase is None]
            rest = [f"or {phrase}" for phrase in phrases if phrase is not None]
            return ", ".join([*dict.fromkeys(own), *dict.fromkeys(rest)])
        words = " or ".join(dict.fromkeys(phrase for phrase in phrases if phrase is not None))
        ending = wording.cure([each.kind for each in faults], value)
        return wording.must_be(path, words, value, choices if self.hints else [], ending)

    def _choices(self, fault: _Fault) -> list[str]:
        if fault.kind == "union_tag_invalid":
            return self.walk.tags(fault.trace.schema)
        return self.walk.choices(fault.trace.schema) if fault.code == "bad-choice" else []

    def _untagged(self, fault: _Fault) -> Problem:
        """The key that says which kind of thing this is, missing or mistyped."""
        path, tag = fault.trace.path, _discriminator(fault)
        keys = [str(key) for key in fault.value] if isinstance(fault.value, Mapping) else []
        if self.hints and (mistyped := nearest(tag, keys[:_HINTS])):
            message = wording.unknown_key(mistyped, [tag], hints=True)
            return self._at((*path, mistyped), message, "unknown-key", key=True)
        return self._lacks(path, tag, self.walk.tags(fault.trace.schema))

    def _lacks(self, path: Path, key: str, choices: list[str]) -> Problem:
        ending = f"; it must be {wording.one_of(choices)}" if choices else ""
        message = f"{wording.subject(path)} lacks the key {wording.quoted(key)}{ending}"
        return self._at(path, message, "missing-key", key=True)

    def _at(self, path: Path, message: str, code: str, *, key: bool = False) -> Problem:
        """A problem at `path`. What fills the lines below its key is shown by the key."""
        value, above = self.document.position(path), self.document.position(path, key=True)
        return self.document.problem(path, message, code, key=key or above.line < value.line)


def _discriminator(fault: _Fault) -> str:
    return str(fault.context.get("discriminator", "kind")).strip("'")


def _plain(text: str, path: Path) -> str:
    """A validator's own sentence; one of pydantic's is turned into ours as far as it goes."""
    text = clean_line(text, 300)
    for start in ("Input should be ", "Value should be "):
        if text.startswith(start):
            return f"{wording.subject(path)} must be {text.removeprefix(start)}"
    return text

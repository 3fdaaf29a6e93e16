"""pydantic's errors as Problems: at the right place, one for each thing that is wrong, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from gameday.core.errors import Problem
from gameday.core.text import clean_line
from gameday.scenario.source import wording
from gameday.scenario.source.document import Document, Path, Position, in_file_order
from gameday.scenario.source.faults import (
    HINTS,
    MAX_ERRORS,
    Fault,
    discriminator,
    faults_of,
    meant_key,
    mistyped_tag,
)
from gameday.scenario.source.rules import MOST_MENDED, further_rules, is_broken_anyway
from gameday.scenario.source.walk import SchemaWalk

VERSION_KEY: Path = ("gameday",)
"""Where every file says of which version of the format it is."""


def validation_problems(document: Document, error: ValidationError, model: type) -> list[Problem]:
    """Every problem that `error`, raised by validating `document.value` as `model`, stands for, in file order.

    Nothing is said about what is not as it was written, but for the rules that it breaks whatever was meant.
    """
    walk = SchemaWalk(model)
    told = [
        fault
        for fault in faults_of(error, walk)
        if not document.lacks_part(fault.trace.path) or is_broken_anyway(document, fault, walk)
    ]
    told += [further for fault in told[:MOST_MENDED] for further in further_rules(document, fault, walk)]
    problems = [_Wording(document, walk, index < HINTS).problem(fault) for index, fault in enumerate(told)]
    problems = in_file_order(problems)
    if error.error_count() > MAX_ERRORS:
        message = f"the file has more than {MAX_ERRORS:,} problems; the rest is not shown"
        problems.append(document.source.problem(Position(0, 0, 1), message, "too-many-problems"))
    return problems


@dataclass(frozen=True, slots=True)
class _Wording:
    """Words for the faults of one document."""

    document: Document
    walk: SchemaWalk
    hints: bool

    def problem(self, fault: Fault) -> Problem:
        path = fault.trace.path
        if fault.kind == "union_tag_not_found":
            return self._untagged(fault)
        if fault.kind == "union_tag_invalid":
            tagged = (*path, discriminator(fault))
            return self._at(tagged, self._must_be(fault, tagged, str(fault.context.get("tag", ""))), "bad-choice")
        if fault.code == "missing-key":
            return self._lacks(path[:-1], str(path[-1]) if path else "?", [])
        if fault.code == "unknown-key":
            return self._at(path, self._unknown_key(fault), "unknown-key", key=True)
        if path == VERSION_KEY and fault.kind == "less_than_equal":
            return self._at(path, wording.version_problem(fault.value, fault.context["le"]), "newer-format")
        return self._at(path, self._must_be(fault, path, fault.value), fault.code, key=fault.trace.is_key)

    def _unknown_key(self, fault: Fault) -> str:
        names = self.walk.field_names(fault.trace.parent)
        meant = meant_key(fault, self.walk) if self.hints else None
        return wording.unknown_key(str(fault.trace.path[-1]), meant, names if self.hints else [])

    def _must_be(self, fault: Fault, path: Path, value: object) -> str:
        """What the value must be by every branch that spoke, or the validators' own words."""
        path = self.document.spelled(path)
        faults = (fault, *fault.others)
        choices = [word for each in faults for word in self._choices(each)]
        phrases = [wording.expected(each.kind, each.context, self._choices(each), value) for each in faults]
        if None in phrases:
            own = [_plain(each.text, path) for each, phrase in zip(faults, phrases, strict=True) if phrase is None]
            rest = [f"or {phrase}" for phrase in phrases if phrase is not None]
            return ", ".join([*dict.fromkeys(own), *dict.fromkeys(rest)])
        words = " or ".join(dict.fromkeys(phrase for phrase in phrases if phrase is not None))
        ending = wording.cure([each.kind for each in faults], value)
        return wording.must_be(path, words, value, choices if self.hints else [], ending)

    def _choices(self, fault: Fault) -> list[str]:
        if fault.kind == "union_tag_invalid":
            return self.walk.tags(fault.trace.schema)
        return self.walk.choices(fault.trace.schema) if fault.code == "bad-choice" else []

    def _untagged(self, fault: Fault) -> Problem:
        """The key that says which kind of thing this is, missing or mistyped."""
        path, tag = fault.trace.path, discriminator(fault)
        if self.hints and (mistyped := mistyped_tag(fault, self.walk)):
            message = wording.unknown_key(mistyped, tag, [])
            return self._at((*path, mistyped), message, "unknown-key", key=True)
        return self._lacks(path, tag, self.walk.tags(fault.trace.schema))

    def _lacks(self, path: Path, key: str, choices: list[str]) -> Problem:
        ending = f"; it must be {wording.one_of(choices)}" if choices else ""
        what = f"item {int(key) + 1}" if key.isdecimal() else f"the key {wording.quoted(key)}"
        message = f"{wording.subject(self.document.spelled(path))} lacks {what}{ending}"
        return self._at(path, message, "missing-key", key=True)

    def _at(self, path: Path, message: str, code: str, *, key: bool = False) -> Problem:
        """A problem at `path`. What fills the lines below its key is shown by the key."""
        value, above = self.document.position(path), self.document.position(path, key=True)
        return self.document.problem(path, message, code, key=key or above.line < value.line)


def _plain(text: str, path: Path) -> str:
    """A validator's own sentence; one of pydantic's is turned into ours as far as it goes."""
    text = clean_line(text, 300)
    for start in ("Input should be ", "Value should be "):
        if text.startswith(start):
            return f"{wording.subject(path)} must be {text.removeprefix(start)}"
    return text

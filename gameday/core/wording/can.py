"""CAN reports: conditions, actions, needs, by their labels in any order and case.

`C: ... A: ... N: ...`, or `conditions: ...; actions: ...; needs: ...`. The report comes from the fire service;
PagerDuty's incident commander training uses it for reports of subject-matter experts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gameday.core.wording.clauses import prepared

PARTS = ("conditions", "actions", "needs")
"""What a CAN report has, in its order."""

_LABEL = re.compile(
    r"(?:^|(?<=[\s;,.|/(\[]))(?:(?P<word>conditions?|actions?|needs?)\s*(?::|=|\s[–—-](?=\s))|(?P<letter>[can])\s*(?:[:=)]))",
    re.IGNORECASE,
)
_LETTERS = {"c": "conditions", "a": "actions", "n": "needs"}
_TRIM = " \t\n;,|/([–—-"


@dataclass(frozen=True, slots=True)
class CanReading:
    """The texts of the parts, empty where missing; `missing` names those, in their order."""

    conditions: str
    actions: str
    needs: str

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(part for part in PARTS if not getattr(self, part))

    @property
    def complete(self) -> bool:
        return not self.missing


def read_can(text: str) -> CanReading:
    """Reads a CAN report; a part that is labelled twice is put together."""
    text = prepared(text)
    labels = list(_LABEL.finditer(text))
    found: dict[str, list[str]] = {part: [] for part in PARTS}
    ends = [label.start() for label in labels[1:]] + [len(text)] * bool(labels)
    for label, end in zip(labels, ends, strict=True):
        said = text[label.end() : end].strip(_TRIM)
        if re.search(r"\w", said):
            found[_part(label)].append(said)
    return CanReading(*("; ".join(found[part]) for part in PARTS))


def _part(label: re.Match[str]) -> str:
    name = label["word"]
    if name is None:
        return _LETTERS[label["letter"].lower()]
    return next(part for part in PARTS if part.startswith(name.lower().rstrip("s")))

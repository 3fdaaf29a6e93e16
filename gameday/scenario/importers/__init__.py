"""On-call set-ups as other tools write them, read as ours: PagerDuty's REST JSON and `terraform show -json`.

An importer is a function from the JSON to an `Imported`; a new one is a module and a line in `IMPORTERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gameday.core.errors import InputError, Problem
from gameday.scenario.importers import pagerduty, terraform
from gameday.scenario.importers.building import Assumed, Imported, build
from gameday.scenario.importers.parts import Parts
from gameday.scenario.importers.walking import Place, read_json


@dataclass(frozen=True, slots=True)
class Importer:
    """`recognises` looks at the keys at the top of the file; `read` collects what is in it."""

    summary: str
    recognises: Callable[[frozenset[str]], bool]
    read: Callable[[Place], Parts]


IMPORTERS: tuple[Importer, ...] = (
    Importer("the output of terraform show -json", terraform.recognises, terraform.read),
    Importer("PagerDuty's REST API", pagerduty.recognises, pagerduty.read),
)


def import_file(path: Path, assumed: Assumed) -> Imported:
    """The on-call set-up in a JSON file. Raises InputError with everything that is wrong with it."""
    top = read_json(path)
    keys = frozenset(top.keys())
    for importer in IMPORTERS:
        if importer.recognises(keys):
            return build(importer.read(top), assumed, top)
    known = " or ".join(importer.summary for importer in IMPORTERS)
    message = f"this JSON is not of a known kind: expected {known}, with escalation policies"
    raise InputError([Problem(str(path), 0, 0, message, "unknown-format")], fatal=True)


__all__ = ["IMPORTERS", "Assumed", "Imported", "Importer", "import_file"]

"""What a list of the library says about each scenario."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gameday.core.units import format_duration
from gameday.scenario.library import library_names, library_path, proof_path
from gameday.scenario.load import load

_ORDER = ("beginner", "intermediate", "advanced")


@dataclass(frozen=True, slots=True)
class Listing:
    """A line of the library. `duration` in microseconds."""

    name: str
    title: str
    summary: str
    difficulty: str
    duration: int
    path: Path

    @property
    def has_proof(self) -> bool:
        return proof_path(self.path).is_file()

    def to_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "title": self.title,
            "summary": self.summary,
            "difficulty": self.difficulty,
            "duration": format_duration(self.duration),
            "path": str(self.path),
            "proof": self.has_proof,
        }


def listings() -> list[Listing]:
    """All built-in scenarios, easiest and shortest first. Raises InputError where one cannot be used."""
    paths = {name: path for name in library_names() if (path := library_path(name)) is not None}
    found = [_listing(name, path) for name, path in paths.items()]
    return sorted(found, key=lambda listing: (_ORDER.index(listing.difficulty), listing.duration, listing.name))


def _listing(name: str, path: Path) -> Listing:
    scenario = load(name).scenario
    return Listing(name, scenario.title, scenario.summary, scenario.difficulty, scenario.duration, path)

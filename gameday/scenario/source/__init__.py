"""YAML that people write: read safely, with positions, and every problem said in plain words where it stands."""

from gameday.scenario.source.document import Document, Path, Position, Value, in_file_order
from gameday.scenario.source.least import STAND_IN
from gameday.scenario.source.reading import read, read_bytes, read_text
from gameday.scenario.source.rendering import render, render_all, render_github
from gameday.scenario.source.salvage import Reading, read_as
from gameday.scenario.source.validation import validation_problems
from gameday.scenario.source.versions import is_known_but_for_doubts, versions

__all__ = [
    "STAND_IN",
    "Document",
    "Path",
    "Position",
    "Reading",
    "Value",
    "in_file_order",
    "is_known_but_for_doubts",
    "read",
    "read_as",
    "read_bytes",
    "read_text",
    "render",
    "render_all",
    "render_github",
    "validation_problems",
    "versions",
]

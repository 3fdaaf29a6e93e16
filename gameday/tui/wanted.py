"""What wants whoever plays, so that it does not pass by in a moment on a fast clock. Pure: an event in, words out."""

from __future__ import annotations

from collections.abc import Sequence

from gameday.core.events import Event, Paged, QuestionPut


def wanted_by(event: Event, played: Sequence[str]) -> str:
    """Who wants something of those who are played, and what; empty where nobody does."""
    match event:
        case Paged() if event.person in played:
            return f"{event.page} pages {_whom(event.person, played)}"
        case QuestionPut() if event.to in ("", *played):
            return f"{event.sender} asks {_whom(event.to, played)} something"
        case _:
            return ""


def _whom(person: str, played: Sequence[str]) -> str:
    return "you" if len(played) == 1 or not person else person

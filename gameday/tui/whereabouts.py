"""Whether somebody is here, rung up or expected, in words: the same on the screen and in lines.

What somebody does is told by `gameday.session.doing`.
"""

from __future__ import annotations

from gameday.core.signals import Observation, PersonView
from gameday.session.doing import rung_by

_WORDS = {"here": "", "away": "not here", "gone": "gone"}


def rung(person: PersonView, seen: Observation) -> str:
    """The pages that wait for an answer of theirs; empty for none."""
    pages = rung_by(person, seen)
    return f"rung by {', '.join(pages)}" if pages else ""


def whereabouts(person: PersonView, seen: Observation) -> str:
    """Where somebody is who is not here, and of whom a page told, whether they are still expected; else empty."""
    if person.state != "paged":
        return _WORDS.get(person.state, person.state)
    waits = any(page.state == "triggered" for page in seen.pages)
    return "paged, may still come" if waits else "not expected: no page waits"

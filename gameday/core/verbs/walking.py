"""Verbs of the walk through the playbook."""

from __future__ import annotations

from gameday.core.verbs.base import Verb, argument

WALKING = (
    Verb(
        "step",
        "walk",
        "move on in the playbook: done (checked), skip, or the name of a step",
        (argument("move", "step-move", required=False),),
    ),
    Verb("hint", "walk", "ask for a hint (free, recorded)"),
)

"""The verbs of the command language: what each takes, what it does in a line, how long it lasts by default.

Owns the one registry from which parsing, completion, help and the screens' palette are made.
"""

from __future__ import annotations

from typing import Literal, get_args

from gameday.core.verbs.acting import ACTING
from gameday.core.verbs.base import Group, Kind, Parameter, Verb
from gameday.core.verbs.coordinating import COORDINATING
from gameday.core.verbs.looking import LOOKING
from gameday.core.verbs.walking import WALKING

__all__ = ["ALIASES", "ROLES", "SEVERITIES", "VERBS", "Group", "Kind", "Parameter", "Role", "Verb"]

VERBS: dict[str, Verb] = {verb.name: verb for verb in (*ACTING, *LOOKING, *COORDINATING, *WALKING)}
"""Every verb, by name, in the order in which help shows them."""

ALIASES = {"done": ("step", "done"), "skip": ("step", "skip"), "say": ("note",), "acknowledge": ("ack",)}
"""Other words for the same commands; the text form has the verb itself."""

Role = Literal[
    "incident-commander",
    "deputy",
    "scribe",
    "customer-liaison",
    "internal-liaison",
    "support-lead",
    "subject-matter-expert",
    "responder",
]
ROLES: tuple[Role, ...] = get_args(Role)
SEVERITIES = ("SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5")

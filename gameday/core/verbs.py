"""The verbs of the command language: what each takes, what it does in a line, how long it lasts by default.

Owns the one registry from which parsing, completion, help and the screens' palette are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["act", "look", "coordinate", "walk"]
Kind = Literal[
    "service",
    "edge",
    "entry",
    "flag",
    "person",
    "page",
    "action",
    "role",
    "severity",
    "share",
    "count",
    "duration",
    "on-off",
    "text",
    "subject",
    "component",
    "mechanism",
    "sustaining",
    "step-move",
    "means",
]
"""What an argument names; the screens complete by it and the rules check by it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a verb. `rest` takes all that follows as one text."""

    name: str
    kind: Kind
    required: bool = True
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the command language. `takes` is the default duration in seconds of an action or a look."""

    name: str
    group: Group
    summary: str
    parameters: tuple[Parameter, ...] = ()
    options: tuple[Parameter, ...] = ()
    takes: int = 0

    @property
    def usage(self) -> str:
        """`shed SERVICE SHARE [--entry ENTRY]`."""
        words = [self.name]
        words += [p.name.upper() if p.required else f"[{p.name.upper()}]" for p in self.parameters]
        words += [f"[--{p.name} {p.kind.upper()}]" for p in self.options]
        return " ".join(words)


def _p(name: str, kind: Kind, *, required: bool = True, rest: bool = False) -> Parameter:
    return Parameter(name, kind, required, rest)


_VERBS = (
    Verb("restart", "act", "kill every request in flight and start the service again", (_p("service", "service"),)),
    Verb("rollback", "act", "go back to the version before", (_p("service", "service"),), takes=120),
    Verb("scale", "act", "run this many replicas", (_p("service", "service"), _p("replicas", "count")), takes=60),
    Verb(
        "shed",
        "act",
        "refuse a share of what arrives (0% ends it)",
        (_p("service", "service"), _p("share", "share")),
        (_p("entry", "entry", required=False), _p("segment", "text", required=False)),
        takes=10,
    ),
    Verb(
        "retries", "act", "how often a dependency is tried again", (_p("edge", "edge"), _p("count", "count")), takes=30
    ),
    Verb(
        "timeout",
        "act",
        "how long a caller waits for an answer",
        (_p("edge", "edge"), _p("duration", "duration")),
        takes=30,
    ),
    Verb("flag", "act", "turn a feature flag on or off", (_p("flag", "flag"), _p("state", "on-off")), takes=20),
    Verb(
        "metrics",
        "look",
        "the signals of a service or entry, now and ten minutes back",
        (_p("subject", "subject"),),
        takes=5,
    ),
    Verb(
        "logs",
        "look",
        "what a service logged lately",
        (_p("service", "service"),),
        (_p("grep", "text", required=False),),
        takes=15,
    ),
    Verb("traces", "look", "sampled requests with their spans", (_p("subject", "subject", required=False),), takes=30),
    Verb(
        "deps",
        "look",
        "who calls whom, with timeouts and retries",
        (_p("service", "service", required=False),),
        takes=5,
    ),
    Verb(
        "changes",
        "look",
        "deploys, flags and configuration, newest first",
        (_p("service", "service", required=False),),
        takes=5,
    ),
    Verb(
        "describe", "look", "what a service is: team, replicas, version, limits", (_p("service", "service"),), takes=5
    ),
    Verb("alerts", "look", "alert rules and what they say now"),
    Verb("oncall", "look", "who is on call, at which level, after how long"),
    Verb("playbook", "look", "the playbook, step by step", (_p("name", "text", required=False),)),
    Verb(
        "declare",
        "coordinate",
        "declare an incident; who declares is its commander until another is assigned",
        (_p("severity", "severity", required=False),),
    ),
    Verb("severity", "coordinate", "set the severity", (_p("severity", "severity"),)),
    Verb("ack", "coordinate", "acknowledge a page (the oldest open one)", (_p("page", "page", required=False),)),
    Verb(
        "page", "coordinate", "page a person or team", (_p("person", "person"),), (_p("by", "means", required=False),)
    ),
    Verb("escalate", "coordinate", "send a page to the next level now", (_p("page", "page", required=False),)),
    Verb("assign", "coordinate", "give somebody a role", (_p("role", "role"), _p("person", "person"))),
    Verb("approve", "coordinate", "let a waiting action go ahead", (_p("action", "action", required=False),)),
    Verb("status", "coordinate", "post an update for customers", (_p("message", "text", rest=True),)),
    Verb("note", "coordinate", "say something in the channel", (_p("message", "text", rest=True),)),
    Verb(
        "diagnose",
        "coordinate",
        "say what you think the cause is",
        (_p("component", "component"), _p("mechanism", "mechanism"), _p("sustaining", "sustaining", required=False)),
    ),
    Verb("resolve", "coordinate", "close the incident"),
    Verb(
        "step",
        "walk",
        "move on in the playbook: done (checked), skip, or the name of a step",
        (_p("move", "step-move", required=False),),
    ),
    Verb("hint", "walk", "ask for a hint (free, recorded)"),
)

VERBS: dict[str, Verb] = {verb.name: verb for verb in _VERBS}
"""Every verb, by name, in the order in which help shows them."""

ALIASES = {"done": ("step", "done"), "skip": ("step", "skip"), "say": ("note",), "acknowledge": ("ack",)}
"""Other words for the same commands; the text form has the verb itself."""

ROLES = ("incident-commander", "deputy", "scribe", "customer-liaison", "internal-liaison", "responder")
SEVERITIES = ("SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5")

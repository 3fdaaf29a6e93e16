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
    "target",
    "scope",
    "drainable",
    "setting",
    "value",
    "rate",
    "replica",
    "version",
    "certificate",
    "credential",
    "procedure",
    "word",
    "command",
    "switch",
]
"""What an argument names; the screens complete by it and the rules check by it.

`target`: a service, edge or entry. `scope`: a service, or all. `drainable`: a zone or a service. `word`: one of the
parameter's own words. `command`: another command. `switch`: an option that is there or not and takes no value.
"""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a verb. `rest` takes all that follows as one text; `words` are all it can be, with meanings."""

    name: str
    kind: Kind
    required: bool = True
    rest: bool = False
    words: tuple[tuple[str, str], ...] = ()

    @property
    def usage(self) -> str:
        """`SERVICE`, `[ENTRY]`, `pause|resume` or, of an option, `[--entry ENTRY]`."""
        written = "|".join(word for word, _ in self.words) or self.name.upper()
        return written if self.required else f"[{written}]"


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
        words = [self.name, *(parameter.usage for parameter in self.parameters)]
        words += [f"[--{p.name}]" if p.kind == "switch" else f"[--{p.name} {p.kind.upper()}]" for p in self.options]
        return " ".join(words)

    def option(self, name: str) -> Parameter | None:
        """The option called `name`, without its dashes."""
        return next((option for option in self.options if option.name == name), None)


def _p(name: str, kind: Kind, *, required: bool = True, rest: bool = False) -> Parameter:
    return Parameter(name, kind, required, rest)


def _words(name: str, *, required: bool = True, **words: str) -> Parameter:
    return Parameter(name, "word", required, words=tuple(words.items()))


_SERVICE, _EDGE, _ENTRY = _p("service", "service"), _p("edge", "edge"), _p("entry", "entry")
_FORCE = _p("force", "switch", required=False)
_ONLY_ENTRY, _ONLY_SEGMENT = _p("entry", "entry", required=False), _p("segment", "text", required=False)

_VERBS = (
    Verb(
        "restart",
        "act",
        "kill every request in flight and start the service again",
        (_SERVICE,),
        (_p("replica", "count", required=False), _p("rolling", "switch", required=False)),
    ),
    Verb("rollback", "act", "go back to the version before", (_SERVICE,), (_FORCE,), takes=120),
    Verb(
        "deploy",
        "act",
        "bring out a version, on a share of the replicas first if you like",
        (_SERVICE, _p("version", "version")),
        (_p("canary", "share", required=False), _FORCE),
        takes=120,
    ),
    Verb("promote", "act", "bring a canary's version to all replicas", (_SERVICE,), takes=60),
    Verb(
        "freeze",
        "act",
        "keep the pipeline from deploying, or the autoscaler from scaling",
        (
            _words("what", deploys="the pipeline brings nothing out", autoscaler="the number of replicas stays"),
            _p("scope", "scope"),
            _p("state", "on-off"),
        ),
        takes=5,
    ),
    Verb("scale", "act", "run this many replicas", (_SERVICE, _p("replicas", "count")), takes=60),
    Verb("provision", "act", "ask for so many more replicas to be had", (_p("replicas", "count"),), takes=300),
    Verb(
        "failover",
        "act",
        "make a replica of a database the one that is written to",
        (_SERVICE, _p("replica", "replica")),
        (_FORCE,),
        takes=60,
    ),
    Verb(
        "drain",
        "act",
        "take a zone or a replica out: nothing new goes there (off brings it back)",
        (_p("what", "drainable"), _p("state", "on-off", required=False)),
        (_p("replica", "count", required=False), _FORCE),
        takes=30,
    ),
    Verb("flag", "act", "turn a feature flag on or off", (_p("flag", "flag"), _p("state", "on-off")), takes=20),
    Verb(
        "config",
        "act",
        "change a setting, or revert the newest change of configuration",
        (_p("target", "target"), _p("setting", "setting"), _p("value", "value", required=False)),
        takes=30,
    ),
    Verb(
        "shed",
        "act",
        "refuse a share of what arrives (0% ends it)",
        (_SERVICE, _p("share", "share")),
        (_ONLY_ENTRY, _ONLY_SEGMENT),
        takes=10,
    ),
    Verb("limit", "act", "let in so much a second, or off", (_p("target", "target"), _p("rate", "rate")), takes=10),
    Verb(
        "breaker",
        "act",
        "force a circuit breaker, or leave it to itself",
        (_EDGE, _words("state", open="nothing goes through", closed="all goes through", auto="as it finds right")),
        takes=10,
    ),
    Verb("retries", "act", "how often a dependency is tried again", (_EDGE, _p("count", "count")), takes=30),
    Verb("timeout", "act", "how long a caller waits for an answer", (_EDGE, _p("duration", "duration")), takes=30),
    Verb("pool", "act", "connections of each of the caller's replicas", (_EDGE, _p("size", "count")), takes=30),
    Verb(
        "cache",
        "act",
        "empty a cache, by its service or edge",
        (_p("target", "target"), _words("move", flush="forget everything")),
        (_FORCE,),
        takes=10,
    ),
    Verb(
        "queue",
        "act",
        "what happens to the messages that wait",
        (
            _SERVICE,
            _words(
                "move",
                pause="consumers take nothing",
                resume="consumers go on",
                purge="throw away all that waits",
                quarantine="put aside what nobody can process",
                requeue="put back what was set aside",
            ),
        ),
        (_FORCE,),
        takes=10,
    ),
    Verb(
        "traffic",
        "act",
        "send a share of an entry's demand elsewhere, or turn it away (0% ends it)",
        (_words("move", shift="to the entry's alternate", block="turned away"), _ENTRY, _p("share", "share")),
        (_ONLY_SEGMENT,),
        takes=20,
    ),
    Verb(
        "cert", "act", "renew a certificate", (_words("move", renew="a new one"), _p("name", "certificate")), takes=120
    ),
    Verb(
        "dns",
        "act",
        "help callers to find a service again",
        (_SERVICE, _words("move", flush="forget what resolvers keep", repoint="write the record again")),
        takes=60,
    ),
    Verb(
        "credentials",
        "act",
        "give out a new password or token",
        (_words("move", rotate="a new one"), _p("name", "credential")),
        takes=60,
    ),
    Verb("probe", "act", "send a few requests and see what comes back", (_p("subject", "subject"),), takes=15),
    Verb("backfill", "act", "do again what a service or a queue has lost", (_SERVICE,), takes=300),
    Verb("restore", "act", "bring a service back from its backup", (_SERVICE,), (_FORCE,), takes=900),
    Verb("vendor", "act", "call the third party's hotline", (_SERVICE,), takes=600),
    Verb("perform", "act", "carry out a procedure of this system", (_p("name", "procedure"),), (_FORCE,), takes=30),
    Verb("undo", "act", "take back what a procedure did", (_p("name", "procedure"),), takes=30),
    Verb(
        "breakglass",
        "act",
        "do something past approval and other guardrails (recorded)",
        (_p("command", "command", rest=True),),
    ),
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
    Verb("cancel", "coordinate", "end an action that waits or runs", (_p("action", "action"),)),
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

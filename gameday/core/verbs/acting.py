"""Verbs that change the system."""

from __future__ import annotations

from gameday.core.verbs.base import Verb, argument, one_of

_SERVICE, _EDGE, _ENTRY = argument("service", "service"), argument("edge", "edge"), argument("entry", "entry")
_FORCE = argument("force", "switch", required=False)
_ONLY_ENTRY, _ONLY_SEGMENT = argument("entry", "entry", required=False), argument("segment", "text", required=False)

ACTING = (
    Verb(
        "restart",
        "act",
        "kill every request in flight and start the service again",
        (_SERVICE,),
        (argument("replica", "count", required=False), argument("rolling", "switch", required=False)),
    ),
    Verb("rollback", "act", "go back to the version before", (_SERVICE,), (_FORCE,), takes=120),
    Verb(
        "deploy",
        "act",
        "bring out a version, on a share of the replicas first if you like",
        (_SERVICE, argument("version", "version")),
        (argument("canary", "share", required=False), _FORCE),
        takes=120,
    ),
    Verb("promote", "act", "bring a canary's version to all replicas", (_SERVICE,), takes=60),
    Verb(
        "freeze",
        "act",
        "keep the pipeline from deploying, or the autoscaler from scaling",
        (
            one_of("what", deploys="the pipeline brings nothing out", autoscaler="the number of replicas stays"),
            argument("scope", "scope"),
            argument("state", "on-off"),
        ),
        takes=5,
    ),
    Verb("scale", "act", "run this many replicas", (_SERVICE, argument("replicas", "count")), takes=60),
    Verb("provision", "act", "ask for so many more replicas to be had", (argument("replicas", "count"),), takes=300),
    Verb(
        "failover",
        "act",
        "make a replica of a database the one that is written to",
        (_SERVICE, argument("replica", "replica")),
        (_FORCE,),
        takes=60,
    ),
    Verb(
        "drain",
        "act",
        "take a zone or a replica out: nothing new goes there (off brings it back)",
        (argument("what", "drainable"), argument("state", "on-off", required=False)),
        (argument("replica", "count", required=False), _FORCE),
        takes=30,
    ),
    Verb(
        "flag",
        "act",
        "turn a feature flag on or off",
        (argument("flag", "flag"), argument("state", "on-off")),
        takes=20,
    ),
    Verb(
        "config",
        "act",
        "change a setting, or revert the newest change of configuration",
        (argument("target", "target"), argument("setting", "setting"), argument("value", "value", required=False)),
        takes=30,
    ),
    Verb(
        "shed",
        "act",
        "refuse a share of what arrives (0% ends it)",
        (_SERVICE, argument("share", "share")),
        (_ONLY_ENTRY, _ONLY_SEGMENT),
        takes=10,
    ),
    Verb(
        "limit",
        "act",
        "let in so much a second, or off",
        (argument("target", "target"), argument("rate", "rate")),
        takes=10,
    ),
    Verb(
        "breaker",
        "act",
        "force a circuit breaker, or leave it to itself",
        (_EDGE, one_of("state", open="nothing goes through", closed="all goes through", auto="as it finds right")),
        takes=10,
    ),
    Verb("retries", "act", "how often a dependency is tried again", (_EDGE, argument("count", "count")), takes=30),
    Verb(
        "timeout", "act", "how long a caller waits for an answer", (_EDGE, argument("duration", "duration")), takes=30
    ),
    Verb("pool", "act", "connections of each of the caller's replicas", (_EDGE, argument("size", "count")), takes=30),
    Verb(
        "cache",
        "act",
        "empty a cache, by its service or edge",
        (argument("target", "target"), one_of("move", flush="forget everything")),
        (_FORCE,),
        takes=10,
    ),
    Verb(
        "queue",
        "act",
        "what happens to the messages that wait",
        (
            _SERVICE,
            one_of(
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
        (one_of("move", shift="to the entry's alternate", block="turned away"), _ENTRY, argument("share", "share")),
        (_ONLY_SEGMENT,),
        takes=20,
    ),
    Verb(
        "cert",
        "act",
        "renew a certificate",
        (one_of("move", renew="a new one"), argument("name", "certificate")),
        takes=120,
    ),
    Verb(
        "dns",
        "act",
        "help callers to find a service again",
        (_SERVICE, one_of("move", flush="forget what resolvers keep", repoint="write the record again")),
        takes=60,
    ),
    Verb(
        "credentials",
        "act",
        "give out a new password or token",
        (one_of("move", rotate="a new one"), argument("name", "credential")),
        takes=60,
    ),
    Verb("probe", "act", "send a few requests and see what comes back", (argument("subject", "subject"),), takes=15),
    Verb("backfill", "act", "do again what a service or a queue has lost", (_SERVICE,), takes=300),
    Verb("restore", "act", "bring a service back from its backup", (_SERVICE,), (_FORCE,), takes=900),
    Verb("vendor", "act", "call the third party's hotline", (_SERVICE,), takes=600),
    Verb(
        "perform", "act", "carry out a procedure of this system", (argument("name", "procedure"),), (_FORCE,), takes=30
    ),
    Verb("undo", "act", "take back what a procedure did", (argument("name", "procedure"),), takes=30),
    Verb(
        "breakglass",
        "act",
        "do something past approval and other guardrails (recorded)",
        (argument("command", "command", rest=True),),
    ),
)

"""Verbs that look at the system; looking costs time."""

from __future__ import annotations

from gameday.core.verbs.base import Verb, argument

LOOKING = (
    Verb(
        "metrics",
        "look",
        "the signals of a service or entry, now and ten minutes back",
        (argument("subject", "subject"),),
        takes=5,
    ),
    Verb(
        "logs",
        "look",
        "what a service logged lately",
        (argument("service", "service"),),
        (argument("grep", "text", required=False),),
        takes=15,
    ),
    Verb(
        "traces",
        "look",
        "sampled requests with their spans",
        (argument("subject", "subject", required=False),),
        takes=30,
    ),
    Verb(
        "deps",
        "look",
        "who calls whom, with timeouts and retries",
        (argument("service", "service", required=False),),
        takes=5,
    ),
    Verb(
        "changes",
        "look",
        "deploys, flags and configuration, newest first",
        (argument("service", "service", required=False),),
        takes=5,
    ),
    Verb(
        "describe",
        "look",
        "what a service is: team, replicas, version, limits",
        (argument("service", "service"),),
        takes=5,
    ),
    Verb("alerts", "look", "alert rules and what they say now"),
    Verb("oncall", "look", "who is on call, at which level, after how long"),
    Verb("playbook", "look", "the playbook, step by step", (argument("name", "text", required=False),)),
)

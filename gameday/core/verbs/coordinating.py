"""Verbs among people: pages, command, communication."""

from __future__ import annotations

from gameday.core.verbs.base import Verb, argument, one_of

COORDINATING = (
    Verb(
        "declare",
        "coordinate",
        "declare an incident; who declares is its commander until another is assigned",
        (argument("severity", "severity", required=False),),
    ),
    Verb("severity", "coordinate", "set the severity", (argument("severity", "severity"),)),
    Verb("ack", "coordinate", "acknowledge a page (the oldest open one)", (argument("page", "page", required=False),)),
    Verb(
        "page",
        "coordinate",
        "page a person or team",
        (argument("person", "person"),),
        (argument("by", "means", required=False),),
    ),
    Verb("escalate", "coordinate", "send a page to the next level now", (argument("page", "page", required=False),)),
    Verb(
        "silence",
        "coordinate",
        "let an alert page nobody for a while (10m); off ends it",
        (argument("alert", "alert"), argument("duration", "duration-or-off", required=False)),
    ),
    Verb("assign", "coordinate", "give somebody a role", (argument("role", "role"), argument("person", "person"))),
    Verb(
        "ask",
        "coordinate",
        "ask a colleague; name a service, and a time by which you need it",
        (argument("person", "colleague"), argument("question", "text", rest=True)),
        (argument("within", "duration", required=False),),
    ),
    Verb(
        "delegate",
        "coordinate",
        "have a colleague give a command",
        (argument("person", "colleague"), argument("command", "command", rest=True)),
        (argument("within", "duration", required=False),),
    ),
    Verb(
        "share",
        "coordinate",
        "show everybody what you found by looking (the newest)",
        (argument("look", "text", required=False, rest=True),),
    ),
    Verb(
        "can",
        "coordinate",
        "report: conditions, actions, needs (C: ... A: ... N: ...)",
        (argument("report", "text", rest=True),),
    ),
    Verb(
        "reply",
        "coordinate",
        "answer a question that was put to you (the oldest)",
        (argument("message", "text", rest=True),),
        (argument("question", "question", required=False),),
    ),
    Verb(
        "hypothesis",
        "coordinate",
        "say what you suspect, and how sure you are (not scored)",
        (argument("component", "component"), argument("mechanism", "mechanism")),
        (argument("confidence", "share", required=False),),
    ),
    Verb("relieve", "coordinate", "send somebody off: they rest, and hold no role", (argument("person", "person"),)),
    Verb(
        "handover",
        "coordinate",
        "give your role to somebody, with what they have to know",
        (argument("person", "person"), argument("message", "text", rest=True)),
    ),
    Verb("approve", "coordinate", "let a waiting action go ahead", (argument("action", "action", required=False),)),
    Verb("cancel", "coordinate", "end an action that waits or runs", (argument("action", "action"),)),
    Verb(
        "status",
        "coordinate",
        "post an update for customers",
        (argument("message", "text", required=False, rest=True),),
        (
            one_of(
                "by",
                required=False,
                page="on the status page, which is usual",
                social="on social media",
                email="to every customer",
            ),
            argument("template", "text", required=False),
        ),
    ),
    Verb("note", "coordinate", "say something in the channel", (argument("message", "text", rest=True),)),
    Verb(
        "diagnose",
        "coordinate",
        "say what you think the cause is",
        (
            argument("component", "component"),
            argument("mechanism", "mechanism"),
            argument("sustaining", "sustaining", required=False),
        ),
    ),
    Verb("resolve", "coordinate", "close the incident"),
)

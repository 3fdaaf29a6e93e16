"""Verbs among people: pages, command, communication."""

from __future__ import annotations

from gameday.core.verbs.base import Verb, argument

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
    Verb("assign", "coordinate", "give somebody a role", (argument("role", "role"), argument("person", "person"))),
    Verb("approve", "coordinate", "let a waiting action go ahead", (argument("action", "action", required=False),)),
    Verb("cancel", "coordinate", "end an action that waits or runs", (argument("action", "action"),)),
    Verb("status", "coordinate", "post an update for customers", (argument("message", "text", rest=True),)),
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

"""People, teams, on-call schedules, escalation policies (in PagerDuty's words) and alert rules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictFloat, StrictInt

from gameday.core.kinds.base import Model
from gameday.core.quantities import Duration, Name, Ratio, Text


class Responds(Model):
    """How somebody answers: with which chance at all, and after which median time (lognormal, `spread` = its scv)."""

    p: Ratio = 1.0
    delay: Duration = 90_000_000
    spread: Annotated[StrictFloat, Field(ge=0, le=25)] = 0.5


class Person(Model):
    """Somebody who can be paged."""

    team: Name
    title: Text = ""
    responds: Annotated[Responds, Field(description="to a page")] = Responds()
    phone: Annotated[Responds, Field(description="to a phone call")] = Responds.model_validate({"delay": "60s"})


class Team(Model):
    """Owns services; is paged by its policy."""

    summary: Text = ""
    policy: Annotated[Name | None, Field(description="its escalation policy")] = None


class Schedule(Model):
    """Who is on call: the people in order; the first is on duty for the whole session."""

    people: Annotated[tuple[Name, ...], Field(min_length=1)]


class Rule(Model):
    """A level of an escalation policy: who is paged, and after how long the next level is."""

    escalation_delay: Annotated[Duration, Field(gt=0)]
    targets: Annotated[tuple[Name, ...], Field(min_length=1, description="people or schedules")]


class EscalationPolicy(Model):
    """Rules one after another, all of them `num_loops` times more when nobody acknowledges."""

    num_loops: Annotated[StrictInt, Field(ge=0, le=9)] = 0
    acknowledgement_timeout: Annotated[
        Duration, Field(description="an acknowledged page triggers again; 0s: never")
    ] = 0
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class Alert(Model):
    """Fires when its condition has held for `for`; clears when it has not held for as long."""

    when: Annotated[Text, Field(description="a condition over signals")]
    hold: Annotated[Duration, Field(alias="for", description="how long the condition must hold")] = 0
    policy: Name
    urgency: Literal["high", "low"] = "high"
    summary: Text
    playbook: Name | None = None


class Seat(Model):
    """A person whom a player plays: pages wait for the player's `ack`, and nothing is simulated for them."""

    person: Name
    role: Text = "responder"
    briefing: Text = ""

"""Who is on call: schedules, escalation policies (in PagerDuty's words), and how somebody answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictFloat, StrictInt

from gameday.core.kinds.base import Model
from gameday.core.quantities import Duration, Name, Ratio


class Responds(Model):
    """How somebody answers: with which chance at all, and after which median time (lognormal, `spread` = its scv)."""

    p: Ratio = 1.0
    delay: Duration = 90_000_000
    spread: Annotated[StrictFloat, Field(ge=0, le=25)] = 0.5


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

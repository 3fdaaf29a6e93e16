"""Who is on call: schedules, escalation policies (in PagerDuty's words), and how somebody is reached and answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictFloat, StrictInt, model_validator

from gameday.core.kinds.base import Model
from gameday.core.quantities import Duration, Line, Name, Ratio
from gameday.scenario.models.calendar import Instant, TimeOfDay, TimeZone

Urgency = Literal["high", "low"]
Means = Literal["push", "sms", "email", "phone"]

_HOUR, _DAY, _WEEK = 3_600_000_000, 86_400_000_000, 604_800_000_000


class Responds(Model):
    """How somebody answers: with which chance at all, and after which median time (lognormal, `spread` = its scv)."""

    p: Ratio = 1.0
    delay: Duration = 90_000_000
    spread: Annotated[StrictFloat, Field(ge=0, le=25)] = 0.5


class Contact(Model):
    """A notification rule: so long after the page, in this way, and with this chance that it gets through.

    Each that gets through is a try of its own. A phone rings for two minutes at most.
    """

    by: Means
    after: Duration = 0
    p: Annotated[Ratio, Field(description="how often it gets through")] = 1.0
    urgency: Annotated[Urgency, Field(description="of the pages that it is for")] = "high"
    responds: Annotated[
        Responds | None, Field(description="once it got through; as the person does to a page or the phone, if unsaid")
    ] = None


class Restriction(Model):
    """A window of the day, or of the week, in which alone a layer covers. Local time of the schedule."""

    start_time_of_day: TimeOfDay
    start_day_of_week: Annotated[
        StrictInt | None, Field(ge=1, le=7, description="1 is Monday; the window comes once a week then")
    ] = None
    duration: Annotated[Duration, Field(gt=0, le=_WEEK)]

    @model_validator(mode="after")
    def _fits(self) -> Restriction:
        if self.start_day_of_week is None and self.duration > _DAY:
            raise ValueError("a daily window lasts 24 h at most; one of the week has a start_day_of_week")
        return self


class Layer(Model):
    """A rotation: one user after another, each for a turn. Handoffs come at the time of day of the rotation's start."""

    name: Line = ""
    users: Annotated[tuple[Name, ...], Field(min_length=1, max_length=200)]
    start: Annotated[Instant | None, Field(description="covers nothing before; always did, if unsaid")] = None
    end: Annotated[Instant | None, Field(description="covers nothing from here on; never ends, if unsaid")] = None
    rotation_virtual_start: Annotated[
        Instant | None, Field(description="when the first user's first turn began; at `start`, if unsaid")
    ] = None
    rotation_turn_length: Annotated[Duration, Field(ge=_HOUR)] = _WEEK
    restrictions: Annotated[
        tuple[Restriction, ...] | None,
        Field(min_length=1, max_length=28, description="it covers all the time, if unsaid"),
    ] = None

    @model_validator(mode="after")
    def _begins(self) -> Layer:
        if len(self.users) > 1 and self.start is None and self.rotation_virtual_start is None:
            raise ValueError("a layer of several users needs a start or a rotation_virtual_start")
        return self


class Override(Model):
    """Somebody takes over for a while, whatever the layers say."""

    user: Name
    start: Instant
    end: Instant


class Schedule(Model):
    """Who is on call: `people` in order, the first always on duty; or `layers`, of which the last that covers holds."""

    people: Annotated[tuple[Name, ...] | None, Field(min_length=1)] = None
    time_zone: Annotated[TimeZone | None, Field(description="of its local times; UTC, if unsaid")] = None
    layers: Annotated[tuple[Layer, ...] | None, Field(min_length=1, max_length=30)] = None
    overrides: Annotated[
        tuple[Override, ...] | None, Field(max_length=500, description="they go before the layers; the last one first")
    ] = None

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Schedule:
        if (self.people is None) == (self.layers is None):
            raise ValueError("a schedule has either people or layers")
        return self

    @property
    def is_fixed(self) -> bool:
        """Whether the same person is on duty at all times."""
        return self.people is not None and not self.overrides


class Rule(Model):
    """A level of an escalation policy: who is paged, and after how long the next level is."""

    escalation_delay: Annotated[Duration, Field(gt=0)]
    targets: Annotated[tuple[Name, ...], Field(min_length=1, description="people or schedules")]
    assignment_strategy: Annotated[
        Literal["everyone", "round-robin"] | None,
        Field(description="round-robin: one of the targets, the next one each time; everyone, if unsaid"),
    ] = None


class EscalationPolicy(Model):
    """Rules one after another, all of them `num_loops` times more when nobody acknowledges."""

    num_loops: Annotated[StrictInt, Field(ge=0, le=9)] = 0
    acknowledgement_timeout: Annotated[
        Duration, Field(description="an acknowledged page triggers again; 0s: never")
    ] = 0
    empty_levels: Annotated[
        Literal["wait", "skip"] | None,
        Field(description="a level at which nobody is on duty: wait its delay out, the default, or go on at once"),
    ] = None
    rules: Annotated[tuple[Rule, ...], Field(min_length=1, max_length=100)]

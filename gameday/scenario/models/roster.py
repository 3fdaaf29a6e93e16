"""The on-call side of an organisation by itself: people, schedules and escalation policies, without a system.

Owns the file of only these, and the protocol of what has them: such a file, or a whole scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Protocol

from pydantic import Field, StrictInt

from gameday.core.kinds.base import Model
from gameday.core.quantities import Name, Text
from gameday.scenario.models.calendar import Instant
from gameday.scenario.models.oncall import EscalationPolicy, Schedule
from gameday.scenario.models.people import Person, Team


class Roster(Protocol):
    """Who can be paged, and in which order."""

    @property
    def people(self) -> Mapping[str, Person]: ...

    @property
    def teams(self) -> Mapping[str, Team]: ...

    @property
    def schedules(self) -> Mapping[str, Schedule]: ...

    @property
    def escalation_policies(self) -> Mapping[str, EscalationPolicy]: ...

    @property
    def starts_at(self) -> str | None: ...


class OncallFile(Model):
    """People, schedules and escalation policies, for `gameday oncall`."""

    gameday: Annotated[StrictInt, Field(ge=1, le=1, description="version of the file format")]
    title: Text = ""
    starts_at: Annotated[Instant | None, Field(description="when the page comes, if nothing else is said; UTC")] = None
    people: dict[Name, Person] = Field(default_factory=dict)
    teams: dict[Name, Team] = Field(default_factory=dict)
    schedules: dict[Name, Schedule] = Field(default_factory=dict)
    escalation_policies: Annotated[dict[Name, EscalationPolicy], Field(min_length=1)]

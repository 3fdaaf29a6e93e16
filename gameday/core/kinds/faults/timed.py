"""What all faults have in common: when they begin, how they grow, when they end by themselves."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from gameday.core.kinds.base import Model
from gameday.core.quantities import Duration, Name, Ratio, Text


class Timed(Model):
    """When a fault begins, how long it takes to reach full strength, and when it ends by itself (never, if unsaid)."""

    at: Duration
    lasts: Annotated[Duration | None, Field(description="ends by itself after this long; never, if unsaid")] = None
    ramp: Annotated[Duration, Field(description="time to reach full strength, in steps of a second")] = 0
    name: Annotated[Text | None, Field(description="for the review; never shown to responders")] = None


class SomeReplicas(Timed):
    """A fault that can be limited to some of the replicas, such as a single bad host."""

    zone: Annotated[Name | None, Field(description="only the replicas in this zone")] = None
    reach: Annotated[Ratio | None, Field(gt=0, description="only this share of the replicas, the first ones")] = None

    @model_validator(mode="after")
    def _zone_or_reach(self) -> SomeReplicas:
        if self.zone is not None and self.reach is not None:
            raise ValueError("say either zone or reach")
        return self

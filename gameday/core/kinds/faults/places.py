"""Faults of places and networks: lost calls, partitions, zones, third parties."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from gameday.core.kinds.effects import Factor
from gameday.core.kinds.faults.timed import Timed
from gameday.core.quantities import Name, Rate, Ratio


class EdgeLoss(Timed):
    """Calls along an edge vanish without an answer."""

    kind: Literal["edge-loss"]
    edge: str
    share: Ratio = 1.0


class Partition(Timed):
    """Groups of services, or two zones, cannot reach each other: calls between them vanish without an answer.

    Between zones the calls that would cross are lost: a request is in the zone of its replica, and whom it calls is
    chosen anew for each attempt, without regard to zones. So it follows, within a second, where replicas run: with one
    of the two zones drained nothing crosses. Services in no group reach everybody. Nothing is replicated between
    databases of which it puts all of the one on one side and all of the other on the other.
    """

    kind: Literal["partition"]
    groups: Annotated[
        tuple[Annotated[tuple[Name, ...], Field(min_length=1)], ...] | None,
        Field(min_length=2, description="services that reach each other only within their group"),
    ] = None
    zones: Annotated[tuple[Name, Name] | None, Field(description="two zones that do not reach each other")] = None

    @model_validator(mode="after")
    def _two_sides(self) -> Partition:
        if (self.groups is None) == (self.zones is None):
            raise ValueError("say either groups or zones")
        if self.zones is not None and self.zones[0] == self.zones[1]:
            raise ValueError(f"zone {self.zones[0]} reaches itself")
        named = [name for group in self.groups or () for name in group]
        if len(set(named)) < len(named):
            raise ValueError("a service is in one group only")
        return self


class ZoneLoss(Timed):
    """All replicas in a zone die with every request in them. When it ends they start, each in its own time."""

    kind: Literal["zone-loss"]
    zone: Name


class ThirdParty(Timed):
    """Somebody else's service has trouble: it is down, slow, fails a share of the calls, or takes only so many.

    `slow` needs a factor, `errors` a share, `limited` a rate; `down` fails every call at once.
    Nothing that responders do ends it: it takes `lasts`, or a way to ask for less.
    """

    kind: Literal["third-party"]
    service: Name
    trouble: Literal["down", "slow", "errors", "limited"]
    factor: Annotated[Factor | None, Field(gt=1, description="of slow: on its service time")] = None
    share: Annotated[Ratio | None, Field(gt=0, description="of errors: of its calls")] = None
    rate: Annotated[Rate | None, Field(gt=0, description="of limited: beyond it callers are turned away")] = None

    @model_validator(mode="after")
    def _its_figure(self) -> ThirdParty:
        figures = {"slow": ("factor", self.factor), "errors": ("share", self.share), "limited": ("rate", self.rate)}
        for trouble, (key, value) in figures.items():
            if (trouble == self.trouble) != (value is not None):
                raise ValueError(f"{key} belongs to trouble: {trouble}")
        return self

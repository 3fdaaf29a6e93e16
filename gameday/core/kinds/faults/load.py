"""Faults of work and demand: crashes, slowness, errors, missing capacity, too much traffic."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictFloat, model_validator

from gameday.core.kinds.effects import Factor
from gameday.core.kinds.faults.timed import SomeReplicas, Timed
from gameday.core.quantities import Duration, Name, Ratio


class Crash(Timed):
    """Replicas die with every request in them: a share of all, to the nearest whole one and at least one.

    The first of those that run die. They begin to start once `lasts` is over, or else at once where they restart by
    themselves (`restarts`), and serve after the service's start-up time. Replicas that come later (`scale`) run.

    With `again_after` they crash again so long after each start, until `lasts` is over or until another version or
    another configuration of the service runs. Before each new start they wait: the back-off of the service's
    `crash_loop` (its defaults, where the service has none) doubles with each crash. A restart by hand waits for
    nothing, and helps for `again_after`; one replica that is restarted alone crashes again with the others.
    """

    kind: Literal["crash"]
    service: Name
    share: Annotated[Ratio, Field(description="share of the replicas")] = 1.0
    restarts: StrictBool = False
    again_after: Annotated[
        Duration | None, Field(gt=0, description="crashes again so long after each start: a crash loop")
    ] = None


class Latency(SomeReplicas):
    """Work takes longer: a factor on the service time, or a time added."""

    kind: Literal["latency"]
    service: Name
    factor: Factor | None = None
    add: Duration | None = None
    entry: str | None = None
    segment: str | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Latency:
        if (self.factor is None) == (self.add is None):
            raise ValueError("say either factor or add")
        return self


class Errors(SomeReplicas):
    """A share of the requests fails at the end of its work."""

    kind: Literal["errors"]
    service: Name
    share: Ratio
    entry: str | None = None
    segment: str | None = None


class Capacity(SomeReplicas):
    """A share of a service's capacity is gone; what is in flight finishes.

    Each replica loses that share of its workers, to the nearest whole worker in all together. One that has none left
    does not run: with 100%, or where fewer workers than replicas are left.
    """

    kind: Literal["capacity"]
    service: Name
    lost: Ratio


class TrafficSpike(Timed):
    """More arrivals: a second stream of (factor - 1) times the entry's own rate.

    `attack` is the same for an entry that is not demand (`counts: false`): what it costs counts, what becomes of it
    does not.
    """

    kind: Literal["traffic-spike", "attack"]
    entry: Name
    factor: Annotated[StrictFloat, Field(gt=1, le=1000)]

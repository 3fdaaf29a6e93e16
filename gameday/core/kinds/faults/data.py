"""Faults of caches, queues and databases."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from gameday.core.kinds.faults.timed import Timed
from gameday.core.quantities import Duration, Name, Ratio


class CacheFlush(Timed):
    """A cache is empty from one moment to the next: all it kept is asked for again."""

    kind: Literal["cache-flush"]
    service: Annotated[Name | None, Field(description="the service that holds the cache")] = None
    edge: Annotated[str | None, Field(description="or the edge whose cache it is")] = None

    @model_validator(mode="after")
    def _one_of_two(self) -> CacheFlush:
        if (self.service is None) == (self.edge is None):
            raise ValueError("say either service or edge")
        return self


class HotKey(Timed):
    """A share of the requests of a service is all for one key, and so for one shard of it."""

    kind: Literal["hot-key"]
    service: Name
    share: Ratio


class PoisonMessage(Timed):
    """A share of a queue's messages that nobody can process: each fails, comes back, and fails again.

    `crashes`: whoever takes one dies of it, at the next second, with all else that is in it, and starts again (with the
    back-off of its `crash_loop`, where it has one). It fails at the end of the consumer's own work, before what that
    calls. Messages sent while it lasts can be poison, and stay so: a short `lasts` leaves a few that come back.
    """

    kind: Literal["poison-message"]
    service: Annotated[Name, Field(description="the queue")]
    share: Annotated[Ratio, Field(gt=0)]
    crashes: StrictBool = False


class QueueStall(Timed):
    """A consumer hangs: it takes no messages any more, until it is restarted, and its queue grows."""

    kind: Literal["queue-stall"]
    edge: Annotated[str, Field(description="the pull edge from the queue to its consumer")]


class Failover(Timed):
    """A replica of a database is promoted though nobody asked for it; what it had not taken in yet is lost.

    With `split_brain` half of the callers do not notice for that long: they read and write at the old primary, each
    database works at what it is asked for, and what the old one has written since is lost when that ends.
    """

    kind: Literal["failover"]
    service: Annotated[Name, Field(description="the replica that is promoted")]
    split_brain: Annotated[Duration | None, Field(gt=0, description="for so long both take writes")] = None

"""Faults that fill something up: connections, memory, disks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from gameday.core.kinds.faults.timed import Timed
from gameday.core.quantities import Duration, Name, Rate, Ratio


class PoolLeak(Timed):
    """Connections of an edge's pool are taken and never given back, until nothing is left to call with.

    A restart of the caller (a rollback starts it anew too) gives all of them back, one of a single replica its own;
    then they leak again for as long as the fault lasts. A bigger pool lasts longer. For a version that leaks, use
    `bad-deploy` with a `ramp` and the effect `pool_leaked`: that ends with the version, and a restart does not help.
    """

    kind: Literal["pool-leak"]
    edge: Annotated[str, Field(description="an edge with a pool")]
    leaks: Annotated[Rate, Field(gt=0, description="connections of each of the caller's replicas, such as 6/min")]


class MemoryLeak(Timed):
    """Memory fills, by the clock (`fills_in`) or with each million requests (`per_million`, in times the limit).

    The fuller, the slower (see the service's `memory`; one without it has its defaults). Full, all replicas are killed
    at the next second and start again empty; with `memory.spread` only the replica that is full. A restart empties
    what it restarts; without `spread` all are alike, and empty once each has been restarted.
    """

    kind: Literal["memory-leak"]
    service: Name
    fills_in: Annotated[Duration | None, Field(gt=0, description="from what is used at the start to the limit")] = None
    per_million: Annotated[
        float | None, Field(gt=0, le=1e6, description="limits filled by a million requests of a replica")
    ] = None

    @model_validator(mode="after")
    def _one_of_two(self) -> MemoryLeak:
        if (self.fills_in is None) == (self.per_million is None):
            raise ValueError("say either fills_in or per_million")
        return self


class DiskFull(Timed):
    """A disk fills up; once it is full, writes fail, until somebody makes room. Then it fills again while this lasts.

    What fails are the calls of edges with `writes: true`; `errors` adds a share of all requests.
    """

    kind: Literal["disk-full"]
    service: Name
    fills_in: Annotated[Duration, Field(description="from what is used at the start to full; 0: it is full at once")]
    used: Annotated[Ratio, Field(lt=1, description="at the start, and after room was made")] = 0.5
    errors: Annotated[Ratio | None, Field(gt=0, description="share of all requests that fail too")] = None

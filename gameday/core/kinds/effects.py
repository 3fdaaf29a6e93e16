"""The effect: the one primitive by which anything changes the system. A typed change to one parameter.

Factors multiply, added times add up, probabilities combine as 1 - prod(1 - p), of set values the latest holds and
uncovers the one below when it goes. Owns the parameter models; `gameday.engine.effects` applies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StrictFloat, StrictInt, model_validator

from gameday.core.kinds.base import Model
from gameday.core.quantities import Duration, Name, Rate, Ratio

TargetKind = Literal["service", "edge", "entry"]
Combine = Literal["multiply", "add", "probability", "latest"]


@dataclass(frozen=True, slots=True)
class ParameterKind:
    """Where a parameter lives and how several effects on it combine.

    `by_class`: can be limited to entry or segment; `by_replica`: can be limited to a zone or a share of the replicas,
    of an edge those of its caller.
    """

    target: TargetKind
    combine: Combine
    by_class: bool
    summary: str
    by_replica: bool = False


PARAMETERS: Mapping[str, ParameterKind] = {
    "service_time": ParameterKind("service", "multiply", True, "factor on the service time", by_replica=True),
    "latency": ParameterKind(
        "service", "add", True, "time added to every request while it holds its worker", by_replica=True
    ),
    "errors": ParameterKind(
        "service", "probability", True, "share of requests that fail at the end of their work", by_replica=True
    ),
    "shed": ParameterKind("service", "probability", True, "share refused on arrival"),
    "lost": ParameterKind("service", "probability", False, "share of the capacity that is gone", by_replica=True),
    "drained": ParameterKind(
        "service", "probability", False, "100%: out of rotation, gets nothing new and ends what it has", by_replica=True
    ),
    "replicas": ParameterKind("service", "latest", False, "number of replicas"),
    "workers": ParameterKind("service", "latest", False, "workers in each replica", by_replica=True),
    "queue_limit": ParameterKind("service", "latest", False, "how many may wait"),
    "in_flight": ParameterKind("service", "latest", False, "how many may be inside at all"),
    "limit": ParameterKind(
        "service", "latest", False, "requests a second beyond which callers are turned away", by_replica=True
    ),
    "certificate": ParameterKind("service", "probability", False, "share of callers who do not trust its certificate"),
    "dns": ParameterKind("service", "probability", False, "share of callers who cannot find its address"),
    "write_errors": ParameterKind("service", "probability", False, "share of writes that fail"),
    "hot_key": ParameterKind("service", "probability", False, "share of requests that are all for one key"),
    "poison": ParameterKind("service", "probability", False, "share of a queue's messages that nobody can process"),
    "lag": ParameterKind("service", "add", False, "time by which a database's replica is behind, added"),
    "timeout": ParameterKind("edge", "latest", False, "how long the caller waits", by_replica=True),
    "retries": ParameterKind("edge", "latest", False, "how often the caller tries again", by_replica=True),
    "loss": ParameterKind(
        "edge", "probability", False, "share of calls that vanish without an answer", by_replica=True
    ),
    "delay": ParameterKind("edge", "add", False, "time added on the way to the callee", by_replica=True),
    "calls": ParameterKind("edge", "multiply", False, "factor on the calls per request"),
    "backoff": ParameterKind("edge", "latest", False, "delay before the first retry", by_replica=True),
    "unauthorized": ParameterKind(
        "edge", "probability", False, "share of calls whose credentials are turned away", by_replica=True
    ),
    "pool_size": ParameterKind(
        "edge", "latest", False, "connections of each of the caller's replicas", by_replica=True
    ),
    "pool_leaked": ParameterKind("edge", "add", False, "connections that nobody gives back, all replicas together"),
    "paused": ParameterKind("edge", "latest", False, "1: a queue's consumer takes nothing"),
    "breaker": ParameterKind("edge", "latest", False, "1 forces the circuit open, 2 closed, 0 leaves it to itself"),
    "call_limit": ParameterKind(
        "edge", "latest", False, "calls a second beyond which the caller holds back", by_replica=True
    ),
    "traffic": ParameterKind("entry", "multiply", False, "factor on the arrivals"),
    "blocked": ParameterKind("entry", "probability", True, "share of the demand turned away at the door"),
    "demand_limit": ParameterKind("entry", "latest", False, "requests a second beyond which demand is turned away"),
    "shifted": ParameterKind("entry", "probability", False, "share of the demand that goes to the entry's alternate"),
}

Factor = Annotated[StrictFloat, Field(ge=0, le=100_000)]


class Effect(Model):
    """A typed change of one parameter of a service, an edge (`caller>callee`) or an entry.

    `entry` and `segment` limit it to some requests, `zone` and `reach` to some replicas (of an edge, its caller's: then
    it is about the calls of what those work at), where the parameter allows it.
    """

    service: Name | None = None
    edge: str | None = None
    on: Annotated[str | None, Field(description="the entry whose arrivals change")] = None
    entry: Annotated[str | None, Field(description="only requests of this entry")] = None
    segment: Annotated[str | None, Field(description="only requests of this segment")] = None
    zone: Annotated[Name | None, Field(description="only the replicas in this zone")] = None
    reach: Annotated[Ratio | None, Field(gt=0, description="only this share of the replicas, the first ones")] = None
    replica: Annotated[StrictInt | None, Field(ge=1, le=10_000, description="only the replica with this number")] = None

    service_time: Factor | None = None
    latency: Duration | None = None
    errors: Ratio | None = None
    shed: Ratio | None = None
    lost: Ratio | None = None
    drained: Ratio | None = None
    replicas: Annotated[StrictInt, Field(ge=0, le=10_000)] | None = None
    workers: Annotated[StrictInt, Field(ge=1, le=100_000)] | None = None
    queue_limit: Annotated[StrictInt, Field(ge=0, le=1_000_000)] | None = None
    in_flight: Annotated[StrictInt, Field(ge=1, le=1_000_000)] | None = None
    limit: Annotated[Rate, Field(gt=0)] | None = None
    certificate: Ratio | None = None
    dns: Ratio | None = None
    write_errors: Ratio | None = None
    hot_key: Ratio | None = None
    poison: Ratio | None = None
    lag: Duration | None = None
    timeout: Duration | None = None
    retries: Annotated[StrictInt, Field(ge=0, le=100)] | None = None
    backoff: Duration | None = None
    unauthorized: Ratio | None = None
    pool_size: Annotated[StrictInt, Field(ge=1, le=1_000_000)] | None = None
    pool_leaked: Annotated[StrictInt, Field(ge=0, le=1_000_000)] | None = None
    paused: Annotated[StrictInt, Field(ge=0, le=1)] | None = None
    breaker: Annotated[StrictInt, Field(ge=0, le=2)] | None = None
    call_limit: Annotated[Rate, Field(gt=0)] | None = None
    loss: Ratio | None = None
    delay: Duration | None = None
    calls: Factor | None = None
    traffic: Annotated[StrictFloat, Field(ge=1, le=1000)] | None = None
    blocked: Ratio | None = None
    demand_limit: Annotated[Rate, Field(gt=0)] | None = None
    shifted: Ratio | None = None

    @model_validator(mode="after")
    def _one_parameter_of_one_target(self) -> Effect:
        targets = [name for name in ("service", "edge", "on") if getattr(self, name) is not None]
        if len(targets) != 1:
            raise ValueError("an effect names exactly one target: service, edge or on (an entry)")
        given = [name for name in PARAMETERS if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"an effect changes exactly one parameter, this one changes {len(given)}")
        kind = PARAMETERS[given[0]]
        if self.target_kind != kind.target:
            raise ValueError(f"{given[0]} is a parameter of {_an(kind.target)}, not of {_an(self.target_kind)}")
        if (self.entry or self.segment) and not kind.by_class:
            raise ValueError(f"{given[0]} cannot be limited to an entry or a segment")
        if (self.zone or self.reach or self.replica) and not kind.by_replica:
            raise ValueError(f"{given[0]} cannot be limited to some replicas")
        if len([limit for limit in (self.zone, self.reach, self.replica) if limit is not None]) > 1:
            raise ValueError("say either zone, reach or replica")
        if given[0] == "timeout" and self.timeout == 0:
            raise ValueError("a timeout of zero lets nothing through")
        return self

    @property
    def target_kind(self) -> TargetKind:
        return "service" if self.service is not None else "edge" if self.edge is not None else "entry"

    @property
    def target(self) -> str:
        return self.service or self.edge or self.on or ""

    @property
    def parameter(self) -> str:
        return next(name for name in PARAMETERS if getattr(self, name) is not None)

    @property
    def value(self) -> float:
        """In the parameter's own unit: microseconds for times, a share, a factor or a count."""
        return float(getattr(self, self.parameter))


def _an(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"

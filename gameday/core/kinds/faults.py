"""Parameter models of the kinds of faults. What each does to a world stands in `gameday.engine.faults`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictFloat, model_validator

from gameday.core.kinds.base import Model
from gameday.core.kinds.effects import Effect, Factor
from gameday.core.quantities import Duration, Name, Ratio, Text


class _Timed(Model):
    """When a fault begins, how long it takes to reach full strength, and when it ends by itself (never, if unsaid)."""

    at: Duration
    lasts: Annotated[Duration | None, Field(description="ends by itself after this long")] = None
    ramp: Annotated[Duration, Field(description="time to reach full strength, in steps of a second")] = 0
    name: Annotated[Text | None, Field(description="for the review; never shown to responders")] = None


class Crash(_Timed):
    """Replicas die with every request in them; they come back after the service's start-up time where `restarts`."""

    kind: Literal["crash"]
    service: Name
    share: Annotated[Ratio, Field(description="share of the replicas")] = 1.0
    restarts: StrictBool = False


class Latency(_Timed):
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


class Errors(_Timed):
    """A share of the requests fails at the end of its work."""

    kind: Literal["errors"]
    service: Name
    share: Ratio
    entry: str | None = None
    segment: str | None = None


class Capacity(_Timed):
    """A share of a service's capacity is gone; what is in flight finishes."""

    kind: Literal["capacity"]
    service: Name
    lost: Ratio


class TrafficSpike(_Timed):
    """More arrivals: a second stream of (factor - 1) times the entry's own rate."""

    kind: Literal["traffic-spike"]
    entry: Name
    factor: Annotated[StrictFloat, Field(gt=1, le=1000)]


class Deploy(_Timed):
    """A new version, whose effects last while it runs. `rollback` takes them away; without effects it is harmless."""

    kind: Literal["bad-deploy", "deploy"]
    service: Name
    version: Text
    by: Text = "deploy pipeline"
    effects: tuple[Effect, ...] = ()

    @model_validator(mode="after")
    def _bad_means_effects(self) -> Deploy:
        if (self.kind == "bad-deploy") != bool(self.effects):
            raise ValueError("a bad-deploy has effects; a deploy has none")
        return self


class EdgeLoss(_Timed):
    """Calls along an edge vanish without an answer."""

    kind: Literal["edge-loss"]
    edge: str
    share: Ratio = 1.0


class FlagChange(_Timed):
    """Somebody turns a flag; the flag's own effects do the rest."""

    kind: Literal["flag"]
    flag: Name
    state: Literal["on", "off"] = "on"
    by: Text = "release train"


Fault = Annotated[
    Crash | Latency | Errors | Capacity | TrafficSpike | Deploy | EdgeLoss | FlagChange,
    Field(discriminator="kind"),
]
"""Any fault; `kind` says which."""

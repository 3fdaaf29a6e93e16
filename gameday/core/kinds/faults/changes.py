"""Faults that people make: a deploy, a configuration, a flag."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults.timed import Timed
from gameday.core.quantities import Duration, Name, Ratio, Text

_CRASHES = "replicas that run it crash so long after each start"


class Deploy(Timed):
    """A new version, whose effects last while it runs. `rollback` takes them away; without effects it is harmless.

    With `share` only that share of the replicas has the version (a canary), with `rollout` they take it one after
    another; a rollback halts that. The effects then hold at those replicas: what is the service's own, and how requests
    that are there call others. Those with a limit hold it together. Other factors and shares hold in proportion; what
    all replicas have in common (`queue_limit`, say), and times and settings of other services, cannot be in part.
    """

    kind: Literal["bad-deploy", "deploy"]
    service: Name
    version: Text
    by: Text = "deploy pipeline"
    effects: tuple[Effect, ...] = ()
    share: Annotated[Ratio | None, Field(gt=0, description="a canary: only this share of the replicas")] = None
    rollout: Annotated[Duration | None, Field(gt=0, description="time over which the replicas take the version")] = None
    migration: Annotated[
        StrictBool | None, Field(description="it changed the data: going back to the version before is unsafe")
    ] = None
    crashes: Annotated[Duration | None, Field(gt=0, description=_CRASHES)] = None

    @model_validator(mode="after")
    def _bad_means_effects(self) -> Deploy:
        if (self.kind == "bad-deploy") != (bool(self.effects) or self.crashes is not None):
            raise ValueError("a bad-deploy has effects; a deploy has none")
        return self


class BadConfig(Timed):
    """A setting was changed; its effects last until it is reverted. It stands in the change feed as `setting`.

    With `reach` it got to only that share of the replicas: three of four have it, say, and one has not (see Deploy).
    """

    kind: Literal["bad-config"]
    service: Name
    setting: Annotated[Text, Field(description="what was changed, in the words of the change feed")]
    by: Text = "config push"
    effects: tuple[Effect, ...] = ()
    reach: Annotated[Ratio | None, Field(gt=0, description="the share of the replicas that got it")] = None
    crashes: Annotated[Duration | None, Field(gt=0, description=_CRASHES)] = None

    @model_validator(mode="after")
    def _does_something(self) -> BadConfig:
        if not self.effects and self.crashes is None:
            raise ValueError("a bad-config has effects, or crashes")
        return self


class FlagChange(Timed):
    """Somebody turns a flag; the flag's own effects do the rest."""

    kind: Literal["flag"]
    flag: Name
    state: Literal["on", "off"] = "on"
    by: Text = "release train"

"""Faults of what runs and watches the system, and of those who respond: scaling, monitoring, status page, people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, model_validator

from gameday.core.kinds.faults.timed import Timed
from gameday.core.quantities import Duration, Name, Ratio


class Autoscaler(Timed):
    """An autoscaler does the wrong thing: nothing (`stuck`), less and less (`shrinks`), or to and fro (`flaps`).

    `shrinks` takes away half of the replicas, at least one, each time that it looks, down to its least; `flaps` goes
    from its least to its most, and back once those serve. One that somebody froze does nothing.
    """

    kind: Literal["autoscaler"]
    service: Annotated[Name, Field(description="a service with autoscaling")]
    does: Literal["stuck", "shrinks", "flaps"]


class Provisioning(Timed):
    """New replicas cannot be had beyond a quota (none at all, if unsaid), or come late.

    Those that run stay; one that is given back is gone.
    """

    kind: Literal["provisioning"]
    quota: Annotated[StrictInt | None, Field(ge=1, le=100_000, description="replicas in all, those that run too")] = (
        None
    )
    delay: Annotated[Duration | None, Field(gt=0, description="every new replica takes so much longer to come")] = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Provisioning:
        if self.quota is not None and self.delay is not None:
            raise ValueError("say either quota or delay; two faults can hold at once")
        return self


class MonitoringTrouble(Timed):
    """What is seen is not what is: signals come late, seconds are missing, or nothing new comes at all.

    The traffic does not change. Alerts, dashboards and autoscalers see the same.
    """

    kind: Literal["monitoring"]
    service: Annotated[Name | None, Field(description="of one service; everything, if unsaid")] = None
    delay: Annotated[Duration | None, Field(gt=0, description="signals come so much later")] = None
    loss: Annotated[Ratio | None, Field(gt=0, description="share of the seconds without data")] = None
    frozen: Annotated[StrictBool, Field(description="the last values stay on the screens")] = False

    @model_validator(mode="after")
    def _some_trouble(self) -> MonitoringTrouble:
        if self.delay is None and self.loss is None and not self.frozen:
            raise ValueError("say delay, loss or frozen")
        return self


class StatusPageDown(Timed):
    """The status page cannot be reached: updates for customers are not seen while it lasts."""

    kind: Literal["status-page-down"]


class PersonUnavailable(Timed):
    """Somebody answers neither page nor phone while it lasts."""

    kind: Literal["person-unavailable"]
    person: Name

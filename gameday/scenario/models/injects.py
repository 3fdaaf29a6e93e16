"""Injects: what the facilitator's script sends in, by time or by condition."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt, model_validator

from gameday.core.kinds.base import Model
from gameday.core.kinds.faults import Fault
from gameday.core.quantities import Duration, Name, Ratio, Text

InjectKind = Literal["deploy", "message", "fault", "false-alert", "executive", "journalist", "tickets", "vendor"]
Swoop = Literal["override", "demoralise", "information", "severity"]
"""What an executive does who swoops in: gives orders, takes the heart, wants to know, disputes the severity."""


class Inject(Model):
    """Something that is sent in: a harmless deploy, a message from outside, a fault, an executive, ...

    It comes at a time, or once a condition holds (`when`, not before `at` where both are given). With `every` it comes
    again so long after each time, where the condition holds then; it says `text` first, and then what `again` lists.
    """

    name: Annotated[Name | None, Field(description="for the facilitator's list")] = None
    at: Duration | None = None
    when: Annotated[Text | None, Field(description="a condition over signals and the response")] = None
    every: Annotated[Duration | None, Field(ge=1_000_000, description="comes again so long after each time")] = None
    kind: InjectKind
    service: Annotated[Name | None, Field(description="of a deploy; of a vendor, the third party")] = None
    version: Text | None = None
    sender: Annotated[Text | None, Field(alias="from", description="who says it")] = None
    text: Text = ""
    again: Annotated[
        tuple[Text, ...] | None,
        Field(min_length=1, description="what is said the second time, the third, ...; the last of them stays"),
    ] = None
    fault: Annotated[Fault | None, Field(description="of a fault; its `at` counts from the inject")] = None
    alert: Annotated[Name | None, Field(description="of a false alert")] = None
    lasts: Annotated[Duration | None, Field(gt=0, description="of a false alert; 2m, if unsaid")] = None
    swoop: Annotated[Swoop | None, Field(description="of an executive")] = None
    command: Annotated[Text | None, Field(description="what an executive orders")] = None
    to: Annotated[
        Name | None, Field(description="whom an executive orders about; somebody of the service's team, if unsaid")
    ] = None
    answer_within: Annotated[Duration | None, Field(gt=0, description="how long they wait for an answer")] = None
    count: Annotated[StrictInt | None, Field(ge=1, le=1000, description="of tickets")] = None

    @model_validator(mode="after")
    def _comes_some_time(self) -> Inject:
        if self.at is None and self.when is None:
            raise ValueError("an inject needs `at` or `when`")
        return self

    def said(self, times: int) -> Inject:
        """The inject as it comes after it has come so many times: with the words for this time."""
        if not times or not self.again:
            return self
        return self.model_copy(update={"text": self.again[min(times, len(self.again)) - 1]})


class Support(Model):
    """Customers who write to support: tickets come from those whom the incident really hurts."""

    share: Annotated[Ratio, Field(gt=0, description="of the requests that are hurt, those that become a ticket")] = 0.01
    most: Annotated[StrictInt, Field(ge=1, le=100, description="tickets a minute that support can put into words")] = 6
    sender: Annotated[Text, Field(alias="from")] = "support"

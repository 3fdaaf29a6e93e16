"""Alert rules, and what is wrong with them: alarms without a reason, and rules that nobody evaluates."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictFloat, model_validator

from gameday.core.kinds.base import Model
from gameday.core.quantities import Duration, Name, Text
from gameday.core.units import MICRO, format_duration

LONGEST_WINDOW = 3600 * MICRO
"""No condition looks further back, in microseconds."""


def _window(duration: int) -> int:
    """A window as conditions have them: whole seconds, one at least and an hour at most."""
    if duration % MICRO or not MICRO <= duration <= LONGEST_WINDOW:
        raise ValueError(f"a window has whole seconds, from 1s to 1h, found {format_duration(duration)}")
    return duration


Window = Annotated[Duration, AfterValidator(_window)]


class Burn(Model):
    """Fires while the error budget of an entry burns faster than `rate` over a long and over a short window.

    Burn rate = share of bad requests / (1 - objective). Source: The Site Reliability Workbook, "Alerting on SLOs", 6.
    """

    entry: Annotated[Name, Field(description="an entry with an objective")]
    rate: Annotated[StrictFloat, Field(gt=0, le=100_000, description="1 spends the budget exactly in its period")]
    long: Annotated[Window, Field(description="says that it matters, 1s to 1h")]
    short: Annotated[Window, Field(description="says that it still goes on; a twelfth of the long one, say")]

    @model_validator(mode="after")
    def _short_is_shorter(self) -> Burn:
        if self.short >= self.long:
            raise ValueError("the short window of a burn rate is shorter than the long one")
        return self


class FalseAlarm(Model):
    """The alert fires for a while though nothing is the matter."""

    at: Duration
    lasts: Annotated[Duration, Field(ge=MICRO)]


class Broken(Model):
    """Nobody evaluates the rule for a while."""

    begins: Annotated[Duration, Field(alias="from")] = 0
    lasts: Annotated[Duration | None, Field(gt=0, description="to the end, if unsaid")] = None


class Alert(Model):
    """Fires when its condition has held for `for`; clears when it has not held for as long."""

    when: Annotated[Text | None, Field(description="a condition over signals; or `burn`")] = None
    burn: Annotated[Burn | None, Field(description="instead of `when`: how fast an error budget burns")] = None
    hold: Annotated[Duration, Field(alias="for", description="how long the condition must hold")] = 0
    policy: Name
    urgency: Literal["high", "low"] = "high"
    summary: Text
    playbook: Name | None = None
    kind: Annotated[
        Literal["symptom", "cause"] | None, Field(description="tells what customers feel, or what may be behind it")
    ] = None
    group: Annotated[
        Name | None, Field(description="joins the open page of another alert of this group, and opens none of its own")
    ] = None
    no_data: Annotated[
        Literal["ok", "fire"] | None, Field(description="what it makes of signals that do not come; ok, if unsaid")
    ] = None
    false_alarms: Annotated[
        tuple[FalseAlarm, ...] | None, Field(min_length=1, description="when it fires without a reason")
    ] = None
    broken: Annotated[
        StrictBool | Broken | None, Field(description="nobody evaluates it: true, or from when and for how long")
    ] = None

    @model_validator(mode="after")
    def _one_rule(self) -> Alert:
        if (self.when is None) == (self.burn is None):
            raise ValueError("an alert has either `when`, a condition, or `burn`, a burn rate")
        return self

    def is_broken(self, at: int) -> bool:
        """Whether nobody evaluates the rule at this time, in microseconds."""
        if isinstance(self.broken, Broken):
            ends = None if self.broken.lasts is None else self.broken.begins + self.broken.lasts
            return self.broken.begins <= at and (ends is None or at < ends)
        return bool(self.broken)

    def is_false(self, at: int) -> bool:
        """Whether a false alarm of the scenario goes on at this time, in microseconds."""
        return any(alarm.at <= at < alarm.at + alarm.lasts for alarm in self.false_alarms or ())

"""Alert rules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gameday.core.kinds.base import Model
from gameday.core.quantities import Duration, Name, Text


class Alert(Model):
    """Fires when its condition has held for `for`; clears when it has not held for as long."""

    when: Annotated[Text, Field(description="a condition over signals")]
    hold: Annotated[Duration, Field(alias="for", description="how long the condition must hold")] = 0
    policy: Name
    urgency: Literal["high", "low"] = "high"
    summary: Text
    playbook: Name | None = None

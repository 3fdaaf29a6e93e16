"""People, their teams, and the seats of those who play."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gameday.core.kinds.base import Model
from gameday.core.quantities import Name, Text
from gameday.scenario.models.oncall import Responds


class Person(Model):
    """Somebody who can be paged."""

    team: Name
    title: Text = ""
    responds: Annotated[Responds, Field(description="to a page")] = Responds()
    phone: Annotated[Responds, Field(description="to a phone call")] = Responds.model_validate({"delay": "60s"})


class Team(Model):
    """Owns services; is paged by its policy."""

    summary: Text = ""
    policy: Annotated[Name | None, Field(description="its escalation policy")] = None


class Seat(Model):
    """A person whom a player plays: pages wait for the player's `ack`, and nothing is simulated for them."""

    person: Name
    role: Text = "responder"
    briefing: Text = ""

"""People, their teams, and the seats of those who play."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool

from gameday.core.kinds.base import Model
from gameday.core.quantities import Duration, Name, Ratio, Text
from gameday.core.verbs import Role
from gameday.scenario.models.oncall import Contact, Responds


class Works(Model):
    """How somebody works who is simulated, once they are here."""

    knows: Annotated[tuple[Name, ...] | None, Field(description="services; those of their team, if unsaid")] = None
    pace: Annotated[Duration, Field(gt=0, description="median time until they begin with what they are asked")] = (
        15_000_000
    )
    forgets: Annotated[Ratio, Field(description="how often they forget an ask without a time limit")] = 0.3
    wrong: Annotated[Ratio, Field(description="how often they conclude something wrong, and are sure of it")] = 0.1
    tires_after: Annotated[Duration, Field(gt=0, description="time of work after which all takes longer")] = (
        1_500_000_000
    )
    shift_ends: Annotated[Duration | None, Field(description="when they go home, since the session began")] = None
    relief: Annotated[Name | None, Field(description="who comes then")] = None


class Person(Model):
    """Somebody who can be paged."""

    team: Name
    title: Text = ""
    responds: Annotated[Responds, Field(description="to a page")] = Responds()
    phone: Annotated[Responds, Field(description="to a phone call")] = Responds.model_validate({"delay": "60s"})
    contacts: Annotated[tuple[Contact, ...] | None, Field(description="how pages reach them; at once, if unsaid")] = (
        None
    )
    works: Annotated[Works | None, Field(description="how they work when they are simulated")] = None
    roles: Annotated[tuple[Role, ...] | None, Field(description="what they are practised in")] = None


class Team(Model):
    """Owns services; is paged by its policy."""

    summary: Text = ""
    policy: Annotated[Name | None, Field(description="its escalation policy")] = None


class Seat(Model):
    """A person whom a player plays: pages wait for the player's `ack`, and nothing is simulated for them."""

    person: Name
    role: Text = "responder"
    briefing: Text = ""
    hands_off: Annotated[
        StrictBool | None,
        Field(description="true: neither acts nor looks, and asks others to; the glass can be broken"),
    ] = None
    denied: Annotated[Text | None, Field(description="why this person's access to the system does not work")] = None

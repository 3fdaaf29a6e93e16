"""Playbooks: steps for people, each of which may carry a command, a check and branches on what is seen."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt, model_validator

from gameday.core.kinds.base import Model
from gameday.core.quantities import Duration, Name, Text


class Branch(Model):
    """Where to go on when the condition holds; without a condition: otherwise."""

    when: Text | None = None
    goto: Name


class Step(Model):
    """One step. Without branches the next step follows; `end` as a target ends the walk.

    `run` carries one command or several; `check` must hold before the step is done, and where it does not within
    `within`, the walk goes to `otherwise` (the next step, if unsaid).
    """

    id: Name
    text: Annotated[Text, Field(description="what to do and why, for a tired reader")]
    run: tuple[Text, ...] = ()
    check: Text | None = None
    within: Duration | None = None
    otherwise: Name | None = None
    branches: tuple[Branch, ...] = ()
    expect: Annotated[Text, Field(description="what one sees when it worked")] = ""
    hint: Text = ""
    think: Annotated[Duration, Field(description="how long a practised person takes to read and decide")] = 10_000_000

    @model_validator(mode="after")
    def _limits_have_a_check(self) -> Step:
        if self.within is not None and self.check is None:
            raise ValueError("within is the time limit of a check, and this step has none")
        return self


class Playbook(Model):
    """What a good team does, readable by a person and walkable by the program."""

    gameday: Annotated[StrictInt, Field(ge=1, le=1, description="version of the file format")]
    title: Text
    summary: Text = ""
    last_tried: Text = ""
    abort: Annotated[Text, Field(description="when to leave the playbook")] = ""
    contacts: dict[Text, Text] = Field(default_factory=dict)
    templates: Annotated[dict[Name, Text], Field(description="messages by name")] = Field(default_factory=dict)
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

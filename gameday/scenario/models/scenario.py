"""The scenario: everything a game day needs, in one file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictFloat, StrictInt, model_validator

from gameday.core.kinds.base import Model
from gameday.core.kinds.effects import Effect
from gameday.core.kinds.faults import Fault
from gameday.core.quantities import Duration, Name, Ratio, Text
from gameday.scenario.models.alerts import Alert
from gameday.scenario.models.calendar import Instant
from gameday.scenario.models.injects import Inject, Support
from gameday.scenario.models.oncall import EscalationPolicy, Schedule
from gameday.scenario.models.people import Person, Seat, Team
from gameday.scenario.models.playbook import Step
from gameday.scenario.models.system import System

Severity = Literal["SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"]
Label = Literal["right", "stop-gap", "partial", "useless", "harmful"]
Dimension = Literal["recovery_time", "customer_impact", "diagnosis", "decisions", "communication", "command"]
Expected = Literal["right", "stop-gap", "partial", "useless", "harmful", "unclear"]


class Objective(Model):
    """An entry's objective (SLO): this share of its requests succeeds within this time."""

    good: Annotated[Ratio, Field(lt=1, gt=0)]
    within: Annotated[Duration, Field(gt=0)]


class Cause(Model):
    """What is really wrong: the true component, mechanism and, where something keeps it up, the sustaining effect."""

    component: Text
    mechanism: Text
    sustaining: Text | None = None
    explanation: Annotated[Text, Field(description="for the debrief")] = ""


class Variant(Model):
    """One cause behind the first page; the seed draws which."""

    weight: Annotated[StrictFloat, Field(gt=0, le=100)] = 1.0
    cause: Cause
    faults: Annotated[tuple[Fault, ...], Field(min_length=1)]


class Mitigation(Model):
    """A move that can be tried, as a small playbook; `labels` is what its author claims, variant by variant."""

    summary: Text
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    labels: dict[Name, Expected]


class ActionRule(Model):
    """How an action differs here from its default: how long it takes, who must be there, who approves it, what it does.

    The first rule that is about an action holds. `breakglass` goes past `needs`, `approval`, `approver`, `allowed` and
    `forbidden`.
    """

    verb: Name
    target: Annotated[Text | None, Field(alias="on", description="what it is about; anything, if unsaid")] = None
    takes: Duration | None = None
    needs: Annotated[Name | None, Field(description="a person who must have joined")] = None
    approval: Annotated[StrictBool, Field(description="waits until the incident commander approves it")] = False
    approver: Annotated[Name | None, Field(description="a person who approves it instead of the commander")] = None
    cost: Annotated[Text, Field(description="what it costs while it runs, shown beforehand")] = ""
    allowed: Annotated[
        tuple[Name, ...] | None, Field(min_length=1, description="the people, teams or roles that may; all, if unsaid")
    ] = None
    forbidden: Annotated[Text | None, Field(description="why nobody may")] = None
    fails: Annotated[Ratio | None, Field(gt=0, description="how often it fails, drawn for each try")] = None
    reason: Annotated[Text | None, Field(description="what is said when it fails")] = None
    unsafe: Annotated[Text | None, Field(description="why it is unsafe: it needs --force, or breakglass")] = None
    harm: Annotated[tuple[Effect, ...] | None, Field(description="what it does when it is unsafe and forced")] = None
    meanwhile: Annotated[tuple[Effect, ...] | None, Field(description="effects that last while it runs")] = None

    @property
    def needs_approval(self) -> bool:
        """Whether it waits until somebody lets it go ahead."""
        return self.approval or self.approver is not None


class Procedure(Model):
    """An action of this system alone, as a bundle of effects; `perform NAME` carries it out, `undo NAME` takes it back.

    The effects begin when it is done, and end with `undo`, or after `lasts`.
    """

    summary: Text
    takes: Duration = 30_000_000
    effects: tuple[Effect, ...] = ()
    cleans: Annotated[tuple[Name, ...] | None, Field(description="services on whose disks it makes room")] = None
    lasts: Annotated[Duration | None, Field(gt=0, description="its effects end by themselves after so long")] = None
    cost: Annotated[Text | None, Field(description="what it costs, shown beforehand")] = None
    undo: Annotated[StrictBool, Field(description="false: what it did cannot be taken back")] = True

    @model_validator(mode="after")
    def _does_something(self) -> Procedure:
        if not self.effects and not self.cleans:
            raise ValueError("a procedure has effects, or cleans disks")
        return self


class Release(Model):
    """A version that is ready, for `deploy`: a fix, say. Its effects last while it runs."""

    service: Name
    version: Text
    summary: Text = ""
    effects: tuple[Effect, ...] | None = None
    migration: Annotated[StrictBool | None, Field(description="it changes the data: a rollback is unsafe then")] = None


class Communication(Model):
    """When updates for customers fall due: the first after the declaration, then at this interval."""

    first: Duration = 300_000_000
    every: Duration = 480_000_000


class Business(Model):
    """What bad requests mean in money and customers."""

    revenue_per_good_request: Annotated[StrictFloat, Field(ge=0)] = 0.0
    currency: Text = "EUR"
    leaves_after: Annotated[StrictInt, Field(ge=1, description="failed requests after which a customer leaves")] = 5


class Scoring(Model):
    """Weights of the score's dimensions, where they differ from the rubric's; the hold window of `recovered`."""

    weights: dict[Dimension, Annotated[StrictFloat, Field(ge=0, le=100)]] = Field(default_factory=dict)
    hold: Duration = 120_000_000


class Source(Model):
    """A public document that this scenario is made from."""

    title: Text
    date: Text = ""
    url: Text = ""


class LearningObjective(Model):
    """What somebody should be able to do afterwards; rated by the dimensions named."""

    text: Text
    dimensions: tuple[Dimension, ...] = ()


class Scenario(Model):
    """A game day, whole."""

    gameday: Annotated[StrictInt, Field(ge=1, le=1, description="version of the file format")]
    title: Text
    summary: Text
    difficulty: Literal["beginner", "intermediate", "advanced"] = "beginner"
    duration: Annotated[Duration, Field(gt=0, description="how long a session lasts")]
    horizon: Annotated[Duration | None, Field(gt=0, description="impact is counted up to here")] = None
    starts_at: Annotated[Instant | None, Field(description="when it is, in UTC; schedules with layers need it")] = None
    briefing: Text
    objectives: tuple[LearningObjective, ...] = ()
    system: System
    slos: dict[Name, Objective]
    people: dict[Name, Person] = Field(default_factory=dict)
    teams: dict[Name, Team] = Field(default_factory=dict)
    schedules: dict[Name, Schedule] = Field(default_factory=dict)
    escalation_policies: dict[Name, EscalationPolicy] = Field(default_factory=dict)
    alerts: dict[Name, Alert] = Field(default_factory=dict)
    seats: Annotated[tuple[Seat, ...], Field(min_length=1, description="whom players play; the first is the default")]
    variants: Annotated[dict[Name, Variant], Field(min_length=1)]
    injects: tuple[Inject, ...] = ()
    support: Annotated[Support | None, Field(description="customers who write; nobody, if unsaid")] = None
    mitigations: dict[Name, Mitigation] = Field(default_factory=dict)
    playbooks: Annotated[tuple[Name, ...], Field(min_length=1, description="the first is the reference responder's")]
    actions: tuple[ActionRule, ...] = ()
    procedures: Annotated[dict[Name, Procedure] | None, Field(description="actions of this system alone")] = None
    releases: Annotated[tuple[Release, ...] | None, Field(description="versions that can be deployed")] = None
    communication: Communication = Communication()
    business: Business | None = None
    severity: Annotated[Severity, Field(description="the true one")] = "SEV-2"
    scoring: Scoring = Scoring()
    debrief: Annotated[tuple[Text, ...], Field(description="questions for the hot wash")] = ()
    sources: tuple[Source, ...] = ()

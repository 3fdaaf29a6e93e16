"""The world: services, faults, actions under way and looks, in one SimPy environment; it knows the rules of the system.

Owns the composition and the order in which the parts are made. Does not own people, pages or the incident
(`gameday.response`), nor time itself (`gameday.session`).
"""

from __future__ import annotations

from collections.abc import Generator
from hashlib import blake2b
from struct import pack

import simpy

from gameday.core.commands import Command
from gameday.core.draws import draw_name
from gameday.core.events import MessageReceived, Publish
from gameday.core.signals import ActionView, LookView
from gameday.core.verbs import VERBS
from gameday.engine import faults, objectives
from gameday.engine.attention import Attention
from gameday.engine.build import traffic_spec
from gameday.engine.changes import Changes
from gameday.engine.effects import EffectBook
from gameday.engine.faults.base import component_of
from gameday.engine.operations import Operations
from gameday.engine.signals import SignalStore
from gameday.engine.traffic.kernel import Traffic
from gameday.scenario.exercise import Exercise
from gameday.scenario.models.scenario import Cause, Inject


class World:
    """The simulated system. `variant` None means that no fault happens (the steady state)."""

    def __init__(
        self, env: simpy.Environment, exercise: Exercise, variant: str | None, seed: int, publish: Publish
    ) -> None:
        self.env = env
        self.exercise = exercise
        self.scenario = exercise.scenario
        self.publish = publish
        self.variant = variant
        system = self.scenario.system
        self.signals = SignalStore(list(system.services), list(system.traffic.entries), system.traffic.scale)
        self._kernel = Traffic(traffic_spec(self.scenario), draw_name(seed, "traffic"), on_window=self.signals.close)
        self.book = EffectBook(lambda: self.traffic)
        self.changes = Changes(system, self.book)
        self.operations = Operations(self, publish, lambda person: bool(self.signals.value("people", person, 0)))
        self.attention = Attention(self, publish)
        self._wire_signals()
        for number, fault in enumerate(self.scenario.variants[variant].faults if variant else ()):
            name = fault.name or f"{fault.kind} {component_of(fault)} {number}"
            env.process(faults.run(self, fault, name))
        env.process(objectives.watch(env, self.scenario, self.signals, publish))
        for inject in self.scenario.injects:
            env.process(self._inject(inject))

    @property
    def traffic(self) -> Traffic:
        """The kernel, advanced to now: nobody can read or change it as it was earlier."""
        now = int(self.env.now)
        if self._kernel.now < now:
            self._kernel.advance(now)
        return self._kernel

    @property
    def truth(self) -> Cause | None:
        """What is really wrong; for the facilitator and the review only."""
        return self.scenario.variants[self.variant].cause if self.variant else None

    def start_up(self, service: str) -> int:
        """How long a replica of the service needs to start, in microseconds."""
        return self.scenario.system.services[service].start_up

    def problem(self, command: Command) -> str | None:
        """Why an action or a look is refused now; None where it is not. Names have been checked before."""
        if command.verb == "approve":
            return self.operations.approval_problem(command.argument("action"))
        if VERBS[command.verb].group == "look":
            return self.attention.problem(command)
        return self.operations.problem(command)

    def perform(self, command: Command) -> str:
        """Start an action or a look. Returns what follows, in words."""
        if command.verb == "approve":
            return self.operations.approve(command.argument("action"), command.author)
        if VERBS[command.verb].group == "look":
            return self.attention.start(command)
        return self.operations.request(command)

    def actions(self) -> tuple[ActionView, ...]:
        """The actions under way or waiting for approval."""
        return self.operations.views()

    def looks(self) -> tuple[LookView, ...]:
        """Who is looking at what."""
        return self.attention.views()

    def digest_parts(self) -> bytes:
        """128 bits that feel every event in the traffic, and everything that is in force."""
        words = self.traffic.digest_state()
        state = blake2b(pack(f"<{len(words)}Q", *words), digest_size=16)
        state.update("\0".join((*self.book.sources, *(view.text for view in self.actions()))).encode())
        return state.digest()

    def _advance(self) -> None:
        _ = self.traffic

    def _wire_signals(self) -> None:
        self.signals.refresh = self._advance
        self.signals.version_of = self.changes.version
        self.signals.add_state("flags", lambda name: float(self.changes.flag_is_on(name)))
        self.signals.add_state("actions", lambda name: float(name == "running" and bool(self.operations.open)))
        self.signals.add_fact("deploy_age", self.changes.deploy_age)
        self.signals.add_fact("replicas", lambda service, _: float(self._kernel.services[service].replicas))

    def _inject(self, inject: Inject) -> Generator[simpy.Event, None, None]:
        yield self.env.timeout(inject.at)
        now = int(self.env.now)
        if inject.kind == "deploy" and inject.service:
            self.changes.deploy(now, inject.service, inject.version or "next", inject.text or "deploy pipeline")
        else:
            self.publish(MessageReceived(now, inject.sender or "somebody", inject.text))

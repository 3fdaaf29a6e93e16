"""The world: services, faults, actions under way and looks, in one SimPy environment; it knows the rules of the system.

Owns the composition and the order in which the parts are made. Does not own people, pages or the incident
(`gameday.response`), nor time itself (`gameday.session`).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from hashlib import blake2b
from struct import pack

import simpy

from gameday.core.commands import Command
from gameday.core.draws import draw_name
from gameday.core.events import Publish
from gameday.core.signals import ActionView, LookView
from gameday.core.units import MICRO
from gameday.core.verbs import VERBS
from gameday.engine import faults, gauges, objectives
from gameday.engine.attention import Attention
from gameday.engine.build import traffic_spec
from gameday.engine.changes import Changes
from gameday.engine.effects import EffectBook
from gameday.engine.faults.base import component_of
from gameday.engine.monitoring import MonitoredSignals, Monitoring
from gameday.engine.operations import Operations
from gameday.engine.parameters import SETTERS
from gameday.engine.residents.autoscaler import Autoscaler, autoscalers
from gameday.engine.residents.crashes import Crashes
from gameday.engine.residents.disks import Disks
from gameday.engine.residents.expiry import Certificates, Credentials
from gameday.engine.residents.memory import Memories
from gameday.engine.residents.naming import Naming
from gameday.engine.residents.provisioning import Provisioning
from gameday.engine.residents.starts import Starts
from gameday.engine.residents.surroundings import Surroundings
from gameday.engine.signals import SignalStore
from gameday.engine.traffic.kernel import Traffic
from gameday.scenario.conditions import edges_named
from gameday.scenario.exercise import Exercise
from gameday.scenario.models.injects import Inject
from gameday.scenario.models.scenario import Cause


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
        self.seed = seed
        system = self.scenario.system
        callers = {dependency.name: dependency.caller for dependency in system.dependencies}
        self.truth_signals = SignalStore(
            list(system.services),
            list(system.traffic.entries),
            system.traffic.scale,
            list(callers),
            edges_named(exercise),
        )
        self.monitoring = Monitoring(seed, lambda: int(env.now))
        self.signals = MonitoredSignals(self.truth_signals, self.monitoring, callers)
        self._kernel = Traffic(
            traffic_spec(self.scenario), draw_name(seed, "traffic"), on_window=self.truth_signals.close
        )
        self.book = EffectBook(lambda: self.traffic, SETTERS)
        self.changes = Changes(system, self.book)
        self._settle()
        self.operations = Operations(self, publish, lambda person: bool(self.signals.value("people", person, 0)))
        self.attention = Attention(self, publish)
        self._wire_signals()
        for number, fault in enumerate(self.scenario.variants[variant].faults if variant else ()):
            name = fault.name or f"{fault.kind} {component_of(fault)} {number}"
            env.process(faults.run(self, fault, name))
        env.process(objectives.watch(env, self.scenario, self.truth_signals, publish))

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

    @property
    def status_page_up(self) -> bool:
        """Whether customers can see updates."""
        return self.surroundings.status_page_up

    def unavailable(self, person: str) -> bool:
        """Whether somebody answers neither page nor phone now."""
        return self.surroundings.is_away(person)

    def problem(self, command: Command) -> str | None:
        """Why a look, an action, or what is done about one is refused now; None where it is not. Names are checked."""
        if VERBS[command.verb].group == "look":
            return self.attention.problem(command)
        return self.operations.problem(command)

    def perform(self, command: Command) -> str:
        """Start a look or an action, approve or cancel one. Returns what follows, in words."""
        if VERBS[command.verb].group == "look":
            return self.attention.start(command)
        return self.operations.perform(command)

    def enact(self, inject: Inject) -> None:
        """A deploy or a fault of the script happens now."""
        if inject.kind == "deploy" and inject.service:
            self.env.process(self._deploy(inject.service, inject.version or "next", inject.text or "deploy pipeline"))
        elif inject.fault is not None:
            name = inject.fault.name or f"{inject.fault.kind} {component_of(inject.fault)} {inject.name or 'inject'}"
            self.env.process(faults.run(self, inject.fault, name))

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
        in_force = (*self.book.sources, *self.monitoring.sources, *(view.text for view in self.actions()))
        state.update("\0".join(in_force).encode())
        return state.digest()

    def _advance(self) -> None:
        _ = self.traffic

    def _settle(self) -> None:
        """The residents: what scales, fills, expires, crashes and is away."""
        self.starts = Starts(self)
        self.crashes = Crashes(self)
        self.memories = Memories(self, self.starts, self.crashes)
        self.disks = Disks(self)
        self.certificates = Certificates(self)
        self.credentials = Credentials(self)
        self.naming = Naming(self)
        self.provisioning = Provisioning(self)
        self.autoscalers: Mapping[str, Autoscaler] = autoscalers(self, self.provisioning)
        self.surroundings = Surroundings()
        self.deployed: dict[tuple[str, str], None] = {}  # service and version, as the script brought them out
        self.backfilled: dict[str, int] = {}  # by service: requests that responders have sent again

    def _wire_signals(self) -> None:
        signals = self.truth_signals
        signals.refresh = self._advance
        signals.version_of = self.changes.version
        signals.add_state("flags", lambda name: float(self.changes.flag_is_on(name)))
        signals.add_state("actions", lambda name: float(name == "running" and bool(self.operations.open)))
        signals.add_state("status_page", lambda _: float(self.status_page_up))
        signals.add_state("reachable", lambda person: float(not self.unavailable(person)))
        signals.add_fact("deploy_age", self.changes.deploy_age)
        signals.add_gauge("canary", self.changes.canary)
        gauges.wire(signals, self._kernel)

    def _deploy(self, service: str, version: str, by: str) -> Generator[simpy.Event, None, None]:
        """Somebody else's deploy; it waits where the pipeline is frozen."""
        while self.changes.is_frozen(service):
            yield self.env.timeout(MICRO)
        self.deployed[service, version] = None
        self.changes.deploy(int(self.env.now), service, version, by)

"""The reference model: the semantics of traffic with one SimPy process per request, written to be read.

Every attempt is a process of its caller (`call`) and a process at its service (`visit`), which talk through one event.
Built from the same specifications and the same keyed draws as the kernel, so their results must be equal, not similar.
Owns services of both kinds, stages, timeouts, retries with backoff and budget, overflow, optional and async calls,
segments, contention, warm-up, and the parameters that effects change; `lines` owns who waits where. Does not own
killing, capacity changes, windows or samples.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

import simpy

from gameday.core.draws import exponential, key_of, lognormal, mix, uniform
from gameday.core.kinds.mechanisms import WarmUp
from gameday.engine.traffic import codes
from gameday.engine.traffic.arrivals import Stream
from gameday.engine.traffic.pace import ReplicaRow
from gameday.engine.traffic.specs import BudgetSpec, EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.reference.lines import Balancer, Desk

Steps = Generator[simpy.Event, Any, None]


@dataclass
class Record:
    """What became of one attempt, for comparison with the kernel's spans."""

    service: str
    attempt: int
    sent: int
    arrived: int | None = None
    started: int | None = None
    ended: int | None = None
    gave_up: int | None = None
    status: str = "open"


@dataclass
class Attempt:
    """One attempt on its way: its keys and numbers, and the event by which the service answers."""

    key: int
    c: int
    entry: str
    reply: simpy.Event
    record: Record
    sync: bool = True
    abandoned: bool = False
    caller: Attempt | None = None
    over: bool = False
    call_key: int = 0
    priority: int = 0
    arrived: int = 0
    work: int = 0

    def __post_init__(self) -> None:
        self.turn = self.reply.env.event()

    def caller_waits(self) -> bool:
        return not self.abandoned and (self.caller is None or not self.sync or not self.caller.over)


@dataclass
class Service:
    """A service: its desks, and the parameters by class. Replica n was started at `started[n]`, before all if None."""

    spec: ServiceSpec
    env: simpy.Environment
    classes: int
    stages: dict[str, list[list[Dependency]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scale = [1.0] * self.classes
        self.delay = [0] * self.classes
        self.error = [0.0] * self.classes
        self.shed = [0.0] * self.classes
        self.rows: list[ReplicaRow] | None = None
        self.started: list[int | None] = [None] * self.spec.replicas
        spec, shared = self.spec, self.spec.per_replica is None
        self.desks = [
            Desk(spec, number, spec.workers * (spec.replicas if shared else 1), self.begin)
            for number in range(1 if shared else spec.replicas)
        ]
        self.balancer = Balancer(spec, self.desks)
        self.hot_key = 0.0

    def set_rows(self, rows: list[ReplicaRow]) -> None:
        self.rows = rows

    def restarted(self, numbers: list[int]) -> None:
        for number in numbers:
            self.started[number] = self.env.now

    def begin(self, desk: Desk, attempt: Attempt) -> None:
        attempt.work = self.work_of(attempt, desk)
        attempt.turn.succeed("served")

    def work_of(self, attempt: Attempt, desk: Desk) -> int:
        spec, key = self.spec, attempt.key
        mean = float(spec.service_time)
        if spec.variability > 0 and spec.distribution == "lognormal":
            mean = lognormal(key, mean, spec.variability)
        elif spec.variability > 0 and spec.distribution == "exponential":
            mean = exponential(key, mean)
        row = self.row_of(attempt, desk)
        of = row or self
        scale, delay = of.scale[attempt.c], of.delay[attempt.c]
        if spec.contention:
            n = max(1.0, desk.busy if spec.per_replica else desk.busy / spec.replicas)
            scale *= 1.0 + spec.contention.sigma * (n - 1.0) + spec.contention.kappa * n * (n - 1.0)
        if spec.warm_up:
            started = [self.started[desk.number]] if spec.per_replica else self.started
            factors = [self.coldness(spec.warm_up, one) for one in started]
            scale *= sum(factors) / len(factors)
        return round(mean * scale) + delay

    def error_of(self, attempt: Attempt, desk: Desk) -> float:
        row = self.row_of(attempt, desk)
        return row.error[attempt.c] if row else self.error[attempt.c]

    def row_of(self, attempt: Attempt, desk: Desk) -> ReplicaRow | None:
        if self.rows is None:
            return None
        drawn = int(uniform(mix(attempt.key, codes.REPLICA)) * self.spec.replicas)
        return self.rows[desk.number if self.spec.per_replica else drawn]

    def coldness(self, warm_up: WarmUp, started: int | None) -> float:
        if started is None or self.env.now - started >= warm_up.lasts:
            return 1.0
        return warm_up.factor - (warm_up.factor - 1.0) * (self.env.now - started) / warm_up.lasts


@dataclass
class Dependency:
    """An edge, with its budget as a bare number of tokens."""

    spec: EdgeSpec
    tokens: float = 0.0
    loss: float = 0.0
    latency: int = 0
    unauthorized: float = 0.0

    def __post_init__(self) -> None:
        self.key = key_of(self.spec.name)
        self.tokens = self.spec.budget.initial if self.spec.budget else 0.0

    def earn(self, budget: BudgetSpec) -> None:
        self.tokens = min(budget.capacity, self.tokens + budget.per_success)

    def may_retry(self) -> bool:
        budget = self.spec.budget
        if budget is None:
            return True
        if self.tokens < budget.cost:
            return False
        self.tokens -= budget.cost
        return True

    def delay_after(self, attempt: Attempt) -> int:
        spec = self.spec
        if spec.backoff == 0:
            return spec.least_delay
        delay = min(spec.backoff * 2**attempt.record.attempt, spec.backoff_max)
        varied = delay * spec.jitter
        if spec.jitter:
            delay = round(delay - varied + uniform(mix(attempt.key, codes.JITTER)) * varied)
        return max(delay, spec.least_delay)


class ReferenceTraffic:
    """The same system as `Traffic(spec, seed_key)`; `roots` and `records` (by key) say what became of each request."""

    def __init__(self, spec: TrafficSpec, seed_key: int, *, keep_records: bool = True) -> None:
        self.env = simpy.Environment(initial_time=0)
        self.seed_key = seed_key
        self.classes = [
            (entry.name, segment)
            for entry in spec.entries
            for segment in ([one.name for one in entry.segments] or [""])
        ]
        self.services = {one.name: Service(one, self.env, len(self.classes)) for one in spec.services}
        self.priorities = {entry.name: entry.priority for entry in spec.entries}
        self.dependencies = {one.name: Dependency(one) for one in spec.edges}
        for entry in spec.entries:
            for name, service in self.services.items():
                service.stages[entry.name] = list(self._stages(spec, name, entry.name))
        self.roots: dict[int, tuple[int, str]] = {}
        self.records: dict[int, Record] = {}
        self.keep_records = keep_records
        self.judged_bad = 0
        for entry in spec.entries:
            self.env.process(self.demand(entry))

    def advance(self, to: int) -> None:
        """Everything before `to` happens."""
        self.env.run(until=to)

    def _stages(self, spec: TrafficSpec, service: str, entry: str) -> Iterator[list[Dependency]]:
        taken = [one for one in spec.edges if one.caller == service and (one.entries is None or entry in one.entries)]
        for stage in sorted({one.stage for one in taken}):
            yield [self.dependencies[one.name] for one in taken if one.stage == stage]

    # Clients

    def demand(self, entry: EntrySpec) -> Steps:
        key = mix(mix(self.seed_key, key_of(entry.name)), key_of("base"))
        stream = Stream(entry, key, entry.shape, 1.0, 0)  # type: ignore[arg-type]
        time = stream.next_time()
        while time is not None:
            yield self.env.timeout(time - self.env.now)
            self.env.process(self.client(entry, mix(key, stream.number)))
            stream.number += 1
            time = stream.next_time()

    def client(self, entry: EntrySpec, key: int) -> Steps:
        attempt = self.new_attempt(key, self.class_of(entry, key), entry.name, entry.to, 0, None, key)
        arrived = self.env.now
        self.env.process(self.visit(attempt, self.services[entry.to]))
        yield attempt.reply | self.env.timeout(entry.timeout)
        outcome = attempt.reply.value if attempt.reply.triggered else "timeout"
        if outcome == "timeout":
            attempt.abandoned, attempt.record.gave_up = True, self.env.now
        self.judged_bad += outcome != "ok" or self.env.now - arrived > entry.threshold
        if self.keep_records:
            self.roots[key] = (self.env.now, outcome)

    def class_of(self, entry: EntrySpec, key: int) -> int:
        first = next(c for c, (name, _) in enumerate(self.classes) if name == entry.name)
        drawn, total = uniform(mix(key, codes.SEGMENT)), 0.0
        whole = sum(segment.share for segment in entry.segments)
        for number, segment in enumerate(entry.segments):
            total += segment.share
            if drawn < total / whole:
                return first + number
        return first + max(len(entry.segments) - 1, 0)

    # The caller's side

    def call(self, edge: Dependency, caller: Attempt, call_key: int, done: CallsDone) -> Steps:
        """One call with all its attempts; tells `done` how it ended, unless its visit is over by then."""
        spec, number = edge.spec, 0
        while True:
            key = mix(call_key, number) if number else call_key
            attempt = self.new_attempt(key, caller.c, caller.entry, spec.callee, number, caller, call_key)
            self.env.process(self.deliver(attempt, edge))
            yield attempt.reply | self.env.timeout(spec.timeout)
            if attempt.reply.triggered and attempt.reply.value == "ok":
                if spec.budget:
                    edge.earn(spec.budget)
                done.call_ended(failed=False)
                return
            if not attempt.reply.triggered:
                attempt.abandoned, attempt.record.gave_up = True, self.env.now
            if caller.over:
                return
            if number == spec.retries or not edge.may_retry():
                done.call_ended(failed=spec.required)
                return
            yield self.env.timeout(edge.delay_after(attempt))
            if caller.over:
                return
            number += 1

    def deliver(self, attempt: Attempt, edge: Dependency) -> Steps:
        if edge.loss and uniform(mix(attempt.key, codes.LOSS)) < edge.loss:
            attempt.record.status, attempt.record.ended = "lost", self.env.now
            return
        if edge.latency:
            yield self.env.timeout(edge.latency)
        yield from self.visit(attempt, self.services[edge.spec.callee])

    def new_attempt(
        self,
        key: int,
        c: int,
        entry: str,
        service: str,
        number: int,
        caller: Attempt | None,
        call_key: int,
        *,
        sync: bool = True,
    ) -> Attempt:
        record = Record(service, number, self.env.now)
        if self.keep_records:
            self.records[key] = record
        return Attempt(
            key,
            c,
            entry,
            self.env.event(),
            record,
            sync,
            caller=caller,
            call_key=call_key,
            priority=self.priorities[entry],
        )

    # The service's side

    def visit(self, attempt: Attempt, service: Service) -> Steps:
        record, spec = attempt.record, service.spec
        record.arrived = self.env.now
        if uniform(mix(attempt.key, codes.SHEDDING)) < service.shed[attempt.c]:
            self.end(attempt, "shed")
            return
        attempt.arrived = self.env.now
        desk = service.balancer.choose(attempt, service.hot_key)
        if not self.admit(attempt, desk) or (yield attempt.turn) != "served":
            waited = attempt.turn.triggered and attempt.turn.value == "dropped"
            self.end(attempt, "overdue" if waited else "refused", silently=spec.overflow == "drop")
            return
        if late := self.too_late(attempt, service):
            outcome, silently = late, True
        else:
            record.started = self.env.now
            yield self.env.timeout(attempt.work)
            if spec.kind == "loop":
                desk.release(self.env.now)
            outcome, silently = "ok", False
            if uniform(mix(attempt.key, codes.FAILING)) < service.error_of(attempt, desk):
                outcome = "error"
            else:
                for stage in service.stages[attempt.entry]:
                    done = CallsDone(self.env, attempt)
                    self.launch(stage, attempt, done)
                    yield done.event
                    if attempt.over:
                        outcome = "dependency"
                        break
        desk.inside -= 1
        if spec.kind == "thread" or silently:
            desk.release(self.env.now)
        self.end(attempt, outcome, silently=silently)

    def too_late(self, attempt: Attempt, service: Service) -> str | None:
        """Why it is not started any more, if it is not."""
        return "timeout" if service.spec.skip_expired and not attempt.caller_waits() else None

    def admit(self, attempt: Attempt, desk: Desk) -> bool:
        if not desk.has_room():
            displaced = desk.displace(attempt.priority)
            if displaced is None:
                return False
            displaced.turn.succeed("displaced")
        desk.join(attempt)
        return True

    def launch(self, stage: list[Dependency], attempt: Attempt, done: CallsDone) -> None:
        for edge in stage:
            count = int(edge.spec.calls)
            count += uniform(mix(attempt.key, edge.key + codes.CALLS)) < edge.spec.calls - count
            for index in range(count):
                if edge.spec.mode == "sync":
                    done.open += 1
                    self.env.process(self.call(edge, attempt, mix(attempt.key, edge.key + index), done))
                else:
                    sent = self.new_attempt(
                        mix(attempt.key, edge.key + index),
                        attempt.c,
                        attempt.entry,
                        edge.spec.callee,
                        0,
                        attempt,
                        mix(attempt.key, edge.key + index),
                        sync=False,
                    )
                    self.env.process(self.deliver(sent, edge))
        if not done.open:
            done.event.succeed()

    def end(self, attempt: Attempt, outcome: str, *, silently: bool = False) -> None:
        attempt.over = True
        attempt.record.ended, attempt.record.status = self.env.now, outcome
        if not silently and not attempt.abandoned:
            attempt.reply.succeed(outcome)


class CallsDone:
    """The calls of one stage: over when all have ended, or as soon as one that is required has failed for good."""

    def __init__(self, env: simpy.Environment, attempt: Attempt) -> None:
        self.event = env.event()
        self.attempt = attempt
        self.open = 0

    def call_ended(self, *, failed: bool) -> None:
        self.open -= 1
        if self.attempt.over:
            return
        if failed:
            self.attempt.over = True
        if failed or not self.open:
            self.event.succeed()

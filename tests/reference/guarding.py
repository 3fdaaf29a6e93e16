"""The reference model with the mechanisms of edges: what is admitted, waits for a connection, is hedged, is taken back.

Kept apart from `model` for the sake of both; `rules` says by what each mechanism decides. Every attempt is a process of
its caller (`attempt`) and one at its service (`deliver`), which is interrupted when it is taken back. Does not own
leaks, breakers that are forced, limits set at run time, or any of this on edges that are fired and forgotten.
"""

from __future__ import annotations

from collections.abc import Generator
from math import inf
from typing import Any

import simpy

from gameday.core.draws import mix, uniform
from gameday.engine.traffic import codes
from gameday.engine.traffic.attempts import HEDGED
from gameday.engine.traffic.specs import TrafficSpec
from tests.reference.model import Attempt, CallsDone, Dependency, ReferenceTraffic, Service, Steps
from tests.reference.rules import Rules

Outcome = Generator[simpy.Event, Any, str]


class Guarded:
    """What the caller knows of one attempt besides what the service does: when it gives up, and the events of that."""

    def __init__(self, env: simpy.Environment, attempt: Attempt, due: int) -> None:
        self.attempt = attempt
        self.due = due
        self.known = env.event()
        self.taken_back = env.event()
        self.waits_for_connection = False
        self.hedge: Guarded | None = None
        self.connection: Any = None
        self.delivery: Any = None
        self.outcome = ""

    def take_back(self) -> None:
        if not self.known.triggered and not self.taken_back.triggered:
            self.taken_back.succeed()


class GuardedTraffic(ReferenceTraffic):
    """`ReferenceTraffic` with these mechanisms. `second` is what the rates of limits count as one."""

    def __init__(self, spec: TrafficSpec, seed_key: int, *, second: int) -> None:
        super().__init__(spec, seed_key)
        self.rules: dict[str, Rules] = {}
        for one in spec.edges:
            size = one.pool.size * self.services[one.caller].spec.replicas if one.pool else 0
            self.rules[one.name] = Rules(one, simpy.Resource(self.env, size) if size else None, second)
        self.deadlines: dict[int, int] = {}  # what the service of an attempt, by its key, was told
        self.waited_for: dict[int, list[Guarded]] = {}  # what a visit, by its key, gives up on if it fails

    # The caller's side

    def call(self, edge: Dependency, caller: Attempt, call_key: int, done: CallsDone) -> Steps:
        spec, number = edge.spec, 0
        while True:
            first, outcome = yield from self.try_with_hedge(edge, caller, call_key, number)
            if outcome == "ok":
                if spec.budget:
                    edge.earn(spec.budget)
                done.call_ended(failed=False)
                return
            if caller.over:
                return
            if outcome == "expired" or number == spec.retries or not edge.may_retry():
                done.call_ended(failed=spec.required)
                return
            yield self.env.timeout(edge.delay_after(first))
            if caller.over:
                return
            number += 1

    def try_with_hedge(
        self, edge: Dependency, caller: Attempt, call_key: int, number: int
    ) -> Generator[simpy.Event, Any, tuple[Attempt, str]]:
        """An attempt, and where it takes long a second one: the first success of the two, or else the last failure."""
        hedge, due = self.rules[edge.spec.name].hedge, self.env.now + edge.spec.timeout
        if edge.spec.deadline:
            due = min(due, self.deadlines.get(caller.key, due))
        first = last = self.begin(edge, caller, call_key, number, due)
        if hedge:
            yield first.known | self.env.timeout(hedge.spec.after)
            hopeless = first.known.triggered or first.waits_for_connection or caller.over
            if not hopeless and hedge.allows():
                first.hedge = second = self.begin(edge, caller, call_key, HEDGED + number, due)
                yield first.known | second.known
                one, other = (first, second) if first.known.triggered else (second, first)
                if one.known.value == "ok":
                    other.take_back()
                    return first.attempt, "ok"
                last = other
        yield last.known
        return first.attempt, last.known.value

    def begin(self, edge: Dependency, caller: Attempt, call_key: int, number: int, due: int) -> Guarded:
        key = mix(call_key, number) if number else call_key
        attempt = self.new_attempt(key, caller.c, caller.entry, edge.spec.callee, number, caller, call_key)
        if edge.spec.deadline:
            self.deadlines[key] = due
        guarded = Guarded(self.env, attempt, due)
        self.env.process(self.attempt(guarded, edge, caller))
        return guarded

    def attempt(self, guarded: Guarded, edge: Dependency, caller: Attempt) -> Steps:
        """What the caller does about one attempt, until it knows how that ended or gives up."""
        attempt, rules, now = guarded.attempt, self.rules[edge.spec.name], self.env.now
        refusal = "expired" if guarded.due <= now else rules.refuse(attempt.key, now)
        if refusal:
            attempt.record.status, attempt.record.ended = refusal, now
            rules.count(refusal)
            guarded.known.succeed(refusal)
            return
        epoch = rules.epoch
        if rules.hedge and attempt.record.attempt < HEDGED:
            rules.hedge.calls += 1
        if rules.gives_up_when_its_visit_fails:
            self.waited_for.setdefault(caller.key, []).append(guarded)
        give_up = self.env.timeout(guarded.due - now)
        if rules.connections:
            guarded.connection = connection = rules.connections.request()
            outcome = yield from self.wait_for(connection, guarded, rules)
            if not outcome:
                outcome = yield from self.ask(guarded, edge, give_up)
                rules.connections.release(connection)
        else:
            outcome = yield from self.ask(guarded, edge, give_up)
        rules.count(outcome)
        rules.learn(epoch, outcome, self.env.now)
        guarded.known.succeed(outcome)

    def wait_for(self, connection: Any, guarded: Guarded, rules: Rules) -> Outcome:
        """In line for a connection; why there is none, if there is none."""
        record = guarded.attempt.record
        if not connection.triggered:
            guarded.waits_for_connection = True
            longest = min(rules.longest_wait or guarded.due, guarded.due - self.env.now)
            yield connection | self.env.timeout(longest) | guarded.taken_back
            guarded.waits_for_connection = False
        if connection.triggered:
            return ""
        if not guarded.outcome:
            connection.cancel()
        record.status, record.ended = "pool", self.env.now
        if guarded.taken_back.triggered:
            record.status, record.gave_up = "cancelled", self.env.now
        return record.status

    def ask(self, guarded: Guarded, edge: Dependency, give_up: simpy.Event) -> Outcome:
        """Sent, until the answer comes or nobody waits for it any more."""
        attempt = guarded.attempt
        guarded.delivery = self.env.process(self.deliver(attempt, edge))
        yield attempt.reply | give_up | guarded.taken_back
        if attempt.reply.triggered:
            answer: str = attempt.reply.value
            return answer
        if not guarded.outcome:
            self.give_up(guarded, edge)
        return guarded.outcome

    def give_up(self, guarded: Guarded, edge: Dependency) -> None:
        """Nobody waits any more, a hedge even before its first attempt: so it is not given what that one held."""
        attempt, hedge = guarded.attempt, guarded.hedge
        if hedge and not hedge.known.triggered and not guarded.taken_back.triggered:
            self.give_up(hedge, edge)
        if guarded.waits_for_connection:
            guarded.connection.cancel()
            guarded.outcome = "pool"
            return
        guarded.outcome = "cancelled" if guarded.taken_back.triggered else "timeout"
        attempt.abandoned, attempt.record.gave_up = True, self.env.now
        if edge.spec.cancels and guarded.delivery.is_alive:
            guarded.delivery.interrupt()

    def deliver(self, attempt: Attempt, edge: Dependency) -> Steps:
        try:
            if edge.loss and uniform(mix(attempt.key, codes.LOSS)) < edge.loss:
                attempt.record.status, attempt.record.ended = "lost", self.env.now
                return
            if edge.latency:
                yield self.env.timeout(edge.latency)
            attempt.record.arrived = self.env.now
            if self.env.now >= self.deadlines.get(attempt.key, inf):
                self.end(attempt, "expired", silently=True)
            elif edge.unauthorized and uniform(mix(attempt.key, codes.AUTHORIZE)) < edge.unauthorized:
                self.end(attempt, "unauthorized")
            else:
                yield from self.visit(attempt, self.services[edge.spec.callee])
        except simpy.Interrupt:
            self.drop(attempt, self.services[edge.spec.callee])

    # The service's side

    def drop(self, attempt: Attempt, service: Service) -> None:
        """What is taken back frees its turn in line or its worker. Services have one plain queue here."""
        desk, record, now = service.desks[0], attempt.record, self.env.now
        outcome, works = "cancelled", record.started is not None
        if attempt.turn.triggered and not works:  # a worker has just turned to it
            works = True
            if now >= self.deadlines.get(attempt.key, inf):
                outcome = "expired"
            else:
                record.started = now
        if record.arrived is not None:
            desk.inside -= 1
        self.end(attempt, outcome, silently=True)
        if not works:
            desk.waiting = [one for one in desk.waiting if one is not attempt]
        elif service.spec.kind == "thread" or record.started is None or now < record.started + attempt.work:
            desk.release(now)

    def too_late(self, attempt: Attempt, service: Service) -> str | None:
        if self.env.now >= self.deadlines.get(attempt.key, inf):
            return "expired"
        return super().too_late(attempt, service)

    def end(self, attempt: Attempt, outcome: str, *, silently: bool = False) -> None:
        super().end(attempt, outcome, silently=silently)
        for guarded in self.waited_for.pop(attempt.key, ()):
            guarded.take_back()

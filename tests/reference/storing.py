"""The reference model with what is kept: caches on edges, queues with consumers, clients that come back or leave.

Kept apart from `model` for the sake of both. Owns expiry, least recent use, coalescing, deliveries and redeliveries,
patience. Does not own poison, pauses, messages that find no place, or caches whose host is down.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from simpy import Event

from gameday.core.draws import exponential, mix, uniform
from gameday.core.kinds.mechanisms import Cache, Clients
from gameday.engine.traffic import codes
from gameday.engine.traffic.specs import EntrySpec, TrafficSpec
from tests.reference.lines import Desk
from tests.reference.model import Attempt, CallsDone, Dependency, ReferenceTraffic, Steps


class Cached:
    """What an edge's cache keeps, least recently used first, and the fetches under way."""

    def __init__(self, spec: Cache) -> None:
        self.spec = spec
        weights = [1.0 / rank**spec.skew for rank in range(1, spec.keys + 1)]
        self.shares = [one / sum(weights) for one in accumulate(weights)]
        self.kept: dict[int, float] = {}
        self.fetches: dict[int, Event] = {}
        self.lookups = self.hits = 0

    def key_of(self, call_key: int) -> int:
        drawn = uniform(mix(call_key, codes.CACHE_KEY))
        return min(bisect_right(self.shares, drawn), self.spec.keys - 1)

    def has(self, key: int, now: int) -> bool:
        if self.kept.get(key, 0) <= now:
            return False
        self.kept[key] = self.kept.pop(key)
        return True

    def put(self, key: int, now: int) -> None:
        self.kept.pop(key, None)
        if len(self.kept) == self.spec.capacity:
            del self.kept[next(iter(self.kept))]
        self.kept[key] = now + self.spec.ttl if self.spec.ttl else float("inf")


class Letter:
    """A message."""

    def __init__(self, attempt: Attempt) -> None:
        self.key, self.c, self.entry = attempt.key, attempt.c, attempt.entry
        self.receives = 0


class Queue:
    """The messages of one service, and how many each consumer has in its hands."""

    def __init__(self, consumers: list[Dependency]) -> None:
        self.consumers = consumers
        self.waiting: list[Letter] = []
        self.taken = [0] * len(consumers)
        self.last = 0
        self.stored = self.done = self.dead = 0


class StoringTraffic(ReferenceTraffic):
    """`ReferenceTraffic` with these mechanisms."""

    def __init__(self, spec: TrafficSpec, seed_key: int) -> None:
        super().__init__(spec, seed_key)
        self.caches = {one.name: Cached(one.cache) for one in spec.edges if one.cache}
        pulls = [one for one in spec.edges if one.mode == "pull"]
        self.queues = {
            one.caller: Queue([self.dependencies[pull.name] for pull in pulls if pull.caller == one.caller])
            for one in pulls
        }
        self.returned = 0

    def _stages(self, spec: TrafficSpec, service: str, entry: str) -> Iterator[list[Dependency]]:
        for stage in super()._stages(spec, service, entry):
            if pushed := [one for one in stage if one.spec.mode != "pull"]:
                yield pushed

    # Clients

    def client(self, entry: EntrySpec, key: int) -> Steps:
        clients, arrived, number = entry.clients or Clients(), self.env.now, 0
        while True:
            attempt_key = mix(key, number) if number else key
            c = self.class_of(entry, key)
            attempt = self.new_attempt(attempt_key, c, entry.name, entry.to, number, None, key)
            self.env.process(self.visit(attempt, self.services[entry.to]))
            if clients.patience:
                self.env.process(self.stand_in_line(attempt, clients.patience))
            yield attempt.reply | self.env.timeout(entry.timeout)
            outcome = attempt.reply.value if attempt.reply.triggered else "timeout"
            if outcome == "timeout":
                attempt.abandoned, attempt.record.gave_up = True, self.env.now
            if outcome == "ok" or number == clients.retries:
                break
            delay = min(clients.delay * clients.growth**number, clients.delay_most)
            varied = delay * clients.jitter
            yield self.env.timeout(round(delay + (uniform(mix(attempt_key, codes.RETURNING)) - 1.0) * varied))
            number += 1
            self.returned += 1
        self.judged_bad += outcome != "ok" or self.env.now - arrived > entry.threshold
        self.roots[key] = (self.env.now, outcome)

    def stand_in_line(self, attempt: Attempt, patience: int) -> Steps:
        yield self.env.timeout(round(exponential(mix(attempt.key, codes.PATIENCE), patience)))
        for desk in self.services[attempt.record.service].desks:
            if any(one is attempt for one in desk.waiting) and not attempt.abandoned:
                desk.waiting = [one for one in desk.waiting if one is not attempt]
                desk.inside -= 1
                attempt.turn.succeed("abandoned")

    # Caches

    def call(self, edge: Dependency, caller: Attempt, call_key: int, done: CallsDone) -> Steps:
        cache = self.caches.get(edge.spec.name)
        if cache is None:
            yield from super().call(edge, caller, call_key, done)
            return
        key = cache.key_of(call_key)
        cache.lookups += 1
        if cache.has(key, self.env.now):
            cache.hits += 1
            if cache.spec.takes:
                yield self.env.timeout(cache.spec.takes)
            done.call_ended(failed=False)
            return
        while cache.spec.coalesce and key in cache.fetches:
            outcome = yield cache.fetches[key]
            if caller.over:
                return
            if outcome != "gone":
                done.call_ended(failed=outcome == "failed" and edge.spec.required)
                return
        yield from self.fetch(cache, key, edge, caller, call_key, done)

    def fetch(
        self, cache: Cached, key: int, edge: Dependency, caller: Attempt, call_key: int, done: CallsDone
    ) -> Steps:
        """One call with all its attempts that fills the cache. Who waits for it learns how it ended."""
        over = cache.fetches[key] = self.env.event()
        outcome, number = "", 0
        while not outcome:
            attempt_key = mix(call_key, number) if number else call_key
            attempt = self.new_attempt(attempt_key, caller.c, caller.entry, edge.spec.callee, number, caller, call_key)
            self.env.process(self.deliver(attempt, edge))
            yield attempt.reply | self.env.timeout(edge.spec.timeout)
            if attempt.reply.triggered and attempt.reply.value == "ok":
                outcome = "ok"
            elif not attempt.reply.triggered:
                attempt.abandoned, attempt.record.gave_up = True, self.env.now
            if not outcome and not caller.over and (number == edge.spec.retries or not edge.may_retry()):
                outcome = "failed"
            if not outcome and not caller.over:
                yield self.env.timeout(edge.delay_after(attempt))
                number += 1
            if not outcome and caller.over:
                outcome = "gone"
        waiting = bool(over.callbacks)
        if cache.spec.coalesce:
            del cache.fetches[key]
        if outcome == "ok" and (waiting or not caller.over):
            cache.put(key, self.env.now)
        over.succeed(outcome)
        if outcome != "gone" and not caller.over:
            done.call_ended(failed=outcome == "failed" and edge.spec.required)

    # Queues

    def admit(self, attempt: Attempt, desk: Desk) -> bool:
        queue = self.queues.get(attempt.record.service)
        if queue is not None and len(queue.waiting) + desk.inside >= desk.spec.queue_limit:
            return False
        return super().admit(attempt, desk)

    def end(self, attempt: Attempt, outcome: str, *, silently: bool = False) -> None:
        if attempt.turn.triggered and attempt.turn.value == "abandoned":
            outcome, silently = "abandoned", False
        queue = self.queues.get(attempt.record.service)
        if outcome == "ok" and queue is not None:
            queue.stored += 1
            queue.waiting.append(Letter(attempt))
            self.offer(queue)
        super().end(attempt, outcome, silently=silently)

    def offer(self, queue: Queue) -> None:
        first = queue.last + 1
        for step in range(len(queue.consumers)):
            self.take(queue, (first + step) % len(queue.consumers))

    def take(self, queue: Queue, number: int) -> None:
        edge = queue.consumers[number]
        consumption, replicas = edge.spec.consumption, self.services[edge.spec.callee].spec.replicas
        while queue.waiting and consumption and queue.taken[number] < consumption.prefetch * replicas:
            queue.taken[number] += 1
            queue.last = number
            self.env.process(self.consume(queue, number, queue.waiting.pop(0), edge, consumption.receives))

    def consume(self, queue: Queue, number: int, letter: Letter, edge: Dependency, receives: int) -> Steps:
        call_key = mix(letter.key, edge.key)
        attempt_key = mix(call_key, letter.receives) if letter.receives else call_key
        attempt = self.new_attempt(
            attempt_key, letter.c, letter.entry, edge.spec.callee, letter.receives, None, call_key
        )
        letter.receives += 1
        self.env.process(self.deliver(attempt, edge))
        yield attempt.reply | self.env.timeout(edge.spec.timeout)
        queue.taken[number] -= 1
        if attempt.reply.triggered and attempt.reply.value == "ok":
            queue.done += 1
            self.take(queue, number)
            return
        if not attempt.reply.triggered:
            attempt.abandoned, attempt.record.gave_up = True, self.env.now
        if letter.receives >= receives:
            queue.dead += 1
        else:
            queue.waiting.append(letter)
        self.offer(queue)

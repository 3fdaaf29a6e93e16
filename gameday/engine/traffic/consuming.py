"""Queues with consumers: messages are stored, taken along pull edges, done, given back, or dead.

Owns when a message is taken and when it comes back. Does not own what a queue holds (`brokers`).
"""

from __future__ import annotations

from typing import Final

from gameday.core.draws import mix, uniform
from gameday.core.units import MICRO
from gameday.engine.traffic.caching import Caching
from gameday.engine.traffic.codes import (
    ARRIVE,
    CERTIFICATE,
    DEADLINE,
    DNS,
    DOWN,
    ENDED,
    LIMITED,
    LOSS,
    OK,
    POISON,
    PULL,
    REFUSED,
    SHED,
    UNAUTHORIZED,
)
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.mechanisms.brokers import Broker, Consumer, Delivery, Message
from gameday.engine.traffic.stations import Station
from gameday.engine.traffic.visits import Visit

_POLL: Final = MICRO
"""A consumer that had no place, or that is down, asks again after so long at the latest."""
_TURNED_AWAY: Final = (REFUSED, DOWN, LIMITED, CERTIFICATE, DNS, UNAUTHORIZED)


class Consuming(Caching):
    """What happens to messages.

    A message that the consumer has no place for goes back to where it was and does not count as received; the consumer
    asks again when it has answered for another, or after a second. One that fails, is shed, or is not done within the
    edge's timeout, goes to the end of the backlog, or to the dead letters. Rate limits, of the edge or of the consumer,
    turn no message away: the consumer takes the next one when there is a token.
    """

    def _build_brokers(self, edges: list[Edge]) -> None:
        for edge in edges:
            consumption = edge.spec.consumption
            if edge.spec.mode != "pull" or consumption is None:
                continue
            queue = edge.caller
            if queue.broker is None:
                queue.broker = Broker(queue)
                queue.onward = True
            edge.consumer = Consumer(queue.broker, edge, consumption.prefetch, consumption.receives)
            queue.broker.consumers.append(edge.consumer)
            edge.callee.expect_special()

    def set_paused(self, edge: Edge, paused: bool) -> None:
        """Let the consumer at the end of a pull edge take nothing more, or go on. What it has taken it finishes."""
        consumer = edge.consumer
        if consumer is not None and consumer.paused != paused:
            consumer.paused = paused
            self._ask(consumer, self.now)

    def requeue(self, queue: str) -> int:
        """Give the dead letters of a queue to its consumers once more; how many. Raises ValueError: no such queue."""
        broker = self._broker(queue)
        count = broker.requeue()
        for consumer in broker.consumers:
            self._ask(consumer, self.now)
        return count

    def purge(self, queue: str, *, letters: bool = False) -> int:
        """Throw away the backlog of a queue, or its dead letters; how many. Raises ValueError: no such queue."""
        broker = self._broker(queue)
        if not letters:
            for message in broker.waiting:
                self.sampler.let_go(message.span)
        return broker.purge(letters)

    def _broker(self, queue: str) -> Broker:
        broker = self.services[queue].broker if queue in self.services else None
        if broker is None:
            raise ValueError(f'there is no queue with consumers that is called "{queue}"')
        return broker

    def _store(self, visit: Visit, station: Station, broker: Broker) -> None:
        """The queue has done its work on what a producer sent: the message is there."""
        poison = station.poison > 0.0 and uniform(mix(visit.key, POISON)) < station.poison
        broker.stored += 1
        broker.waiting.append(Message(visit.key, visit.c, self.now, poison, self.sampler.held(visit.span)))
        self._offer(broker)

    def _offer(self, broker: Broker) -> None:
        """Consumers take what waits, each in its turn."""
        consumers = broker.consumers
        count = len(consumers)
        for step in range(1, count + 1):
            if not broker.waiting:
                return
            number = (broker.turn + step) % count
            self._take(consumers[number])

    def _take(self, consumer: Consumer) -> None:
        broker, now = consumer.broker, self.now
        if broker.station.replicas:
            while broker.waiting and consumer.has_room(now):
                wait = consumer.limited_for(now)
                if wait:
                    consumer.again = now + min(wait, _POLL)
                    break
                broker.turn = consumer.number
                consumer.taking = True
                self._deliver(consumer, broker.waiting.popleft())
                consumer.taking = False
        if broker.waiting and not consumer.paused and (not consumer.taken or consumer.again > now):
            self._ask(consumer, consumer.again if consumer.again > now else now + _POLL)

    def _ask(self, consumer: Consumer, time: int) -> None:
        if not consumer.armed:
            consumer.armed = True
            self.schedule(time, PULL, consumer)

    def _pull(self, consumer: Consumer) -> None:
        """It is time for the consumer to ask."""
        consumer.armed = False
        self._take(consumer)

    def _deliver(self, consumer: Consumer, message: Message) -> None:
        now, edge = self.now, consumer.edge
        delivery = Delivery(edge, message, mix(message.key, edge.key), now)
        edge.sent += 1
        if edge.bucket is not None:
            edge.bucket.takes(now)
        if message.sent:
            edge.retried += 1
            edge.caller.retried += 1
        consumer.taken += 1
        message.sent += 1
        message.receives += 1
        deadlines = edge.deadlines
        deadlines.visits.append(delivery)
        if not deadlines.armed:
            deadlines.armed = True
            self.schedule(now + deadlines.timeout, DEADLINE, deadlines)
        if message.span is not None:
            self.sampler.follow(delivery, message.span)
        if not delivery.station.door.is_found_by(delivery):
            self._refuse(delivery, delivery.station, DNS, silently=False)
        elif edge.loss and uniform(mix(delivery.key, LOSS)) < edge.loss:
            delivery.state = ENDED
            if delivery.span is not None:
                self.sampler.close(delivery.span, now, "lost")
        elif edge.latency:
            self.schedule(now + edge.latency, ARRIVE, delivery)
        else:
            self._reach(delivery)

    def _delivered(self, delivery: Delivery, consumer: Consumer, outcome: int) -> None:
        """The consumer answers for a message, or its visibility timeout is over."""
        broker, message = consumer.broker, delivery.message
        consumer.taken -= 1
        consumer.again = 0  # whoever answers for a message has a place again
        if outcome == OK:
            broker.done += 1
            self.sampler.let_go(message.span)
            self._take(consumer)
            return
        if outcome in _TURNED_AWAY:
            message.receives -= 1
            broker.waiting.appendleft(message)
            wait = consumer.limited_for(self.now) if outcome == LIMITED else 0
            consumer.again = self.now + min(wait or _POLL, _POLL)
        elif message.receives >= consumer.receives:
            broker.bury(message)
            self.sampler.let_go(message.span)
            message.span = None
        else:
            broker.redelivered += 1
            broker.waiting.append(message)
        if outcome != SHED or not consumer.taking:  # what is shed as it comes would call itself once for each message
            self._offer(broker)

"""What contradicts itself in the mechanisms of dependencies: breakers, pools, hedges, caches, consumers of queues."""

from __future__ import annotations

from gameday.core.units import format_duration
from gameday.scenario.checks.report import Report
from gameday.scenario.checks.system import EDGES
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import Dependency
from gameday.scenario.source import Path

WAITING_ONLY = ("breaker", "pool", "throttle", "hedge", "cache", "deadline", "cancels")
"""Mechanisms of a caller that waits for its answer."""


OF_RETRIES = ("backoff", "jitter", "least_delay", "budget")
"""How a caller that waits for its answer tries again."""


def check_waiting(scenario: Scenario, report: Report) -> None:
    """Who does not wait for an answer has nothing that learns from answers."""
    for path, edge in _edges(scenario):
        if edge.mode == "sync":
            continue
        for name in WAITING_ONLY:
            if getattr(edge, name):
                message = (
                    f"nobody waits for {'an async' if edge.mode == 'async' else 'a pull'} call, so it has no {name}"
                )
                report.error((*path, name), message, "nobody-waits", key=True)
        again = "nobody tries again" if edge.mode == "async" else "what fails comes back to the queue at once"
        for name in OF_RETRIES:
            if getattr(edge, name):
                report.error((*path, name), f"{again}, so it has no {name}", "nobody-waits", key=True)


def check_limits(scenario: Scenario, report: Report) -> None:
    """What waits for something else waits less long than for the whole; what is drawn on is there."""
    for path, edge in _edges(scenario):
        timeout = edge.timeout or 0
        if edge.hedge is not None and edge.mode == "sync" and edge.hedge.after >= timeout:
            message = f"the call is given up after {format_duration(timeout)}, so nothing is ever sent again"
            report.error((*path, "hedge", "after"), message, "impossible")
        if edge.pool is not None and edge.pool.wait is not None and edge.pool.wait > timeout:
            message = f"the call is given up after {format_duration(timeout)}, before this"
            report.warning((*path, "pool", "wait"), message, "timeout-order")
        if edge.least_delay > edge.backoff_max:
            message = f"least_delay is longer than backoff_max, {format_duration(edge.backoff_max)}"
            report.error((*path, "least_delay"), message, "impossible")
        for name in ("backoff", "jitter", "budget"):
            if getattr(edge, name) and not edge.retries and edge.mode == "sync":
                report.warning((*path, name), f"{name} does nothing without retries", "unused-block", key=True)


def check_caches(scenario: Scenario, report: Report) -> None:
    """A cache lies at a service that is a cache, and holds no more than there is."""
    services = scenario.system.services
    for path, edge in _edges(scenario):
        cache = edge.cache
        if cache is None:
            continue
        place: Path = (*path, "cache")
        if report.expect((*place, "at"), cache.at, tuple(services), "service") and cache.at is not None:
            if services[cache.at].kind != "cache":
                report.error((*place, "at"), f'"{cache.at}" is no cache but {services[cache.at].kind}', "wrong-kind")
            elif cache.at == edge.callee:
                report.error(
                    (*place, "at"), f"{edge.name} goes to the cache itself; put this on the call behind", "self-call"
                )
        if cache.capacity is not None and cache.capacity > cache.keys:
            message = f"there are {cache.keys} keys, so it never holds more"
            report.warning((*place, "capacity"), message, "beyond-the-keys")
        if cache.takes >= (edge.timeout or 0) > 0:
            message = f"the call is given up after {format_duration(edge.timeout or 0)}, before a hit is answered"
            report.error((*place, "takes"), message, "impossible")
        if edge.writes:
            report.error((*place,), "what is written cannot be answered by a cache", "impossible", key=True)


def check_shared_caches(scenario: Scenario, report: Report) -> None:
    """Edges that share a store, one holder in front of one callee, agree on what it holds."""
    first: dict[tuple[str, str], tuple[int, Dependency]] = {}
    for index, edge in enumerate(scenario.system.dependencies):
        cache = edge.cache
        if cache is None:
            continue
        number, other = first.setdefault((cache.at or edge.caller, edge.callee), (index, edge))
        for name in ("keys", "capacity"):
            if number != index and other.cache is not None and getattr(cache, name) != getattr(other.cache, name):
                line = report.line((*EDGES, number))
                message = f"{other.name} in line {line} shares this cache and has another {name}"
                report.error((*EDGES, index, "cache"), message, "impossible", key=True)


def check_consumers(scenario: Scenario, report: Report) -> None:
    """Messages are taken from queues by consumers, whole: pull edges lead from a queue, once for each message."""
    services = scenario.system.services
    for path, edge in _edges(scenario):
        caller = services.get(edge.caller)
        if caller is None or edge.callee not in services:
            continue
        if edge.mode != "pull":
            if caller.kind == "queue":
                message = f'"{edge.caller}" is a queue: it calls nobody; with mode: pull its consumer takes from it'
                report.error((*path, "from"), message, "wrong-kind")
            continue
        if caller.kind != "queue":
            report.error((*path, "from"), f'"{edge.caller}" is no queue but {caller.kind}', "wrong-kind")
        if edge.calls != 1.0 or edge.stage or not edge.required or edge.entries is not None:
            message = "a message is taken once: a pull edge has neither calls nor stage nor required nor for"
            report.error(path, message, "impossible")
        if caller.kind == "queue" and caller.queue_limit == 0:
            report.error(
                (*path, "from"), f'"{edge.caller}" has queue_limit: 0 and so never holds a message', "impossible"
            )
        consumption, consumer = edge.consumption, services[edge.callee]
        if consumption is not None and consumption.prefetch > consumer.workers + consumer.queue_limit:
            room = consumer.workers + consumer.queue_limit
            message = f"{edge.callee} has room for {room} a replica, and refuses what is beyond"
            report.warning((*path, "consumption", "prefetch"), message, "beyond-the-queue")


def _edges(scenario: Scenario) -> list[tuple[Path, Dependency]]:
    return [((*EDGES, index), edge) for index, edge in enumerate(scenario.system.dependencies)]

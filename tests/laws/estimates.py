"""What the laws share: systems of one station, z scores over seeds, and the formulas of queueing theory."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from statistics import fmean, stdev

from gameday.core.draws import key_of, mix
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.sampling import Span
from gameday.engine.traffic.specs import EntrySpec, ServiceSpec, TrafficSpec

SECOND = 1_000_000
MS = 1_000
FOREVER = 10**15
SEEDS = range(32)


def single_station(service: ServiceSpec, rate: float, until: int) -> TrafficSpec:
    """Patient Poisson arrivals at one station with room for everybody, ending at `until` µs."""
    service = replace(service, name="station", queue_limit=10**9)
    return TrafficSpec(
        (service,), (), (EntrySpec("all", "station", ((0, rate), (until, rate), (until, 0.0)), FOREVER, FOREVER),)
    )


def spans_in_order(spec: TrafficSpec, seed: int) -> list[Span]:
    """Every visit, in order of arrival, once all have ended."""
    traffic = Traffic(spec, mix(0, seed), trace_share=1.0, trace_limit=None)
    traffic.advance(spec.entries[0].shape[-1][0] + 1)
    while len(traffic.sampler.traces) < traffic.entries["all"].arrived:
        traffic.advance(traffic.now + 10 * SECOND)
    base = mix(traffic.entries["all"].key, key_of("base"))
    numbers = {mix(base, number): number for number in range(traffic.entries["all"].arrived)}
    return [trace.spans[0] for trace in sorted(traffic.sampler.traces, key=lambda trace: numbers[trace.trace_id])]


def mean_numbers(spec: TrafficSpec, seed: int, begin: int, end: int) -> dict[str, tuple[float, float]]:
    """Of each service, from `begin` to `end` µs: how many waited and how many were served, as means over time."""
    traffic = Traffic(spec, mix(0, seed), trace_share=0.0)
    traffic.advance(begin)
    before = _areas(traffic)
    traffic.advance(end)
    return {
        name: ((queue - before[name][0]) / (end - begin), (busy - before[name][1]) / (end - begin))
        for name, (queue, busy) in _areas(traffic).items()
    }


def _areas(traffic: Traffic) -> dict[str, tuple[int, int]]:
    now = traffic.now
    return {
        name: (one.queue_area + len(one.queue) * now, one.busy_area + one.busy * now)
        for name, one in traffic.services.items()
    }


def z_score(estimates: list[float], expected: float) -> float:
    """How many standard errors, taken from the seeds, the mean of the estimates is away from what is expected."""
    return (fmean(estimates) - expected) / (stdev(estimates) / sqrt(len(estimates)))


def erlang_b(servers: int, offered: float) -> float:
    """Blocking probability of M/M/c/c by the recursion B(c) = a B(c-1) / (c + a B(c-1)) (Erlang 1917)."""
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = offered * blocked / (count + offered * blocked)
    return blocked


def erlang_c(servers: int, offered: float) -> float:
    """Waiting probability of M/M/c, from Erlang B."""
    blocked = erlang_b(servers, offered)
    return blocked / (1.0 - (offered / servers) * (1.0 - blocked))


def number_in_mmc(servers: int, offered: float) -> float:
    """Mean number waiting and served in M/M/c."""
    load = offered / servers
    return erlang_c(servers, offered) * load / (1.0 - load) + offered

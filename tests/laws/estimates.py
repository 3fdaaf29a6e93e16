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
FOREVER = 10**15


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

"""Clients that come back after a failure, and clients that leave the line."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import sqrt

import pytest

from gameday.core.draws import mix
from gameday.core.kinds.mechanisms import Clients
from gameday.engine.traffic.codes import ABANDONED, BLOCKED, OK, TIMEOUT
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.mechanisms.returning import delay_of
from gameday.engine.traffic.specs import EntrySpec, ServiceSpec, TrafficSpec
from tests.engine.traffic.scripted import MS, SECOND, log_of, scripted, service


def comes_back(retries, delay="100ms", **rest):
    return Clients.model_validate({"retries": retries, "delay": delay, **rest})


def test_a_client_that_failed_comes_back_after_a_growing_delay():
    traffic = scripted([service("a")], clients=comes_back(3))
    traffic.services["a"].error[0] = 1.0
    traffic.advance(250 * MS)
    traffic.services["a"].error[0] = 0.0
    assert log_of(traffic) == [
        (0, "a starts"),
        (10, "a error"),
        (110, "a/1 starts"),
        (120, "a/1 error"),
        (320, "a/2 starts"),
        (330, "a/2 ok"),
        (330, "client: ok"),
    ]
    entry = traffic.entries["all"]
    assert (entry.arrived, entry.returned, entry.outcomes[OK], sum(entry.outcomes)) == (1, 2, 1, 1)


def test_the_outcome_is_that_of_the_last_attempt():
    traffic = scripted([service("a", service_time=80 * MS)], clients=comes_back(2), timeout=50 * MS)
    log_of(traffic)
    entry = traffic.entries["all"]
    assert (entry.returned, entry.outcomes[TIMEOUT], sum(entry.outcomes)) == (2, 1, 1)


def test_who_waits_to_come_back_is_in_flight():
    traffic = scripted([service("a", queue_limit=0)], at=[0, 1, 2], clients=comes_back(5))
    traffic.advance(50 * MS)
    entry = traffic.entries["all"]
    assert (entry.arrived, entry.in_flight, sum(entry.outcomes)) == (3, 2, 1)
    log_of(traffic)
    assert (entry.in_flight, entry.outcomes[OK]) == (0, 3)


def test_the_objective_judges_by_the_first_arrival():
    for threshold, bad in ((100, 1), (500, 0)):
        traffic = scripted([service("a")], clients=comes_back(1), threshold=threshold * MS)
        traffic.services["a"].error[0] = 1.0
        traffic.advance(50 * MS)
        traffic.services["a"].error[0] = 0.0
        entry = traffic.entries["all"]
        assert (entry.judged, entry.bad) == (0, 0)
        traffic.advance(SECOND - 1)
        assert (entry.judged, entry.bad, entry.outcomes[OK]) == (1, bad, 1)
        assert entry.latencies == [120 * MS]


def test_a_threshold_beyond_the_first_timeout_is_judged_while_the_client_is_away():
    traffic = scripted(
        [service("a", service_time=80 * MS)], clients=comes_back(9, "1s"), timeout=50 * MS, threshold=300 * MS
    )
    traffic.advance(299 * MS)
    entry = traffic.entries["all"]
    assert entry.judged == 0
    traffic.advance(301 * MS)
    assert (entry.judged, entry.bad, entry.in_flight) == (1, 1, 1)


def test_who_is_turned_away_at_the_door_comes_back_too():
    traffic = scripted([service("a")], clients=comes_back(1))
    traffic.entries["all"].block[0] = 1.0
    traffic.advance(50 * MS)
    traffic.entries["all"].block[0] = 0.0
    traffic.advance(2 * SECOND)
    entry = traffic.entries["all"]
    assert (entry.judged, entry.bad, entry.outcomes[OK], entry.outcomes[BLOCKED]) == (1, 0, 1, 0)


def test_delays_grow_to_a_limit_and_jitter_draws_a_share_of_them():
    plain = comes_back(9, "1s", growth=3.0, delay_most="5s")
    assert [delay_of(plain, attempt, 7) for attempt in range(4)] == [SECOND, 3 * SECOND, 5 * SECOND, 5 * SECOND]
    assert delay_of(comes_back(9, "1s", growth=10.0), 10**6, 7) == 60 * SECOND
    varied = [delay_of(comes_back(9, "1s", jitter=0.5), 0, mix(1, number)) for number in range(2000)]
    assert min(varied) >= SECOND // 2
    assert max(varied) <= SECOND
    assert abs(sum(varied) / 2000 - 0.75 * SECOND) < 4 * SECOND / 2 / sqrt(12 * 2000)


def test_a_herd_comes_back_together_without_jitter_and_spread_with_it():
    """A thousand clients that fail within an outage of 100 ms: how many are back in the busiest 100 ms?"""
    busiest = []
    for jitter in (0.0, 0.9):
        traffic = scripted(
            [service("a", workers=9999)], at=[n / 10 for n in range(1000)], clients=comes_back(1, "2s", jitter=jitter)
        )
        traffic.services["a"].error[0] = 1.0
        traffic.advance(150 * MS)
        traffic.services["a"].error[0] = 0.0
        log_of(traffic)
        back = [span.arrived for trace in traffic.sampler.traces for span in trace.spans if span.attempt == 1]
        assert len(back) == 1000
        busiest.append(max(Counter(arrived // (100 * MS) for arrived in back).values()))
    assert busiest[0] > 850
    assert busiest[1] < 100


def test_a_client_leaves_the_line_when_its_patience_ends_but_never_once_it_is_served():
    impatient = Clients.model_validate({"patience": "1ms"})
    traffic = scripted([service("a", service_time=100 * MS)], at=[0, 1, 2], clients=impatient)
    log = log_of(traffic)
    entry = traffic.entries["all"]
    assert (entry.outcomes[OK], entry.outcomes[ABANDONED]) == (1, 2)
    assert (100, "a ok") in log
    assert traffic.services["a"].outcomes[ABANDONED] == 2
    assert len(traffic.services["a"].queue) == 0


def test_each_attempt_draws_its_own_patience():
    impatient = comes_back(20, "10ms", growth=1.0, patience="20ms")
    traffic = scripted([service("a", service_time=200 * MS)], at=[0, 1], clients=impatient)
    log = [one for one in log_of(traffic) if one[1].endswith("abandoned") and one[1].startswith("a")]
    times = [time for time, _ in log]
    waits = {round(later - earlier - 10, 3) for earlier, later in pairwise(times)}
    assert len(waits) == len(times) - 1 > 3
    assert traffic.entries["all"].outcomes[OK] == 2


def erlang_a(servers, arrivals, service_rate, leaving_rate):
    """The share that abandons in M/M/c+M, from the stationary distribution of its birth-and-death chain."""
    weights, weight = [1.0], 1.0
    for count in range(1, 400):
        weight *= arrivals / (min(count, servers) * service_rate + max(count - servers, 0) * leaving_rate)
        weights.append(weight)
    queue = sum((count - servers) * weight for count, weight in enumerate(weights) if count > servers) / sum(weights)
    return leaving_rate * queue / arrivals


@pytest.mark.parametrize("rate", [40.0, 90.0])
def test_the_share_that_abandons_is_that_of_erlang_a(rate):
    services = (ServiceSpec("a", workers=4, service_time=80 * MS, distribution="exponential", queue_limit=10_000),)
    clients = Clients.model_validate({"patience": "50ms"})
    spec = TrafficSpec(services, (), (EntrySpec("all", "a", ((0, rate),), 1000 * SECOND, clients=clients),))
    shares = []
    for seed in range(30):
        traffic = Traffic(spec, seed, trace_share=0.0)
        traffic.advance(60 * SECOND)
        entry = traffic.entries["all"]
        shares.append(entry.outcomes[ABANDONED] / entry.arrived)
    mean = sum(shares) / len(shares)
    error = sqrt(sum((share - mean) ** 2 for share in shares) / 29 / 30)
    assert abs(mean - erlang_a(4, rate, 1 / 0.08, 1 / 0.05)) < 4 * error


def test_returning_clients_are_told_apart_from_others_in_the_state():
    states = []
    for retries in (1, 2):
        traffic = scripted([service("a", queue_limit=0)], at=[0, 1, 2], clients=comes_back(retries))
        log_of(traffic)
        states.append(traffic.digest_state())
    assert states[0] != states[1]

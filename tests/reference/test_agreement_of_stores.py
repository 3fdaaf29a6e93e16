"""The kernel against the reference model where things are kept: caches, queues with consumers, returning clients."""

from __future__ import annotations

import gc
import pickle

import pytest

from gameday.core.kinds.mechanisms import Cache, Clients, Consumption
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec
from tests.reference.shop import MS, SECOND, rates
from tests.reference.storing import StoringTraffic
from tests.reference.test_agreement import assert_equal_histories


def cache(**rest: object) -> Cache:
    """Given in the shop's unit of time, in which a scenario could not say it."""
    return Cache(warm=False).model_copy(update=rest)


CLIENTS = Clients().model_copy(
    update={"retries": 2, "delay": 300 * MS, "delay_most": 450 * MS, "jitter": 0.4, "patience": 60 * MS}
)

STORES = TrafficSpec(
    services=(
        ServiceSpec("web", "thread", 2, 6, 3 * MS, 1.0, queue_limit=30),
        ServiceSpec("catalog", "loop", 1, 4, 2 * MS, 0.5, queue_limit=50),
        ServiceSpec("database", "thread", 1, 3, 9 * MS, 1.0, queue_limit=20),
        ServiceSpec("orders", "loop", 1, 2, 1 * MS, 1.0, queue_limit=25),
        ServiceSpec("packing", "thread", 2, 2, 35 * MS, 1.0, "exponential", queue_limit=500),
        ServiceSpec("mailing", "loop", 1, 3, 20 * MS, 2.0, queue_limit=500),
    ),
    edges=(
        EdgeSpec("web-catalog", "web", "catalog", timeout=90 * MS, retries=1, backoff=7 * MS),
        EdgeSpec(
            "catalog-database",
            "catalog",
            "database",
            calls=1.7,
            timeout=50 * MS,
            retries=1,
            backoff=5 * MS,
            jitter=0.7,
            cache=cache(keys=60, skew=0.8, ttl=400 * MS, capacity=25, coalesce=True, takes=1 * MS),
        ),
        EdgeSpec(
            "web-database",
            "web",
            "database",
            stage=1,
            calls=0.5,
            required=False,
            timeout=35 * MS,
            cache=cache(keys=30, ttl=250 * MS),
        ),
        EdgeSpec("web-orders", "web", "orders", ("buy",), 2, timeout=60 * MS, retries=2, backoff=20 * MS, jitter=1.0),
        EdgeSpec("packs", "orders", "packing", mode="pull", timeout=120 * MS, consumption=Consumption(prefetch=3)),
        EdgeSpec(
            "mails", "orders", "mailing", mode="pull", timeout=80 * MS, consumption=Consumption(prefetch=4, receives=2)
        ),
        EdgeSpec("packing-database", "packing", "database", required=False, calls=0.5, timeout=40 * MS),
    ),
    entries=(
        EntrySpec(
            "browse", "web", rates((0, 60), (2, 320), (4, 60), (6, 60), (6, 0)), 70 * MS, 120 * MS, clients=CLIENTS
        ),
        EntrySpec(
            "buy",
            "web",
            rates((0, 90), (6, 90), (6, 0)),
            400 * MS,
            200 * MS,
            (SegmentSpec("at", 0.25), SegmentSpec("de", 0.75)),
        ),
    ),
)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_they_agree_on_every_hit_delivery_and_return(seed):
    kernel, reference = Traffic(STORES, seed, trace_share=1.0, trace_limit=None), StoringTraffic(STORES, seed)
    for model in (kernel, reference):
        model.services["packing"].error[2] = 0.2
        model.services["mailing"].scale[1] = 1.5
        model.advance(12 * SECOND)
    traces = [*kernel.sampler.traces, *kernel.sampler.failed_traces]
    assert len(traces) > 900
    assert_equal_histories(reference, traces)
    for name, kept in reference.caches.items():
        edge = kernel.edges[name]
        assert (edge.lookups, edge.hits) == (kept.lookups, kept.hits)
        assert 0.1 < kept.hits / kept.lookups < 0.95
    broker, queue = kernel.services["orders"].broker, reference.queues["orders"]
    assert (broker.stored, broker.done, broker.dead, broker.backlog) == (queue.stored, queue.done, queue.dead, 0)
    assert broker.redelivered > 20 < broker.done
    assert sum(entry.returned for entry in kernel.entries.values()) == reference.returned > 10
    assert sum(entry.bad for entry in kernel.entries.values()) == reference.judged_bad
    statuses = {span.status for trace in traces for span in trace.spans}
    assert statuses >= {"ok", "error", "abandoned"}


def test_what_is_kept_leaves_no_garbage_for_the_collector_and_can_be_copied():
    traffic = Traffic(STORES, 4, trace_share=0.5, trace_limit=3)
    gc.collect()
    traffic.advance(3 * SECOND)
    assert gc.collect() == 0
    copy = pickle.loads(pickle.dumps(traffic))
    for one in (traffic, copy):
        one.advance(5 * SECOND)
    assert copy.digest_state() == traffic.digest_state()

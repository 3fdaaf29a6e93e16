"""Contradictory and impossible parameters of mechanisms are refused with the place where they stand."""

from __future__ import annotations

from math import fsum

import pytest

from gameday.core.kinds.mechanisms import Cache
from gameday.scenario.checks.warmth import miss_share
from gameday.scenario.load import check_paths
from tests.scenario.small import SCENARIO, write

SHOP = "shop: {team: web, service_time: 5ms}"
STORE = "store: {kind: database, team: web, service_time: 5ms}"
CALL = "to: store, timeout: 100ms}"
ENTRY = "rate: 20/s, timeout: 1s}"
FAULT = "- {kind: latency, at: 60s, service: store, factor: 50}"


def more(of, what):
    """The line with one more thing in it."""
    return of, f"{of[:-1]}, {what}}}"


def effect(text):
    deploy = "- {kind: bad-deploy, at: 60s, service: store, version: v2, effects: [{"
    return FAULT, f"{deploy}{text}}}]}}"


def fault(text):
    return FAULT, f"- {{at: 60s, {text}}}"


def zones(text):
    return "system:\n", f"system:\n  {text}\n"


CASES = [
    (more(SHOP, "replicas: 2, per_replica: {panic: 20%}"), "panic does nothing without health or ejection"),
    (more(CALL, "pool: {size: 0}"), "must be at least 1"),
    (more(CALL, "pool: {size: 5, wait: 0s}"), "must be above 0"),
    (more(CALL, "pool: {size: 5, wait: 1s}"), "given up after 100ms, before this"),
    (more(CALL, "hedge: {after: 200ms}"), "nothing is ever sent again"),
    (more(CALL, "backoff: 1s"), "backoff does nothing without retries"),
    ((CALL, "to: store, mode: async, backoff: 1s}"), "nobody tries again, so it has no backoff"),
    (more(CALL, "cache: {at: stor}"), 'service "stor" is not defined; did you mean "store"?'),
    (more(CALL, "cache: {at: shop}"), '"shop" is no cache but http'),
    (more(CALL, "cache: {takes: 1s}"), "before a hit is answered"),
    (more(CALL, "cache: {keys: 10, capacity: 20}"), "there are 10 keys"),
    (more(CALL, "cache: {keys: 0}"), "must be at least 1"),
    (more(CALL, "cache: {}, writes: true"), "cannot be answered by a cache"),
    (
        (
            f"{CALL}\n",
            f"{CALL[:-1]}, cache: {{}}}}\n    - {{from: shop, to: store, label: b, timeout: 1s, cache: {{keys: 5}}}}\n",
        ),
        "shares this cache and has another keys",
    ),
    (more(CALL, "breaker: {failures: 0%}"), "must be above 0"),
    (more(CALL, "consumption: {}"), "mode: pull"),
    (more(CALL, "mode: pull"), "a pull edge has consumption and a timeout"),
    (more(CALL, "mode: pull, consumption: {}"), '"shop" is no queue but http'),
    (more(CALL, "mode: pull, consumption: {}, calls: 2"), "a message is taken once"),
    (more(CALL, "mode: pull, consumption: {}, breaker: {}"), "nobody waits for a pull call, so it has no breaker"),
    (("to: store, timeout: 100ms}", "to: store, mode: async, pool: {size: 3}}"), "an async call, so it has no pool"),
    (("timeout: 100ms", "timeout: 0s"), "a timeout of zero lets nothing through"),
    (("store: {kind: database", "store: {kind: queue"), 'nobody takes messages from "store", so it only fills'),
    (("shop: {team", "shop: {kind: queue, team"), "with mode: pull its consumer takes from it"),
    (more(SHOP, "codel: {}"), "does nothing without discipline: codel"),
    (more(SHOP, "discipline: codel, codel: {target: 200ms}"), "shorter than the interval of 100ms"),
    (more(SHOP, "per_replica: {}"), "there is nothing to balance"),
    (more(SHOP, "per_replica: {panic: 120%}"), "120%"),
    (more(SHOP, "zones: [a]"), 'zone "a" is not defined'),
    (more(SHOP, "autoscaling: {target: 0.5, least: 2, most: 4}"), "1 replica(s) at the start, but least is 2"),
    (more(SHOP, "autoscaling: {target: 0.5, least: 4, most: 2}"), "least(=4) must be <= most(=2)"),
    (more(SHOP, "autoscaling: {target: 1.5, most: 2}"), "this target is never passed"),
    (more(SHOP, "autoscaling: {target: 0.5, most: 2, window: 5s}"), "some of the time is never seen"),
    (more(SHOP, "limit: {rate: 0/s}"), "must be above 0"),
    (more(SHOP, "warm_up: {lasts: 0s}"), "must be above 0"),
    (more(STORE, "replication: {of: stor}"), "did you mean"),
    (more(STORE, "replication: {of: store}"), "cannot be a replica of itself"),
    (more(STORE, "replication: {of: shop}"), '"shop" is of kind http; databases replicate'),
    (more(ENTRY, "alternate: shop"), '"shop" is where it goes anyway'),
    (more(ENTRY, "limit: {rate: 10/s}"), "20 come a second"),
    (more(ENTRY, "clients: {retries: 3, delay: 0s}"), "come back at once"),
    (more(ENTRY, "shape: [{at: 0s, factor: 1}], series: {every: 1s, factors: [1, 2]}"), "either shape or series"),
    (more(ENTRY, "series: {every: 1s, factors: [1]}"), "at least 2"),
    (zones("zones: [a, a]"), 'zone "a" is named twice'),
    (zones("quota: 1"), "2 replicas run at the start, more than this quota"),
    (zones("certificates: {tls: {service: shp, expires: 1m}}"), 'did you mean "shop"?'),
    (zones("certificates: {tls: {service: shop, expires: 1h}}"), "so it never expires"),
    (zones("credentials: {key: {service: shop, caller: store}}"), "store never calls shop"),
    (effect("service: store, service_time: 2, zone: a"), '"store" is spread over no zones'),
    (effect("service: store, service_time: 2, reach: 10%"), "10% of 1 replica(s) is none"),
    (effect("service: store, queue_limit: 5, reach: 100%"), "queue_limit cannot be limited to some replicas"),
    (effect("edge: shop>store, pool_size: 5"), "shop>store has no pool"),
    (effect("edge: shop>store, breaker: 1"), "shop>store has no breaker"),
    (effect("edge: shop>store, paused: 1"), "shop>store has no consumer"),
    (effect("service: store, poison: 5%"), "it is no queue"),
    (effect("service: store, lag: 5s"), "store has no replication"),
    (effect("service: store, hot_key: 5%"), "store has no balancing: key"),
    (effect("on: orders, shifted: 50%"), "orders has no alternate"),
    (fault("kind: pool-leak, edge: shop>store, leaks: 6/min"), "has no pool that could leak"),
    (fault("kind: queue-stall, edge: shop>store"), "name an edge with mode: pull"),
    (fault("kind: cache-flush, service: store"), 'no dependency has a cache at "store"'),
    (fault("kind: cache-flush, edge: shop>store"), "shop>store has no cache"),
    (fault("kind: hot-key, service: store, share: 50%"), '"store" has no shards'),
    (fault("kind: poison-message, service: store, share: 1%"), '"store" is no queue but database'),
    (fault("kind: failover, service: store"), "is no replica of another database"),
    (fault("kind: autoscaler, service: store, does: stuck"), '"store" has no autoscaling'),
    (fault("kind: disk-full, service: store, fills_in: 1m"), "so nothing would fail"),
    (fault("kind: credential-expiry, service: shop, caller: store"), "store never calls shop"),
    (fault("kind: attack, entry: orders, factor: 2"), '"orders" is demand'),
    (fault("kind: zone-loss, zone: a"), 'zone "a" is not defined'),
    (fault("kind: third-party, service: store, trouble: down"), "is no third party but database"),
    (fault("kind: latency, service: store, factor: 5, lasts: 0s"), "it ends as it begins"),
    (fault("kind: latency, service: store, factor: 0"), "no time at all"),
    (fault("kind: failover, service: store, lasts: 5s, split_brain: 9s"), "longer than the fault lasts"),
    (fault("kind: crash, service: store, ramp: 10s"), "comes all at once"),
    (fault("kind: person-unavailable, person: anna"), 'did you mean "ana"?'),
    (fault("kind: partition, groups: [[shop], [stor]]"), 'did you mean "store"?'),
    (fault("kind: partition, groups: [[shop], [shop, store]]"), "one group only"),
    (fault("kind: clock, service: store"), "store calls nobody"),
    (fault("kind: clock, service: shop, callee: shop"), "shop never calls shop"),
    (fault("kind: errors, service: store, share: 0%"), "a share of 0% does nothing"),
    (fault("kind: capacity, service: store, lost: 0%"), "a lost of 0% does nothing"),
    (fault("kind: latency, service: store, factor: 5, zone: a"), "is spread over no zones"),
    (fault("kind: deploy, service: store, version: v2, share: 20%"), "20% of 1 replica(s) is none"),
    (fault("kind: deploy, service: store, version: v2, share: 130%"), "130%"),
    (
        (
            FAULT,
            "- {kind: deploy, at: 60s, service: shop, version: v2, share: 60%}\n"
            "      - {kind: deploy, at: 61s, service: shop, version: v3, share: 60%}",
        ),
        "add up to 120%",
    ),
]


@pytest.mark.parametrize(("change", "said"), CASES, ids=[case[0][1].strip()[:60] for case in CASES])
def test_what_contradicts_itself_is_told_where_it_stands(tmp_path, change, said):
    old, new = change
    assert SCENARIO.count(old) == 1
    problems, _ = check_paths([write(tmp_path, SCENARIO.replace(old, new))])
    if said is None:
        assert problems == []
        return
    found = [problem for problem in problems if said in problem.message]
    assert found, [problem.message for problem in problems]
    changed = SCENARIO[: SCENARIO.index(old)].count("\n") + 1
    assert changed <= found[0].line <= changed + 3
    assert found[0].column > 1


@pytest.mark.parametrize(
    ("rejoin", "codes"), [("", ["nothing-to-break"]), (", rejoin: 1m", []), (", rejoin: 5m", ["beyond-the-end"])]
)
def test_an_old_primary_can_be_promoted_where_it_joins_again(tmp_path, rejoin, codes):
    copy = f"{STORE}\n    copy: {{kind: database, team: web, service_time: 5ms, replication: {{of: store{rejoin}}}}}"
    problems, _ = check_paths(
        [write(tmp_path, SCENARIO.replace(STORE, copy).replace(*fault("kind: failover, service: store")))]
    )
    assert [problem.code for problem in problems] == codes


def test_the_lag_of_an_old_primary_changes_where_it_joins_again(tmp_path):
    for rejoin, codes in (("", ["nothing-to-change"]), (", rejoin: 1m", [])):
        copy = (
            f"{STORE}\n    copy: {{kind: database, team: web, service_time: 5ms, replication: {{of: store{rejoin}}}}}"
        )
        text = SCENARIO.replace(STORE, copy).replace(*effect("service: store, lag: 5s"))
        problems, _ = check_paths([write(tmp_path, text)])
        assert [problem.code for problem in problems] == codes


def test_what_a_warm_cache_lets_through_is_known_for_equal_keys():
    assert miss_share(Cache(keys=1000, ttl="10s"), 900.0) == pytest.approx(1 / (1 + 0.9 * 10))
    assert miss_share(Cache(keys=1000, capacity=250), 900.0) == pytest.approx(0.75)
    assert miss_share(Cache(keys=1000), 900.0) == 0.0


def test_counting_ranks_in_blocks_is_near_to_counting_them_one_by_one():
    cache = Cache(keys=20_000, skew=1.0, ttl="60s")
    weights = [1.0 / rank for rank in range(1, cache.keys + 1)]
    total = fsum(weights)
    exact = fsum(weight / total / (1.0 + 500.0 * weight / total * 60.0) for weight in weights)
    assert miss_share(cache, 500.0) == pytest.approx(exact, rel=0.01)


def test_a_database_behind_a_warm_cache_is_asked_for_little(tmp_path):
    busy = SCENARIO.replace("rate: 20/s", "rate: 1500/s").replace(SHOP, SHOP[:-1] + ", workers: 400}")
    alone, _ = check_paths([write(tmp_path, busy)])
    assert "overloaded" not in [problem.code for problem in alone]
    slow = busy.replace("service_time: 5ms}\n  dep", "service_time: 50ms}\n  dep")
    crushed, _ = check_paths([write(tmp_path, slow)])
    assert "overloaded" in [problem.code for problem in crushed]
    cached, _ = check_paths([write(tmp_path, slow.replace(CALL, CALL[:-1] + ", cache: {ttl: 5m, keys: 1000}}"))])
    assert "overloaded" not in [problem.code for problem in cached]


@pytest.mark.parametrize("apart", ["groups: [[store], [copy]]", "zones: [a, b]"])
def test_a_partition_may_cut_off_a_replica_alone(tmp_path, apart):
    copy = "    copy: {kind: database, team: web, service_time: 5ms, replication: {of: store}, zones: [b]}"
    text = SCENARIO.replace(STORE, f"{STORE[:-1]}, zones: [a]}}\n{copy}").replace(
        "system:\n", "system:\n  zones: [a, b]\n"
    )
    problems, _ = check_paths([write(tmp_path, text.replace(*fault(f"kind: partition, {apart}")))])
    assert problems == []


def test_a_partition_that_no_call_crosses_is_an_error(tmp_path):
    system = ("system:\n", "system:\n  zones: [a, b]\n")
    between = fault("kind: partition, zones: [a, b]")
    said = "no call goes between the zones a and b"
    spread = (SHOP, f"{SHOP[:-1]}, zones: [a]}}"), (STORE, f"{STORE[:-1]}, zones: [b]}}")
    for changes, expected in (((system, between), True), ((system, between, *spread), False)):
        text = SCENARIO
        for old, new in changes:
            text = text.replace(old, new)
        problems, _ = check_paths([write(tmp_path, text)])
        assert any(said in problem.message for problem in problems) == expected


@pytest.mark.parametrize("target", ["50%", "0.5"])
def test_a_target_that_is_a_share_may_be_written_as_one(tmp_path, target):
    scaling = more(SHOP, f"autoscaling: {{metric: load, target: {target}, most: 4}}")
    problems, _ = check_paths([write(tmp_path, SCENARIO.replace(*scaling))])
    assert [problem for problem in problems if problem.severity == "error"] == []


IN_PART = [
    (
        "share: 50%, kind: bad-deploy, version: v2",
        "{service: store, queue_limit: 5}",
        "what all replicas of store have",
    ),
    ("rollout: 1m, kind: bad-deploy, version: v2", "{service: store, in_flight: 5}", "not with rollout"),
    ("reach: 50%, kind: bad-config, setting: x", "{edge: shop>store, timeout: 1s}", "not the replicas' of store own"),
    ("reach: 50%, kind: bad-config, setting: x", "{service: shop, latency: 1s}", "not the replicas' of store own"),
    ("share: 50%, kind: bad-deploy, version: v2", "{service: store, errors: 5%, replica: 1}", "leave either out"),
]


@pytest.mark.parametrize(("some", "effect", "said"), IN_PART)
def test_what_only_all_replicas_can_have_is_no_effect_of_some(tmp_path, some, effect, said):
    text = SCENARIO.replace(STORE, more(STORE, "replicas: 2")[1])
    text = text.replace(FAULT, f"- {{at: 60s, service: store, {some}, effects: [{effect}]}}")
    problems, _ = check_paths([write(tmp_path, text)])
    (refused,) = [problem for problem in problems if problem.severity == "error"]
    assert said in refused.message
    assert "some replicas can have" in refused.message
    assert (refused.code, refused.line) == ("not-in-part", SCENARIO[: SCENARIO.index(FAULT)].count("\n") + 1)


def test_some_replicas_may_have_what_they_hold_for_themselves_and_for_their_calls(tmp_path):
    effects = "{service: shop, workers: 2}, {service: shop, limit: 5/s}, {edge: shop>store, timeout: 20ms}"
    effects += ", {edge: shop>store, retries: 2}, {service: store, service_time: 2.0}"
    text = SCENARIO.replace(SHOP, more(SHOP, "replicas: 2")[1])
    deploy = f"- {{at: 60s, kind: bad-deploy, share: 50%, service: shop, version: v2, effects: [{effects}]}}"
    problems, _ = check_paths([write(tmp_path, text.replace(FAULT, deploy))])
    assert [problem for problem in problems if problem.severity == "error"] == []

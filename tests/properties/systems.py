"""Random systems for the kernel: graphs of calls without a cycle, any mechanism anywhere, and what is done to them.

A system is made from four numbers, so that hypothesis can make it smaller: a seed, how many services, how likely each
mechanism is, how many deeds. Everything is small: a run takes some hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from hypothesis import strategies as st

from gameday.core.draws import draw_name, mix, uniform
from gameday.core.kinds.mechanisms import (
    Breaker,
    Cache,
    Clients,
    CoDel,
    Consumption,
    Contention,
    Ejection,
    Health,
    Hedge,
    Limit,
    Pool,
    Replicas,
    Replication,
    Throttle,
    WarmUp,
)
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import BudgetSpec, EdgeSpec, EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec

MS = 1_000
SECOND = 1_000 * MS
DEMAND_ENDS = 3 * SECOND
Option = TypeVar("Option")


class Dice:
    """Draws one after another, keyed by a seed and a name; `likely` is the chance of each mechanism."""

    def __init__(self, seed: int, name: str, likely: float) -> None:
        self._key = draw_name(seed, name)
        self._count = 0
        self.likely = likely

    def share(self) -> float:
        """From 0 to 1."""
        self._count += 1
        return uniform(mix(self._key, self._count))

    def whole(self, least: int, most: int) -> int:
        """Both ends included."""
        return least + int(self.share() * (most - least + 1))

    def one(self, *options: Option) -> Option:
        return options[self.whole(0, len(options) - 1)]

    def ms(self, least: int, most: int) -> str:
        return f"{self.whole(least, most)}ms"

    def percent(self, least: int, most: int) -> str:
        return f"{self.whole(least, most)}%"

    def maybe(self, make: Callable[[], Option]) -> Option | None:
        """A mechanism, or none."""
        return make() if self.share() < self.likely else None


def _limit(dice: Dice) -> Limit:
    return Limit(rate=f"{dice.whole(1, 60)}/s", burst=dice.one(None, 1, 5, 20))


def _fleet(dice: Dice) -> Replicas:
    return Replicas(
        balancing=dice.one("round-robin", "random", "least-requests", "two-choices", "key"),
        ejection=dice.maybe(
            lambda: Ejection(failures=dice.whole(1, 4), lasts=dice.ms(50, 900), most=dice.percent(1, 100))
        ),
        health=dice.maybe(
            lambda: Health(
                every=dice.ms(50, 900),
                timeout=dice.ms(1, 500),
                fails=dice.whole(1, 3),
                passes=dice.whole(1, 3),
                deep=dice.one(False, True),
            )
        ),
        panic=dice.one("0%", "50%", "100%"),
    )


def _service(dice: Dice, name: str) -> ServiceSpec:
    discipline = dice.maybe(lambda: dice.one("lifo", "codel")) or "fifo"
    return ServiceSpec(
        name,
        dice.one("thread", "loop"),
        dice.whole(1, 3),
        dice.whole(1, 4),
        dice.one(0, 2, 10, 40, 120) * MS,
        dice.one(0.0, 0.5, 1.0, 4.0),
        dice.one("lognormal", "exponential", "constant"),
        dice.one(0, 3, 30, 200),
        dice.one("refuse", "drop"),
        dice.maybe(lambda: dice.whole(1, 30)),
        dice.one(False, True),
        per_replica=dice.maybe(lambda: _fleet(dice)),
        discipline=discipline,
        codel=CoDel(target=dice.ms(1, 50), interval=dice.ms(10, 200)) if discipline == "codel" else None,
        contention=dice.maybe(lambda: Contention(sigma=dice.share() / 2, kappa=dice.share() / 20)),
        warm_up=dice.maybe(lambda: WarmUp(lasts=dice.ms(100, 2000), factor=1.0 + 4.0 * dice.share())),
        limit=dice.maybe(lambda: _limit(dice)),
        zones=dice.one((), ("a", "b"), ("a", "b", "c")),
    )


def _cache(dice: Dice) -> Cache:
    return Cache(
        keys=dice.whole(1, 50),
        skew=dice.one(0.0, 1.0, 2.0),
        ttl=dice.one(None, dice.ms(50, 2000)),
        capacity=dice.one(None, dice.whole(1, 50)),
        warm=dice.one(False, True),
        coalesce=dice.one(False, True),
        takes=dice.one("0ms", "3ms"),
    )


def _call(dice: Dice, caller: str, callee: str, entries: tuple[str, ...]) -> EdgeSpec:
    return EdgeSpec(
        f"{caller}>{callee}",
        caller,
        callee,
        dice.one(None, None, (dice.one(*entries),)),
        dice.whole(0, 2),
        dice.one(1.0, 1.0, 0.5, 1.7, 2.0),
        dice.one("sync", "sync", "sync", "async"),
        dice.one(True, True, False),
        dice.one(5, 60, 300, 900) * MS,
        dice.whole(0, 3),
        dice.one(0, 5, 40) * MS,
        dice.one(20, 500) * MS,
        dice.one(0, 1, 1000),
        dice.one(0.0, 0.5, 1.0),
        dice.maybe(lambda: BudgetSpec(5.0 * dice.share(), 10.0, dice.share())),
        breaker=dice.maybe(
            lambda: Breaker(
                failures=dice.percent(10, 100),
                calls=dice.whole(1, 10),
                window=dice.ms(100, 2000),
                open_for=dice.ms(50, 1500),
                trials=dice.whole(1, 3),
            )
        ),
        pool=dice.maybe(lambda: Pool(size=dice.whole(1, 5), wait=dice.one(None, dice.ms(1, 400)))),
        throttle=dice.maybe(lambda: Throttle(k=1.0 + dice.share(), window=dice.ms(100, 3000))),
        hedge=dice.maybe(lambda: Hedge(after=dice.ms(1, 100), most=dice.percent(1, 100))),
        limit=dice.maybe(lambda: _limit(dice)),
        cache=dice.maybe(lambda: _cache(dice)),
        deadline=bool(dice.maybe(lambda: True)),
        cancels=bool(dice.maybe(lambda: True)),
        writes=dice.one(False, True),
    )


def _entry(dice: Dice, name: str, services: Sequence[str]) -> EntrySpec:
    """Demand that ends at DEMAND_ENDS."""
    first, last = dice.one(0, 10, 30, 90), dice.one(5, 20, 60)
    return EntrySpec(
        name,
        dice.one(services[0], *services),
        ((0, float(first)), (DEMAND_ENDS, float(last)), (DEMAND_ENDS, 0.0)),
        dice.one(50, 300, 1500) * MS,
        dice.one(50, 500, 2000) * MS,
        dice.one((), (SegmentSpec("at", 0.3), SegmentSpec("de", 0.7))),
        clients=dice.maybe(
            lambda: Clients(
                retries=dice.whole(0, 3),
                delay=dice.ms(0, 500),
                delay_most=dice.ms(100, 1000),
                growth=1.0 + dice.share(),
                jitter=dice.percent(0, 100),
                patience=dice.one(None, dice.ms(1, 500)),
            )
        ),
        priority=dice.maybe(lambda: dice.whole(0, 2)) or 0,
        alternate=dice.maybe(lambda: dice.one(*services)),
        limit=dice.maybe(lambda: _limit(dice)),
    )


def system(seed: int, size: int, likely: float, prefix: str = "") -> TrafficSpec:
    """`size` services, each of which may call later ones; perhaps a queue with a consumer, perhaps a replica."""
    dice = Dice(seed, "system", likely)
    names = [f"{prefix}{letter}" for letter in "abcdefgh"[:size]]
    entries = tuple(f"{prefix}entry-{number}" for number in range(dice.whole(1, 2)))
    services = [_service(dice, name) for name in names]
    edges = [
        _call(dice, caller, callee, entries)
        for number, caller in enumerate(names)
        for callee in names[number + 1 :]
        if dice.share() < 0.6
    ]
    sources = list(names)
    if dice.share() < dice.likely:
        queue, consumer, producer = f"{prefix}queue", dice.one(*names), dice.one(*names)
        services.append(replace(_service(dice, queue), per_replica=None))
        consumption = Consumption(prefetch=dice.whole(1, 4), receives=dice.whole(1, 4))
        timeout = dice.one(20, 100, 900) * MS
        edges.append(
            EdgeSpec(f"{queue}>{consumer}", queue, consumer, mode="pull", timeout=timeout, consumption=consumption)
        )
        sources.append(queue)
        if producer < consumer:
            edges.append(EdgeSpec(f"{producer}>{queue}", producer, queue, mode=dice.one("sync", "async")))
    if dice.share() < dice.likely:
        replication = Replication(of=dice.one(*names), lag=dice.ms(0, 500))
        services.append(replace(_service(dice, f"{prefix}replica"), replication=replication))
    return TrafficSpec(tuple(services), tuple(edges), tuple(_entry(dice, entry, sources) for entry in entries))


SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.integers(1, 6)
LIKELY = st.sampled_from([0.0, 0.1, 0.25, 0.5])
COUNTS = st.integers(0, 8)


@dataclass(frozen=True)
class Deed:
    """Something that is done to a system at a time (µs): `what`, to which service, edge or entry, and how much."""

    at: int
    what: str
    number: int
    share: float
    prefix: str = ""

    def do(self, traffic: Traffic) -> None:
        """Do it now, to a part whose name begins with the prefix."""
        prefix = self.prefix
        services = [one for name, one in traffic.services.items() if name.startswith(prefix)]
        edges = [one for name, one in traffic.edges.items() if name.startswith(prefix)]
        entries = [one for name, one in traffic.entries.items() if name.startswith(prefix)]
        DEEDS[self.what](
            traffic,
            services[self.number % len(services)],
            edges[self.number % len(edges)] if edges else None,
            entries[self.number % len(entries)],
            self.share,
        )


def _kill_replicas(traffic: Traffic, service: Any, share: float) -> None:
    count = max(1, round(share * service.roster.size))
    if service.roster.size:
        traffic.kill_replicas(service.name, tuple(range(count)))


def _flush(traffic: Traffic, service: Any, edge: Any) -> None:
    traffic.flush(edge.name if edge is not None and edge.cache is not None else service.name)


def _spike(entry: Any, share: float) -> None:
    if "spike" in entry.spikes:
        entry.remove_spike("spike")
    else:
        entry.add_spike("spike", 1.0 + 2.0 * share)


def _promote(traffic: Traffic, service: Any) -> None:
    if service.replica_of is not None:
        traffic.promote(service.name)


def _letters(traffic: Traffic, service: Any, share: float) -> None:
    if service.broker is not None and share < 0.5:
        traffic.requeue(service.name)
    elif service.broker is not None:
        traffic.purge(service.name, letters=share < 0.75)


def _capacity(service: Any, share: float) -> None:
    replicas = round(share * 4)
    service.set_capacity(replicas, service.spec.workers, (0,) if replicas > 1 and share > 0.6 else ())


def _every(values: list[Any], value: Any) -> None:
    values[:] = [value] * len(values)


def _on_edge(attribute: str, most: float, *, whole: bool = False) -> Any:
    def do(traffic: Traffic, service: Any, edge: Any, entry: Any, share: float) -> None:
        if edge is not None:
            setattr(edge, attribute, round(most * share) if whole else most * share)

    return do


def _on_service(attribute: str, most: float, *, whole: bool = False) -> Any:
    def do(traffic: Traffic, service: Any, edge: Any, entry: Any, share: float) -> None:
        setattr(service, attribute, round(most * share) if whole else most * share)

    return do


DEEDS: dict[str, Any] = {
    "capacity": lambda traffic, service, edge, entry, share: _capacity(service, share),
    "kill": lambda traffic, service, edge, entry, share: traffic.kill(service.name, share),
    "kill all": lambda traffic, service, edge, entry, share: traffic.kill(service.name),
    "kill replicas": lambda traffic, service, edge, entry, share: _kill_replicas(traffic, service, share),
    "slow": lambda traffic, service, edge, entry, share: _every(service.scale, 1.0 + 9.0 * share),
    "late": lambda traffic, service, edge, entry, share: _every(service.delay, round(200 * MS * share)),
    "errors": lambda traffic, service, edge, entry, share: _every(service.error, share),
    "shed": lambda traffic, service, edge, entry, share: _every(service.shed, share),
    "block": lambda traffic, service, edge, entry, share: _every(entry.block, share),
    "spike": lambda traffic, service, edge, entry, share: _spike(entry, share),
    "shift": lambda traffic, service, edge, entry, share: setattr(entry, "shift", share),
    "door": lambda traffic, service, edge, entry, share: service.set_limit(round(40 * share)),
    "demand limit": lambda traffic, service, edge, entry, share: entry.set_limit(round(40 * share)),
    "call limit": lambda traffic, service, edge, entry, share: edge and edge.set_limit(round(40 * share)),
    "pool": lambda traffic, service, edge, entry, share: edge and edge.set_pool(round(4 * share), round(2 * share)),
    "pause": lambda traffic, service, edge, entry, share: edge and traffic.set_paused(edge, share < 0.5),
    "flush": lambda traffic, service, edge, entry, share: _flush(traffic, service, edge),
    "promote": lambda traffic, service, edge, entry, share: _promote(traffic, service),
    "letters": lambda traffic, service, edge, entry, share: _letters(traffic, service, share),
    "queue limit": _on_service("queue_limit", 20, whole=True),
    "certificate": _on_service("certificate", 1.0),
    "dns": _on_service("dns", 1.0),
    "write errors": _on_service("write_errors", 1.0),
    "hot key": _on_service("hot_key", 1.0),
    "poison": _on_service("poison", 1.0),
    "lag": _on_service("lag_added", 500 * MS, whole=True),
    "loss": _on_edge("loss", 1.0),
    "latency": _on_edge("latency", 100 * MS, whole=True),
    "timeout": lambda traffic, service, edge, entry, share: (
        edge and setattr(edge, "timeout", 1 * MS + round(500 * MS * share))
    ),
    "retries": _on_edge("retries", 3, whole=True),
    "calls": _on_edge("calls", 2.0),
    "backoff": _on_edge("backoff", 50 * MS, whole=True),
    "unauthorized": _on_edge("unauthorized", 1.0),
    "breaker": _on_edge("breaker_mode", 2, whole=True),
}


def deeds(seed: int, count: int, prefix: str = "") -> list[Deed]:
    """So many deeds while there is demand, in the order of their times."""
    dice = Dice(seed, "deeds", 0.0)
    shares = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
    some = [
        Deed(dice.whole(0, DEMAND_ENDS - 1), dice.one(*DEEDS), dice.whole(0, 11), dice.one(*shares), prefix)
        for _ in range(count)
    ]
    return sorted(some, key=lambda deed: deed.at)


def run(spec: TrafficSpec, done: list[Deed], to: int, *, stops: tuple[int, ...] = (), seed: int = 1) -> Traffic:
    """The system at `to` (µs), with all that is done to it on the way; it also stands still at `stops`."""
    traffic = Traffic(spec, seed, trace_share=1.0, trace_limit=None)
    for at, deed in sorted(
        [*((deed.at, deed) for deed in done), *((stop, None) for stop in stops)], key=lambda one: one[0]
    ):
        traffic.advance(at)
        if deed is not None:
            deed.do(traffic)
    traffic.advance(to)
    return traffic

"""Whatever becomes of a database and its copies, no write appears or vanishes: it is held, on its way, with one side,
or lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hypothesis import given

from gameday.core.kinds.mechanisms import Replication
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.properties.accounts import all_spans, complaints, left_over
from tests.properties.systems import COUNTS, DEMAND_ENDS, LIKELY, MS, SECOND, SEEDS, SIZES, Dice, deeds, system

NAMES = ("first", "second", "third")
MOVES = ("promote", "split", "heal", "rejoin", "kill", "down", "up", "drain", "lag", "slow", "cut", "mend")


def databases(seed: int) -> list[ServiceSpec]:
    """One, and one or two that replicate it."""
    dice = Dice(seed, "databases", 0.5)
    return [
        ServiceSpec(
            name,
            dice.one("thread", "loop"),
            workers=dice.whole(1, 3),
            service_time=dice.one(2, 10, 25) * MS,
            replication=Replication(of="first", lag=dice.ms(0, 400), apply=dice.one(0.0, 0.2, 1.0)) if number else None,
        )
        for number, name in enumerate(NAMES[: dice.whole(2, 3)])
    ]


def copied(seed: int) -> TrafficSpec:
    """A service that reads and writes 40 times a second at a database with replicas."""
    dice = Dice(seed, "service", 0.5)
    retries, mode = dice.whole(0, 2), dice.one("sync", "async")
    edges = (
        EdgeSpec("write", "web", "first", None, 1, mode=mode, timeout=200 * MS, retries=retries, writes=True),
        EdgeSpec("read", "web", "first", timeout=200 * MS, required=False),
    )
    demand = EntrySpec("in", "web", ((0, 40.0), (DEMAND_ENDS, 40.0), (DEMAND_ENDS, 0.0)))
    return TrafficSpec((ServiceSpec("web", workers=50, service_time=MS), *databases(seed)), edges, (demand,))


def moves(seed: int) -> list[tuple[int, str, int]]:
    """When, what, and with which of them."""
    dice, last = Dice(seed, "moves", 0.0), len(databases(seed)) - 1
    some = [(dice.whole(0, DEMAND_ENDS), dice.one(*MOVES), dice.whole(0, last)) for _ in range(dice.whole(0, 30))]
    return sorted(some)


def make(traffic: Traffic, what: str, number: int) -> None:
    """Do it where it can be done."""
    name, other = NAMES[number], NAMES[number - 1] if number else NAMES[1]
    station, replaced = traffic.services[name], traffic.replaced.get(name)
    if what in ("promote", "split") and station.replica_of is not None:
        traffic.promote(name, split=what == "split")
    elif what == "heal" and replaced is not None:
        traffic.heal(name)
    elif what == "rejoin" and replaced is not None and not replaced.asked:
        traffic.rejoin(name)
    elif what == "kill":
        traffic.kill(name, 0.5)
    elif what in ("down", "up", "drain"):
        drained = (0,) if what == "drain" else ()
        station.set_capacity(int(what != "down"), station.spec.workers, drained=drained)
    elif what == "cut":
        traffic.cut(name, other)
    elif what == "mend" and traffic.is_cut(name, other):
        traffic.mend(name, other)
    elif what == "lag":
        station.lag_added = 300 * MS - station.lag_added
    elif what == "slow":
        station.scale[0] = 5.0 / station.scale[0]


class Books:
    """The writes that each of them has, kept beside the kernel from the spans of those that were completed."""

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic
        self._names = [name for name in NAMES if name in traffic.services]
        self._primary = "first"
        self._held, self._since = 0, 0  # what the primary had, and had completed, when this was written down
        self._copied = dict.fromkeys(self._names, 0)  # what the primary had when each began to follow it

    def completed(self, name: str) -> int:
        """Writes that this one has done."""
        return sum(
            span.service == name and span.edge == "write" and span.status == "ok" for span in all_spans(self._traffic)
        )

    def held(self) -> int:
        """The writes that the primary has."""
        return self._held + self.completed(self._primary) - self._since

    def note(self, what: str, number: int) -> None:
        """It is about to be made."""
        name, services = NAMES[number], self._traffic.services
        follower = services[name].replica_of
        if what in ("promote", "split") and follower is not None:
            self._held, self._since = self._copied[name] + follower.applied, self.completed(name)
            self._primary = name
        elif what == "rejoin" and name in self._traffic.replaced and not self._traffic.replaced[name].asked:
            self._copied[name] = self.held()

    def complaints(self) -> Iterator[str]:
        """What does not add up now."""
        stations = [self._traffic.services[name] for name in self._names]
        done, lost = sum(self.completed(name) for name in self._names), sum(one.lost_writes for one in stations)
        diverged = sum(one.diverged for one in self._traffic.replaced.values())
        if done != self.held() + lost + diverged:
            yield f"{done} completed, {self.held()} held by {self._primary}, {lost} lost, {diverged} diverged"
        for station in stations:
            follower, copied = station.replica_of, self._copied[station.name]
            if follower is not None and copied + follower.applied + follower.behind != self.held():
                yield f"{station.name}: {copied} copied, {follower.applied} applied, {follower.behind} in the log"


def run(seed: int, to: int = DEMAND_ENDS, *, every: int | None = None) -> Traffic:
    """The databases with all that happens to them; books are kept, and read before and after each move."""
    traffic = Traffic(copied(seed), seed, trace_share=1.0, trace_limit=None)
    books = Books(traffic)
    for at, what, number in moves(seed):
        for stop in range(traffic.now, at, every or SECOND * 1000):
            traffic.advance(stop)
        traffic.advance(at)
        assert list(books.complaints()) == []
        books.note(what, number)
        make(traffic, what, number)
        assert list(books.complaints()) == []
    traffic.advance(to)
    assert [*books.complaints(), *complaints(traffic)] == []
    return traffic


@given(SEEDS)
def test_completed_writes_are_held_or_in_the_log_or_diverged_or_lost(seed):
    traffic = run(seed)
    for name in [*traffic.replaced]:
        traffic.heal(name)
    names = [one.name for one in databases(seed)]
    for name in names:
        traffic.services[name].set_capacity(1, 3)
        traffic.services[name].scale[0] = 1.0
    for one, other in combinations(names, 2):
        while traffic.is_cut(one, other):
            traffic.mend(one, other)
    traffic.advance(traffic.now + 200 * SECOND)
    assert left_over(traffic) == []
    for name in names:
        follower = traffic.services[name].replica_of
        assert follower is None or follower.behind == 0


@given(SEEDS)
def test_the_same_again_is_the_same_however_often_anybody_looks(seed):
    assert run(seed).digest_state() == run(seed, every=70 * MS).digest_state()


@given(SEEDS, SIZES, LIKELY, COUNTS)
def test_any_system_stands_two_primaries_and_an_old_one_that_joins_again(seed, size, likely, count):
    dice = Dice(seed, "succession", likely)
    spec, done = system(seed, size, likely), deeds(seed, count)
    traffic = Traffic(spec, 1, trace_share=1.0, trace_limit=None)
    for stop in range(100 * MS, DEMAND_ENDS, 100 * MS):
        for deed in [deed for deed in done if stop - 100 * MS <= deed.at < stop]:
            traffic.advance(deed.at)
            deed.do(traffic)
        traffic.advance(stop)
        for station in traffic.services.values():
            if station.replica_of is not None and dice.share() < 0.3:
                traffic.promote(station.name, split=dice.share() < 0.7)
            elif station.name in traffic.replaced and dice.share() < 0.3:
                traffic.heal(station.name)
                traffic.rejoin(station.name)
        assert complaints(traffic) == []

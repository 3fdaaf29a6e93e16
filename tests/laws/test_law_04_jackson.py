"""Law 4: in feed-forward networks of exponential stations each is as if alone (Jackson 1957); 32 independent seeds."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

import pytest

from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec
from tests.laws.estimates import FOREVER, MS, SECOND, SEEDS, mean_numbers, number_in_mmc, z_score
from tests.laws.tables import Line, law, shown, within

BEFORE, OBSERVED = 15 * SECOND, 60 * SECOND


@dataclass(frozen=True)
class Network:
    """Stations with their workers and service time (µs), entries with their rates, calls with who takes them and how
    often; `flows` are the rates that come to each station."""

    stations: dict[str, tuple[int, int]]
    entries: dict[str, float]
    calls: tuple[tuple[str, str, tuple[str, ...] | None, float], ...]
    flows: dict[str, float]

    def spec(self) -> TrafficSpec:
        """Event loops, so that nobody waits downstream while holding a worker."""
        return TrafficSpec(
            tuple(
                ServiceSpec(name, "loop", 1, workers, mean, 1.0, "exponential", queue_limit=10**9)
                for name, (workers, mean) in self.stations.items()
            ),
            tuple(
                EdgeSpec(f"{caller}-{callee}", caller, callee, entries, calls=calls, timeout=FOREVER)
                for caller, callee, entries, calls in self.calls
            ),
            tuple(EntrySpec(name, "front", ((0, rate),), FOREVER, FOREVER) for name, rate in self.entries.items()),
        )


NETWORKS = {
    "tandem of 1, 2 and 4 workers": Network(
        {"front": (1, 10 * MS), "middle": (2, 25 * MS), "back": (4, 40 * MS)},
        {"all": 70.0},
        (("front", "middle", None, 1.0), ("middle", "back", None, 1.0)),
        {"front": 70.0, "middle": 70.0, "back": 70.0},
    ),
    "fork by entry and join": Network(
        {"front": (2, 14 * MS), "left": (1, 15 * MS), "right": (2, 40 * MS), "back": (1, 9 * MS)},
        {"read": 50.0, "write": 60.0},
        (
            ("front", "left", ("read",), 1.0),
            ("front", "right", ("write",), 0.6),
            ("left", "back", None, 1.0),
            ("right", "back", None, 1.0),
        ),
        {"front": 110.0, "left": 50.0, "right": 36.0, "back": 86.0},
    ),
}


def line(name: str) -> Line:
    """The mean number at each station, waiting or served."""
    network = NETWORKS[name]
    spec = network.spec()
    runs = [mean_numbers(spec, seed, BEFORE, BEFORE + OBSERVED) for seed in SEEDS]
    present = [[queue + busy for queue, busy in (run[station] for run in runs)] for station in network.stations]
    expected = [
        number_in_mmc(workers, network.flows[station] * mean / SECOND)
        for station, (workers, mean) in network.stations.items()
    ]
    band, holds = within([z_score(*pair) for pair in zip(present, expected, strict=True)])
    return Line((shown(expected), shown([fmean(one) for one in present]), band), holds)


LAW = law(
    4,
    "in networks of event loops each station holds as many as if it were alone",
    "Jackson 1957; mean numbers at each station over 60 s, 15 s after they began empty; 32 seeds",
    tuple(NETWORKS),
    line,
)


def test_mean_number_of_mm1_is_the_published_one():
    assert number_in_mmc(1, 0.75) == pytest.approx(3.0)


@pytest.mark.parametrize("network", LAW.checked)
def test_every_station_of_a_network_is_as_if_it_were_alone(network):
    LAW.check(network)

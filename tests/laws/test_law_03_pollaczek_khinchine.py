"""Law 3: the mean wait of M/G/1 after Pollaczek (1930) and Khinchine (1932); 32 independent seeds for each system."""

from __future__ import annotations

from statistics import fmean

import pytest

from gameday.engine.traffic.specs import ServiceSpec
from tests.laws.estimates import MS, SECOND, SEEDS, mean_numbers, single_station, z_score
from tests.laws.tables import Line, figures, law, within

MEAN = 10_000
LOADS = {0.5: (1_500, 200), 0.8: (3_000, 800)}
"""Customers observed and let pass before."""
WORK = {0: "constant", 1: "exponential", 4: "lognormal"}
SYSTEMS = {f"service time of variability {scv}, load {load}": (scv, load) for scv in WORK for load in LOADS}


def mean_wait(load: float, service: float, scv: float) -> float:
    """Pollaczek-Khinchine: W = rho S (1 + scv) / (2 (1 - rho)), in the unit of the service time S."""
    return load * service * (1.0 + scv) / (2.0 * (1.0 - load))


def line(system: str) -> Line:
    """The mean wait from the mean number that waits, by Little's law."""
    scv, load = SYSTEMS[system]
    customers, before = LOADS[load]
    rate = load * SECOND / MEAN
    begin, end = (round(count / rate * SECOND) for count in (before, before + customers))
    spec = single_station(ServiceSpec("station", "thread", 1, 1, MEAN, scv, WORK[scv]), rate, end)
    waits = [mean_numbers(spec, seed, begin, end)["station"][0] / rate * SECOND / MS for seed in SEEDS]
    expected = mean_wait(load, MEAN, scv) / MS
    band, holds = within([z_score(waits, expected)])
    return Line((f"{figures(expected)} ms", f"{figures(fmean(waits))} ms", band), holds)


LAW = law(
    3,
    "mean wait of M/G/1",
    "Pollaczek 1930, Khinchine 1932; variability is the squared coefficient of variation, service 10 ms; 32 seeds",
    tuple(SYSTEMS),
    line,
)


def test_pollaczek_khinchine_gives_half_the_wait_of_mm1_where_service_is_constant():
    assert mean_wait(0.5, 10.0, 1.0) == pytest.approx(10.0)
    assert mean_wait(0.5, 10.0, 0.0) == pytest.approx(5.0)


@pytest.mark.parametrize("system", LAW.checked)
def test_mean_waits_agree_with_pollaczek_and_khinchine(system):
    LAW.check(system)

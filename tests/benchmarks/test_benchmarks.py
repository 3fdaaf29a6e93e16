from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from benchmarks import all as every
from benchmarks import scaling, shares
from benchmarks.quiet import quiet
from gameday.engine.traffic.kernel import Traffic
from gameday.session.session import Session

ROOT = Path(__file__).parents[2]
SECOND = 1_000_000


@pytest.fixture(scope="module")
def speed() -> ModuleType:
    """docs/speed.py, which is no part of a package."""
    spec = spec_from_file_location("speed", ROOT / "docs" / "speed.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("services", [10, 100])
def test_a_request_makes_ten_visits_however_big_the_system_is(services):
    traffic = Traffic(scaling.system(services, 500), 7)
    traffic.advance(2 * SECOND)
    roots = sum(entry.arrived for entry in traffic.entries.values())
    visits = sum(station.arrived for station in traffic.services.values())
    assert visits / roots == pytest.approx(10, rel=0.05)


def test_in_a_quiet_scenario_nobody_is_hurt_and_demand_is_what_was_asked_for():
    session = Session(quiet("retry-storm", duration=60 * SECOND, demand=0.5), 7, responder="idle")
    session.run_to(session.length)
    entries = session.world.traffic.entries
    assert sum(entry.bad for entry in entries.values()) == 0
    assert sum(entry.arrived for entry in entries.values()) == pytest.approx(60 * 23, rel=0.1)


def test_shares_are_of_the_whole_and_the_drawing_shows_every_module():
    def run() -> None:
        Traffic(scaling.system(10, 500), 7).advance(8 * SECOND)

    measured = shares.sampled(run)
    assert sum(measured.values()) == pytest.approx(1.0)
    assert all(share > 0.0 for share in measured.values())
    drawn = "".join(ElementTree.fromstring(shares.drawing((measured, measured))).itertext())
    assert all(place.removeprefix("gameday/").removesuffix(".py") in drawn for place in measured)


def test_the_page_has_one_place_for_every_table(speed):
    page = speed.PAGE.read_text("utf-8")
    for name in speed.TABLES:
        assert "\nnew\n" in speed.filled(page, name, ["new"])
    with pytest.raises(ValueError, match="one place for storms"):
        speed.filled(page, "storms", ["new"])


def test_every_benchmark_that_is_run_is_there():
    assert [name for name in every.ORDER if not (ROOT / "benchmarks" / f"{name}.py").is_file()] == []

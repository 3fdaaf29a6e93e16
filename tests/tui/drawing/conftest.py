import math

import pytest

from gameday.tui.drawing.state import (
    Burn,
    EntryRow,
    Gauge,
    GaugesState,
    HeaderState,
    LogLine,
    LogState,
    MapState,
    Series,
    ServiceRow,
    SignalsState,
    TableState,
    Topology,
)

OTEL_CALLS = """
frontend-proxy>frontend frontend-proxy>image-provider frontend>product-catalog frontend>ad frontend>recommendation
frontend>cart frontend>currency frontend>shipping frontend>checkout checkout>cart checkout>product-catalog
checkout>currency checkout>shipping checkout>payment checkout>email shipping>quote recommendation>product-catalog
product-catalog>astronomy-db cart>valkey-cart
"""


def topology_of(calls: str) -> Topology:
    edges = tuple((caller, callee) for caller, callee in (call.split(">") for call in calls.split()))
    return Topology(tuple(dict.fromkeys(name for edge in edges for name in edge)), edges)


def wave(phase: int, count: int = 60) -> tuple[float | None, ...]:
    return tuple(None if 20 < n < 24 else 1 + math.sin(n / 9 + phase) for n in range(count))


@pytest.fixture
def otel() -> Topology:
    return topology_of(OTEL_CALLS)


@pytest.fixture
def storm() -> Topology:
    return topology_of("gateway>catalog gateway>auth auth>sessions-db")


@pytest.fixture
def table_state() -> TableState:
    services = (
        ServiceRow("auth", "ok", 1100, 0.0, 0.01, 0.02, 0.012, 0.2, 0, 0, wave(1), "id"),
        ServiceRow("payments", "down", 310, 0.41, 0.02, 1.0, 5.0, 1.0, 1840, 840, wave(2), "pay"),
        ServiceRow("checkout", "degraded", 310, 0.382, 0.02, 1.0, 5.0, 0.88, 12, 300, wave(3), "shop"),
        ServiceRow("es", "nodata"),
        ServiceRow("redis", "ok", 2100, 0.0, 0.001, 0.002, 0.003, 0.14, 0, 0, wave(4), "data"),
    )
    return TableState(services, (EntryRow("web", "down", 280, 0.38, 0.4, 5.0, "99% in 1 s", wave(5)),))


@pytest.fixture
def signals_state() -> SignalsState:
    series = tuple(
        Series(label, wave(place), current, baseline)
        for place, (label, current, baseline) in enumerate(
            (("rps", "310/s", "1180"), ("err %", "38.2%", "0.1"), ("p99", "5.0s", "300ms"), ("queue", "1840", "0"))
        )
    )
    return SignalsState("checkout", "degraded", series, "99% in 1 s", (Burn("5m", 38.0), Burn("1h", None)), 0.61)


@pytest.fixture
def log_state() -> LogState:
    words = ("pool timeout", "lock wait", "retry 3/3")
    return LogState(tuple(LogLine(f"07:35:{n:02}", "value", f"payments {words[n % 3]} n={n}") for n in range(30)))


@pytest.fixture
def header_state() -> HeaderState:
    return HeaderState("black-friday", "07:42", "30:00", people=("IC ana", "SME kim"), severity="SEV-1", hurt="04:10")


@pytest.fixture
def gauges_state() -> GaugesState:
    return GaugesState((Gauge("scale payments 4", 0.5, "52 s left"), Gauge("update due", None, "in 03:10")))


@pytest.fixture
def map_state(otel: Topology) -> MapState:
    return MapState(tuple((name, "ok") for name in otel.nodes), (("frontend", "cart"),), "checkout")

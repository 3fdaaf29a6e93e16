"""Law 11: nothing is lost or made up. Little's law with its boundary terms, and the accounts of roots, in integers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.sampling import Sampler, Span
from gameday.engine.traffic.windows import Window
from tests.laws.tables import Line, law
from tests.reference.shop import SECOND, SHOP, with_budgets

WINDOW = 1_000_000
END = 4 * SECOND
SYSTEMS = {"a storm": SHOP, "budgets": with_budgets(SHOP)}
Balance = tuple[int, int, int]


@cache
def disturbed(system: str) -> tuple[Traffic, list[Window], list[list[Balance]]]:
    """All at once: overload, errors, shedding, loss, blocked demand, kills, a spike, less capacity and more."""
    windows: list[Window] = []
    balances: list[list[Balance]] = []
    traffic = Traffic(SYSTEMS[system], 23, trace_share=1.0, trace_limit=None, on_window=windows.append)
    for step in range(1, 41):
        traffic.advance(step * END // 40)
        if step == 5:
            traffic.services["cart"].error = [0.1] * 3
            traffic.services["web"].shed = [0.05] * 3
            traffic.edges["cart-database"].loss = 0.05
            traffic.entries["browse"].block = [0.1, 0.0, 0.0]
        if step == 10:
            traffic.kill("database", 0.5)
            traffic.entries["buy"].add_spike("sale", 2.0)
        if step == 20:
            traffic.services["prices"].set_capacity(0, 2)
        if step == 30:
            traffic.services["prices"].set_capacity(3, 2)
            traffic.kill("web")
        balances.append([(entry.arrived, sum(entry.outcomes), entry.in_flight) for entry in traffic.entries.values()])
    return traffic, windows, balances


def all_spans(sampler: Sampler) -> list[Span]:
    traces = [*sampler.traces, *sampler.failed_traces, *sampler.open_traces.values()]
    return [span for trace in traces for span in trace.spans]


def time_spent(system: str) -> Iterator[bool]:
    """In each window: in flight over time is the time that visits spent there, to the microsecond."""
    traffic, windows, _ = disturbed(system)
    stays: dict[str, list[tuple[int, int]]] = {name: [] for name in traffic.services}
    for span in all_spans(traffic.sampler):
        if span.arrived is not None and span.status not in {"down", "shed"}:
            stays[span.service].append((span.arrived, span.ended if span.ended is not None else END))
    for name, one in stays.items():
        spent = [0] * len(windows)
        for arrived, ended in one:
            for number in range(arrived // WINDOW, min(ended // WINDOW, len(windows) - 1) + 1):
                spent[number] += min(ended, (number + 1) * WINDOW) - max(arrived, number * WINDOW)
        for window, micros in zip(windows, spent, strict=True):
            yield micros == round(window.services[name].in_flight * WINDOW)


def visits(system: str) -> Iterator[bool]:
    """Those that arrived are those that ended and those still there, in the windows and in all."""
    traffic, windows, _ = disturbed(system)
    for name, station in traffic.services.items():
        yield sum(window.services[name].rate for window in windows) == station.arrived
        yield sum(window.services[name].ended for window in windows) == sum(station.outcomes)
        yield station.arrived - sum(station.outcomes) == len(station.visits)
        yield station.busy + len(station.queue) <= len(station.visits) or not station.thread
        for window in windows:
            seen = window.services[name]
            yield sum(seen.causes.values()) == seen.failed <= seen.ended


def roots(system: str) -> Iterator[bool]:
    """At every moment: arrived are those that ended in some way and those in flight; each is judged at most once."""
    traffic, windows, balances = disturbed(system)
    for arrived, ended, in_flight in (balance for moment in balances for balance in moment):
        yield arrived == ended + in_flight and in_flight >= 0
    for name, entry in traffic.entries.items():
        yield sum(window.entries[name].rate for window in windows) == entry.arrived
        yield sum(window.entries[name].judged for window in windows) == entry.judged <= entry.arrived
        yield sum(window.entries[name].bad for window in windows) == entry.bad
    yield traffic.entries["browse"].outcomes[7] > 0


def attempts(system: str) -> Iterator[bool]:
    """Those sent on an edge have an outcome or are open, in the windows and in all."""
    traffic, windows, _ = disturbed(system)
    for name, edge in traffic.edges.items():
        yield sum(window.edges[name].rate for window in windows) == edge.sent
        yield sum(window.edges[name].ended for window in windows) == sum(edge.outcomes)
        yield not edge.sync or edge.open_attempts == sum(visit.open for visit in edge.deadlines.visits)


ACCOUNTS = {
    "Little's law with its boundary terms, each service and window": time_spent,
    "visits: arrived = ended + there": visits,
    "root requests: arrived = completed + failed + shed + refused + abandoned + in flight": roots,
    "attempts on an edge: sent = ended + open": attempts,
}


def line(account: str) -> Line:
    """Balances of the account in both systems, and how many of them are off."""
    balances = [balance for system in SYSTEMS for balance in ACCOUNTS[account](system)]
    off = balances.count(False)
    return Line((f"{len(balances)} balances", f"{off} off", "exact, in integers"), off == 0 < len(balances))


LAW = law(
    11,
    "nothing is lost or made up",
    "Little 1961 with boundary terms, counting; overload, errors, loss, kills, a spike and less capacity, all at once",
    tuple(ACCOUNTS),
    line,
)


@pytest.mark.parametrize("account", LAW.checked)
def test_every_account_balances_while_everything_goes_wrong_at_once(account):
    LAW.check(account)


def test_the_disturbed_systems_were_disturbed():
    for system in SYSTEMS:
        traffic, windows, _ = disturbed(system)
        assert len(windows) == END // WINDOW
        assert traffic.now == END
        assert len(all_spans(traffic.sampler)) > 2000
        assert all(sum(station.outcomes[1:]) > 0 for name, station in traffic.services.items() if name != "mail")

"""Windows say what happened in one second, however the kernel was advanced."""

from __future__ import annotations

import pytest

from gameday.core.draws import mix
from gameday.core.kinds.mechanisms import Clients, Hedge
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.windows import summary_of
from tests.engine.traffic.scripted import MS, SECOND, edge, scripted, service
from tests.reference.shop import SHOP


def windows_of(traffic, until):
    windows = []
    traffic.on_window = windows.append
    traffic.advance(until)
    return windows


def test_quantiles_are_those_of_the_nearest_rank():
    assert summary_of([])[1:4] == (None, None, None)
    assert summary_of([3 * SECOND])[1:4] == (3.0, 3.0, 3.0)
    assert summary_of([n * SECOND for n in range(1, 101)])[1:4] == (50.0, 95.0, 99.0)
    assert summary_of([n * SECOND for n in range(1, 22)])[1:4] == (11.0, 20.0, 21.0)


def test_a_window_holds_means_over_time_and_counts_of_its_second():
    traffic = scripted([service("a", service_time=300 * MS, workers=2)], at=[100, 200, 300, 950], threshold=350 * MS)
    first, second = windows_of(traffic, 2 * SECOND)
    seen = first.services["a"]
    assert (first.t, second.t) == (0, SECOND)
    assert (seen.rate, seen.ended, seen.failed, seen.goodput, seen.causes) == (4, 3, 0, 3, {})
    # Busy from 100 to 400, 200 to 500, 400 to 700, 950 to 1000; the third waits from 300 to 400.
    assert seen.busy == pytest.approx(0.95)
    assert (seen.queue, seen.in_flight) == (pytest.approx(0.1), pytest.approx(1.05))
    assert (seen.capacity, seen.saturation) == (2.0, pytest.approx(0.475))
    assert (seen.p50, seen.p99) == (0.3, 0.4)
    assert second.services["a"].busy == pytest.approx(0.25)
    entry = first.entries["all"]
    assert (entry.rate, entry.ended, entry.goodput, entry.judged, entry.bad) == (4, 3, 2, 3, 1)


def test_saturation_is_that_of_the_scarcer_resource():
    system = [service("a", "loop", workers=100, in_flight=2), service("b", service_time=700 * MS, workers=9)]
    (window,) = windows_of(scripted(system, [edge("a", "b")], at=[0, 0]), SECOND)
    assert window.services["a"].saturation == pytest.approx(0.71)
    assert window.services["a"].busy == pytest.approx(0.02)


def test_capacity_is_a_mean_over_the_second_in_which_it_changes():
    traffic = scripted([service("a", workers=4)], at=[5000])
    traffic.advance(250 * MS)
    traffic.services["a"].set_capacity(1, 1)
    first, second = windows_of(traffic, 2 * SECOND)
    assert (first.services["a"].capacity, second.services["a"].capacity) == (1.75, 1.0)


def test_success_after_the_caller_gave_up_is_no_failure_of_the_service_but_no_goodput_either():
    system = [service("a", workers=9), service("b", service_time=100 * MS)]
    traffic = scripted(system, [edge("a", "b", timeout=50 * MS, retries=1, backoff=MS)])
    (window,) = windows_of(traffic, SECOND)
    seen = window.services["b"]
    assert (seen.rate, seen.ended, seen.failed, seen.goodput) == (2, 2, 0, 0)
    assert window.services["a"].retries == 1
    assert window.services["a"].causes == {"dependency": 1}
    assert window.edges["a-b"][:6] == (2, 2, 2, {"timeout": 2}, 1, 0)
    assert window.entries["all"].causes == {"dependency": 1}


def test_load_leaves_out_workers_that_are_held_by_waiting():
    system = [service("a", service_time=100 * MS, workers=2), service("b", service_time=300 * MS)]
    first, second = windows_of(scripted(system, [edge("a", "b", timeout=SECOND)], at=[800]), 2 * SECOND)
    # Busy from 800 to 1200, of which its own work lasts until 900.
    assert (first.services["a"].saturation, first.services["a"].load) == (pytest.approx(0.1), pytest.approx(0.05))
    assert (second.services["a"].saturation, second.services["a"].load) == (pytest.approx(0.1), 0.0)
    assert second.services["b"].load == second.services["b"].saturation == pytest.approx(0.2)


def test_an_edge_holds_the_waits_of_its_caller_in_ascending_order():
    system = [service("a", workers=9), service("b", service_time=20 * MS)]
    (window,) = windows_of(scripted(system, [edge("a", "b", timeout=SECOND)], at=[0, 1, 2]), SECOND)
    assert list(window.edges["a-b"].latencies) == [20 * MS, 39 * MS, 58 * MS]
    assert list(window.services["b"].latencies) == [20 * MS, 39 * MS, 58 * MS]
    assert list(window.entries["all"].latencies) == [30 * MS, 49 * MS, 68 * MS]


def run(stops):
    windows = []
    traffic = Traffic(SHOP, 4, on_window=windows.append)
    digests = []
    for stop in stops:
        traffic.advance(stop)
        if stop % 100_000_000 == 0:
            digests.append(traffic.digest_state())
    failures = list(traffic.sampler.failures)
    return windows, digests, failures


def test_results_do_not_depend_on_how_often_anybody_advances_the_kernel():
    end = 2000 * SECOND  # the shop counts in thousandths of a µs: see its tests
    at_once = run(range(100 * SECOND, end + 1, 100 * SECOND))
    odd = [mix(1, n) % end for n in range(700)]
    by_halves = run(sorted([*odd, *range(100 * SECOND, end + 1, 100 * SECOND)]))
    assert at_once == by_halves
    assert len(at_once[0]) == 2000


def test_what_was_taken_back_because_its_twin_answered_is_counted_and_no_failure():
    system = [service("a", workers=99), service("b", workers=99, service_time=60 * MS)]
    hedge = Hedge(after="20ms", most=1.0)
    traffic = scripted(system, [edge("a", "b", timeout=SECOND, cancels=True, hedge=hedge)], at=range(0, 500, 20))
    (window,) = windows_of(traffic, SECOND)
    call, callee = window.edges["a-b"], window.services["b"]
    assert (call.rate, call.ended, call.failed, call.causes) == (50, 50, 0, {"cancelled": 25})
    assert (callee.ended, callee.failed, callee.causes) == (50, 0, {"cancelled": 25})
    assert window.entries["all"].failed == 0


def test_a_client_that_leaves_the_line_is_no_failure_of_the_service_but_the_request_has_failed():
    clients = Clients(patience="20ms")
    traffic = scripted([service("a", service_time=400 * MS)], at=range(9), clients=clients, timeout=5 * SECOND)
    (window,) = windows_of(traffic, SECOND)
    left = window.services["a"].causes["abandoned"]
    assert left >= 6
    assert (window.services["a"].failed, window.entries["all"].failed) == (0, left)

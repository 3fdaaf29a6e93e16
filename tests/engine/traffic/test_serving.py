"""What a service does with a visit: whole logs of small systems."""

from __future__ import annotations

from gameday.engine.traffic.specs import SegmentSpec
from tests.engine.traffic.scripted import MS, edge, log_of, scripted, service


def test_one_worker_serves_in_order_of_arrival():
    assert log_of(scripted([service("a")], at=[0, 1, 2])) == [
        (0, "a starts"),
        (10, "a ok"),
        (10, "a starts"),
        (10, "client: ok"),
        (20, "a ok"),
        (20, "a starts"),
        (20, "client: ok"),
        (30, "a ok"),
        (30, "client: ok"),
    ]


def test_a_refused_caller_knows_at_once():
    assert log_of(scripted([service("a", queue_limit=1)], at=[0, 1, 2])) == [
        (0, "a starts"),
        (2, "a refused"),
        (2, "client: refused"),
        (10, "a ok"),
        (10, "a starts"),
        (10, "client: ok"),
        (20, "a ok"),
        (20, "client: ok"),
    ]


def test_a_dropped_caller_waits_for_its_timeout():
    assert log_of(scripted([service("a", queue_limit=0, overflow="drop")], at=[0, 2], timeout=50 * MS)) == [
        (0, "a starts"),
        (2, "a refused"),
        (10, "a ok"),
        (10, "client: ok"),
        (52, "a given up"),
        (52, "client: timeout"),
    ]


def test_a_thread_is_held_while_its_call_lasts():
    system = [service("a"), service("b", service_time=30 * MS, workers=5)]
    assert log_of(scripted(system, [edge("a", "b")], at=[0, 1])) == [
        (0, "a starts"),
        (10, "b starts"),
        (40, "a ok"),
        (40, "a starts"),
        (40, "b ok"),
        (40, "client: ok"),
        (50, "b starts"),
        (80, "a ok"),
        (80, "b ok"),
        (80, "client: ok"),
    ]


def test_an_event_loop_takes_the_next_while_a_call_lasts():
    system = [service("a", "loop"), service("b", service_time=30 * MS, workers=5)]
    assert log_of(scripted(system, [edge("a", "b")], at=[0, 1])) == [
        (0, "a starts"),
        (10, "a starts"),
        (10, "b starts"),
        (20, "b starts"),
        (40, "a ok"),
        (40, "b ok"),
        (40, "client: ok"),
        (50, "a ok"),
        (50, "b ok"),
        (50, "client: ok"),
    ]


def test_the_in_flight_limit_counts_visits_that_wait_for_their_calls():
    system = [service("a", "loop", in_flight=1), service("b", service_time=30 * MS)]
    log = log_of(scripted(system, [edge("a", "b")], at=[0, 15, 45]))
    assert [one for one in log if one[1].startswith("client")] == [
        (15, "client: refused"),
        (40, "client: ok"),
        (85, "client: ok"),
    ]


def test_work_that_nobody_waits_for_is_done_unless_the_service_skips_it():
    at, timeout = [0, 1, 2], 15 * MS
    assert log_of(scripted([service("a")], at=at, timeout=timeout))[-2:] == [(20, "a starts"), (30, "a ok")]
    assert log_of(scripted([service("a", skip_expired=True)], at=at, timeout=timeout)) == [
        (0, "a starts"),
        (10, "a ok"),
        (10, "a starts"),
        (10, "client: ok"),
        (16, "a given up"),
        (16, "client: timeout"),
        (17, "a given up"),
        (17, "client: timeout"),
        (20, "a ok"),
        (20, "a timeout"),
    ]


def test_a_service_without_replicas_is_down_and_says_so_at_once():
    traffic = scripted([service("a")], at=[0, 20])
    traffic.advance(5 * MS)
    traffic.services["a"].set_capacity(0, 1)
    assert log_of(traffic) == [
        (0, "a starts"),
        (10, "a ok"),
        (10, "client: ok"),
        (20, "a down"),
        (20, "client: down"),
    ]


def test_running_visits_finish_when_capacity_shrinks_and_the_queue_starts_when_it_grows():
    traffic = scripted([service("a", replicas=2)], at=[0, 1, 2, 3])
    traffic.advance(4 * MS)
    traffic.services["a"].set_capacity(1, 1)
    traffic.advance(15 * MS)
    assert (traffic.services["a"].busy, len(traffic.services["a"].queue)) == (1, 1)
    traffic.services["a"].set_capacity(2, 1)
    starts = [time for time, what in log_of(traffic) if what == "a starts"]
    assert starts == [0, 1, 11, 15]


def test_who_arrives_as_capacity_grows_does_not_overtake_who_waits():
    traffic = scripted([service("a")], at=[0, 1, 2, 15])
    traffic.advance(15 * MS)
    traffic.services["a"].set_capacity(2, 1)
    log_of(traffic)
    starts = sorted((trace.arrived // MS, trace.spans[0].started // MS) for trace in traffic.sampler.traces)
    assert starts == [(0, 0), (1, 10), (2, 15), (15, 20)]


def test_a_kill_ends_waiting_and_running_visits_and_their_callers_know_at_once():
    traffic = scripted([service("a"), service("b", service_time=30 * MS)], [edge("a", "b")], at=[0, 1])
    traffic.advance(20 * MS)
    traffic.kill("a")
    assert (traffic.services["a"].busy, traffic.services["a"].in_flight, traffic.services["b"].busy) == (0, 0, 1)
    assert log_of(traffic) == [
        (0, "a starts"),
        (10, "b starts"),
        (20, "a killed"),
        (20, "a killed"),
        (20, "client: killed"),
        (20, "client: killed"),
        (40, "b ok"),
    ]


def test_a_killed_call_is_retried_by_its_caller_like_any_other_failure():
    traffic = scripted([service("a"), service("b")], [edge("a", "b", retries=1, backoff=5 * MS)])
    traffic.advance(12 * MS)
    traffic.kill("b")
    assert log_of(traffic) == [
        (0, "a starts"),
        (10, "b starts"),
        (12, "b killed"),
        (17, "b/1 starts"),
        (27, "a ok"),
        (27, "b/1 ok"),
        (27, "client: ok"),
    ]


def test_a_kill_of_a_share_kills_about_that_share_and_frees_the_workers_for_the_rest():
    traffic = scripted([service("a", workers=200, service_time=1000 * MS)], at=[0] * 400)
    traffic.advance(MS)
    traffic.kill("a", 0.25)
    killed = traffic.services["a"].outcomes[6]
    assert 70 < killed < 130
    assert traffic.services["a"].in_flight == 400 - killed
    assert traffic.services["a"].busy == 200
    traffic.kill("a", 0.25)
    assert traffic.services["a"].outcomes[6] > killed + 40  # another draw: nobody is safe for having survived


def test_parameters_of_one_class_leave_the_other_segment_alone():
    segments = (SegmentSpec("x", 0.5), SegmentSpec("y", 0.5))
    traffic = scripted([service("a", workers=99)], at=[100 * n for n in range(40)], segments=segments)
    (x,) = traffic.class_indices("all", "x")
    traffic.services["a"].scale[x] = 3.0
    traffic.services["a"].delay[x] = 2 * MS
    traffic.services["a"].error[x] = 1.0
    log_of(traffic)
    traces = [*traffic.sampler.traces, *traffic.sampler.failed_traces]
    assert {(trace.segment, trace.outcome, trace.ended - trace.arrived) for trace in traces} == {
        ("x", "error", 32 * MS),
        ("y", "ok", 10 * MS),
    }
    assert 8 < len(traffic.sampler.traces) < 32


def test_shedding_refuses_a_share_before_it_costs_anything():
    traffic = scripted([service("a", workers=99)], at=range(1000))
    traffic.services["a"].shed[0] = 0.3
    log_of(traffic)
    assert 250 < traffic.services["a"].outcomes[4] < 350
    assert {trace.ended - trace.arrived for trace in traffic.sampler.failed_traces} == {0}

"""Who is served next, who is dropped and who has to make room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gameday.core.kinds.mechanisms import CoDel, Replicas
from gameday.engine.traffic.codes import ABANDONED, OK, OVERDUE, ROOT
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EntrySpec, TrafficSpec
from tests.engine.traffic.scripted import MS, SECOND, Timetable, log_of, scripted, service

CODEL = CoDel.model_validate({"target": "5ms", "interval": "20ms"})


def served(traffic):
    """At which ms each root was served, by when it came; None: never."""
    traffic.advance(60 * SECOND)
    traces = [*traffic.sampler.traces, *traffic.sampler.failed_traces]
    starts = {trace.arrived / MS: trace.spans[0].started for trace in traces}
    return {came: None if start is None else start / MS for came, start in sorted(starts.items())}


def two_classes(spec, urgent, patient, discipline_seed=1):
    """Two entries: `urgent` of priority 0 and `patient` of priority 5, whose roots come at the given ms."""
    entries = [EntrySpec(name, "a", ((0, 0.0),), priority=p) for name, p in (("patient", 5), ("urgent", 0))]
    traffic = Traffic(TrafficSpec((spec,), (), tuple(entries)), discipline_seed, trace_share=1.0, trace_limit=None)
    for name, times in (("urgent", urgent), ("patient", patient)):
        timetable = Timetable(traffic.entries[name], list(times))
        traffic.schedule(timetable.next_time(), ROOT, timetable)
    return traffic


def test_last_in_first_out_serves_the_newest():
    assert served(scripted([service("a", discipline="lifo")], at=[0, 1, 2, 3])) == {0: 0, 1: 30, 2: 20, 3: 10}


def test_a_full_last_in_first_out_queue_refuses_who_comes_like_any_other():
    traffic = scripted([service("a", discipline="lifo", queue_limit=1)], at=[0, 1, 2])
    assert served(traffic) == {0: 0, 1: 10, 2: None}


def test_controlled_delay_drops_from_the_head_once_waits_were_too_long_for_an_interval():
    # Works 10 ms each; interval 20 ms. Taken at 10 (waited 9: above from now on), 20 (waited 18), 30 (waited 27; the
    # interval is over: it is dropped, the next one served, the next drop is due at 30 + 20 = 50), 40, 50 (dropped, the
    # next at 50 + 20 / sqrt 2 = 64.142), 60, 70 (dropped, due at 64.142 + 20 / sqrt 3 = 75.689), 80 (one is dropped;
    # then only one is left behind, and nothing is dropped any more).
    traffic = scripted([service("a", discipline="codel", codel=CODEL)], at=range(15))
    starts = served(traffic)
    assert starts == {
        0: 0,
        1: 10,
        2: 20,
        3: None,
        4: 30,
        5: 40,
        6: None,
        7: 50,
        8: 60,
        9: None,
        10: 70,
        11: None,
        12: 80,
        13: 90,
        14: 100,
    }
    ended = {span.arrived / MS: span.ended / MS for trace in traffic.sampler.failed_traces for span in trace.spans}
    assert ended == {3: 30, 6: 50, 9: 70, 11: 80}
    assert traffic.services["a"].outcomes[OVERDUE] == 4


def test_whom_controlled_delay_drops_where_the_service_drops_waits_for_the_timeout():
    traffic = scripted([service("a", discipline="codel", codel=CODEL, overflow="drop")], at=range(15), timeout=100 * MS)
    traffic.advance(SECOND)
    assert {trace.outcome for trace in traffic.sampler.failed_traces} == {"timeout"}
    assert traffic.services["a"].outcomes[OVERDUE] == 4


def test_controlled_delay_leaves_short_waits_alone():
    traffic = scripted([service("a", discipline="codel", codel=CODEL)], at=[n * 10 - n * 0.01 for n in range(300)])
    traffic.advance(10 * SECOND)
    assert traffic.services["a"].outcomes[OK] == 300


@pytest.mark.parametrize("per_replica", [None, Replicas()])
def test_the_lowest_number_is_served_first_and_within_one_who_came_first(per_replica):
    spec = service("a", per_replica=per_replica)
    assert served(two_classes(spec, [2, 4], [0, 1, 3])) == {0: 0, 1: 30, 2: 10, 3: 40, 4: 20}


def test_a_discipline_holds_within_each_priority():
    spec = service("a", discipline="lifo")
    assert served(two_classes(spec, [2, 4], [0, 1, 3])) == {0: 0, 1: 40, 2: 20, 3: 30, 4: 10}


def test_when_the_queue_is_full_a_better_one_takes_the_place_of_the_newest_of_the_worst():
    traffic = two_classes(service("a", queue_limit=2), [3, 4, 5], [0, 1, 2])
    assert served(traffic) == {0: 0, 1: None, 2: None, 3: 10, 4: 20, 5: None}
    ended = {span.arrived / MS: span.ended / MS for trace in traffic.sampler.failed_traces for span in trace.spans}
    assert ended == {2: 3, 1: 4, 5: 5}
    assert {trace.outcome for trace in traffic.sampler.failed_traces} == {"refused"}


def test_who_leaves_the_line_is_gone_at_once_and_the_others_move_up():
    traffic = scripted([service("a")], at=[0, 1, 2, 3])
    traffic.advance(5 * MS)
    station = traffic.services["a"]
    second = list(station.queue)[1]
    traffic._leave_line(second, ABANDONED)
    traffic._leave_line(second, ABANDONED)
    assert (len(station.queue), station.in_flight, station.outcomes[ABANDONED]) == (2, 3, 1)
    assert served(traffic) == {0: 0, 1: 10, 2: None, 3: 20}
    assert station.queue_area == (9 + 3 + 17) * MS
    assert station.flight_area == (10 + 19 + 3 + 27) * MS


def test_a_line_that_is_left_by_many_forgets_them():
    traffic = scripted([service("a")], at=[0, *(n / 10 for n in range(1, 500))])
    traffic.advance(90 * MS // 2)
    station = traffic.services["a"]
    for visit in list(station.queue)[:-5]:
        traffic._leave_line(visit, ABANDONED)
    traffic.advance(60 * SECOND)
    assert station.outcomes[OK] + station.outcomes[ABANDONED] == 500
    assert (station.busy, station.in_flight, len(station.queue)) == (0, 0, 0)


def test_one_line_that_is_first_in_first_out_tells_the_same_story_as_the_plain_queue():
    at = [n * n % 37 + n / 100 for n in range(60)]
    spec = service("a", workers=2, queue_limit=15)
    plain, lined = scripted([spec], at=sorted(at)), scripted([spec], at=sorted(at))
    lined.services["a"].use_lines()
    assert log_of(plain) == log_of(lined)
    assert plain.digest_state() == lined.digest_state()


def test_equal_priorities_cost_nothing():
    system = two_classes(service("a"), [0], [1])
    plain = Traffic(replace(system.spec, entries=tuple(replace(e, priority=3) for e in system.spec.entries)), 1)
    assert system.services["a"].lines is not None
    assert plain.services["a"].lines is None

"""Root requests: their clients' patience, how they are judged, which segment they are of, what is blocked."""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Limit
from gameday.engine.traffic.codes import BLOCKED, LIMITED, OK, TIMEOUT
from gameday.engine.traffic.specs import SegmentSpec
from tests.engine.traffic.scripted import MS, SECOND, log_of, scripted, service


def test_a_client_gives_up_when_its_patience_ends_and_the_work_goes_on():
    assert log_of(scripted([service("a", service_time=80 * MS)], timeout=30 * MS)) == [
        (0, "a starts"),
        (30, "a given up"),
        (30, "client: timeout"),
        (80, "a ok"),
    ]


def test_a_slow_success_is_bad_and_known_to_be_bad_at_the_threshold():
    traffic = scripted([service("a", service_time=80 * MS)], threshold=50 * MS)
    entry = traffic.entries["all"]
    traffic.advance(50 * MS)
    assert (entry.judged, entry.bad) == (0, 0)
    traffic.advance(51 * MS)
    assert (entry.judged, entry.bad, entry.in_flight) == (1, 1, 1)
    traffic.advance(SECOND)
    assert (entry.judged, entry.bad, entry.outcomes[OK]) == (1, 1, 1)


def test_a_failure_is_bad_at_once_and_a_success_in_time_is_good_at_once():
    traffic = scripted([service("a", queue_limit=0)], at=[0, 5])
    entry = traffic.entries["all"]
    traffic.advance(6 * MS)
    assert (entry.judged, entry.bad) == (1, 1)
    traffic.advance(11 * MS)
    assert (entry.judged, entry.bad) == (2, 1)


def test_a_threshold_beyond_the_patience_judges_when_the_client_gives_up():
    traffic = scripted([service("a", service_time=80 * MS)], timeout=30 * MS, threshold=90 * MS)
    entry = traffic.entries["all"]
    traffic.advance(SECOND)
    assert (entry.judged, entry.bad, entry.outcomes[TIMEOUT]) == (1, 1, 1)


def test_blocked_demand_counts_as_bad_at_once_and_reaches_no_service():
    traffic = scripted([service("a", workers=999)], at=range(1000))
    traffic.entries["all"].block[0] = 0.4
    traffic.advance(2 * SECOND)
    entry = traffic.entries["all"]
    assert 350 < entry.outcomes[BLOCKED] < 450
    assert (entry.arrived, entry.judged, entry.bad) == (1000, 1000, entry.outcomes[BLOCKED])
    assert traffic.services["a"].arrived == 1000 - entry.bad


def test_segments_get_their_shares():
    segments = (SegmentSpec("x", 1.0), SegmentSpec("y", 3.0), SegmentSpec("z", 6.0))
    traffic = scripted([service("a", workers=9999)], at=range(5000), segments=segments)
    log_of(traffic)
    counts = [sum(trace.segment == name for trace in traffic.sampler.traces) for name in "xyz"]
    assert sum(counts) == 5000
    assert all(abs(count / 5000 - share) < 0.03 for count, share in zip(counts, (0.1, 0.3, 0.6), strict=True))


def test_beyond_an_entrys_limit_roots_are_turned_away_at_the_door_and_count_as_bad():
    limit = Limit.model_validate({"rate": "10/s", "burst": 5})
    traffic = scripted([service("a", workers=99)], at=[*range(20), 1000], limit=limit)
    traffic.advance(2 * SECOND)
    entry = traffic.entries["all"]
    assert (entry.outcomes[OK], entry.outcomes[LIMITED], entry.bad) == (6, 15, 15)
    assert traffic.services["a"].arrived == 6


def test_a_limit_can_be_set_and_taken_away():
    traffic = scripted([service("a", workers=99)], at=range(1000))
    traffic.entries["all"].set_limit(100.0)
    traffic.advance(500 * MS)
    entry = traffic.entries["all"]
    assert entry.outcomes[LIMITED] == 500 - 149  # a second's worth at first, then 100 a second
    traffic.entries["all"].set_limit(0.0)
    traffic.advance(2 * SECOND)
    assert entry.outcomes[LIMITED] == 500 - 149


def test_shifted_roots_come_to_the_alternate_and_are_the_same_ones_whatever_the_share():
    sent = []
    for share in (0.0, 0.3, 0.6):
        traffic = scripted([service("a", workers=999), service("b", workers=999)], at=range(1000), alternate="b")
        traffic.entries["all"].shift = share
        traffic.advance(2 * SECOND)
        assert abs(traffic.services["b"].arrived - 1000 * share) < 60
        assert traffic.services["a"].arrived + traffic.services["b"].arrived == 1000
        sent.append({trace.trace_id for trace in traffic.sampler.traces if trace.spans[0].service == "b"})
    assert sent[0] < sent[1] < sent[2]

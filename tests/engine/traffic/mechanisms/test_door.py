"""What turns an attempt away before any replica sees it."""

from __future__ import annotations

import pytest

from gameday.core.kinds.mechanisms import Limit, Replicas
from gameday.engine.traffic.codes import CERTIFICATE, DNS, LIMITED, OK
from tests.engine.traffic.scripted import MS, SECOND, edge, log_of, scripted, service


def test_beyond_the_limit_a_caller_is_told_at_once():
    traffic = scripted(
        [service("a", workers=9, limit=Limit.model_validate({"rate": "100/s", "burst": 2}))], at=[0, 1, 2, 9, 10, 11]
    )
    assert [time for time, what in log_of(traffic) if what == "client: limited"] == [2, 9, 11]
    assert traffic.services["a"].outcomes[OK] == 3


def test_a_limit_can_be_set_and_taken_away():
    traffic = scripted([service("a", workers=99)], at=range(30))
    station = traffic.services["a"]
    for at, rate in ((10, 1.0), (20, 0.0)):
        traffic.advance(at * MS)
        station.set_limit(rate)
    traffic.advance(SECOND)
    assert (station.outcomes[LIMITED], station.outcomes[OK]) == (9, 21)
    assert not station.guarded


def test_a_caller_who_does_not_trust_the_certificate_does_not_do_so_at_any_attempt():
    system = [service("c", workers=999), service("a", workers=999)]
    traffic = scripted(system, [edge("c", "a", retries=3, backoff=MS)], at=[n / 10 for n in range(1000)])
    traffic.services["a"].certificate = 0.3
    traffic.advance(5 * SECOND)
    edges = traffic.edges["c-a"]
    assert 250 < edges.failed_calls < 350
    assert edges.outcomes[CERTIFICATE] == 4 * edges.failed_calls
    assert traffic.services["a"].busy_area == edges.outcomes[OK] * 10 * MS


def test_who_does_not_trust_the_certificate_sends_no_request_and_the_service_logs_the_handshake():
    traffic = scripted([service("c"), service("a")], [edge("c", "a")], at=[0])
    traffic.services["a"].certificate = 1.0
    traffic.advance(2 * SECOND)
    assert traffic.services["a"].arrived == 0
    assert (traffic.edges["c-a"].outcomes[CERTIFICATE], traffic.edges["c-a"].unsent) == (1, 1)
    logged = [(group.service, group.edge, group.cause) for group in traffic.sampler.failures]
    assert logged == [("a", None, "certificate"), ("c", "c-a", "certificate"), ("c", None, "dependency")]


def test_a_name_is_looked_up_anew_at_each_attempt():
    system = [service("c", workers=999), service("a", workers=999)]
    traffic = scripted(system, [edge("c", "a", retries=3, backoff=MS)], at=[n / 10 for n in range(1000)])
    traffic.services["a"].dns = 0.3
    traffic.advance(5 * SECOND)
    assert traffic.edges["c-a"].failed_calls < 25
    assert traffic.edges["c-a"].outcomes[DNS] > 300


@pytest.mark.parametrize("latency", [0, 30 * MS])
def test_who_does_not_find_the_service_never_comes_to_it_and_logs_that_itself_at_once(latency):
    traffic = scripted([service("c"), service("a")], [edge("c", "a")], at=[0])
    traffic.edges["c-a"].latency = latency
    traffic.services["a"].dns = 1.0
    assert (10, "c dependency") in log_of(traffic)
    assert traffic.services["a"].arrived == 0
    assert (traffic.edges["c-a"].outcomes[DNS], traffic.edges["c-a"].unsent) == (1, 1)
    logged = [(group.service, group.edge, group.cause) for group in traffic.sampler.failures]
    assert logged == [("c", "c-a", "dns"), ("c", None, "dependency")]


def test_what_is_on_its_way_has_found_the_service():
    traffic = scripted([service("c"), service("a")], [edge("c", "a")], at=[0])
    traffic.edges["c-a"].latency = 30 * MS
    traffic.advance(20 * MS)
    traffic.services["a"].dns = 1.0
    traffic.advance(SECOND)
    assert traffic.services["a"].outcomes[OK] == 1


def test_who_comes_from_outside_and_does_not_find_the_service_leaves_no_line_in_its_log():
    traffic = scripted([service("a")], at=[0])
    traffic.services["a"].dns = 1.0
    traffic.advance(2 * SECOND)
    assert traffic.entries["all"].outcomes[DNS] == 1
    assert not traffic.sampler.failures


def test_the_door_is_before_the_replicas():
    traffic = scripted([service("a", replicas=2, per_replica=Replicas())], at=[0, 1, 2])
    traffic.services["a"].certificate = 1.0
    log_of(traffic)
    assert traffic.entries["all"].outcomes[CERTIFICATE] == 3
    assert traffic.services["a"].busy_area == 0
    assert traffic.services["a"].words()

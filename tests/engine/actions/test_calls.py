"""Actions on calls and demand: limits, breakers, pools, traffic, and on the names and papers that calls need."""

from __future__ import annotations

CERTIFICATES = {"certificates": {"api-cert": {"service": "api", "expires": "20s"}}}
CREDENTIALS = {"credentials": {"api-db": {"service": "db", "caller": "api", "expires": "20s"}}}


def test_a_limit_turns_away_what_is_beyond_it_and_leaves_others_alone(plant, cost_of):
    rig = plant()
    assert cost_of(rig, "limit read 10/s") == "turned away beyond 10/s: each counts as a failure"
    rig.do("limit read 10/s")
    rig.run_to(60)
    assert 0.2 < rig.value("read", "success", 30) < 0.3
    assert rig.value("write", "success", 30) == 1.0
    rig.do("limit read off")
    rig.run_to(90)
    assert rig.value("read", "success", 10) == 1.0
    assert rig.do("limit read off") == "read has no limit"


def test_a_caller_and_a_service_can_be_limited_too(plant, cost_of):
    rig = plant()
    assert cost_of(rig, "limit front>api 20/s") == "callers hold back beyond 20/s: each counts as a failure"
    rig.do("limit front>api 20/s")
    rig.run_to(60)
    assert 0.3 < rig.value("read", "success", 30) < 0.5
    rig.do("limit front>api off")
    rig.do("limit api 10/s")
    rig.run_to(120)
    assert 0.1 < rig.value("read", "success", 30) < 0.3


def test_a_limit_of_the_scenario_itself_can_be_lifted(plant):
    entries = {"read": {"to": "front", "rate": "40/s", "timeout": "3s", "limit": {"rate": "10/s"}}}
    rig = plant(system={"traffic": {"entries": entries}}, slos={"read": {"good": "99%", "within": "1s"}})
    rig.run_to(30)
    assert rig.value("read", "success", 10) < 0.5
    rig.do("limit read off")
    rig.run_to(60)
    assert rig.value("read", "success", 10) == 1.0


def test_a_breaker_that_is_forced_open_fails_every_call_at_once(plant, cost_of):
    rig = plant()
    assert rig.do("breaker api>db open") == "api>db has no circuit breaker"
    assert cost_of(rig, "breaker front>api open") == "every call along front>api fails at once"
    rig.do("breaker front>api open")
    rig.run_to(30)
    assert rig.value("read", "success", 10) == 0.0
    assert rig.value("api", "rate", 10) == 0.0
    rig.do("breaker front>api auto")
    rig.run_to(60)
    assert rig.value("read", "success", 10) == 1.0


def test_a_smaller_pool_lets_fewer_calls_go_at_once(plant):
    slow = {"kind": "latency", "at": "1s", "service": "db", "add": "150ms"}
    rig = plant(slow)
    rig.run_to(30)
    assert rig.value("db", "rate", 10) > 40
    assert rig.do("pool front>api 3") == "front>api has no connection pool"
    rig.do("pool api>db 1")
    rig.run_to(120)
    assert rig.value("db", "rate", 10) < 36  # four replicas with a connection each, some 7 answers a second


def test_shifted_demand_comes_to_the_alternate(plant, cost_of):
    rig = plant()
    assert cost_of(rig, "traffic shift read 50%") == "spare must carry it"
    assert rig.do("traffic shift write 50%") == "write has no alternate to send it to"
    rig.do("traffic shift read 50%")
    rig.run_to(40)
    assert 14 < rig.value("spare", "rate", 15) < 26
    assert rig.value("read", "success", 15) == 1.0
    rig.do("traffic shift read 0%")
    rig.run_to(80)
    assert rig.value("spare", "rate", 10) == 0.0


def test_a_blocked_segment_fails_and_the_rest_does_not(plant, cost_of):
    rig = plant()
    text = "turns away 100% of abroad of read: each counts as a failure"
    assert cost_of(rig, "traffic block read 100% --segment abroad") == text
    assert rig.do("traffic block write 10% --segment abroad") == "write has no segment abroad"
    rig.do("traffic block read 100% --segment abroad")
    rig.run_to(60)
    assert 0.65 < rig.value("read", "success", 30) < 0.85
    assert rig.value("write", "success", 30) == 1.0


def test_different_things_can_be_done_to_one_entry_at_once_and_the_same_cannot(plant):
    rig = plant()
    rig.do("traffic shift read 10%")
    assert rig.do("traffic block read 10%") == "X2 takes 20s"
    assert rig.do("traffic shift read 20%") == "X1 traffic shift read 10% is under way already"


def test_a_renewed_certificate_is_trusted_and_the_renewal_lasts(plant):
    rig = plant(system=CERTIFICATES)
    rig.run_to(30)
    assert rig.value("read", "success", 5) == 0.0
    rig.do("cert renew api-cert")
    rig.run_to(170)
    assert rig.value("read", "success", 10) == 1.0
    in_time = plant(system={"certificates": {"api-cert": {"service": "api", "expires": "150s"}}})
    in_time.do("cert renew api")
    in_time.run_to(180)
    assert in_time.value("read", "success", 20) == 1.0
    assert in_time.log[-1][1].endswith("certificate api is new; the one before was valid")


def test_a_rotated_credential_lets_calls_through_again(plant):
    rig = plant(system=CREDENTIALS)
    rig.run_to(30)
    assert rig.value("read", "success", 5) == 0.0
    rig.do("credentials rotate api-db")
    rig.run_to(100)
    assert rig.value("read", "success", 5) == 1.0


def test_flushing_resolvers_shortens_the_failure_only_once_the_record_is_right(plant):
    broken = {"kind": "dns", "at": "5s", "service": "api", "ttl": "2m"}
    rig = plant(broken)
    rig.run_to(10)
    rig.do("dns api flush")
    rig.run_to(72)
    assert rig.value("read", "success", 1) == 0.0  # nobody has a good answer any more
    rig.do("dns api repoint")
    rig.run_to(134)
    assert rig.value("read", "success", 1) < 0.5
    rig.do("dns api flush")
    rig.run_to(196)
    assert rig.value("read", "success", 1) == 1.0


def test_settings_that_an_edge_does_not_have_are_refused(plant):
    rig = plant()
    assert rig.do("config front>api paused 1") == "front>api takes no messages from a queue: there is nothing to pause"
    lonely = "api>jobs is fire-and-forget: nobody waits, so nobody tries again"
    assert rig.do("config api>jobs retries 3") == rig.do("retries api>jobs 3") == lonely
    taken = "jobs>worker takes messages: what fails comes back to jobs, as often as the queue says"
    assert rig.do("config jobs>worker retries 3") == rig.do("retries jobs>worker 3") == taken
    assert rig.do("config jobs>worker backoff 20s") == taken
    assert rig.do("config api>jobs timeout 3s") == "api>jobs is fire-and-forget: nobody waits for it"
    assert rig.do("config front>api pool_size 9") == "front>api has no connection pool"


def test_a_limit_on_messages_lets_them_wait(plant, cost_of):
    for target in ("jobs>worker", "worker"):
        rig = plant()
        assert cost_of(rig, f"limit {target} 20/s") == "beyond 20/s messages wait in jobs"
        rig.do(f"limit {target} 20/s")
        rig.run_to(120)
        assert abs(rig.value("worker", "rate", 60) - 20.0) < 0.2
        assert rig.value("worker", "errors", 60) == 0.0
        assert rig.value("jobs", "backlog", 1) > 2000

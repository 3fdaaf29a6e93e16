"""Active health checks: how long a balancer goes on sending to what is down, and what deep checks take out."""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Replicas
from gameday.engine.traffic.codes import DOWN, OK
from tests.engine.traffic.scripted import MS, SECOND, edge, scripted, service


def fleet(deep=False, replicas=2, panic="0%", **rest):
    health = {"every": "50ms", "timeout": "20ms", "fails": 2, "passes": 3, "deep": deep}
    return service(
        "a", replicas=replicas, per_replica=Replicas.model_validate({"health": health, "panic": panic}), **rest
    )


def healthy(traffic, at):
    traffic.advance(round(at * MS))
    return [state.number for state in traffic.services["a"].replica_states() if state.healthy]


def test_what_is_down_is_noticed_after_so_many_failed_checks_and_what_runs_again_after_so_many_passed():
    traffic = scripted([fleet(service_time=MS)], at=[n * 2 for n in range(250)])
    traffic.advance(60 * MS)
    traffic.services["a"].set_capacity(2, 1, (1,))
    assert healthy(traffic, 150) == [0, 1]
    assert healthy(traffic, 150.1) == [0]  # checks at 100 and 150 failed
    assert traffic.services["a"].healthy == 1
    traffic.advance(210 * MS)
    traffic.services["a"].set_capacity(2, 1)
    assert healthy(traffic, 350) == [0]
    assert healthy(traffic, 350.1) == [0, 1]  # 250, 300 and 350 passed
    traffic.advance(SECOND)
    down = traffic.services["a"].outcomes[DOWN]
    assert down == (150 - 60) // 2 // 2  # every other one until it was noticed
    assert traffic.services["a"].outcomes[OK] == 250 - down


def test_one_failed_check_alone_changes_nothing():
    traffic = scripted([fleet()], at=[0])
    for at, lost in ((95, (1,)), (105, ()), (195, (1,)), (205, ())):
        traffic.advance(at * MS)
        traffic.services["a"].set_capacity(2, 1, lost)
    assert healthy(traffic, 400) == [0, 1]


def test_a_deep_check_fails_where_whoever_came_before_it_still_waits():
    slow = service("b", service_time=10 * SECOND, workers=99)
    for deep, expected in ((False, [0, 1]), (True, [])):
        system = [fleet(deep, queue_limit=50), slow]
        traffic = scripted(system, [edge("a", "b", timeout=60 * SECOND)], at=[0, 1, 2, 3], timeout=60 * SECOND)
        assert healthy(traffic, 101) == expected


def test_a_deep_check_passes_where_the_line_is_short_enough():
    traffic = scripted([fleet(deep=True, replicas=1)], at=[n * 10 for n in range(50)])
    assert healthy(traffic, 400) == [0]


def test_a_full_line_fails_a_deep_check():
    traffic = scripted([fleet(deep=True, replicas=1, queue_limit=0, service_time=SECOND)], at=[0], timeout=9 * SECOND)
    assert healthy(traffic, 101) == []


def test_when_all_seem_sick_panic_sends_to_all():
    for panic, sent in (("0%", 0), ("50%", 2)):
        traffic = scripted([fleet(panic=panic, service_time=5 * SECOND, deep=True, queue_limit=1)], at=[0, 1, 2, 3])
        traffic.advance(200 * MS)
        assert traffic.services["a"].healthy == 0
        assert len(traffic.services["a"].lines.candidates) == sent

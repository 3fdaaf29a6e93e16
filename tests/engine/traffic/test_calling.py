"""What a caller makes of its calls: whole logs of small systems."""

from __future__ import annotations

from gameday.engine.traffic.specs import BudgetSpec
from tests.engine.traffic.scripted import MS, edge, log_of, scripted, service


def test_calls_of_one_stage_run_side_by_side_and_stages_one_after_the_other():
    system = [service("a"), service("b"), service("c", service_time=25 * MS), service("d")]
    edges = [edge("a", "d", stage=7), edge("a", "b", stage=1), edge("a", "c", stage=1)]
    assert log_of(scripted(system, edges)) == [
        (0, "a starts"),
        (10, "b starts"),
        (10, "c starts"),
        (20, "b ok"),
        (35, "c ok"),
        (35, "d starts"),
        (45, "a ok"),
        (45, "client: ok"),
        (45, "d ok"),
    ]


def test_what_the_caller_gave_up_on_still_costs_work_and_the_retry_comes_on_top():
    system = [service("a"), service("b", workers=9, service_time=30 * MS)]
    assert log_of(scripted(system, [edge("a", "b", timeout=20 * MS, retries=1, backoff=5 * MS)])) == [
        (0, "a starts"),
        (10, "b starts"),
        (30, "b given up"),
        (35, "b/1 starts"),
        (40, "b ok"),
        (55, "a dependency"),
        (55, "b/1 given up"),
        (55, "client: dependency"),
        (65, "b/1 ok"),
    ]


def test_delays_double_up_to_their_limit_and_never_fall_below_the_least():
    system = [service("a"), service("b", queue_limit=0, replicas=0)]
    policy = {"retries": 4, "backoff": 2 * MS, "backoff_max": 9 * MS, "least_delay": 3 * MS}
    log = log_of(scripted(system, [edge("a", "b", **policy)]))
    assert [time for time, what in log if what.endswith("down") and what[0] == "b"] == [10, 13, 17, 25, 34]


def test_jitter_draws_its_share_of_the_delay():
    system = [service("a", workers=500), service("b", replicas=0)]
    log = log_of(scripted(system, [edge("a", "b", retries=1, backoff=10 * MS, jitter=0.4)], at=[0] * 400))
    delays = [time - 10 for time, what in log if what == "b/1 down"]
    assert 6 <= min(delays) < 6.1
    assert 9.9 < max(delays) <= 10
    assert 7.8 < sum(delays) / len(delays) < 8.2


def test_an_optional_call_that_fails_falls_back_and_the_caller_goes_on():
    system = [service("a"), service("b", replicas=0), service("c")]
    edges = [edge("a", "b", required=False), edge("a", "c", stage=1)]
    assert log_of(scripted(system, edges)) == [
        (0, "a starts"),
        (10, "b down"),
        (10, "c starts"),
        (20, "a ok"),
        (20, "c ok"),
        (20, "client: ok"),
    ]


def test_a_visit_fails_as_soon_as_a_required_call_has_failed_and_the_others_retry_no_more():
    system = [service("a"), service("b", service_time=5 * MS), service("c", service_time=40 * MS)]
    edges = [edge("a", "b"), edge("a", "c", timeout=20 * MS, retries=5)]
    traffic = scripted(system, edges)
    traffic.services["b"].error[0] = 1.0
    assert log_of(traffic) == [
        (0, "a starts"),
        (10, "b starts"),
        (10, "c starts"),
        (15, "a dependency"),
        (15, "b error"),
        (15, "client: dependency"),
        (30, "c given up"),
        (50, "c ok"),
    ]
    assert traffic.services["c"].late == 1


def test_all_calls_of_a_stage_are_sent_even_when_the_first_is_refused_at_once():
    system = [service("a"), service("b", replicas=0), service("c")]
    log = log_of(scripted(system, [edge("a", "b"), edge("a", "c")]))
    assert log == [
        (0, "a starts"),
        (10, "a dependency"),
        (10, "b down"),
        (10, "c starts"),
        (10, "client: dependency"),
        (20, "c ok"),
    ]


def test_nobody_waits_for_what_is_fired_and_forgotten():
    system = [service("a"), service("q", service_time=500 * MS, skip_expired=True)]
    traffic = scripted(system, [edge("a", "q", mode="async", calls=2)])
    assert log_of(traffic) == [
        (0, "a starts"),
        (10, "a ok"),
        (10, "client: ok"),
        (10, "q starts"),
        (510, "q ok"),
        (510, "q starts"),
        (1010, "q ok"),
    ]
    assert (traffic.services["q"].good, traffic.edges["a-q"].outcomes[0]) == (2, 2)


def test_failures_of_what_is_fired_and_forgotten_do_no_harm_and_are_counted():
    system = [service("a"), service("q", queue_limit=0, overflow="drop")]
    traffic = scripted(system, [edge("a", "q", mode="async", calls=3)])
    assert log_of(traffic)[-1] == (20, "q ok")
    assert traffic.edges["a-q"].outcomes[:3] == [1, 0, 2]
    assert traffic.edges["a-q"].open_attempts == 0


def test_fractional_calls_are_drawn_for_each_visit():
    system = [service("a", workers=9999), service("b", workers=9999)]
    traffic = scripted(system, [edge("a", "b", calls=1.25)], at=range(2000))
    log_of(traffic)
    assert 2400 < traffic.services["b"].arrived < 2600


def test_a_budget_pays_for_retries_until_it_is_empty_and_successes_fill_it():
    system = [service("a", workers=99), service("b", workers=99)]
    budget = BudgetSpec(initial=2.0, capacity=3.0, per_success=0.5, cost=1.0)
    traffic = scripted(system, [edge("a", "b", retries=9, backoff=MS, budget=budget)], at=range(0, 1000, 100))
    tokens = traffic.edges["a-b"].budget
    traffic.services["b"].error[0] = 1.0
    traffic.advance(300 * MS)
    assert (traffic.edges["a-b"].retried, tokens.tokens) == (2, 0.0)
    traffic.services["b"].error[0] = 0.0
    traffic.advance(500 * MS)
    assert tokens.tokens == 1.0
    traffic.advance(2000 * MS)
    assert tokens.tokens == 3.0


def test_a_budget_that_is_not_enforced_lets_every_retry_through():
    budget = BudgetSpec(initial=0.0)
    traffic = scripted([service("a"), service("b", replicas=0)], [edge("a", "b", retries=4, budget=budget)])
    traffic.edges["a-b"].budget.enforced = False
    log_of(traffic)
    assert traffic.edges["a-b"].retried == 4


def test_a_lost_attempt_is_silence_until_the_timeout():
    traffic = scripted([service("a"), service("b")], [edge("a", "b", timeout=40 * MS)])
    traffic.edges["a-b"].loss = 1.0
    assert log_of(traffic) == [
        (0, "a starts"),
        (10, "b lost"),
        (50, "a dependency"),
        (50, "b given up"),
        (50, "client: dependency"),
    ]
    assert traffic.services["b"].arrived == 0


def test_latency_of_an_edge_counts_against_the_timeout():
    traffic = scripted([service("a"), service("b")], [edge("a", "b", timeout=40 * MS)], at=[0, 100])
    traffic.edges["a-b"].latency = 20 * MS
    traffic.advance(90 * MS)
    traffic.edges["a-b"].latency = 35 * MS
    assert log_of(traffic) == [
        (0, "a starts"),
        (30, "b starts"),
        (40, "a ok"),
        (40, "b ok"),
        (40, "client: ok"),
        (100, "a starts"),
        (145, "b starts"),
        (150, "a dependency"),
        (150, "b given up"),
        (150, "client: dependency"),
        (155, "b ok"),
    ]


def test_a_timeout_that_is_lowered_holds_for_attempts_sent_after():
    system = [service("a", workers=9), service("b", workers=9, service_time=500 * MS)]
    traffic = scripted(system, [edge("a", "b", timeout=300 * MS)], at=[0, 100])
    traffic.advance(50 * MS)
    traffic.edges["a-b"].timeout = 30 * MS
    given_up = [time for time, what in log_of(traffic) if what == "b given up"]
    assert given_up == [140, 310]


def test_retries_set_to_none_stop_the_storm():
    system = [service("a"), service("b", replicas=0)]
    traffic = scripted(system, [edge("a", "b", retries=100, backoff=10 * MS, backoff_max=10 * MS)])
    traffic.advance(45 * MS)
    assert traffic.edges["a-b"].retried == 3
    traffic.edges["a-b"].retries = 0
    assert log_of(traffic)[-2:] == [(50, "b/4 down"), (50, "client: dependency")]
    assert traffic.edges["a-b"].failed_calls == 1


def test_only_the_entries_of_a_route_take_its_edge():
    system = [service("a"), service("b")]
    assert log_of(scripted(system, [edge("a", "b", entries=())])) == [(0, "a starts"), (10, "a ok"), (10, "client: ok")]


def test_retries_without_backoff_do_not_grow_the_stack():
    system = [service("a"), service("b", replicas=0)]
    traffic = scripted(system, [edge("a", "b", retries=5000)])
    log_of(traffic)
    assert traffic.edges["a-b"].sent == 5001

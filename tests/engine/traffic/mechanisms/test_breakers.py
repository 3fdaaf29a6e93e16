"""Circuit breakers: when they open, refuse, try again and close."""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Breaker, Limit
from gameday.engine.traffic.codes import BROKEN, CANCELLED, ERROR, LIMITED, OK
from gameday.engine.traffic.edges import AUTOMATIC, FORCED_CLOSED, FORCED_OPEN
from gameday.engine.traffic.mechanisms.breakers import CLOSED, HALF_OPEN, OPEN
from tests.engine.traffic.scripted import MS, edge, log_of, scripted, service

BREAKER = Breaker(failures=0.5, calls=4, window="10s", open_for="2s", trials=2)
SYSTEM = [service("a", workers=99, service_time=MS), service("b", workers=99, service_time=MS)]


def broken_from(errors, at, breaker=BREAKER, **rest):
    """Calls at these ms; from `errors` on (ms, share) the callee fails at these shares."""
    traffic = scripted(SYSTEM, [edge("a", "b", breaker=breaker, **rest)], at)
    for time, share in errors:
        traffic.advance(time * MS)
        traffic.services["b"].error[0] = share
    return traffic


def test_it_opens_at_the_share_of_failures_once_there_are_enough_calls():
    traffic = broken_from([(0, 0.0), (150, 1.0)], range(0, 700, 100))
    breaker = traffic.edges["a-b"].breaker
    traffic.advance(400 * MS)
    assert (breaker.state, breaker.counts.total, breaker.counts.marked) == (OPEN, 0, 0)  # two of four had failed
    traffic.advance(1000 * MS)
    edge_of = traffic.edges["a-b"]
    assert (edge_of.outcomes[OK], edge_of.outcomes[ERROR], edge_of.outcomes[BROKEN]) == (2, 2, 3)
    assert traffic.services["b"].arrived == 4
    assert edge_of.unsent == 3


def test_a_refused_attempt_ends_at_once_and_never_reaches_the_callee():
    traffic = broken_from([(0, 1.0)], [0, 10, 20, 30, 50])
    assert log_of(traffic)[-4:] == [
        (50, "a starts"),
        (51, "a dependency"),
        (51, "b broken"),
        (51, "client: dependency"),
    ]
    assert traffic.services["b"].outcomes[BROKEN] == 0


def test_half_open_lets_exactly_its_trials_through_and_closes_when_all_succeed():
    traffic = broken_from([(0, 1.0), (1000, 0.0)], [0, 10, 20, 30, 1900, *[2500] * 5, 2600])
    traffic.services["b"].delay[0] = 20 * MS
    traffic.advance(2510 * MS)
    edge_of = traffic.edges["a-b"]
    assert (edge_of.breaker.state, edge_of.outcomes[BROKEN], edge_of.open_attempts) == (HALF_OPEN, 1 + 3, 2)
    traffic.advance(2550 * MS)
    assert edge_of.breaker.state == CLOSED
    log_of(traffic)
    assert (edge_of.outcomes[OK], edge_of.outcomes[BROKEN]) == (3, 4)


def test_one_failed_trial_opens_it_for_the_whole_time_again():
    traffic = broken_from([(0, 1.0)], [0, 10, 20, 30, 2100, 2200, 4000, 4099, 4200])
    edge_of = traffic.edges["a-b"]
    traffic.advance(2150 * MS)
    assert (edge_of.breaker.state, edge_of.breaker.opened) == (OPEN, 2)
    log_of(traffic)
    assert (edge_of.outcomes[BROKEN], edge_of.breaker.opened) == (3, 3)


def test_retries_apply_to_what_it_refuses_as_to_other_failures():
    traffic = broken_from([(0, 1.0)], [0, 10, 20, 30, 100], retries=2, backoff=30 * MS, backoff_max=30 * MS)
    log_of(traffic)
    edge_of = traffic.edges["a-b"]
    assert (edge_of.sent, edge_of.retried, edge_of.failed_calls) == (15, 10, 5)
    assert edge_of.outcomes[ERROR] + edge_of.outcomes[BROKEN] == 15


def test_a_late_timeout_of_an_earlier_time_spoils_no_trial():
    breaker = Breaker(failures=0.5, calls=1, window="10s", open_for="1s", trials=1)
    traffic = scripted(SYSTEM, [edge("a", "b", breaker=breaker, timeout=3000 * MS)], [0, 500, 1700, 3100])
    b = traffic.services["b"]
    b.delay[0] = 5000 * MS
    traffic.advance(400 * MS)
    b.delay[0], b.error[0] = 0, 1.0
    traffic.advance(600 * MS)
    assert traffic.edges["a-b"].breaker.state == OPEN
    b.error[0] = 0.0
    traffic.advance(2000 * MS)
    assert traffic.edges["a-b"].breaker.state == CLOSED
    traffic.advance(3200 * MS)  # at 3001 the very first one times out
    assert (traffic.edges["a-b"].outcomes[1], traffic.edges["a-b"].breaker.state) == (1, CLOSED)


def test_a_trial_that_a_later_guard_turned_away_may_be_made_by_another():
    breaker = Breaker(failures=0.5, calls=1, window="10s", open_for="1s", trials=1)
    traffic = broken_from([(0, 1.0), (1000, 0.0)], [0, 1100, 2300], breaker, limit=Limit(rate="0.5/s", burst=1))
    edge_of = traffic.edges["a-b"]
    traffic.advance(2000 * MS)
    assert (edge_of.outcomes[LIMITED], edge_of.breaker.state) == (1, HALF_OPEN)
    log_of(traffic)
    assert (edge_of.outcomes[OK], edge_of.breaker.state) == (1, CLOSED)


def test_forced_open_it_refuses_all_also_where_there_is_no_breaker():
    for breaker in (BREAKER, None):
        traffic = broken_from([(0, 0.0)], [0, 100, 200], breaker)
        edge_of = traffic.edges["a-b"]
        traffic.advance(50 * MS)
        edge_of.breaker_mode = FORCED_OPEN
        traffic.advance(150 * MS)
        edge_of.breaker_mode = AUTOMATIC
        log_of(traffic)
        assert (edge_of.outcomes[OK], edge_of.outcomes[BROKEN]) == (2, 1)
        assert edge_of.plain == (breaker is None)


def test_forced_closed_it_lets_everything_through_and_starts_anew_when_let_go():
    traffic = broken_from([(0, 1.0)], range(0, 2000, 100))
    edge_of = traffic.edges["a-b"]
    edge_of.breaker_mode = FORCED_CLOSED
    traffic.advance(1050 * MS)
    assert (edge_of.outcomes[BROKEN], edge_of.breaker.counts.total) == (0, 0)
    edge_of.breaker_mode = AUTOMATIC
    log_of(traffic)
    assert (edge_of.outcomes[ERROR], edge_of.outcomes[BROKEN]) == (11 + 4, 5)


def test_what_the_caller_took_back_itself_is_neither_success_nor_failure():
    system = [*SYSTEM, service("c", workers=99, service_time=MS)]
    edges = [edge("a", "b", breaker=BREAKER, cancels=True), edge("a", "c")]
    traffic = scripted(system, edges, range(0, 1000, 100))
    traffic.services["b"].delay[0] = 50 * MS
    traffic.services["c"].error[0] = 1.0
    log_of(traffic)
    edge_of = traffic.edges["a-b"]
    assert (edge_of.outcomes[CANCELLED], edge_of.breaker.opened, edge_of.breaker.counts.total) == (10, 0, 0)

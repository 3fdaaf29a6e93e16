"""Queues with consumers: what is stored is taken, done, given back or dead, and never lost or made up."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gameday.core.kinds.mechanisms import Consumption
from gameday.engine.traffic.codes import ERROR, OK, REFUSED, SHED, TIMEOUT
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EntrySpec, TrafficSpec
from tests.engine.traffic.scripted import MS, SECOND, edge, log_of, scripted, service

WEB = service("web", "loop", service_time=0, workers=99)


def queue(**rest):
    return service("queue", "loop", **{"service_time": 0, "workers": 99, "overflow": "refuse", **rest})


def pull(consumer="worker", *, timeout=SECOND, prefetch=1, receives=5):
    return edge(
        "queue", consumer, mode="pull", timeout=timeout, consumption=Consumption(prefetch=prefetch, receives=receives)
    )


def messages(arrivals, *, worker=None, queue=queue(), edges=None, **consumption):  # noqa: B008 - frozen
    workers = [worker or service("worker", service_time=20 * MS)]
    return scripted([WEB, queue, *workers], [edge("web", "queue"), *(edges or [pull(**consumption)])], arrivals)


def broker_of(traffic):
    return traffic.services["queue"].broker


def tally(traffic):
    broker = broker_of(traffic)
    return broker.stored, broker.done, broker.dead, broker.purged, broker.backlog, broker.in_flight


def assert_conserved(traffic):
    stored, *rest = tally(traffic)
    assert stored == sum(rest)


def test_the_producer_has_its_answer_when_the_message_is_stored_and_the_consumer_works_one_by_one():
    assert log_of(messages([0, 1, 2])) == [
        (0, "client: ok"),
        (0, "queue ok"),
        (0, "queue starts"),
        (0, "web ok"),
        (0, "web starts"),
        (0, "worker starts"),
        (1, "client: ok"),
        (1, "queue ok"),
        (1, "queue starts"),
        (1, "web ok"),
        (1, "web starts"),
        (2, "client: ok"),
        (2, "queue ok"),
        (2, "queue starts"),
        (2, "web ok"),
        (2, "web starts"),
        (20, "worker ok"),
        (20, "worker starts"),
        (40, "worker ok"),
        (40, "worker starts"),
        (60, "worker ok"),
    ]


def test_backlog_age_and_what_is_in_flight_can_be_seen():
    traffic = messages([0, 1, 2, 3])
    traffic.advance(10 * MS)
    assert tally(traffic) == (4, 0, 0, 0, 3, 1)
    assert broker_of(traffic).oldest_age(traffic.now) == 9 * MS
    log_of(traffic)
    assert tally(traffic) == (4, 4, 0, 0, 0, 0)
    assert broker_of(traffic).oldest_age(traffic.now) == 0


def test_each_replica_takes_as_many_as_its_prefetch():
    traffic = messages(range(20), worker=service("worker", service_time=20 * MS, replicas=3), prefetch=2)
    traffic.advance(19 * MS)
    assert broker_of(traffic).in_flight == 6
    log_of(traffic)
    assert tally(traffic) == (20, 20, 0, 0, 0, 0)


def test_what_is_not_done_within_the_visibility_timeout_comes_back_and_is_processed_twice():
    """30 ms of work against 25 ms: each delivery is given up on, and works on for nothing, until the third."""
    traffic = messages([0], worker=service("worker", service_time=30 * MS, workers=9), timeout=25 * MS, receives=3)
    log = log_of(traffic)
    assert [one for one in log if one[1].startswith("worker")] == [
        (0, "worker starts"),
        (25, "worker given up"),
        (25, "worker/1 starts"),
        (30, "worker ok"),
        (50, "worker/1 given up"),
        (50, "worker/2 starts"),
        (55, "worker/1 ok"),
        (75, "worker/2 given up"),
        (80, "worker/2 ok"),
    ]
    assert tally(traffic) == (1, 0, 1, 0, 0, 0)
    assert traffic.edges["queue-worker"].outcomes[TIMEOUT] == 3
    assert traffic.services["worker"].late == 3


def test_a_failed_message_goes_to_the_end_of_the_backlog():
    traffic = messages([0, 1, 2])
    traffic.services["worker"].error[0] = 1.0
    traffic.advance(25 * MS)
    traffic.services["worker"].error[0] = 0.0
    log = [what for time, what in log_of(traffic) if what.startswith("worker") and not what.endswith("starts")]
    assert log == ["worker error", "worker ok", "worker ok", "worker/1 ok"]
    assert broker_of(traffic).redelivered == 1


def test_a_poison_message_fails_whoever_takes_it_and_ends_among_the_dead_letters():
    traffic = messages([0, 500], receives=3)
    traffic.services["queue"].poison = 1.0
    traffic.advance(100 * MS)
    assert tally(traffic) == (1, 0, 1, 0, 0, 0)
    assert traffic.services["worker"].outcomes[ERROR] == 3
    traffic.services["queue"].poison = 0.0
    log_of(traffic)
    assert tally(traffic) == (2, 1, 1, 0, 0, 0)


def test_poison_is_a_share_of_the_messages():
    traffic = messages(range(2000), worker=service("worker", service_time=0), receives=2)
    traffic.services["queue"].poison = 0.25
    log_of(traffic)
    assert abs(broker_of(traffic).dead - 500) < 80
    assert_conserved(traffic)


def test_dead_letters_can_be_given_to_the_consumers_once_more_or_thrown_away():
    traffic = messages([0, 1, 2], receives=1)
    traffic.services["worker"].error[0] = 1.0
    traffic.advance(SECOND)
    assert tally(traffic) == (3, 0, 3, 0, 0, 0)
    traffic.services["worker"].error[0] = 0.0
    assert traffic.requeue("queue") == 3
    traffic.advance(2 * SECOND)
    assert tally(traffic) == (3, 3, 0, 0, 0, 0)


def test_purging_throws_away_what_waits():
    traffic = messages([0, 1, 2, 3], receives=1)
    traffic.advance(10 * MS)
    assert traffic.purge("queue") == 3
    log_of(traffic)
    assert tally(traffic) == (4, 1, 0, 3, 0, 0)
    assert traffic.purge("queue", letters=True) == 0
    assert not traffic.sampler.open_traces


def test_only_a_queue_can_be_purged():
    with pytest.raises(ValueError, match='no queue with consumers that is called "web"'):
        messages([0]).purge("web")


def test_a_paused_consumer_finishes_what_it_has_and_takes_nothing_more_until_it_goes_on():
    traffic = messages([0, 1, 2])
    one = traffic.edges["queue-worker"]
    traffic.advance(5 * MS)
    traffic.set_paused(one, True)
    traffic.advance(SECOND)
    assert tally(traffic) == (3, 1, 0, 0, 2, 0)
    traffic.set_paused(one, False)
    traffic.advance(SECOND + 41 * MS)
    assert tally(traffic) == (3, 3, 0, 0, 0, 0)


def test_while_the_consumer_is_down_nothing_is_taken_and_nothing_dies():
    traffic = messages([0, 100])
    traffic.services["worker"].set_capacity(0, 1)
    traffic.advance(10 * SECOND + 500 * MS)
    assert tally(traffic) == (2, 0, 0, 0, 2, 0)
    assert traffic.edges["queue-worker"].sent == 0
    traffic.services["worker"].set_capacity(1, 1)
    traffic.advance(12 * SECOND)
    assert tally(traffic) == (2, 2, 0, 0, 0, 0)


def test_a_message_for_which_the_consumer_has_no_place_goes_back_and_does_not_count_as_received():
    worker = service("worker", service_time=20 * MS, queue_limit=0)
    traffic = messages([0, 1, 2], worker=worker, prefetch=5, receives=1)
    log_of(traffic)
    assert tally(traffic) == (3, 3, 0, 0, 0, 0)
    assert traffic.edges["queue-worker"].outcomes[REFUSED] > 0


def test_messages_in_the_hands_of_a_consumer_that_is_killed_come_back():
    traffic = messages([0, 1], worker=service("worker", service_time=20 * MS, workers=2), prefetch=2)
    traffic.advance(10 * MS)
    traffic.kill("worker")
    assert_conserved(traffic)
    log_of(traffic)
    assert tally(traffic) == (2, 2, 0, 0, 0, 0)
    assert traffic.edges["queue-worker"].sent == 4


def test_a_full_queue_refuses_its_producers():
    traffic = messages(range(10), queue=queue(queue_limit=4))
    traffic.advance(15 * MS)
    assert tally(traffic) == (5, 0, 0, 0, 4, 1)
    assert traffic.services["queue"].outcomes[REFUSED] == 5
    log_of(traffic)
    assert_conserved(traffic)


def test_killing_the_queue_loses_no_message():
    traffic = messages([0, 1, 2])
    traffic.advance(10 * MS)
    traffic.kill("queue")
    log_of(traffic)
    assert tally(traffic) == (3, 3, 0, 0, 0, 0)


def test_consumers_compete_for_messages_each_in_its_turn():
    services = [WEB, queue(), service("one", service_time=20 * MS), service("two", service_time=20 * MS)]
    traffic = scripted(services, [edge("web", "queue"), pull("one"), pull("two")], range(0, 200, 10))
    log_of(traffic)
    assert tally(traffic) == (20, 20, 0, 0, 0, 0)
    assert [traffic.services[name].outcomes[OK] for name in ("one", "two")] == [10, 10]


def test_messages_lost_on_the_way_come_back():
    traffic = messages(
        range(50), timeout=100 * MS, prefetch=10, worker=service("worker", service_time=1 * MS, workers=10)
    )
    traffic.edges["queue-worker"].loss = 0.3
    log_of(traffic)
    stored, done, dead, *rest = tally(traffic)
    assert (stored, done + dead, rest) == (50, 50, [0, 0, 0])
    assert traffic.edges["queue-worker"].retried > 5


def test_messages_are_conserved_at_every_instant_of_a_rough_day():
    services = (
        service("queue", "loop", service_time=2 * MS, variability=1.0, distribution="exponential", queue_limit=60),
        service("worker", service_time=9 * MS, variability=1.0, distribution="exponential", replicas=2, queue_limit=3),
    )
    spec = TrafficSpec(
        services, (pull(prefetch=3, timeout=40 * MS, receives=2),), (EntrySpec("all", "queue", ((0, 200.0),)),)
    )
    traffic = Traffic(spec, 3)
    traffic.services["queue"].poison = 0.05
    states = []
    for step in range(1, 200):
        traffic.advance(step * 50 * MS)
        assert_conserved(traffic)
        states.append(traffic.digest_state())
        if step % 40 == 0:
            traffic.kill("worker", 0.5)
            traffic.set_paused(traffic.edges["queue-worker"], step % 80 == 0)
        if step == 120:
            traffic.requeue("queue")
            traffic.purge("queue", letters=False)
    assert all(before != after for before, after in pairwise(states))
    assert min(tally(traffic)[:4]) > 0 and broker_of(traffic).redelivered > 0


def test_a_refusal_that_comes_after_the_visibility_timeout_is_nobodys_answer():
    traffic = messages(
        [0, 1, 2, 3], worker=service("worker", service_time=40 * MS, queue_limit=0), prefetch=3, timeout=50 * MS
    )
    traffic.edges["queue-worker"].latency = 60 * MS
    traffic.advance(SECOND)
    assert traffic.edges["queue-worker"].open_attempts == broker_of(traffic).in_flight
    assert_conserved(traffic)


FAST = service("worker", service_time=1 * MS, workers=9)


def flood(*, seconds=20, a_second=60, worker=FAST, **rest):
    return messages([n * 1000 / a_second for n in range(seconds * a_second)], worker=worker, **rest)


def test_a_limit_on_the_way_to_a_consumer_slows_its_pulling_and_turns_no_message_away():
    traffic = flood()
    traffic.edges["queue-worker"].set_limit(20.0)
    traffic.advance(20 * SECOND)
    edge_of = traffic.edges["queue-worker"]
    assert abs(broker_of(traffic).done - 420) <= 2  # 20 a second, and a second's worth at first
    assert edge_of.sent == edge_of.outcomes[OK]
    assert_conserved(traffic)
    edge_of.set_limit(0.0)
    traffic.advance(30 * SECOND)
    assert broker_of(traffic).done == 1200


@pytest.mark.parametrize("prefetch", [1, 30])
@pytest.mark.parametrize("latency", [0, 5 * MS])
def test_a_limited_consumer_takes_as_much_as_its_limit_lets_it(prefetch, latency):
    traffic = flood(prefetch=prefetch)
    traffic.services["worker"].set_limit(20.0)
    traffic.edges["queue-worker"].latency = latency
    traffic.advance(20 * SECOND)
    assert abs(broker_of(traffic).done - 420) <= 4
    assert broker_of(traffic).dead == 0
    assert_conserved(traffic)


def test_what_a_consumer_sheds_counts_as_received_and_it_goes_on_with_the_rest():
    traffic = flood(receives=3, seconds=40)
    traffic.services["worker"].shed[0] = 0.5
    traffic.advance(60 * SECOND)
    stored, done, dead, *rest = tally(traffic)
    assert (stored, done + dead, rest) == (2400, 2400, [0, 0, 0])
    assert abs(dead - 2400 / 8) < 50
    shed = traffic.services["worker"].outcomes[SHED]
    assert abs(shed - traffic.edges["queue-worker"].sent / 2) < 100


@pytest.mark.parametrize("latency", [0, 5 * MS])
def test_a_consumer_that_sheds_everything_sends_a_long_backlog_to_the_dead_letters(latency):
    traffic = flood(seconds=50, queue=queue(queue_limit=9999))
    traffic.set_paused(traffic.edges["queue-worker"], True)
    traffic.advance(50 * SECOND)
    traffic.services["worker"].shed[0] = 1.0
    traffic.edges["queue-worker"].latency = latency
    traffic.set_paused(traffic.edges["queue-worker"], False)
    traffic.advance(200 * SECOND)
    assert tally(traffic) == (3000, 0, 3000, 0, 0, 0)
    assert traffic.services["worker"].outcomes[SHED] == 15_000


@pytest.mark.parametrize("latency", [0, 5 * MS])
def test_a_consumer_whose_name_is_not_found_gets_nothing_and_its_messages_wait(latency):
    traffic = messages([0, 1, 2], receives=1)
    traffic.edges["queue-worker"].latency = latency
    traffic.services["worker"].dns = 1.0
    traffic.advance(10 * SECOND)
    assert tally(traffic) == (3, 0, 0, 0, 3, 0)
    assert traffic.services["worker"].arrived == 0
    traffic.services["worker"].dns = 0.0
    log_of(traffic)
    assert tally(traffic) == (3, 3, 0, 0, 0, 0)


def test_a_full_queue_logs_how_many_messages_wait_in_it():
    traffic = messages(range(10), queue=queue(queue_limit=4))
    traffic.advance(SECOND)
    (group,) = [group for group in traffic.sampler.failures if group.service == "queue"]
    assert {failure.queue for failure in group.first} == {4}

"""Two that think that they are primary: who asks which, what each does with it, what is lost when it ends."""

from __future__ import annotations

import pytest

from gameday.core.kinds.mechanisms import Replication
from gameday.engine.traffic.codes import ERROR, OK, REFUSED, TIMEOUT
from tests.engine.traffic.scripted import MS, SECOND, edge, scripted, service

WEB = service("web", "loop", service_time=0, workers=99)
DATABASES = (service("old"), service("new", replication=Replication.model_validate({"of": "old", "lag": "1ms"})))
EVERY_20_MS = range(0, 4000, 20)


def torn(arrivals=EVERY_20_MS, edges=(), **rest):
    """From the start on both take writes of 10 ms; each request makes one, and what `edges` say."""
    traffic = scripted([WEB, *DATABASES], [edge("web", "old", writes=True, **rest), *edges], arrivals)
    traffic.promote("new", split=True)
    return traffic


def asked(traffic):
    """Which databases each request has asked, by request."""
    sides = {}
    for trace in traffic.sampler.traces + traffic.sampler.failed_traces:
        sides[trace.trace_id] = sorted({span.service for span in trace.spans} - {"web"})
    return sides


def test_half_of_the_callers_read_and_write_at_the_old_primary():
    traffic = torn()
    old, new = traffic.services["old"], traffic.services["new"]
    traffic.advance(5 * SECOND)
    assert old.outcomes[OK] + new.outcomes[OK] == 200
    assert old.outcomes[OK] == pytest.approx(100, abs=20)
    assert traffic.entries["all"].outcomes[OK] == 200


def test_exactly_what_the_old_primary_completed_is_lost_when_it_ends():
    traffic = torn()
    old, new = traffic.services["old"], traffic.services["new"]
    traffic.advance(2 * SECOND)
    completed = old.outcomes[OK]
    assert (traffic.replaced["old"].diverged, new.lost_writes) == (completed, 0)
    assert traffic.heal("old") == completed > 0
    assert new.lost_writes == completed
    traffic.advance(5 * SECOND)
    assert old.outcomes[OK] == completed
    assert old.outcomes[OK] + new.outcomes[OK] == 200


def test_a_write_under_way_when_it_begins_diverges_and_one_under_way_when_it_ends_is_lost_too():
    traffic = scripted([WEB, *DATABASES], [edge("web", "old", writes=True)], [0])
    traffic.advance(5 * MS)
    assert traffic.promote("new", split=True) == 0
    traffic.advance(15 * MS)
    assert traffic.heal("old") == 1
    traffic = scripted([WEB, *DATABASES], [edge("web", "old", writes=True)], [0])
    traffic.advance(2 * MS)
    traffic.promote("new", split=True)
    assert traffic.heal("old") == 0
    traffic.advance(SECOND)
    assert traffic.services["new"].lost_writes == 1


def test_reads_at_the_old_primary_are_served_and_nothing_of_them_is_lost():
    traffic = scripted([WEB, *DATABASES], [edge("web", "old")], EVERY_20_MS)
    traffic.promote("new", split=True)
    traffic.advance(5 * SECOND)
    assert traffic.services["old"].outcomes[OK] > 80
    assert traffic.heal("old") == 0


def test_each_side_has_its_own_queue_and_workers():
    traffic = torn(timeout=300 * MS)
    old, new = traffic.services["old"], traffic.services["new"]
    old.scale[0] = 20.0
    traffic.advance(4 * SECOND)
    assert len(old.queue) > 20
    assert not new.queue
    calls = traffic.edges["web-old"]
    assert (calls.outcomes[OK] >= new.outcomes[OK], calls.outcomes[TIMEOUT] > 50) == (True, True)


def test_where_the_old_primary_is_down_only_its_half_fails():
    traffic = torn()
    traffic.services["old"].set_capacity(0, 1)
    traffic.advance(5 * SECOND)
    entry = traffic.entries["all"]
    assert entry.outcomes[OK] == traffic.services["new"].outcomes[OK] == pytest.approx(100, abs=20)
    assert traffic.heal("old") == 0


def test_all_calls_of_a_visit_and_their_retries_go_to_the_same_side():
    more = [edge("web", "old", name="again", stage=1, retries=2), edge("web", "old", name="and", stage=2, mode="async")]
    traffic = torn(edges=more, retries=2)
    for database in DATABASES:
        traffic.services[database.name].error[0] = 0.3
    traffic.advance(10 * SECOND)
    assert {len(sides) for sides in asked(traffic).values()} == {1}
    assert traffic.edges["again"].retried > 10


def test_whom_a_request_asks_depends_on_nobody_else():
    calm, stormy = torn(), torn(sorted([*EVERY_20_MS, *[4001] * 50]), retries=1)
    stormy.services["old"].queue_limit = 0
    stormy.services["new"].error[0] = 0.2
    for traffic in (calm, stormy):
        traffic.advance(10 * SECOND)
    assert stormy.services["old"].outcomes[REFUSED] + stormy.services["new"].outcomes[ERROR] > 20
    first, second = asked(calm), asked(stormy)
    assert [second[trace] for trace in first] == list(first.values())


def test_an_edge_takes_the_short_way_again_when_it_is_over():
    traffic = torn()
    calls = traffic.edges["web-old"]
    assert not calls.plain
    traffic.heal("old")
    assert (calls.plain, calls.simple, calls.callee.name) == (True, True, "new")


def test_who_comes_from_outside_goes_to_the_new_primary():
    traffic = scripted(DATABASES, (), range(0, 400, 20))
    traffic.promote("new", split=True)
    traffic.advance(SECOND)
    assert (traffic.services["old"].arrived, traffic.services["new"].arrived) == (0, 20)


def test_what_the_caller_takes_back_at_the_old_primary_was_never_written():
    traffic = torn(cancels=True, timeout=15 * MS)
    traffic.services["old"].scale[0] = 2.0
    traffic.advance(5 * SECOND)
    calls = traffic.edges["web-old"]
    assert calls.outcomes[TIMEOUT] == 200 - traffic.services["new"].outcomes[OK]
    assert traffic.services["old"].outcomes[OK] == traffic.replaced["old"].diverged == 0


def test_it_is_felt_by_the_digest_only_while_it_lasts():
    traffic = torn()
    during = len(traffic.digest_state())
    traffic.heal("old")
    assert len(traffic.digest_state()) == during - 1


def test_only_what_was_replaced_can_be_healed():
    with pytest.raises(ValueError, match='nobody has taken the place of "new"'):
        torn().heal("new")

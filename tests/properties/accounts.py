"""What must hold of any kernel at any instant, as a list of complaints; and what must be left when all is over.

Counted from the spans of the requests, which are written where things happen, against the counters, which are kept
elsewhere.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain

from gameday.engine.traffic.attempts import HEDGED
from gameday.engine.traffic.codes import OUTCOMES, QUEUED, WORKING
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.sampling import Span
from gameday.engine.traffic.stations import Station

FOREVER = 10**18


def all_spans(traffic: Traffic) -> list[Span]:
    """Of every request that was traced, those under way too."""
    sampler = traffic.sampler
    traces = chain(sampler.traces, sampler.failed_traces, sampler.open_traces.values())
    return [span for trace in traces for span in trace.spans]


def complaints(traffic: Traffic) -> list[str]:
    """What does not balance now."""
    found = [*_of_stations(traffic), *_of_edges(traffic), *_of_entries(traffic)]
    found += [f"{span.service}: a visit goes back in time: {span}" for span in all_spans(traffic) if not _runs_on(span)]
    return found


def _of_stations(traffic: Traffic) -> list[str]:
    found = []
    for name, station in traffic.services.items():
        states = Counter(visit.state for visit in station.visits)
        if states[QUEUED] != len(station.queue):
            found.append(f"{name}: {states[QUEUED]} visits are queued, {len(station.queue)} are in the queue")
        working = states[WORKING] if not station.thread else len(station.visits) - states[QUEUED]
        if working != station.busy:
            found.append(f"{name}: {working} visits have a worker, {station.busy} workers are busy")
        if station.thread and station.held != working - states[WORKING]:
            found.append(f"{name}: {station.held} workers are held, {working - states[WORKING]} visits wait for calls")
        if not 0 <= station.late <= station.outcomes[0]:
            found.append(f"{name}: {station.late} late of {station.outcomes[0]}")
        found += _of_places(station)
        broker = station.broker
        if broker is not None:
            there = broker.done + broker.dead + broker.purged + broker.backlog + broker.in_flight
            if broker.stored != there:
                found.append(f"{name}: {broker.stored} messages stored, {there} done, dead, purged or there")
    return found


def _of_places(station: Station) -> list[str]:
    if station.lines is None:
        return []
    places = station.lines.places()
    found = []
    if sum(place.busy for place in places) != station.busy:
        found.append(f"{station.name}: {station.busy} busy, by place {[place.busy for place in places]}")
    if sum(place.inside for place in places) != len(station.visits):
        found.append(f"{station.name}: {len(station.visits)} visits, by place {[place.inside for place in places]}")
    if sum(place.line.length for place in places) != len(station.queue):
        found.append(f"{station.name}: {len(station.queue)} wait, by place {[place.line.length for place in places]}")
    return found


def _of_edges(traffic: Traffic) -> list[str]:
    found = []
    for name, edge in traffic.edges.items():
        if edge.open_attempts < 0 or edge.unsent > edge.sent or edge.hits > edge.lookups:
            found.append(f"{name}: open {edge.open_attempts}, sent {edge.sent}, unsent {edge.unsent}")
        pool = edge.pool
        if pool is not None and (pool.held < 0 or pool.waiting < 0 or pool.held > edge.open_attempts):
            found.append(f"{name}: {pool.held} connections held, {pool.waiting} wait, {edge.open_attempts} open")
        if edge.budget is not None and not 0.0 <= edge.budget.tokens <= edge.budget.spec.capacity:
            found.append(f"{name}: {edge.budget.tokens} tokens")
    return found


def _of_entries(traffic: Traffic) -> list[str]:
    return [
        f"{name}: arrived {entry.arrived}, ended {sum(entry.outcomes)}, judged {entry.judged}, bad {entry.bad}"
        for name, entry in traffic.entries.items()
        if entry.in_flight < 0 or not entry.bad <= entry.judged <= entry.arrived
    ]


def _runs_on(span: Span) -> bool:
    times = [time for time in (span.sent, span.arrived, span.started, span.ended) if time is not None]
    return times == sorted(times)


def spans_and_counters(traffic: Traffic, *, requeued: bool = False) -> list[str]:
    """Where the counters of a service say something else than the spans of the visits there.

    Who was turned away at the door and comes back is in no trace, nor are dead letters that were `requeued`: there no
    more may be seen than is counted.
    """
    found: list[str] = []
    all_seen = not requeued and not any(entry.returned for entry in traffic.entries.values())
    ended: dict[str, Counter[str]] = {name: Counter() for name in traffic.services}
    there: Counter[str] = Counter()
    for span in all_spans(traffic):
        if span.arrived is not None and span.ended is not None:
            ended[span.service][span.status] += 1
        elif span.started is not None or span.arrived is not None:
            there[span.service] += 1
    for name, station in traffic.services.items():
        if station.replica_of is not None or station.spec.replication is not None:
            continue  # writes that it takes in are nobody's requests
        counted = Counter({OUTCOMES[number]: count for number, count in enumerate(station.outcomes) if count})
        seen = Counter({status: count for status, count in ended[name].items() if status != "lost"})
        if counted != seen if all_seen else not seen <= counted:
            found.append(f"{name}: counted {dict(counted)}, seen {dict(seen)}")
        if all_seen and station.arrived != sum(seen.values()) + len(station.visits):
            found.append(f"{name}: {station.arrived} arrived, {sum(seen.values())} were seen to end")
    return found


def too_early(traffic: Traffic) -> list[str]:
    """Attempts that were sent before the one that they repeat had failed, hedges that were sent before what they hedge,
    and whatever was sent before its caller had begun.
    """
    spans = all_spans(traffic)
    by_id = {span.span_id: span for span in spans}
    sent: dict[tuple[int | None, str | None, int], int] = {}
    ends: dict[tuple[int | None, str | None, int], int] = {}
    for span in spans:
        key = (span.span_id if span.edge is None and span.attempt == 0 else span.parent_id, span.edge, span.attempt)
        known = [time for time in (span.ended, span.gave_up) if time is not None]
        sent[key] = min(span.sent, sent.get(key, FOREVER))
        ends[key] = min([*known, ends.get(key, FOREVER)])
    found = []
    for span in spans:
        parent = None if span.parent_id is None or span.edge is None else by_id[span.parent_id]
        before = 0
        if span.attempt >= HEDGED:
            before = sent[span.parent_id, span.edge, span.attempt - HEDGED]
        elif span.attempt:
            before = ends.get((span.parent_id, span.edge, span.attempt - 1), 0)
        if (parent is not None and parent.started is not None and span.sent < parent.started) or (
            before < FOREVER and span.sent < before
        ):
            found.append(f"{span.service}: attempt {span.attempt} is sent too early: {span}")
    return found


def left_over(traffic: Traffic) -> list[str]:
    """What is still there although all demand has ended long ago."""
    found = []
    for name, station in traffic.services.items():
        if station.visits or station.queue or station.busy or station.held:
            found.append(f"{name}: {len(station.visits)} visits, {len(station.queue)} wait, {station.busy} busy")
        if station.broker is not None and station.broker.backlog + station.broker.in_flight:
            found.append(f"{name}: {station.broker.backlog} messages wait, {station.broker.in_flight} in flight")
    for name, edge in traffic.edges.items():
        held, waiting = (0, 0) if edge.pool is None else (edge.pool.held, edge.pool.waiting)
        fetches = 0 if edge.cache is None or edge.cache.fetches is None else len(edge.cache.fetches)
        if edge.open_attempts or edge.waited_for or held or waiting or fetches:
            found.append(f"{name}: {edge.open_attempts} open, {held} connections, {waiting} wait, {fetches} fetches")
    for name, entry in traffic.entries.items():
        if entry.in_flight or entry.judged != entry.arrived:
            found.append(f"{name}: {entry.in_flight} in flight, {entry.arrived - entry.judged} not judged")
    if traffic.sampler.open_traces:
        found.append(f"{len(traffic.sampler.open_traces)} traces are open")
    return found

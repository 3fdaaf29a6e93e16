"""Systems whose root requests arrive at given instants, and the log of all that happened, for tests of semantics."""

from __future__ import annotations

from gameday.core.draws import mix
from gameday.engine.traffic.codes import ROOT
from gameday.engine.traffic.entries import Entry
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, ServiceSpec, TrafficSpec

MS = 1_000
SECOND = 1_000 * MS


class Timetable:
    """A stream of arrivals at given instants (ms), in place of a drawn one."""

    def __init__(self, entry: Entry, times: list[float]) -> None:
        self.entry = entry
        self.key = mix(entry.key, 1)
        self.number = 0
        self.active = True
        self.times = times

    def next_time(self) -> int | None:
        return round(self.times[self.number] * MS) if self.number < len(self.times) else None


def service(name: str, kind: str = "thread", **rest) -> ServiceSpec:
    """One worker with 10 ms of work, always, unless said otherwise."""
    return ServiceSpec(name, kind, **{"service_time": 10 * MS, "distribution": "constant", "variability": 0.0, **rest})


def edge(caller: str, callee: str, **rest) -> EdgeSpec:
    return EdgeSpec(rest.pop("name", f"{caller}-{callee}"), caller, callee, **rest)


def scripted(
    services, edges=(), at=(0,), *, to=None, timeout=SECOND, threshold=SECOND, segments=(), seed=1, **rest
) -> Traffic:
    """A system with one entry, `all`, whose roots arrive at the given ms. Everything is traced."""
    entry = EntrySpec("all", to or services[0].name, ((0, 0.0),), timeout, threshold, segments, **rest)
    spec = TrafficSpec(tuple(services), tuple(edges), (entry,))
    traffic = Traffic(spec, seed, trace_share=1.0, trace_limit=None)
    timetable = Timetable(traffic.entries["all"], list(at))
    traffic.schedule(timetable.next_time(), ROOT, timetable)
    return traffic


def log_of(traffic: Traffic, until: float = 60_000) -> list[tuple[float, str]]:
    """Advance to `until` ms; then everything that happened, in order: (ms, what)."""
    traffic.advance(round(until * MS))
    happened = []
    for trace in sorted(traffic.sampler.traces + traffic.sampler.failed_traces, key=lambda trace: trace.arrived):
        for span in trace.spans:
            name = span.service + (f"/{span.attempt}" if span.attempt else "")
            happened += [
                (span.started, f"{name} starts"),
                (span.ended, f"{name} {span.status}"),
                (span.gave_up, f"{name} given up"),
            ]
        happened.append((trace.ended, f"client: {trace.outcome}"))
    return [(time / MS, what) for time, what in sorted(one for one in happened if one[0] is not None)]

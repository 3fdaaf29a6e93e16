"""Entries: demand from outside, its segments, its streams, and the objective by which its root requests are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.core.draws import key_of, mix, uniform
from gameday.engine.traffic.agenda import Agenda
from gameday.engine.traffic.arrivals import Stream
from gameday.engine.traffic.codes import OUTCOMES, ROOT, SEGMENT, counted
from gameday.engine.traffic.deadlines import DeadlineQueue
from gameday.engine.traffic.mechanisms.limits import TokenBucket, limited
from gameday.engine.traffic.specs import EntrySpec
from gameday.engine.traffic.stations import Station
from gameday.engine.traffic.visits import Root

if TYPE_CHECKING:
    from gameday.core.draws import Key


class Entry:
    """One entry. `block[c]`, a share per class, and `shift`, the share sent to `alternate`, may be set at any time.

    Counters never go back: `arrived` and `bad` by arrival (a root is counted bad when judged), `judged`, `outcomes` as
    the client knows them in the end, and how often clients have `returned` after a failure.
    """

    __slots__ = (
        "_agenda",
        "_bounds",
        "_spike_numbers",
        "alternate",
        "arrived",
        "bad",
        "beside",
        "block",
        "bucket",
        "clients",
        "first_class",
        "judged",
        "judging",
        "key",
        "latencies",
        "name",
        "outcomes",
        "patience",
        "returned",
        "shift",
        "spec",
        "spikes",
        "station",
    )

    def __init__(
        self,
        spec: EntrySpec,
        station: Station,
        alternate: Station,
        first_class: int,
        classes: int,
        seed_key: Key,
        agenda: Agenda,
    ) -> None:
        self.spec = spec
        self.name = spec.name
        self._agenda = agenda
        self.key = mix(seed_key, key_of(spec.name))
        self.station = station
        self.alternate = alternate
        self.clients = spec.clients
        self.first_class = first_class
        self.block = [0.0] * classes
        self.patience: DeadlineQueue[Root] = DeadlineQueue(spec.timeout)
        # A threshold beyond the client's patience needs no deadline of its own: all is over by then, unless it is back.
        returns = spec.clients is not None and spec.clients.retries > 0
        self.judging: DeadlineQueue[Root] | None = (
            DeadlineQueue(spec.threshold) if returns or spec.threshold < spec.timeout else None
        )
        self.shift = 0.0
        self.beside: list[Entry] = []
        self.bucket: TokenBucket | None = None
        self.set_limit(0.0 if spec.limit is None else spec.limit.rate)
        self.spikes: dict[str, Stream] = {}
        self.arrived = self.judged = self.bad = self.returned = 0
        self.outcomes = [0] * len(OUTCOMES)
        self.latencies: list[int] = []
        self._spike_numbers: dict[str, int] = {}
        self._bounds = _cumulative([segment.share for segment in spec.segments])
        self._begin(Stream(self, mix(self.key, key_of("base")), spec.shape, 1.0, agenda.now))

    @property
    def in_flight(self) -> int:
        """Roots whose client still waits, for an answer or to come back."""
        return self.arrived - sum(self.outcomes)

    def set_limit(self, rate: float) -> None:
        """From now on at most `rate` requests a second are let in; 0: as many as come."""
        limit = self.spec.limit
        self.bucket = limited(self.bucket, rate, None if limit is None else limit.burst, self._agenda.now)
        for one in self.beside:
            one.bucket = self.bucket

    def set_shift(self, share: float) -> None:
        """From now on this share goes to the alternate."""
        self.shift = share
        for one in self.beside:
            one.shift = share

    def put_beside(self, other: Entry) -> None:
        """Another whose requests go the same way from now on: by one door, with one limit, shifted alike."""
        other.block, other.bucket, other.shift = self.block, self.bucket, self.shift
        self.beside.append(other)

    def add_spike(self, source: str, factor: float) -> None:
        """More demand from now on: the whole becomes `factor` times the shape, by a stream of its own beside the base.

        Raises ValueError when `factor` is below 1 or a spike from `source` is already there.
        """
        if factor < 1.0:
            raise ValueError(f"{self.name}: factor(={factor}) of a spike must be >= 1")
        if source in self.spikes:
            raise ValueError(f'{self.name}: there is a spike from "{source}" already')
        if factor == 1.0:
            return
        # A spike that comes again goes on numbering: the same number would be the same requests once more.
        number = self._spike_numbers.get(source, 0)
        key = mix(self.key, key_of("spike " + source))
        stream = Stream(self, key, self.spec.shape, factor - 1.0, self._agenda.now, number)
        self.spikes[source] = stream
        self._begin(stream)

    def remove_spike(self, source: str) -> None:
        """No further arrivals of that spike; those that came live on. Nothing happens when there is none."""
        stream = self.spikes.pop(source, None)
        if stream is not None:
            stream.active = False
            self._spike_numbers[source] = stream.number + 1

    def words(self) -> list[int]:
        """Its state, for a digest."""
        words = [self.arrived, self.judged, self.bad, *counted(self.outcomes)]
        if self.clients is not None:
            words.append(self.returned)
        if self.bucket is not None:
            words += self.bucket.words()
        return words

    def class_of(self, key: Key) -> int:
        """The class of the root with this key: which segment it belongs to is a property of the request."""
        bounds = self._bounds
        if not bounds:
            return self.first_class
        drawn, segment = uniform(mix(key, SEGMENT)), 0
        while drawn >= bounds[segment]:
            segment += 1
        return self.first_class + segment

    def _begin(self, stream: Stream) -> None:
        time = stream.next_time()
        if time is not None:
            self._agenda.schedule(time, ROOT, stream)


def _cumulative(shares: list[float]) -> list[float]:
    """Upper bounds of the segments in [0, 1]; the last is 1 whatever the rounding. None for a single segment."""
    if len(shares) < 2:
        return []
    bounds, total = [], 0.0
    for share in shares:
        total += share
        bounds.append(total)
    return [bound / total for bound in bounds[:-1]] + [1.0]

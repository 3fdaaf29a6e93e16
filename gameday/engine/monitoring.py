"""Monitoring: what stands between what happened and what responders see of it. It can lag, lose and freeze.

`Monitoring` owns what is wrong with it, since when and by whom; `MonitoredSignals` is the store read through it.
Alerts, conditions, looks and observations read that; objectives and the score read the store itself. What it shows of
a past second is what it showed then. States (flags, the incident) and the change feed do not pass through it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod

from gameday.core.draws import draw_name, key_of, mix, uniform
from gameday.core.signals import EntryReading, ServiceReading
from gameday.core.units import MICRO
from gameday.engine.signals import SignalStore


@dataclass(frozen=True, slots=True)
class Trouble:
    """What one source does to the readings of a service or an entry (None: of all). `delay` in µs, `loss` 0..1."""

    service: str | None
    delay: int
    loss: float
    frozen: bool


class Monitoring:
    """What is wrong with the monitoring, from the second after it was said. `now` gives the time in µs.

    Delays of several sources add up, losses combine as 1 - prod(1 - p), frozen by one is frozen. What was shown once is
    not taken back: when a delay begins, readings stand still until it is over.
    """

    def __init__(self, seed: int, now: Callable[[], int]) -> None:
        self._key = draw_name(seed, "monitoring")
        self._now = now
        self._troubles: dict[str, Trouble] = {}
        self._starts: list[int] = []  # the first second of each era in which the same things are wrong
        self._eras: list[tuple[Trouble, ...]] = []
        self._floors: dict[str, list[int]] = {}
        self.loses = False  # whether anything was ever lost

    @property
    def sources(self) -> tuple[str, ...]:
        """Who keeps the monitoring from seeing, oldest first."""
        return tuple(self._troubles)

    @property
    def untouched(self) -> bool:
        """Nothing has ever been wrong with it."""
        return not self._eras

    def set(
        self, source: str, service: str | None = None, *, delay: int = 0, loss: float = 0.0, frozen: bool = False
    ) -> None:
        """From now on this is wrong with the readings of a service or an entry, or of all; replaces the source's last.

        `delay` in µs; a part of a second counts as a whole one. Raises ValueError for what cannot be.
        """
        if delay < 0 or not 0.0 <= loss <= 1.0:
            raise ValueError(f"delay(={delay}) must be >= 0 and loss(={loss}) from 0 to 1")
        self._troubles[source] = Trouble(service, delay, loss, frozen)
        self.loses = self.loses or loss > 0.0
        self._begin_era()

    def remove(self, source: str) -> bool:
        """What the source did ends now; False where there was nothing."""
        if self._troubles.pop(source, None) is None:
            return False
        self._begin_era()
        return True

    def shown(self, subject: str, second: int) -> int:
        """The second up to which the data reach that are shown at `second`."""
        era = bisect_right(self._starts, second) - 1
        return second if era < 0 else self._shown_in(era, subject, second)

    def lost(self, subject: str, second: int) -> bool:
        """Whether the data of the second that begins at `second` never arrived."""
        era = bisect_right(self._starts, second + 1) - 1
        arrives = 1.0 if era < 0 else prod(1.0 - trouble.loss for trouble in self._on(era, subject))
        return arrives < 1.0 and uniform(mix(mix(self._key, key_of(subject)), second)) >= arrives

    def _begin_era(self) -> None:
        start = self._now() // MICRO + 1
        if self._starts and self._starts[-1] == start:
            self._eras[-1] = tuple(self._troubles.values())
        else:
            self._starts.append(start)
            self._eras.append(tuple(self._troubles.values()))

    def _on(self, era: int, subject: str) -> list[Trouble]:
        return [trouble for trouble in self._eras[era] if trouble.service in (None, subject)]

    def _shown_in(self, era: int, subject: str, second: int) -> int:
        troubles = self._on(era, subject)
        if not troubles:
            return second
        floor = self._floor(era, subject)
        if any(trouble.frozen for trouble in troubles):
            return floor
        delay = sum(trouble.delay for trouble in troubles)
        return max(floor, second + -delay // MICRO)

    def _floor(self, era: int, subject: str) -> int:
        """What was shown when the era began: eras are only ever added, so it is worked out once."""
        floors = self._floors.setdefault(subject, [])
        while len(floors) <= era:
            last = self._starts[len(floors)] - 1
            floors.append(last if not floors else self._shown_in(len(floors) - 1, subject, last))
        return floors[era]


class MonitoredSignals:
    """The signals as they can be seen. `watched_by` says whose readings those of an edge are: its caller's."""

    def __init__(self, truth: SignalStore, monitoring: Monitoring, watched_by: Mapping[str, str]) -> None:
        self._truth = truth
        self._monitoring = monitoring
        self._watched_by = watched_by
        self.add_state = truth.add_state

    @property
    def upto(self) -> int:
        """The whole seconds that have passed."""
        return self._truth.upto

    def value(self, subject: str, metric: str, second: int, length: int = 1) -> float | None:
        """See `gameday.core.signals.Signals.value`. Seconds that were lost count for nothing."""
        truth = self._truth
        if self._monitoring.untouched or truth.is_state(subject) or truth.is_fact(metric):
            return truth.value(subject, metric, second, length)
        truth.refresh()
        owner = self._watched_by.get(subject, subject)
        shown = self._monitoring.shown(owner, min(second, truth.upto))
        return truth.value(subject, metric, shown, length, self._lost(owner)) if shown > 0 else None

    def history(self, subject: str, metric: str, seconds: int) -> list[float | None]:
        """The metric at each of the last seconds, oldest first."""
        self._truth.refresh()
        upto = self._truth.upto
        return [self.value(subject, metric, second) for second in range(max(1, upto - seconds + 1), upto + 1)]

    def reading(self, second: int) -> tuple[dict[str, ServiceReading], dict[str, EntryReading]]:
        """What is shown at `second` of every service and entry of which anything is."""
        truth = self._truth
        if self._monitoring.untouched:
            return truth.reading(second)
        services, entries = {}, {}
        for name in truth.queues:
            if (shown := self._shown(name, second)) and (service := truth.service_reading(name, shown)):
                services[name] = service
        for name in truth.judged:
            if (shown := self._shown(name, second)) and (entry := truth.entry_reading(name, shown)):
                entries[name] = entry
        return services, entries

    def causes(self, subject: str, seconds: int) -> dict[str, int]:
        """How the failures of the last seconds that are shown ended, counted by cause."""
        owner = self._watched_by.get(subject, subject)
        shown = self._monitoring.shown(owner, self._truth.upto)
        return self._truth.causes(subject, seconds, shown, self._lost(owner))

    def is_shown(self, subject: str, second: int) -> bool:
        """Whether what the subject told in the second that begins at `second` has arrived by now."""
        monitoring = self._monitoring
        if monitoring.untouched:
            return True
        return second < monitoring.shown(subject, self._truth.upto) and not monitoring.lost(subject, second)

    def _shown(self, name: str, second: int) -> int:
        """The second that is shown, 0 where it never arrived or nothing was there yet."""
        shown = self._monitoring.shown(name, second)
        return 0 if shown <= 0 or self._monitoring.lost(name, shown - 1) else shown

    def _lost(self, owner: str) -> Callable[[int], bool] | None:
        return (lambda second: self._monitoring.lost(owner, second)) if self._monitoring.loses else None

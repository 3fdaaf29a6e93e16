"""Pace: how long a visit's own work takes at a service, and whether it fails.

Owns everything that makes work slower or worse: effects by class, replicas that differ, contention, cold replicas.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from math import exp, log, sqrt

from gameday.core.draws import exponential, mix, uniform
from gameday.engine.traffic.agenda import Agenda
from gameday.engine.traffic.codes import WRITE
from gameday.engine.traffic.mechanisms.contention import slowdown
from gameday.engine.traffic.mechanisms.fleets import Fleet, Lines
from gameday.engine.traffic.mechanisms.replicas import Roster
from gameday.engine.traffic.mechanisms.warming import coldness, mean_coldness
from gameday.engine.traffic.specs import ServiceSpec
from gameday.engine.traffic.visits import Visit

_LEAST_UNIFORM = 2.0**-53


def _inverse_normal(share: float, mean: float, deviation: float) -> float:
    return statistics.NormalDist(mean, deviation).inv_cdf(share)


# What `inv_cdf` itself calls, in C: every visit draws one, and looking at its arguments again costs 2 % of the kernel.
_INVERSE_NORMAL: Callable[[float, float, float], float] = getattr(statistics, "_normal_dist_inv_cdf", _inverse_normal)


class ReplicaRow:
    """What differs on one replica: factors on the service time, times added and shares of errors, each by class."""

    __slots__ = ("delay", "error", "scale")

    def __init__(self, scale: list[float], delay: list[int], error: list[float]) -> None:
        self.scale = scale
        self.delay = delay
        self.error = error


class Pace:
    """The part of a station that visits at work notice. `scale`, `delay` and `error` are indexed by class.

    `altered` is the one look that a station costs whose pace is that of its class and nothing else.
    """

    __slots__ = (
        "_agenda",
        "_distribution",
        "_half_variance",
        "_rows",
        "_sigma",
        "_write_errors",
        "altered",
        "busy",
        "cold_until",
        "contention",
        "delay",
        "error",
        "lines",
        "replicas",
        "roster",
        "scale",
        "service_time",
        "special",
        "warm_up",
    )

    def __init__(self, spec: ServiceSpec, classes: int, agenda: Agenda) -> None:
        self._agenda = agenda
        self.scale = [1.0] * classes
        self.delay = [0] * classes
        self.error = [0.0] * classes
        self.service_time = spec.service_time
        variance = log(1.0 + spec.variability)
        self._sigma = sqrt(variance)
        self._half_variance = variance / 2.0
        self._distribution = "constant" if spec.variability <= 0.0 else spec.distribution
        self.busy = 0
        self.replicas = spec.replicas
        self.lines: Lines | None = None
        self.contention = spec.contention
        self.warm_up = spec.warm_up
        self.cold_until = 0
        self.roster = Roster(spec.replicas, spec.zones, 0 if spec.warm_up is None else -spec.warm_up.lasts)
        self._rows: list[ReplicaRow] | None = None
        self._write_errors = 0.0
        self.special = False
        self.altered = False
        self._look()

    @property
    def rows(self) -> list[ReplicaRow] | None:
        """How replica n differs, where they do."""
        return self._rows

    @property
    def write_errors(self) -> float:
        """The share of writes that fail at the end of their work."""
        return self._write_errors

    @write_errors.setter
    def write_errors(self, value: float) -> None:
        self._write_errors = value
        self._look()

    def set_rows(self, rows: list[ReplicaRow] | None) -> None:
        """From now on replica n differs as `rows[n]` says; None: all are alike.

        Where replicas share a queue, the one that serves is drawn by key among those that run.
        """
        self._rows = rows
        self._look()

    def restarted(self, numbers: list[int]) -> None:
        """These replicas have just been started anew."""
        self.roster.restart(numbers, self._agenda.now)
        self._warm()

    def number_of(self, visit: Visit) -> int:
        """The replica at which an admitted visit is; where they share a queue it is drawn by key when first asked."""
        if not isinstance(self.lines, Fleet) and visit.replica < 0:
            visit.replica = self.roster.draw(visit.key)
        return visit.replica

    def expect_special(self) -> None:
        """Messages from a queue, or a primary's writes, come here from now on: visits that are not like others."""
        self.special = True
        self._look()

    def work_of(self, visit: Visit) -> int:
        """The visit's own work in µs: its draw, times the scale of its class, plus its delay.

        The draw is the visit's key itself, which is a mixed number already: every visit needs this one, and mixing once
        more would cost a tenth of all the kernel does. All other draws have a purpose mixed in.
        """
        c = visit.c
        scale, delay = self.scale[c], self.delay[c]
        if self.altered:
            scale, delay = self._altered_pace(visit, scale, delay)
        if self._distribution == "lognormal":
            # `draws.lognormal`, with what does not change from draw to draw taken out of it.
            number: int = visit.key >> 11 & 0x1F_FFFF_FFFF_FFFF
            normal = _INVERSE_NORMAL(number * _LEAST_UNIFORM or _LEAST_UNIFORM, 0.0, 1.0)
            work = self.service_time * exp(self._sigma * normal - self._half_variance) * scale
        elif self._distribution == "exponential":
            work = exponential(visit.key, self.service_time) * scale
        else:
            work = self.service_time * scale
        return round(work) + delay

    def error_of(self, visit: Visit) -> float:
        """The share of errors where it is not that of the class: of the visit's replica, or 1 where it fails anyway."""
        edge = visit.edge
        writes = self._write_errors > 0.0 and edge is not None and edge.spec.writes
        if writes and uniform(mix(visit.key, WRITE)) < self._write_errors:
            return 1.0
        if visit.is_poison():
            return 1.0
        row = self._row_of(visit)
        return self.error[visit.c] if row is None else row.error[visit.c]

    def _altered_pace(self, visit: Visit, scale: float, delay: int) -> tuple[float, int]:
        """Factor and addition for a visit that starts now: by replica, by what is at work, by how warm it is."""
        row = self._row_of(visit)
        if row is not None:
            scale, delay = row.scale[visit.c], row.delay[visit.c]
        if self.contention is not None:
            scale *= slowdown(self.contention, self._at_work(visit))
        if self.cold_until:
            scale *= self._coldness(visit)
        if self.special:
            scale *= visit.share_of_work()
        return scale, delay

    def _row_of(self, visit: Visit) -> ReplicaRow | None:
        rows = self._rows
        if rows is None:
            return None
        number = self.number_of(visit)
        return rows[number] if number < len(rows) else None

    def _at_work(self, visit: Visit) -> float:
        if isinstance(self.lines, Fleet):
            return self.lines.place_of(visit).busy
        return self.busy / self.replicas if self.replicas else 1.0

    def _coldness(self, visit: Visit) -> float:
        warm_up, now, roster = self.warm_up, self._agenda.now, self.roster
        if warm_up is None or now >= self.cold_until:
            self.cold_until = 0
            self._look()
            return 1.0
        if isinstance(self.lines, Fleet):
            return coldness(warm_up, now - roster.started[visit.replica])
        return mean_coldness(warm_up, [now - roster.started[number] for number in roster.running])

    def _look(self) -> None:
        self.altered = (
            self._rows is not None
            or self._write_errors > 0.0
            or self.contention is not None
            or self._agenda.now < self.cold_until
            or self.special
        )

    def _warm(self) -> None:
        if self.warm_up is not None:
            newest = max([self.roster.started[number] for number in self.roster.running], default=-self.warm_up.lasts)
            self.cold_until = newest + self.warm_up.lasts
            self._look()

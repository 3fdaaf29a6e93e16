"""Stations: a service at run time, with its queue, its workers and the parameters that effects change.

Owns the state of one service and its counters. Does not own what happens to a visit (`serving`) or windows (`windows`).
"""

from __future__ import annotations

from collections import deque
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from gameday.core.draws import exponential
from gameday.engine.traffic.agenda import Agenda
from gameday.engine.traffic.codes import OK, OUTCOMES, REFILL
from gameday.engine.traffic.specs import ServiceSpec
from gameday.engine.traffic.visits import Visit

if TYPE_CHECKING:
    from gameday.engine.traffic.edges import Edge

_INVERSE_NORMAL = NormalDist().inv_cdf
_LEAST_UNIFORM = 2.0**-53


class Station:
    """One service. Lists that are indexed by class (`scale`, `delay`, `error`, `shed`) let an effect select a segment.

    `queue_limit`, `in_flight_limit` and those lists may be set at any time and hold for what happens after.
    Areas are sums of +t at each decrease and -t at each increase of a quantity N, so `area + N * now` is its integral
    from zero to now, exact in integers. Counters never go back.
    """

    __slots__ = (
        "_agenda",
        "_distribution",
        "_half_variance",
        "_sigma",
        "busy",
        "busy_area",
        "capacity",
        "capacity_area",
        "class_names",
        "delay",
        "drops",
        "error",
        "flight_area",
        "in_flight_limit",
        "kills",
        "late",
        "latencies",
        "name",
        "outcomes",
        "plans",
        "queue",
        "queue_area",
        "queue_limit",
        "replicas",
        "retried",
        "scale",
        "service_time",
        "shed",
        "skip_expired",
        "spec",
        "thread",
        "visits",
        "workers",
    )

    def __init__(self, spec: ServiceSpec, class_names: list[tuple[str, str]], agenda: Agenda) -> None:
        self.spec = spec
        self.name = spec.name
        self._agenda = agenda
        self.class_names = class_names
        classes = len(class_names)
        self.thread = spec.kind == "thread"
        self.drops = spec.overflow == "drop"
        self.skip_expired = spec.skip_expired
        self.queue_limit = spec.queue_limit
        self.in_flight_limit = spec.in_flight
        self.scale = [1.0] * classes
        self.delay = [0] * classes
        self.error = [0.0] * classes
        self.shed = [0.0] * classes
        self.plans: list[tuple[tuple[Edge, ...], ...]] = [()] * classes
        self.service_time = spec.service_time
        variance = log(1.0 + spec.variability)
        self._sigma = sqrt(variance)
        self._half_variance = variance / 2.0
        self._distribution = "constant" if spec.variability <= 0.0 else spec.distribution
        self.queue: deque[Visit] = deque()
        self.visits: dict[Visit, None] = {}  # admitted and not ended, in order of admission
        self.busy = 0
        self.replicas = spec.replicas
        self.workers = spec.workers
        self.capacity = spec.replicas * spec.workers
        self.busy_area = self.queue_area = self.flight_area = self.capacity_area = 0
        self.late = 0
        self.retried = 0
        self.kills = 0
        self.outcomes = [0] * len(OUTCOMES)
        self.latencies: list[int] = []

    @property
    def in_flight(self) -> int:
        """Visits admitted and not ended."""
        return len(self.visits)

    @property
    def arrived(self) -> int:
        """Attempts that arrived, refused ones too."""
        return sum(self.outcomes) + len(self.visits)

    @property
    def good(self) -> int:
        """Successes whose caller still waited; the others are `late`."""
        return self.outcomes[OK] - self.late

    def set_capacity(self, replicas: int, workers: int) -> None:
        """From now on `replicas` of `workers` each. Running visits finish; none of either means that nothing starts."""
        if replicas < 0 or workers < 0:
            raise ValueError(f"{self.name}: replicas(={replicas}) and workers(={workers}) must be >= 0")
        agenda = self._agenda
        self.capacity_area += (self.capacity - replicas * workers) * agenda.now
        self.replicas, self.workers, self.capacity = replicas, workers, replicas * workers
        if self.queue:
            agenda.schedule(agenda.now, REFILL, self)

    def work_of(self, visit: Visit) -> int:
        """The visit's own work in µs: its draw, times the scale of its class, plus its delay.

        The draw is the visit's key itself, which is a mixed number already: every visit needs this one, and mixing once
        more would cost a tenth of all the kernel does. All other draws have a purpose mixed in.
        """
        c = visit.c
        if self._distribution == "lognormal":
            # `draws.lognormal`, with what does not change from draw to draw taken out of it.
            normal = _INVERSE_NORMAL((visit.key >> 11) * _LEAST_UNIFORM or _LEAST_UNIFORM)
            work = self.service_time * exp(self._sigma * normal - self._half_variance) * self.scale[c]
        elif self._distribution == "exponential":
            work = exponential(visit.key, self.service_time) * self.scale[c]
        else:
            work = self.service_time * self.scale[c]
        return round(work) + self.delay[c]

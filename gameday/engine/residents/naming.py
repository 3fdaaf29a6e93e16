"""DNS: a record that is wrong is found out, and one that is right again too, as callers' answers grow old."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.kinds.effects import Effect
from gameday.core.units import MICRO
from gameday.engine.residents.base import ResidentWorld, Steps


@dataclass(slots=True)
class _Record:
    ttl: int
    wrong: bool
    spread: float


class Naming:
    """The records of all services, and how far what is wrong with them has spread among callers."""

    def __init__(self, world: ResidentWorld) -> None:
        self._world = world
        self._records: dict[str, _Record] = {}

    def is_wrong(self, service: str) -> bool:
        """Whether the record itself is wrong now."""
        record = self._records.get(service)
        return record is not None and record.wrong

    def spread(self, service: str) -> float:
        """The share of callers that have found out that the record is wrong, 0 to 1."""
        record = self._records.get(service)
        return 0.0 if record is None else record.spread

    def fail(self, service: str, share: float, ttl: int) -> None:
        """The record fails this share of the callers from now on, each once the answer it has is `ttl` µs old."""
        known = self._records.get(service)
        self._records[service] = record = _Record(ttl, True, known.spread if known else 0.0)
        self._world.book.put(_source(service), (Effect(service=service, dns=share),), record.spread)
        self._world.env.process(self._move(service, record))

    def fix(self, service: str) -> bool:
        """The record is right again; callers find out over the same time. False where it was right."""
        if not self.is_wrong(service):
            return False
        broken = self._records[service]
        self._records[service] = record = _Record(broken.ttl, False, broken.spread)
        self._world.env.process(self._move(service, record))
        return True

    def flush(self, service: str) -> None:
        """All callers look it up now, and find out how the record is."""
        record = self._records.get(service)
        if record is None:
            return
        self._records[service] = record = _Record(record.ttl, record.wrong, 1.0 if record.wrong else 0.0)
        if record.wrong:
            self._world.book.set_strength(_source(service), 1.0)
        else:
            self._world.book.remove(_source(service))

    def _move(self, service: str, record: _Record) -> Steps:
        """A second at a time toward all or none; another change of the record takes over."""
        goal = 1.0 if record.wrong else 0.0
        step = MICRO / max(record.ttl, 1)
        while record.spread != goal and self._records[service] is record:
            if record.ttl:
                yield self._world.env.timeout(min(MICRO, record.ttl))
                if self._records[service] is not record:
                    return
            record.spread = min(1.0, record.spread + step) if record.wrong else max(0.0, record.spread - step)
            if abs(record.spread - goal) < 1e-9:
                record.spread = goal
            self._world.book.set_strength(_source(service), record.spread)
        if not record.wrong and self._records[service] is record:
            self._world.book.remove(_source(service))


def _source(service: str) -> str:
    return f"dns {service}"

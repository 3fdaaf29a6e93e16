"""Disks that fill: once one is full, writes fail until somebody makes room.

Owns how full each service's disk is. What fills it stands in `gameday.engine.faults`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.kinds.effects import Effect
from gameday.core.units import MICRO
from gameday.engine.residents.base import ResidentWorld, Steps


@dataclass(slots=True)
class _Disk:
    used: float
    kept: float
    errors: float | None
    fillers: dict[str, float]


class Disks:
    """The disks of all services that something fills."""

    def __init__(self, world: ResidentWorld) -> None:
        self._world = world
        self._disks: dict[str, _Disk] = {}

    def used(self, service: str) -> float | None:
        """How full its disk is, 0 to 1; None where nothing fills it."""
        disk = self._disks.get(service)
        return None if disk is None else disk.used

    def fill(self, service: str, source: str, used: float, fills_in: int, errors: float | None = None) -> None:
        """From now on the disk fills, from `used` to full in `fills_in` microseconds; `errors`: see the fault."""
        disk = self._disks.get(service)
        if disk is None:
            disk = self._disks[service] = _Disk(used, used, errors, {})
            self._world.env.process(self._fill(service, disk))
        disk.errors = errors
        disk.fillers[source] = 1.0 if fills_in == 0 else (1.0 - used) * MICRO / fills_in
        if fills_in == 0:
            self._fails(service, disk)

    def stop(self, service: str, source: str) -> None:
        """Nothing more is added by that source; a full disk stays full."""
        if disk := self._disks.get(service):
            disk.fillers.pop(source, None)

    def clean(self, service: str) -> bool:
        """Room is made, and writes succeed again; False where there was nothing to take away."""
        disk = self._disks.get(service)
        if disk is None or disk.used <= disk.kept:
            return False
        disk.used = disk.kept
        self._world.book.remove(_source(service))
        return True

    def _fill(self, service: str, disk: _Disk) -> Steps:
        while True:
            yield self._world.env.timeout(MICRO)
            if disk.used < 1.0:
                for speed in disk.fillers.values():
                    disk.used += speed
                if disk.used >= 1.0 - 1e-9:
                    self._fails(service, disk)

    def _fails(self, service: str, disk: _Disk) -> None:
        disk.used = 1.0
        effects = [Effect(service=service, write_errors=1.0)]
        if disk.errors is not None:
            effects.append(Effect(service=service, errors=disk.errors))
        self._world.book.put(_source(service), tuple(effects))


def _source(service: str) -> str:
    return f"disk {service}"

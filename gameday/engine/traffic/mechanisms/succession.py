"""Succession of databases: how one that was primary stands to the one that has taken its place.

Owns who of the callers still asks it while two think that they are primary, and how many writes only it has. Does not
own how writes come to replicas, nor when a primary is replaced or follows again (`replication`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gameday.core.draws import key_of, mix, uniform

if TYPE_CHECKING:
    from gameday.core.kinds.mechanisms import Replication
    from gameday.engine.traffic.stations import Station
    from gameday.engine.traffic.visits import Visit

_SIDE: Final = 0.5
"""While two databases think that they are primary, the share of the callers that have not noticed the newer one."""


class Replaced:
    """A database whose replica `successor` has taken its place; `spec` is how the one follows the other.

    While it is `asked` (a split brain), a part of the callers sends it reads and writes, and `diverged` counts the
    writes that it has completed since it was replaced: nobody else has those.
    """

    __slots__ = ("asked", "diverged", "key", "spec", "station", "successor")

    def __init__(self, station: Station, successor: Station, spec: Replication, *, asked: bool) -> None:
        self.station = station
        self.successor = successor
        self.spec = spec
        self.asked = asked
        self.diverged = 0
        self.key = key_of(f"split brain of {station.name}")

    @property
    def primary(self) -> Station:
        """The database that is primary now: others may have taken the successor's place since, and it may follow."""
        found = self.successor
        while found.successor is not None:
            found = found.successor
        return found if found.replica_of is None else found.replica_of.primary

    def side_of(self, caller: Visit, newer: Station) -> Station:
        """Whom this visit asks, in all its calls and their retries: the old primary or the `newer` one."""
        return self.station if uniform(mix(caller.key, self.key)) < _SIDE else newer

    def completed(self) -> None:
        """It has completed a write that no replica will see: lost at once, or when its callers have noticed."""
        if self.asked:
            self.diverged += 1
        else:
            self.successor.lost_writes += 1

    def healed(self) -> int:
        """Nobody asks it any more; what it alone has is lost, and counted at its successor. How many writes."""
        lost = self.diverged
        self.asked = False
        self.diverged = 0
        self.successor.lost_writes += lost
        return lost

    def words(self) -> list[int]:
        """Its state, for a digest; nothing unless two are primary."""
        return [self.diverged] if self.asked else []

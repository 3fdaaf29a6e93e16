"""Who is on duty now, in a session: the calendar of the schedules, at the session's place in it.

Owns the step from simulated time to the calendar. Does not own the calendar itself (`gameday.scenario.schedules`).
"""

from __future__ import annotations

from gameday.scenario import schedules
from gameday.scenario.models.roster import Roster


class Schedules:
    """The schedules of a roster. Simulated time 0 is when the roster begins."""

    def __init__(self, roster: Roster) -> None:
        self._schedules = roster.schedules
        self._begin = schedules.beginning(roster)

    def __contains__(self, name: str) -> bool:
        return name in self._schedules

    def on_duty(self, name: str, now: int) -> str | None:
        """Who is on duty at the simulated time `now` (microseconds), or None: nobody. Raises KeyError."""
        return schedules.on_duty(self._schedules[name], self._begin + now)

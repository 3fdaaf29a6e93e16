"""What surrounds the system: the status page, and people who cannot be reached.

Owns only whether they are there; what follows from it stands in `gameday.response`.
"""

from __future__ import annotations


class Surroundings:
    """By source: what is down, and who is away."""

    def __init__(self) -> None:
        self._page_down: dict[str, None] = {}
        self._away: dict[str, str] = {}

    @property
    def status_page_up(self) -> bool:
        """Whether customers can see updates."""
        return not self._page_down

    def is_away(self, person: str) -> bool:
        """Whether somebody answers neither page nor phone now."""
        return person in self._away.values()

    def take_page_down(self, source: str) -> None:
        self._page_down[source] = None

    def take_away(self, source: str, person: str) -> None:
        self._away[source] = person

    def bring_back(self, source: str) -> None:
        """What the source had taken is there again."""
        self._page_down.pop(source, None)
        self._away.pop(source, None)

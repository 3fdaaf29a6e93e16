"""The palette: everything in the registry and every command of the game, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from gameday.core.verbs import VERBS
from gameday.tui.actions import actions_at
from gameday.tui.screens.base import GamedayScreen

Offer = tuple[str, str, IgnoreReturnCallbackType]


class EverythingProvider(Provider):
    """Actions of the screen, then verbs (which go to the command line, never straight to the game)."""

    async def discover(self) -> Hits:
        """All of them."""
        for title, text, run in self._offers():
            yield DiscoveryHit(title, run, help=text)

    async def search(self, query: str) -> Hits:
        """Those that match."""
        matcher = self.matcher(query)
        for title, text, run in self._offers():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), run, help=text)

    def _offers(self) -> Iterator[Offer]:
        screen = self.screen
        if not isinstance(screen, GamedayScreen):
            return
        for action in actions_at(screen.PLACE):
            if action.id != "app.palette":
                yield action.title, f"{action.help} (:{action.word})", partial(screen.run_action, action.run)
        if screen.PLACE == "play":
            for verb in VERBS.values():
                yield verb.usage, verb.summary, partial(screen.run_action, f"prefill('{verb.name} ')")

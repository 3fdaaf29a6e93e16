"""Keys in turn: in a burst of them each does what it does before the next is looked at.

A terminal may bring many keys at once: somebody types while the machine is busy, a line comes over a slow connection,
a script sends several commands. Textual hands each key to whoever has the focus then, and acts on it later: the second
key would miss the line that the first one opened, and letters would overtake an enter. Owns the order of keys where
they belong to panels, to the `:` line or to the composer's text; everything else is Textual's.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from gameday.tui.widgets.panel import DrawnPanel
from gameday.tui.widgets.writing import Writing

PATIENCE = 2.0
"""Seconds after which a screen that does not come to rest waits no longer; one that broke never does."""


class Turns:
    """The order of the keys of one app."""

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._screen: Screen[object] | None = None

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Does what a key or a paste does. False: nothing here, it goes Textual's way."""
        await self._at_rest()
        focused = self._app.focused
        if focused is None or isinstance(focused, DrawnPanel):
            return isinstance(event, events.Key) and await self._press(event.key, focused)
        return isinstance(focused, Writing) and await self._write(focused, event)

    async def _write(self, field: Writing, event: events.Key | events.Paste) -> bool:
        if isinstance(event, events.Paste):
            field.paste(event.text)
            return True
        letter = event.character if event.is_printable else field.LETTERS.get(event.key)
        if letter is None:
            return await self._run(event.key)
        field.write(letter)
        return True

    async def _press(self, key: str, panel: Widget | None) -> bool:
        """A key to a panel; what the panel then tells the screen has arrived when this returns."""
        screen = self._app.screen
        done = await self._run(key)
        if done and panel is not None:
            for node in panel.ancestors_with_self:
                await _passed(node)
                if node is screen:
                    break
        return done

    async def _at_rest(self) -> None:
        """A screen that has just come, or come back, first does what it has to."""
        while self._screen is not (screen := self._app.screen):
            self._screen = screen
            await _passed(screen)

    async def _run(self, key: str) -> bool:
        """The action that the key is bound to there, if there is one that can be run."""
        bound = self._app.screen.active_bindings.get(key)
        if bound is None or not bound.enabled:
            return False
        return await self._app.run_action(bound.binding.action, bound.node)


async def _passed(node: MessagePump) -> None:
    """Everything that waited for a widget, or a screen, until now is done."""
    reached = asyncio.Event()
    if node.call_later(reached.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(reached.wait(), PATIENCE)

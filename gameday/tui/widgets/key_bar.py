"""The line of keys at the bottom, and the line of names of panels where there is no room for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.tui.drawing.line import Line, Piece, fit
from gameday.tui.widgets.panel import DrawnPanel

_WIDE = 100


@dataclass(frozen=True, slots=True)
class KeysState:
    """Pairs of key and what it does, the most important first; `note` stands at the right of a wide screen."""

    keys: tuple[tuple[str, str], ...] = ()
    note: str = ""


class KeyBar(DrawnPanel[KeysState]):
    """Keys with their names, as many as fit."""

    BOXED = False
    DEFAULT_CSS = """
    KeyBar { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(KeysState(), id=id)

    def draw(self, state: KeysState, width: int, height: int) -> list[Line]:  # noqa: ARG002 (the base's)
        """The keys that fit whole."""
        pieces: list[Piece] = []
        used = 0
        note = f"{state.note} " if state.note and width >= _WIDE else ""
        room = width - len(note)
        for key, name in state.keys:
            text = f" {name} " if name else " "
            size = len(key) + 1 + len(text)
            if used + size > room:
                break
            pieces += [(f" {key}", "accent"), (text, "dim")]
            used += size
        if note:
            pieces += [(" " * (room - used), "base"), (note, "dim")]
        return [fit(pieces, width)]


@dataclass(frozen=True, slots=True)
class TabsState:
    """Names of panels with what they have to say; `shown` are in view."""

    tabs: tuple[tuple[str, bool], ...] = ()


class TabBar(DrawnPanel[TabsState]):
    """Which panels there are, by number."""

    BOXED = False
    DEFAULT_CSS = """
    TabBar { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(TabsState(), id=id)

    def draw(self, state: TabsState, width: int, height: int) -> list[Line]:  # noqa: ARG002 (the base's)
        """The names, those in view in brackets."""
        pieces: list[Piece] = [(" ", "base")]
        for name, shown in state.tabs:
            pieces.append((f"[{name}]" if shown else f" {name} ", "title" if shown else "dim"))
        return [fit(pieces, width)]

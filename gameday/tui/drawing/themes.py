"""Names of styles -> how they look. Status never rests on colour alone: each also has a glyph and a word.

Every theme names every style, every style names both its colours, and none is dim: Textual's filters need both, and
a segment without a style stops a screen under NO_COLOR.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style

from gameday.tui.drawing.glyphs import ASCII, UNICODE, Glyphs


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """One complete table of styles. Compared by identity."""

    name: str
    background: str
    styles: Mapping[str, Style]

    def style(self, name: str) -> Style:
        """The style called `name`, or the base style for a name that no theme knows."""
        return self.styles.get(name, self.styles["base"])


@dataclass(frozen=True, slots=True)
class Look:
    """Everything a drawing needs to know about the terminal it is for."""

    theme: Theme
    glyphs: Glyphs = UNICODE


def _theme(name: str, background: str, base: str, table: Mapping[str, str]) -> Theme:
    ground = Style.parse(f"{base} on {background}")
    styles = {"base": ground} | {style: ground + Style.parse(text) for style, text in table.items()}
    return Theme(name, background, styles)


DEFAULT = _theme(
    "default",
    "#10141a",
    "#c8d0da",
    {
        "dim": "#7d8896",
        "title": "bold #e6ebf2",
        "title-focus": "bold #10141a on #8ab4f8",
        "border": "#3d4856",
        "border-focus": "#8ab4f8",
        "selected": "reverse bold",
        "value": "#e6ebf2",
        "ok": "#7bc98f",
        "degraded": "bold #f2c14e",
        "down": "bold #ff6b6b",
        "nodata": "#9aa5b1",
        "warn": "bold #f2c14e",
        "accent": "#8ab4f8",
        "spark": "#6f9bd8",
        "edge": "#5b6675",
        "edge-hot": "bold #ff9d5c",
        "edge-selected": "bold #e6ebf2",
        "match": "bold #10141a on #f2c14e",
        "header": "bold #e6ebf2 on #1d2733",
        "header-dim": "#9fb0c3 on #1d2733",
        "header-warn": "bold #10141a on #f2c14e",
        "header-down": "bold #10141a on #ff6b6b",
    },
)

COLOUR_BLIND = _theme(
    "colour-blind",
    "#0f1216",
    "#d2d6dc",
    {
        "dim": "#868d97",
        "title": "bold #f0f2f5",
        "title-focus": "bold #0f1216 on #6fb7ff",
        "border": "#454c56",
        "border-focus": "#6fb7ff",
        "selected": "reverse bold",
        "value": "#f0f2f5",
        "ok": "#6fb7ff",
        "degraded": "bold #ffd08a",
        "down": "bold #ff8c1a",
        "nodata": "#a2a8b0",
        "warn": "bold #ffd08a",
        "accent": "#6fb7ff",
        "spark": "#5f9ed6",
        "edge": "#646b75",
        "edge-hot": "bold #ff8c1a",
        "edge-selected": "bold #f0f2f5",
        "match": "bold #0f1216 on #ffd08a",
        "header": "bold #f0f2f5 on #1b232d",
        "header-dim": "#a9b4c0 on #1b232d",
        "header-warn": "bold #0f1216 on #ffd08a",
        "header-down": "bold #0f1216 on #ff8c1a",
    },
)

HIGH_CONTRAST = _theme(
    "high-contrast",
    "#000000",
    "#ffffff",
    {
        "dim": "#d0d0d0",
        "title": "bold #ffffff",
        "title-focus": "bold #000000 on #ffff00",
        "border": "#ffffff",
        "border-focus": "#ffff00",
        "selected": "reverse bold",
        "value": "bold #ffffff",
        "ok": "#00ff9c",
        "degraded": "bold #ffff00",
        "down": "bold #ff8080",
        "nodata": "#d0d0d0",
        "warn": "bold #ffff00",
        "accent": "#00e5ff",
        "spark": "#00e5ff",
        "edge": "#d0d0d0",
        "edge-hot": "bold #ffb000",
        "edge-selected": "bold #ffffff",
        "match": "bold #000000 on #ffff00",
        "header": "bold #000000 on #ffffff",
        "header-dim": "#000000 on #ffffff",
        "header-warn": "bold #000000 on #ffff00",
        "header-down": "bold #000000 on #ff8080",
    },
)

MONO = _theme(
    "mono",
    "default",
    "default",
    {
        "dim": "not bold",
        "title": "bold",
        "title-focus": "bold reverse",
        "border": "not bold",
        "border-focus": "bold",
        "selected": "reverse bold",
        "value": "not bold",
        "ok": "not bold",
        "degraded": "bold",
        "down": "bold underline",
        "nodata": "not bold",
        "warn": "bold",
        "accent": "not bold",
        "spark": "not bold",
        "edge": "not bold",
        "edge-hot": "bold",
        "edge-selected": "bold",
        "match": "underline bold",
        "header": "reverse",
        "header-dim": "reverse",
        "header-warn": "reverse bold",
        "header-down": "reverse bold underline",
    },
)

THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (DEFAULT, COLOUR_BLIND, HIGH_CONTRAST, MONO)}


def look_for(environment: Mapping[str, str], theme: str = "default", ascii_only: bool = False) -> Look:
    """The look asked for; a NO_COLOR that is set and not empty means mono. Raises KeyError for an unknown theme."""
    chosen = MONO if environment.get("NO_COLOR") else THEMES[theme]
    return Look(chosen, ASCII if ascii_only else UNICODE)

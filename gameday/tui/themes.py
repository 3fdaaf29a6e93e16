"""The drawings' themes as Textual's, so that stock widgets look like the panels around them."""

from __future__ import annotations

from textual.theme import Theme as AppTheme

from gameday.tui.drawing.themes import COLOUR_BLIND, DEFAULT, HIGH_CONTRAST, MONO, Theme

ORDER = ("default", "colour-blind", "high-contrast", "mono")
"""In which the key for the next theme goes through them."""

_MONO_BACKGROUND, _MONO_TEXT = "#000000", "#d8d8d8"


def app_theme(theme: Theme) -> AppTheme:
    """Textual's theme in the colours of a drawing theme."""
    if theme is MONO:
        return AppTheme(
            name="gameday-mono",
            primary=_MONO_TEXT,
            foreground=_MONO_TEXT,
            background=_MONO_BACKGROUND,
            surface=_MONO_BACKGROUND,
            panel=_MONO_BACKGROUND,
        )
    return AppTheme(
        name=f"gameday-{theme.name}",
        primary=_colour(theme, "accent"),
        secondary=_colour(theme, "dim"),
        warning=_colour(theme, "degraded"),
        error=_colour(theme, "down"),
        success=_colour(theme, "ok"),
        accent=_colour(theme, "accent"),
        foreground=_colour(theme, "base"),
        background=theme.background,
        surface=theme.background,
        panel=theme.background,
    )


def app_themes() -> list[AppTheme]:
    """All of them."""
    return [app_theme(theme) for theme in (DEFAULT, COLOUR_BLIND, HIGH_CONTRAST, MONO)]


def _colour(theme: Theme, style: str) -> str:
    colour = theme.style(style).color
    return colour.name if colour is not None else theme.background

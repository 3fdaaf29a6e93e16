"""The fixtures of the screens, for the modules beside them too."""

from __future__ import annotations

from tests.tui.stage import exercise, own_home, stage, write_exercise

__all__ = ["exercise", "own_home", "stage", "write_exercise"]

"""The fixtures of the screens, for the modules beside them too."""

from __future__ import annotations

from tests.tui.stage import asked, exercise, own_home, stage, write_exercise

__all__ = ["asked", "exercise", "own_home", "stage", "write_exercise"]

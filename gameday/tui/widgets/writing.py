"""What takes letters, and has them when the call returns: for keys that come in one burst."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Writing:
    """A field to write in."""

    LETTERS: ClassVar[Mapping[str, str]] = {}
    """Keys that stand for a letter without being one -> the letter."""

    def write(self, letter: str) -> None:
        """A letter at the cursor, in place of what is selected."""
        raise NotImplementedError

    def paste(self, text: str) -> None:
        """A text at the cursor."""
        raise NotImplementedError

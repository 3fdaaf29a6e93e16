"""Which severity an update names, and whether it accuses somebody."""

from __future__ import annotations

from gameday.core.wording.clauses import prepared
from gameday.core.wording.vocabulary import BLAME, SEVERITY, WordList


def severity_words(text: str) -> tuple[str, ...]:
    """The words of severity as they are written, each once."""
    return _found(SEVERITY, text)


def blame_words(text: str) -> tuple[str, ...]:
    """The words that accuse somebody, each once."""
    return _found(BLAME, text)


def _found(words: WordList, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[0] for match in words.pattern.finditer(prepared(text))))

"""A text in parts: sentences, and clauses that make one statement each."""

from __future__ import annotations

import re

READ = 600
"""Characters of an update that are read; what stands behind them is not there for customers either."""

_CLAUSES = re.compile(r"[.;!?\n,](?!\d)|(?<!up )\band\b|\b(?:but|while|whereas|although)\b|\s[–—-]\s", re.IGNORECASE)
_SENTENCES = re.compile(r"[.!?\n](?!\d)|\s[–—-]\s")


def prepared(text: str) -> str:
    """What is read of a text, with straight apostrophes; `once more` is no condition."""
    text = text[:READ].replace("’", "'").replace("`", "'")
    return re.sub(r"\bonce more\b", "again", text)


def clauses(text: str) -> list[str]:
    """The parts of a text that make one statement each."""
    return _parts(_CLAUSES, text)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a semicolon does not end one."""
    return _parts(_SENTENCES, text)


def _parts(between: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in between.split(prepared(text)) if part.strip()]

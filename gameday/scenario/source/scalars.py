"""What a plain (unquoted) scalar means: true, false, null, a number of at most 18 digits; everything else is text.

So `no`, `010`, `1:30`, `1e3`, `1_000` and `2024-02-31` are the text that they look like; types come from the models.
"""

from __future__ import annotations

import re

MAX_DIGITS = 18
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}


def resolve(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > MAX_DIGITS + 2:
        return text
    match = _NUMBER.fullmatch(text)
    if match is None or sum(map(str.isdigit, text)) > MAX_DIGITS:
        return text
    return float(text) if match[1] else int(text)


def looks_like_number(text: str) -> bool:
    """Whether `text` reads as a number to a person, however long: a hint for messages."""
    return _NUMBER.fullmatch(text) is not None

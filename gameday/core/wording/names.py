"""Names of a system in the forms in which people write them: `login` as logins, log in, log-in, logging in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

Words = Mapping[str, Sequence[str]]
"""A system's entries and services -> other ways to call them, such as an entry's summary; often none."""


def names_in(text: str, names: Iterable[str], phrases: Words | None = None) -> list[str]:
    """Which of the names a text mentions, in any of their common forms or by one of their phrases."""
    known = phrases if phrases is not None else names if isinstance(names, Mapping) else {}
    return [name for name in names if _form_of(name).search(text) or any(_says(text, p) for p in known.get(name, ()))]


@lru_cache(maxsize=512)
def _form_of(name: str) -> re.Pattern[str]:
    stem = name.removesuffix("e") if len(name) > 4 else name
    letters = [re.escape(letter) for letter in stem if letter != "-"]
    body = r"[ -]?".join(letters) if len(letters) > 3 else re.escape(stem)
    last = re.escape(stem[-1:]) if stem[-1:].isalpha() else ""
    doubled = rf"|{last}ing" if last else ""
    return re.compile(rf"\b{body}(?:e|es|s|ing|ed|ings{doubled})?\b{_parts(name)}", re.IGNORECASE)


def _parts(name: str) -> str:
    """A name of several words also with its verb bent: placing orders, placed an order, for place-order."""
    words = name.split("-")
    if len(words) < 2 or not all(word.isalpha() and len(word) > 2 for word in words):
        return ""
    bent = [rf"{re.escape(word.removesuffix('e'))}(?:e|s|es|ed|ing)?" for word in words]
    return rf"|\b{r'[ -](?:an? |the |new |your )?'.join(bent)}\b"


def _says(text: str, phrase: str) -> bool:
    return bool(phrase) and re.search(rf"\b{re.escape(phrase)}\b", text, re.IGNORECASE) is not None

"""The words of a condition, each with its place in the text. Does not own what they mean together (`parser`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = r"[A-Za-z_][\w-]*"
_TOKEN = re.compile(
    r"\s*(?:(?P<op><=|>=|==|!=|<|>)|(?P<paren>[()])"
    r"|(?P<number>\d+(?:\.\d+)?(?:%|/s|[a-z]+\d*[a-z0-9.]*)?)"
    rf"|(?P<word>{_NAME}(?:>{_NAME}(?:\#{_NAME})?)?(?:\.{_NAME})*))"
)
_NEGATIVE = re.compile(r"-\s*\d")
_KEYWORDS = frozenset({"and", "or", "not", "for", "over"})


class ConditionError(ValueError):
    """A condition that cannot be read; `offset` is where in the text, counted from 0."""

    def __init__(self, message: str, offset: int) -> None:
        self.offset = offset
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is op, paren, number, word or keyword."""

    kind: str
    text: str
    offset: int


def tokens(text: str) -> list[Token]:
    """The words of a text, in order. Raises ConditionError where something is no word of a condition."""
    found: list[Token] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            offset = at + len(text[at:]) - len(text[at:].lstrip())
            if found and found[-1].kind == "op" and _NEGATIVE.match(text, offset):
                raise ConditionError("signals are never negative: compare with 0 or more", offset)
            raise ConditionError(f'"{text[offset : offset + 12]}" is not part of a condition', offset)
        kind = match.lastgroup
        word = match[kind]
        found.append(Token("keyword" if word in _KEYWORDS else kind, word, match.start(kind)))
        at = match.end()
    return found

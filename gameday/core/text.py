"""The one `clean()` that every text from outside passes: files, journals, commands, networks.

Control, bidirectional, zero-width, tag and separator characters become visible escapes (`\\x1b`), so nothing that
others wrote can steer a terminal or hide. Owns nothing about markup: screens show outside text as `Content` or `Text`.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # C0 but newline, DEL, C1
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 9:
        return "    "
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def clean(text: str, limit: int = 100_000) -> str:
    """`text` with everything unsafe made visible, at most `limit` characters and an ellipsis. Newlines stay."""
    if len(text) > limit:
        text = text[: max(limit - 1, 0)] + "…"
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(_escape, text)


def clean_line(text: str, limit: int = 2_000) -> str:
    """`clean` for one line: newlines become visible too."""
    return clean(text, limit).replace("\n", "\\n")


def mask(text: str) -> str:
    """`text` with one visible character in place of each unsafe one, so that columns stay what they were.

    For source lines under which a caret is drawn; a newline is masked too.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(_mask, text).replace("\n", "␤")


def _mask(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 9:
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def nearest(name: str, names: list[str]) -> str | None:
    """The one of `names` that a writer of `name` most likely meant, or None."""
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(name: str, names: list[str]) -> str:
    """`; did you mean "payments"?` or nothing."""
    near = nearest(name, names)
    return f'; did you mean "{near}"?' if near else ""

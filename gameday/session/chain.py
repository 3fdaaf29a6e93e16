"""The chain that seals a journal: each line ends in a hash over the line before it and its own bytes.

Owns the bytes of a line and how sound, torn and damaged data are told apart. Does not own what the records mean
(`gameday.session.journal`). The chain shows damage and careless edits; it is no signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

GENESIS = b"gameday journal 1"
"""What the first line is chained to."""

_BEFORE, _AFTER = b',"h":"', b'"}'
_HEX = 24
_SEAL = len(_BEFORE) + _HEX + len(_AFTER)


class Chain:
    """Seals lines one after another. `head` is the hash of the last one."""

    def __init__(self, head: bytes = GENESIS) -> None:
        self.head = head

    def seal(self, line: bytes) -> bytes:
        """A JSON object, as a line with its newline; its last key `h` is the hash (blake2b, 96 bits, in hex)."""
        body = line[:-1]
        self.head = _hash(self.head, body)
        return body + _BEFORE + self.head + _AFTER + b"\n"


@dataclass(frozen=True, slots=True)
class Scan:
    """What a journal's bytes hold. `lines` are the sound ones, without seal, each a JSON object again.

    `size` is how many bytes those lines take, `torn` what follows them without a newline. `damaged` is the number
    (from 1) of the first complete line that does not carry its hash; nothing after it is looked at.
    """

    lines: tuple[bytes, ...]
    head: bytes
    size: int
    torn: bytes
    damaged: int | None


def scan(data: bytes) -> Scan:
    """Follows the chain from the beginning to the end, or to the first line that breaks it."""
    lines: list[bytes] = []
    head, at = GENESIS, 0
    while (end := data.find(b"\n", at)) >= 0:
        line = data[at:end]
        body, seal = line[:-_SEAL], line[-_SEAL:]
        expected = _hash(head, body)
        if seal != _BEFORE + expected + _AFTER:
            return Scan(tuple(lines), head, at, b"", len(lines) + 1)
        lines.append(body + b"}")
        head, at = expected, end + 1
    return Scan(tuple(lines), head, at, data[at:], None)


def unsealed(line: bytes) -> bytes:
    """A line as the JSON object that was sealed, whether or not its hash is right; another line as it is."""
    body, seal = line.rstrip(b"\n")[:-_SEAL], line.rstrip(b"\n")[-_SEAL:]
    return body + b"}" if seal.startswith(_BEFORE) and seal.endswith(_AFTER) else line


def _hash(head: bytes, body: bytes) -> bytes:
    return blake2b(head + body, digest_size=_HEX // 2).hexdigest().encode()

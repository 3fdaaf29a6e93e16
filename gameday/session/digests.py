"""Digests of what was simulated: of the state at a whole second, and of a whole run.

Both are blake2b over text and bytes that are the same in every process. Journalling, pacing and the wall clock do not
enter.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from gameday.core.commands import Command
from gameday.core.events import Event

PARTS = ("world", "response", "events")
"""What the three digests of a second are of, in their order."""

State = tuple[str, str, str]


def state_digest(world: bytes, response: bytes, events: Sequence[Event]) -> State:
    """Of the world, of the response, and of the events since the second before; 64 bits each."""
    told = "\n".join(f"{event.at} {event.kind} {event.text()}" for event in events)
    return _short(world), _short(response), _short(told.encode("utf-8", "backslashreplace"))


class RunDigest:
    """blake2b (128 bits) over scenario digest, seed, accepted commands and the digests of every second, in order."""

    def __init__(self, scenario_digest: str, seed: int) -> None:
        self._hash = blake2b(digest_size=16)
        self._add(f"run {scenario_digest} {seed}")

    def command(self, at: int, command: Command) -> None:
        """An accepted command at a time in microseconds."""
        self._add(f"command {at} {command.role} {command}")

    def second(self, second: int, state: State) -> None:
        self._add(f"second {second} {' '.join(state)}")

    def hexdigest(self) -> str:
        """Of everything so far."""
        return self._hash.hexdigest()

    def _add(self, line: str) -> None:
        self._hash.update(line.encode("utf-8", "backslashreplace") + b"\n")


def _short(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()

"""The kinds of services: presets for how they wait and how they overflow, and the words their logs use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ServiceKind = Literal["http", "worker", "database", "cache", "queue", "gateway", "external"]
Waits = Literal["thread", "loop"]
Overflow = Literal["refuse", "drop"]


@dataclass(frozen=True, slots=True)
class Preset:
    """What a kind means where a scenario does not say otherwise. `noun` is what its logs call a worker."""

    waits: Waits
    overflow: Overflow
    noun: str
    summary: str


PRESETS: Mapping[ServiceKind, Preset] = {
    "http": Preset("thread", "refuse", "thread", "serves requests, a thread each, and waits for what it calls"),
    "worker": Preset("thread", "refuse", "worker", "works off jobs, one each worker"),
    "database": Preset("loop", "refuse", "connection", "answers queries; calls nothing"),
    "cache": Preset("loop", "refuse", "connection", "answers from memory"),
    "queue": Preset("loop", "drop", "slot", "takes messages that nobody waits for"),
    "gateway": Preset("loop", "refuse", "slot", "passes requests on, holding only a slot in flight"),
    "external": Preset("loop", "drop", "slot", "belongs to somebody else"),
}

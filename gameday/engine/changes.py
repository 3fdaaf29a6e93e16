"""What was changed and by whom: the change feed, the versions that run, the flags that are on.

Owns the bookkeeping. What a version or a flag does to the system are effects under its own source.
"""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.kinds.effects import Effect
from gameday.core.units import MICRO
from gameday.engine.effects import EffectBook
from gameday.scenario.models.system import System


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the change feed. `at` in microseconds."""

    at: int
    component: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class _Running:
    version: str
    source: str | None


class Changes:
    """The versions, the flags and the feed of a world."""

    def __init__(self, system: System, book: EffectBook) -> None:
        self.feed: list[Change] = []
        self._book = book
        self._system = system
        self._versions = {name: [_Running(service.version, None)] for name, service in system.services.items()}
        self._deploys: dict[str, list[int]] = {name: [] for name in system.services}
        self._on = {name: flag.state == "on" for name, flag in system.flags.items()}
        for name, on in self._on.items():
            if on:
                self._book.put(flag_source(name), system.flags[name].effects)

    def version(self, service: str) -> str:
        """The version that runs now."""
        return self._versions[service][-1].version

    def flag_is_on(self, flag: str) -> bool:
        return self._on.get(flag, False)

    def note(self, at: int, component: str, text: str, author: str) -> None:
        """Another line of the feed."""
        self.feed.append(Change(at, component, text, author))

    def deploy(self, at: int, service: str, version: str, author: str, effects: tuple[Effect, ...] = ()) -> str:
        """A new version runs from now on, with its effects. Returns their source."""
        source = f"version {service} {version} @{at}"
        self._versions[service].append(_Running(version, source))
        self._deploys[service].append(at)
        if effects:
            self._book.put(source, effects)
        self.note(at, service, f"deploy {service} {version}", author)
        return source

    def roll_back(self, at: int, service: str, author: str) -> str:
        """The version before runs again; its successor's effects go. Returns what runs now.

        Before the first version that the scenario knows there was another that did the same.
        """
        versions = self._versions[service]
        if len(versions) > 1:
            gone = versions.pop()
            if gone.source is not None:
                self._book.remove(gone.source)
        else:
            versions[0] = _Running(f"before {self._system.services[service].version}", None)
        self._deploys[service].append(at)
        self.note(at, service, f"rollback {service} to {self.version(service)}", author)
        return self.version(service)

    def set_flag(self, at: int, flag: str, on: bool, author: str) -> None:
        """Turn a flag; what it does comes or goes with it."""
        if self._on[flag] == on:
            return
        self._on[flag] = on
        if on:
            self._book.put(flag_source(flag), self._system.flags[flag].effects)
        else:
            self._book.remove(flag_source(flag))
        self.note(at, flag, f"flag {flag} {'on' if on else 'off'}", author)

    def deploy_age(self, service: str, second: int) -> float | None:
        """Seconds since the newest deploy at that second; None where there was none."""
        before = [at for at in self._deploys[service] if at <= second * MICRO]
        return second - before[-1] / MICRO if before else None


def flag_source(flag: str) -> str:
    """The source of the effects of a flag that is on."""
    return f"flag {flag}"

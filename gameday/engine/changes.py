"""What was changed and by whom: the change feed, the versions that run, their configuration, the flags that are on.

Owns the bookkeeping. What a version, a setting or a flag does to the system are effects under its own source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gameday.core.kinds.effects import Effect
from gameday.core.units import MICRO
from gameday.engine.effects import EffectBook
from gameday.scenario.models.system import System
from gameday.scenario.shares import on_share


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the change feed. `at` in microseconds."""

    at: int
    component: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Running:
    """A version or a setting. `share` is that of the replicas to which it was brought; newer ones may cover it.

    A version's `schema` is how many of the changes of the data it knows.
    """

    text: str
    source: str | None
    effects: tuple[Effect, ...] = ()
    share: float = 1.0
    schema: int = 0


class Changes:
    """The versions, the configuration, the flags and the feed of a world."""

    def __init__(self, system: System, book: EffectBook) -> None:
        self.feed: list[Change] = []
        self._book = book
        self._system = system
        self._versions = {name: [Running(service.version, None)] for name, service in system.services.items()}
        self._settings: dict[str, list[Running]] = {name: [] for name in system.services}
        self._deploys: dict[str, list[int]] = {name: [] for name in system.services}
        self._revisions = dict.fromkeys(system.services, 0)
        self._frozen: dict[str, None] = {}
        self._held: dict[str, tuple[float, float]] = {}
        self._migrations: dict[str, list[str]] = {name: [] for name in system.services}
        self._schemas = {name: {service.version: 0} for name, service in system.services.items()}
        self._halted: dict[str, None] = {}
        self._harm: dict[str, tuple[Effect, ...]] = {}
        self._on = {name: flag.state == "on" for name, flag in system.flags.items()}
        for name, on in self._on.items():
            if on:
                self._book.put(flag_source(name), system.flags[name].effects)

    def version(self, service: str) -> str:
        """The newest version that runs now, be it on a share of the replicas only."""
        return self._versions[service][-1].text

    def versions(self, service: str) -> tuple[tuple[str, float], ...]:
        """The versions that run now with their shares of the replicas, newest first."""
        found, left = [], 1.0
        for running in reversed(self._versions[service]):
            share = min(left, running.share)
            if share > 0.0:
                found.append((running.text, share))
            left -= share
        return tuple(found)

    def revision(self, service: str) -> int:
        """Goes up whenever another version or another configuration of the service runs."""
        return self._revisions[service]

    def canary(self, service: str) -> float | None:
        """The share of the replicas that have the newest version while not all do; None where all do."""
        share = self._versions[service][-1].share
        return share if share < 1.0 else None

    def cannot_read(self, service: str, version: str | None = None) -> str:
        """The version that changed the data so that this one (the one before, if None) cannot read all; empty: it can.

        A version that has run before the change cannot; one that has not run yet was made after it.
        """
        migrations = self._migrations[service]
        if version is not None:
            schema = self._schemas[service].get(version, len(migrations))
        else:
            stack = self._versions[service]
            schema = stack[-2].schema if len(stack) > 1 else 0
        return migrations[-1] if schema < len(migrations) else ""

    def setting(self, service: str) -> str | None:
        """The newest change of its configuration that is in force; None where there was none."""
        settings = self._settings[service]
        return settings[-1].text if settings else None

    def flag_is_on(self, flag: str) -> bool:
        return self._on.get(flag, False)

    def share(self, source: str) -> float:
        """The share of the replicas that run the version or setting with this source; 0 once none does."""
        return self._held.get(source, (0.0, 0.0))[0]

    def note(self, at: int, component: str, text: str, author: str) -> None:
        """Another line of the feed."""
        self.feed.append(Change(at, component, text, author))

    def deploy(
        self,
        at: int,
        service: str,
        version: str,
        author: str,
        effects: tuple[Effect, ...] = (),
        *,
        share: float = 1.0,
        migrated: bool = False,
    ) -> str:
        """A new version runs from now on, on this share of the replicas, with its effects. Returns their source.

        What ran there before does not run there any more, and does nothing: a version that has the faults of the one
        before it has to say so.
        """
        source = f"version {service} {version} @{at}"
        if migrated and version not in self._migrations[service]:
            self._migrations[service].append(version)
            self._schemas[service][version] = len(self._migrations[service])
        schema = self._schemas[service].setdefault(version, len(self._migrations[service]))
        self._versions[service].append(Running(version, source, effects, share, schema))
        self._deploys[service].append(at)
        self._revisions[service] += 1
        self._hold_versions(service)
        canary = f" (canary, {share:.0%})" if share < 1.0 else ""
        self.note(at, service, f"deploy {service} {version}{canary}", author)
        return source

    def freeze(self, service: str, on: bool) -> None:
        """The pipeline brings nothing out for the service until it is let go on."""
        if on:
            self._frozen[service] = None
        else:
            self._frozen.pop(service, None)

    def is_frozen(self, service: str) -> bool:
        """Whether the pipeline brings nothing out for the service now."""
        return service in self._frozen

    def harmed(self, service: str, harm: tuple[Effect, ...]) -> tuple[Effect, ...]:
        """The harm of versions from before the data was changed, where they run now; it goes as they go."""
        self._harm[service] = harm
        return self._on_those_who_cannot_read(service, harm)

    def halt(self, service: str) -> None:
        """What the pipeline is bringing out replica by replica it brings no further."""
        for running in self._versions[service]:
            if running.source is not None and running.share < 1.0:
                self._halted[running.source] = None

    def roll_on(self, service: str, source: str, share: float) -> bool:
        """The pipeline brings the version to this share of the replicas; False where it is halted, or gone."""
        return source not in self._halted and self._set_share(service, source, share)

    def _set_share(self, service: str, source: str, share: float) -> bool:
        stack = self._versions[service]
        for number, running in enumerate(stack):
            if running.source == source:
                stack[number] = replace(running, share=share)
                self._hold_versions(service)
                return True
        return False

    def promote(self, at: int, service: str, author: str) -> str | None:
        """A canary becomes the version of all replicas. Returns it; None where there is no canary."""
        running = self._versions[service][-1]
        if running.source is None or running.share >= 1.0:
            return None
        self._set_share(service, running.source, 1.0)
        self._deploys[service].append(at)
        self.note(at, service, f"promote {service} {running.text}", author)
        return running.text

    def roll_back(self, at: int, service: str, author: str) -> str:
        """The version before runs again; its successor's effects go. Returns what runs now.

        Before the first version that the scenario knows there was another that did the same.
        """
        versions = self._versions[service]
        if len(versions) > 1:
            self._hold(service, versions.pop(), 0.0)
        else:
            before = f"before {self._system.services[service].version}"
            versions[0] = Running(before, None)
            self._schemas[service].setdefault(before, 0)
        self._hold_versions(service)
        self._deploys[service].append(at)
        self._revisions[service] += 1
        self.note(at, service, f"rollback {service} to {self.version(service)}", author)
        return self.version(service)

    def configure(
        self, at: int, service: str, setting: str, author: str, effects: tuple[Effect, ...] = (), reach: float = 1.0
    ) -> str:
        """A setting is changed from now on, on this share of the replicas. Returns the source of its effects."""
        source = f"config {service} @{at} {len(self._settings[service])}"
        self._settings[service].append(Running(setting, source, effects, reach))
        self._revisions[service] += 1
        self._hold(service, self._settings[service][-1], reach)
        self.note(at, service, f"config {service}: {setting}", author)
        return source

    def revert(self, at: int, service: str, author: str, source: str | None = None) -> str | None:
        """The newest change of the configuration, or that of a source, is taken back. Returns which; None: no such."""
        settings = self._settings[service]
        found = [number for number, one in enumerate(settings) if source in (None, one.source)]
        if not found:
            return None
        gone = settings.pop(found[-1])
        self._hold(service, gone, 0.0)
        self._revisions[service] += 1
        self.note(at, service, f"revert config {service}: {gone.text}", author)
        return gone.text

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

    def _hold_versions(self, service: str) -> None:
        """Each version runs where no newer one does: the newest on the first replicas, older ones on those after."""
        places, left = [], 1.0
        for running in reversed(self._versions[service]):
            share = min(left, running.share)
            places.append((share, 1.0 - left))
            left -= share
        for running, (share, after) in zip(self._versions[service], reversed(places), strict=True):
            self._hold(service, running, share, after)
        self._ease_harm(service)

    def _ease_harm(self, service: str) -> None:
        """What a forced way back does it does where a version runs that does not know the data."""
        source = harm_source("rollback", service)
        if put := self._book.effects(source):
            left = self._on_those_who_cannot_read(service, self._harm.setdefault(service, put))
            if left:
                self._book.hold(source, left)
                return
            self._book.remove(source)
        self._harm.pop(service, None)

    def _on_those_who_cannot_read(self, service: str, harm: tuple[Effect, ...]) -> tuple[Effect, ...]:
        share, left = 0.0, 1.0
        for running in reversed(self._versions[service]):
            held = min(left, running.share)
            left -= held
            share += held if running.schema < len(self._migrations[service]) else 0.0
        return tuple(on_share(self._system, effect, service, share) for effect in harm) if share > 0.0 else ()

    def _hold(self, service: str, running: Running, share: float, after: float = 0.0) -> None:
        source = running.source
        if source is None or self._held.get(source, (0.0, 0.0)) == (share, after):
            return
        self._held[source] = (share, after)
        if running.effects and share > 0.0:
            effects = tuple(on_share(self._system, effect, service, share) for effect in running.effects)
            self._book.hold(source, effects, after)
        else:
            self._book.remove(source)


def flag_source(flag: str) -> str:
    """The source of the effects of a flag that is on."""
    return f"flag {flag}"


def harm_source(verb: str, target: str) -> str:
    """The source of the harm that an unsafe action did: one for all ways back to an older version."""
    return f"harm {'rollback' if verb in ('deploy', 'promote') else verb} {target}"

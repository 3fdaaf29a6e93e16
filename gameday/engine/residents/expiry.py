"""Certificates and credentials: valid until they expire, turned away from then on, valid again once renewed.

Owns what has expired. That they expire at their time is a process each; faults may let others expire.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from gameday.core.kinds.effects import Effect
from gameday.engine.residents.base import ResidentWorld, Steps, ramp_up


class Expiring(ABC):
    """Things that expire, by name, with what holds while they are not valid. Base of both kinds."""

    kind = ""

    def __init__(self, world: ResidentWorld, times: Mapping[str, int | None]) -> None:
        self._world = world
        self._renewed: dict[str, bool] = dict.fromkeys(times, False)
        for name, expires in times.items():
            if expires is not None:
                world.env.process(self._live(name, expires))

    @property
    def names(self) -> tuple[str, ...]:
        """Those that the scenario knows, and those that faults let expire."""
        return tuple(self._renewed)

    def expired(self, name: str) -> bool:
        """Whether it is not valid now."""
        return self._source(name) in self._world.book.sources

    def expire(self, name: str, effects: tuple[Effect, ...], ramp: int = 0) -> Steps:
        """It is not valid any more; callers notice over `ramp` microseconds."""
        self._renewed[name] = False
        self._world.book.put(self._source(name), effects, 0.0 if ramp else 1.0)
        if ramp:
            yield from ramp_up(self._world.env, self._world.book, self._source(name), ramp)

    def restore(self, name: str) -> bool:
        """It is valid from now on, and does not expire any more; False where it had not expired."""
        if name in self._renewed:
            self._renewed[name] = True
        return self._world.book.remove(self._source(name))

    @abstractmethod
    def effects(self, name: str) -> tuple[Effect, ...]:
        """What holds while it is not valid."""

    def _source(self, name: str) -> str:
        return f"{self.kind} {name}"

    def _live(self, name: str, expires: int) -> Steps:
        yield self._world.env.timeout(expires)
        if not self._renewed[name]:
            yield from self.expire(name, self.effects(name))


class Certificates(Expiring):
    """The certificates of services."""

    kind = "certificate"

    def __init__(self, world: ResidentWorld) -> None:
        self._known = world.scenario.system.certificates or {}
        super().__init__(world, {name: known.expires for name, known in self._known.items()})

    def name_of(self, service: str) -> str:
        """The certificate of a service; one that nobody has on a list is called like its service."""
        return next((name for name, known in self._known.items() if known.service == service), service)

    def effects(self, name: str, share: float = 1.0) -> tuple[Effect, ...]:
        """Callers do not trust the service."""
        known = self._known.get(name)
        return (Effect(service=known.service if known else name, certificate=share),)

    def renew(self, name: str) -> bool:
        """A new one is in place, by the name of the certificate or of its service; False where it was valid."""
        return self.restore(name if name in self.names else self.name_of(name))


class Credentials(Expiring):
    """The passwords and tokens with which services use each other."""

    kind = "credential"

    def __init__(self, world: ResidentWorld) -> None:
        self._known = world.scenario.system.credentials or {}
        super().__init__(world, {name: known.expires for name, known in self._known.items()})

    def name_of(self, caller: str, service: str) -> str:
        """The credential of a caller for a service; one that nobody has on a list is called `caller-service`."""
        for name, known in self._known.items():
            if (known.caller, known.service) == (caller, service):
                return name
        return f"{caller}-{service}"

    def effects(self, name: str, share: float = 1.0) -> tuple[Effect, ...]:
        """The caller's calls are turned away."""
        return self.between(self._known[name].caller, self._known[name].service, share)

    def between(self, caller: str, service: str, share: float) -> tuple[Effect, ...]:
        """A share of the calls between these two is turned away."""
        return tuple(
            Effect(edge=edge.name, unauthorized=share)
            for edge in self._world.scenario.system.dependencies
            if (edge.caller, edge.callee) == (caller, service)
        )

    def rotate(self, name: str) -> bool:
        """A new one is in use on both sides; False where it was valid."""
        return self.restore(name)

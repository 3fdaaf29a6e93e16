"""When the injects of a scenario come: at a time, or at the first whole second at which their condition holds.

Owns the waiting and the facilitator's list. What an inject does stands in a module a kind.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import InjectCame
from gameday.core.expressions import parse_condition
from gameday.core.units import MICRO
from gameday.response.injects.following import follow
from gameday.response.injects.kinds import KINDS
from gameday.response.injects.scene import Scene
from gameday.response.injects.views import InjectView, describe, view
from gameday.scenario.models.injects import Inject


class Script:
    """The injects of one session."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._env = scene.env
        injects = scene.office.scenario.injects
        self._injects = {inject.name or f"I{number}": inject for number, inject in enumerate(injects, 1)}
        self._came: dict[str, list[int]] = {name: [] for name in self._injects}
        for name, inject in self._injects.items():
            self._env.process(self._run(name, inject))

    def views(self) -> tuple[InjectView, ...]:
        """Every inject and whether it has come; for the facilitator."""
        return tuple(view(name, inject, tuple(self._came[name])) for name, inject in self._injects.items())

    def _run(self, name: str, inject: Inject) -> Generator[simpy.Event, object, None]:
        if inject.when is not None:
            yield from self._watch(name, inject, inject.when)
            return
        yield self._env.timeout(inject.at or 0)
        while inject.every is not None:
            self._env.process(self._come(name, inject))
            yield self._env.timeout(inject.every)
        yield from self._come(name, inject)

    def _watch(self, name: str, inject: Inject, when: str) -> Generator[simpy.Event, object, None]:
        """Looks at the condition every second from the beginning, so that it is known how long it has held."""
        look, due = follow(parse_condition(when)), inject.at or 0
        while True:
            now = self._scene.now
            if look(self._scene.office.signals, now // MICRO) and now >= due:
                if inject.every is None:
                    yield from self._come(name, inject)
                    return
                due = now + inject.every
                self._env.process(self._come(name, inject))
            yield self._env.timeout(MICRO)

    def _come(self, name: str, inject: Inject) -> Generator[simpy.Event, object, None]:
        now = self._scene.now
        inject = inject.said(len(self._came[name]))
        self._came[name].append(now // MICRO)
        self._scene.office.publish(InjectCame(now, name, describe(inject)))
        yield from KINDS[inject.kind](self._scene, inject, name)

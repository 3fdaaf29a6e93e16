"""The book of effects in force, by source.

Owns how effects on the same parameter combine. Effects are added and taken away by source; nothing else changes the
system's parameters. Which part of the kernel a parameter is: `gameday.engine.parameters`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gameday.core.kinds.effects import PARAMETERS, Effect
from gameday.engine.traffic.kernel import Traffic


@dataclass(frozen=True, slots=True)
class Replica:
    """One of the replicas of a service, or with a negative number what all of them have in common."""

    number: int = -1
    of: int = 1
    zone: str = ""

    def is_reached(self, effect: Effect, after: float = 0.0) -> bool:
        """Whether the effect is on this one. A share is the first replicas, or those after a share: at least one."""
        if effect.replica is not None:
            return self.number == effect.replica - 1
        if effect.reach is not None:
            first = max(1, round(after * self.of)) if after else 0
            return first <= self.number < max(first + (not after), round((after + effect.reach) * self.of))
        return effect.zone in (None, self.zone)


ALL = Replica()

Setter = Callable[["EffectBook", Traffic, str], None]
"""Sets what a parameter of a target has become, in the kernel."""


@dataclass(slots=True)
class _Bundle:
    effects: tuple[Effect, ...]
    strength: float
    after: float = 0.0


class EffectBook:
    """All effects in force, by source, in the order in which they came."""

    def __init__(self, traffic: Callable[[], Traffic], setters: Mapping[str, Setter]) -> None:
        """`traffic` gives the kernel advanced to now: what has happened is not to be changed after the fact.

        `setters` carry what a parameter has become, by its name, into the kernel.
        """
        self._traffic = traffic
        self._setters = setters
        self._bundles: dict[str, _Bundle] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the effects in force come from, oldest first."""
        return tuple(self._bundles)

    def effects(self, source: str) -> tuple[Effect, ...]:
        """What the source has put; nothing where it has gone."""
        bundle = self._bundles.get(source)
        return () if bundle is None else bundle.effects

    def put(self, source: str, effects: tuple[Effect, ...], strength: float = 1.0) -> None:
        """These effects hold from now on, as the latest of all; what the source had put before goes.

        `strength` is 0 to 1: how far a ramp has come.
        """
        gone = self._bundles.pop(source, None)
        self._bundles[source] = _Bundle(effects, strength)
        self._apply((*(gone.effects if gone else ()), *effects))

    def hold(self, source: str, effects: tuple[Effect, ...], after: float = 0.0) -> None:
        """The source's effects are these; what it has put keeps its place among all and its strength.

        Those that reach a share of the replicas reach those that come `after` this share of them.
        """
        bundle = self._bundles.setdefault(source, _Bundle((), 1.0))
        before, bundle.effects, bundle.after = bundle.effects, effects, after
        self._apply((*before, *effects))

    def set_strength(self, source: str, strength: float) -> None:
        """A ramp's next step; nothing happens where the source has gone."""
        if bundle := self._bundles.get(source):
            bundle.strength = strength
            self._apply(bundle.effects)

    def remove(self, source: str) -> bool:
        """What the source had put ends now; False where there was nothing."""
        gone = self._bundles.pop(source, None)
        if gone is None:
            return False
        self._apply(gone.effects)
        return True

    def _apply(self, effects: tuple[Effect, ...]) -> None:
        traffic = self._traffic()
        done: dict[tuple[str, str], None] = {}
        for effect in effects:
            key = (effect.target, effect.parameter)
            if key not in done:
                done[key] = None
                self._setters[effect.parameter](self, traffic, effect.target)

    def _on(self, target: str, parameter: str) -> Iterator[tuple[str, Effect, _Bundle]]:
        for source, bundle in self._bundles.items():
            for effect in bundle.effects:
                if effect.target == target and effect.parameter == parameter:
                    yield source, effect, bundle

    def combined(
        self, target: str, parameter: str, base: float, entry: str = "", segment: str = "", replica: Replica = ALL
    ) -> float:
        """The value of a parameter: `base` with all effects on it that reach this entry, segment and replica."""
        value = base
        for _, effect, bundle in self._on(target, parameter):
            if effect.entry not in (None, entry) or effect.segment not in (None, segment):
                continue
            if replica.is_reached(effect, bundle.after):
                value = _with(value, effect, bundle.strength)
        return value

    def by_replica(self, service: str, parameter: str, base: float, replicas: list[Replica]) -> list[float]:
        """The value that the parameter has at each replica: these are all of the service's, from number 0 on."""
        values = [base] * len(replicas)
        for _, effect, bundle in self._on(service, parameter):
            named = effect.replica
            reached = replicas if named is None else replicas[named - 1 : named]
            for replica in reached:
                if replica.is_reached(effect, bundle.after):
                    values[replica.number] = _with(values[replica.number], effect, bundle.strength)
        return values

    def differs_by_replica(self, target: str, *parameters: str) -> bool:
        """Whether some effect on the service does not reach all of its replicas, or on an edge all of its caller's.

        Where `parameters` are named, only effects on those count.
        """
        return any(
            effect.target == target
            and (effect.zone is not None or effect.reach is not None or effect.replica is not None)
            and (not parameters or effect.parameter in parameters)
            for bundle in self._bundles.values()
            for effect in bundle.effects
        )

    def has(self, target: str, parameter: str) -> bool:
        """Whether any effect is on this parameter."""
        return any(True for _ in self._on(target, parameter))

    def spikes(self, entry: str) -> dict[str, float]:
        """The factor of each source that brings more of this entry's requests."""
        factors: dict[str, float] = {}
        for source, effect, bundle in self._on(entry, "traffic"):
            factors[source] = factors.get(source, 1.0) * (1.0 + (effect.value - 1.0) * bundle.strength)
        return factors


def _with(value: float, effect: Effect, strength: float) -> float:
    """What the value becomes by one more effect, which has come to this strength."""
    rule = PARAMETERS[effect.parameter].combine
    if rule == "multiply":
        return value * (1.0 + (effect.value - 1.0) * strength)
    if rule == "add":
        return value + effect.value * strength
    if rule == "probability":
        return 1.0 - (1.0 - value) * (1.0 - effect.value * strength)
    return effect.value

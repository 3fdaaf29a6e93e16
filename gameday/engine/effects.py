"""The book of effects in force, and their application to the traffic kernel.

Owns how effects on the same parameter combine, and which kernel attribute a parameter is. Effects are added and taken
away by source; nothing else changes the system's parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gameday.core.kinds.effects import PARAMETERS, Effect
from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.stations import Station


@dataclass(slots=True)
class _Bundle:
    effects: tuple[Effect, ...]
    strength: float


class EffectBook:
    """All effects in force, by source, in the order in which they came."""

    def __init__(self, traffic: Callable[[], Traffic]) -> None:
        """`traffic` gives the kernel advanced to now: what has happened is not to be changed after the fact."""
        self._traffic = traffic
        self._bundles: dict[str, _Bundle] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the effects in force come from, oldest first."""
        return tuple(self._bundles)

    def put(self, source: str, effects: tuple[Effect, ...], strength: float = 1.0) -> None:
        """These effects hold from now on, as the latest of all; what the source had put before goes.

        `strength` is 0 to 1: how far a ramp has come.
        """
        gone = self._bundles.pop(source, None)
        self._bundles[source] = _Bundle(effects, strength)
        self._apply((*(gone.effects if gone else ()), *effects))

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
                _SETTERS[effect.parameter](self, traffic, effect.target)

    def _on(self, target: str, parameter: str) -> Iterator[tuple[str, Effect, float]]:
        for source, bundle in self._bundles.items():
            for effect in bundle.effects:
                if effect.target == target and effect.parameter == parameter:
                    yield source, effect, bundle.strength

    def combined(self, target: str, parameter: str, base: float, entry: str = "", segment: str = "") -> float:
        """The value of a parameter: `base` with all effects on it that reach this entry and segment."""
        value, rule = base, PARAMETERS[parameter].combine
        for _, effect, strength in self._on(target, parameter):
            if effect.entry not in (None, entry) or effect.segment not in (None, segment):
                continue
            if rule == "multiply":
                value *= 1.0 + (effect.value - 1.0) * strength
            elif rule == "add":
                value += effect.value * strength
            elif rule == "probability":
                value = 1.0 - (1.0 - value) * (1.0 - effect.value * strength)
            else:
                value = effect.value
        return value

    def spikes(self, entry: str) -> dict[str, float]:
        """The factor of each source that brings more of this entry's requests."""
        factors: dict[str, float] = {}
        for source, effect, strength in self._on(entry, "traffic"):
            factors[source] = factors.get(source, 1.0) * (1.0 + (effect.value - 1.0) * strength)
        return factors


_Setter = Callable[[EffectBook, Traffic, str], None]


def _by_class(parameter: str, attribute: str, *, whole: bool = False, entries: bool = False) -> _Setter:
    def apply(book: EffectBook, traffic: Traffic, target: str) -> None:
        owner = traffic.entries[target] if entries else traffic.services[target]
        values = getattr(owner, attribute)
        neutral = 1.0 if PARAMETERS[parameter].combine == "multiply" else 0.0
        for c, (entry, segment) in enumerate(traffic.classes):
            value = book.combined(target, parameter, neutral, entry, segment)
            values[c] = round(value) if whole else value

    return apply


def _edge(parameter: str, attribute: str, *, whole: bool = False) -> _Setter:
    def apply(book: EffectBook, traffic: Traffic, target: str) -> None:
        edge = traffic.edges[target]
        spec_value = 0.0 if parameter in ("loss", "delay") else float(getattr(edge.spec, parameter))
        value = book.combined(target, parameter, spec_value)
        setattr(edge, attribute, round(value) if whole else value)

    return apply


def _capacity(book: EffectBook, traffic: Traffic, target: str) -> None:
    station = traffic.services[target]
    replicas = round(book.combined(target, "replicas", station.spec.replicas))
    workers = round(book.combined(target, "workers", station.spec.workers))
    set_capacity(station, replicas, workers, book.combined(target, "lost", 0.0))


def set_capacity(station: Station, replicas: int, workers: int, lost: float) -> None:
    """Take away a share of the capacity: whole replicas where that comes out even, else some of each one's workers."""
    left = replicas * (1.0 - lost)
    if abs(left - round(left)) < 1e-9:
        station.set_capacity(round(left), workers)
    else:
        station.set_capacity(replicas, max(1, round(workers * (1.0 - lost))))


def _queue_limit(book: EffectBook, traffic: Traffic, target: str) -> None:
    station = traffic.services[target]
    station.queue_limit = round(book.combined(target, "queue_limit", station.spec.queue_limit))


def _spikes(book: EffectBook, traffic: Traffic, target: str) -> None:
    entry, wanted = traffic.entries[target], book.spikes(target)
    for source, stream in list(entry.spikes.items()):
        if abs(wanted.get(source, 0.0) - 1.0 - stream.factor) > 1e-9:
            entry.remove_spike(source)
    for source, factor in wanted.items():
        if source not in entry.spikes and factor > 1.0:
            entry.add_spike(source, factor)


_SETTERS: dict[str, _Setter] = {
    "service_time": _by_class("service_time", "scale"),
    "latency": _by_class("latency", "delay", whole=True),
    "errors": _by_class("errors", "error"),
    "shed": _by_class("shed", "shed"),
    "lost": _capacity,
    "replicas": _capacity,
    "workers": _capacity,
    "queue_limit": _queue_limit,
    "timeout": _edge("timeout", "timeout", whole=True),
    "retries": _edge("retries", "retries", whole=True),
    "loss": _edge("loss", "loss"),
    "delay": _edge("delay", "latency", whole=True),
    "calls": _edge("calls", "calls"),
    "traffic": _spikes,
    "blocked": _by_class("blocked", "block", entries=True),
}

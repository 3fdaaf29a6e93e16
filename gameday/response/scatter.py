"""The random responder: a plausible command every half minute or so, by keyed draws. A player who only tries things."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gameday.core.commands import Command, Verdict
from gameday.core.draws import draw_name, lognormal, mix, uniform
from gameday.core.signals import Observation, Signals
from gameday.core.units import MICRO, format_rate
from gameday.response.policy import Decision, something_is_wrong, whole_second
from gameday.scenario.models import Scenario

EVERY = 30 * MICRO
"""Mean time between two commands; squared coefficient of variation 0.25."""

SHARES = ("20%", "50%", "80%")
COUNTS = ("0", "1", "3", "5")
TIMEOUTS = ("200ms", "1s", "10s")


@dataclass(frozen=True, slots=True)
class ScatterState:
    """How many commands it has given; -1 before anything is wrong. `next_at` in microseconds."""

    given: int = -1
    next_at: int = 0


class Scatter:
    """Draws a verb, then one of the commands of that verb which the scenario makes possible."""

    def __init__(self, author: str, scenario: Scenario, seed: int) -> None:
        self._author = author
        self._seed = seed
        self._choices = plausible_commands(scenario)

    def begin(self) -> ScatterState:
        return ScatterState()

    def decide(
        self,
        state: ScatterState,
        observation: Observation,
        signals: Signals,  # noqa: ARG002 (the protocol's)
        verdicts: tuple[Verdict, ...] = (),  # noqa: ARG002 (the protocol's)
    ) -> Decision[ScatterState]:
        now = observation.second * MICRO
        if state.given < 0:
            if not something_is_wrong(observation):
                return Decision(state, (), now + MICRO)
            return self._pause(ScatterState(0), now, ())
        if now < state.next_at:
            return Decision(state, (), state.next_at)
        command = self._draw(state.given)
        return self._pause(replace(state, given=state.given + 1), now, (command,))

    def _pause(self, state: ScatterState, now: int, commands: tuple[Command, ...]) -> Decision[ScatterState]:
        gap = lognormal(draw_name(self._seed, "random", "gap", str(state.given)), EVERY, 0.25)
        next_at = whole_second(now + max(round(gap), MICRO))
        return Decision(replace(state, next_at=next_at), commands, next_at)

    def _draw(self, number: int) -> Command:
        key = draw_name(self._seed, "random", "command", str(number))
        verbs = list(self._choices)
        verb = verbs[int(uniform(mix(key, 0)) * len(verbs))]
        choices = self._choices[verb]
        arguments = choices[int(uniform(mix(key, 1)) * len(choices))]
        return Command(verb, arguments, author=self._author)


def plausible_commands(scenario: Scenario) -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each verb the arguments that make sense on this system; verbs without any are left out."""
    system = scenario.system
    services = system.services
    edges = [edge.name for edge in system.dependencies if edge.mode == "sync"]
    choices: dict[str, list[tuple[str, ...]]] = {
        "restart": [(name,) for name in services],
        "rollback": [(name,) for name in services],
        "scale": [(name, str(2 * service.replicas)) for name, service in services.items()],
        "shed": [(name, share) for name in services for share in SHARES],
        "retries": [(edge, count) for edge in edges for count in COUNTS],
        "timeout": [(edge, duration) for edge in edges for duration in TIMEOUTS],
        "flag": [(name, state) for name in system.flags for state in ("on", "off")],
        **_on_mechanisms(scenario),
        "limit": [(name, format_rate(entry.rate / 2)) for name, entry in system.traffic.entries.items()],
        "probe": [(name,) for name in system.traffic.entries],
        "page": [(name,) for name in scenario.people],
        "ack": [()],
        "declare": [()],
    }
    return {verb: tuple(arguments) for verb, arguments in choices.items() if arguments}


def _on_mechanisms(scenario: Scenario) -> dict[str, list[tuple[str, ...]]]:
    """What can be done to the mechanisms that this system has."""
    system = scenario.system
    edges, services = system.dependencies, system.services
    held = [edge.cache.at or edge.name for edge in edges if edge.cache is not None]
    queues = dict.fromkeys(edge.caller for edge in edges if edge.mode == "pull")
    return {
        "breaker": [(edge.name, state) for edge in edges if edge.breaker is not None for state in ("open", "auto")],
        "pool": [(edge.name, str(2 * edge.pool.size)) for edge in edges if edge.pool is not None],
        "cache": [(name, "flush") for name in dict.fromkeys(held)],
        "queue": [(name, move) for name in queues for move in ("pause", "resume", "requeue")],
        "drain": [(zone, state) for zone in system.zones or () for state in ("on", "off")],
        "failover": [
            (service.replication.primary, name) for name, service in services.items() if service.replication is not None
        ],
        "traffic": [
            ("shift", name, share)
            for name, entry in system.traffic.entries.items()
            if entry.alternate
            for share in SHARES
        ],
        "cert": [("renew", name) for name in system.certificates or {}],
        "credentials": [("rotate", name) for name in system.credentials or {}],
    }

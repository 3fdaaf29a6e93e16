"""What an action is, what it may use of the world, and what several of them share."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Protocol

import simpy

from gameday.core.commands import Command
from gameday.core.draws import draw_name, uniform
from gameday.core.kinds.effects import Effect
from gameday.core.units import MICRO
from gameday.core.verbs import VERBS
from gameday.engine.changes import Changes
from gameday.engine.effects import EffectBook
from gameday.engine.residents.autoscaler import Autoscaler
from gameday.engine.residents.disks import Disks
from gameday.engine.residents.expiry import Certificates, Credentials
from gameday.engine.residents.naming import Naming
from gameday.engine.residents.provisioning import Provisioning
from gameday.engine.residents.starts import Starts
from gameday.engine.traffic.edges import Edge
from gameday.engine.traffic.kernel import Traffic
from gameday.scenario.models import Scenario
from gameday.scenario.models.scenario import ActionRule

Steps = Generator[simpy.Event, None, str | None]
"""What goes on while an action runs. It may say in words what the action came to."""


class ActionWorld(Protocol):
    """What an action needs of the world."""

    env: simpy.Environment
    book: EffectBook
    changes: Changes
    scenario: Scenario
    seed: int
    variant: str | None
    autoscalers: Mapping[str, Autoscaler]
    provisioning: Provisioning
    certificates: Certificates
    credentials: Credentials
    disks: Disks
    naming: Naming
    starts: Starts
    backfilled: dict[str, int]
    deployed: dict[tuple[str, str], None]

    @property
    def traffic(self) -> Traffic: ...

    def start_up(self, service: str) -> int: ...


class Fails(Exception):
    """An action that came to nothing: raised by its end, with the reason in words."""


def default_duration(world: ActionWorld, command: Command) -> int:
    """The verb's own duration, in microseconds."""
    del world
    return VERBS[command.verb].takes * MICRO


def rule_of(scenario: Scenario, command: Command) -> ActionRule | None:
    """The first rule of the scenario that is about this action."""
    target = target_of(command)
    for rule in scenario.actions:
        if rule.verb == command.verb and rule.target in (None, target):
            return rule
    return None


def usual_duration(world: ActionWorld, command: Command) -> int:
    """The scenario's duration of the action, or the verb's, in microseconds."""
    rule = rule_of(world.scenario, command)
    return default_duration(world, command) if rule is None or rule.takes is None else rule.takes


def nothing(world: ActionWorld, command: Command) -> None:
    """For what has no effect until it is done."""
    del world, command


def no_problem(world: ActionWorld, command: Command) -> str | None:
    """For what can always be tried."""
    del world, command
    return None


def no_words(world: ActionWorld, command: Command) -> str:
    """For what costs nothing while it runs, and for what is safe."""
    del world, command
    return ""


def no_harm(world: ActionWorld, command: Command) -> tuple[Effect, ...]:
    """For what does no harm of its own even where it is unsafe."""
    del world, command
    return ()


def wait(world: ActionWorld, command: Command, duration: int) -> Steps:
    """For what takes its time and does nothing meanwhile."""
    del command
    yield world.env.timeout(duration)
    return None


def unsaid(world: ActionWorld, command: Command) -> str:
    """For what says what it came to while it runs."""
    del world
    return f"{command.body} is done"


@dataclass(frozen=True)
class ActionKind:
    """One verb.

    `begin` is what happens when it starts; then `steps` go on, given the duration in microseconds; where they do not
    say what it came to, `end` does, and either may raise Fails. `cost` says beforehand what it costs while it runs;
    `danger` why it is unsafe now, and then it needs --force and brings `harm`. `undo` takes back what has been done
    when it fails or is cancelled; `bound` says why it cannot be cancelled any more.
    """

    end: Callable[[ActionWorld, Command], str] = unsaid
    begin: Callable[[ActionWorld, Command], None] = nothing
    problem: Callable[[ActionWorld, Command], str | None] = no_problem
    takes: Callable[[ActionWorld, Command], int] = default_duration
    cost: Callable[[ActionWorld, Command], str] = no_words
    danger: Callable[[ActionWorld, Command], str] = no_words
    harm: Callable[[ActionWorld, Command], tuple[Effect, ...]] = no_harm
    steps: Callable[[ActionWorld, Command, int], Steps] = wait
    undo: Callable[[ActionWorld, Command], None] = nothing
    bound: Callable[[ActionWorld, Command], str] = no_words


def target_of(command: Command) -> str:
    """What an action is about: its first argument that names something."""
    for _, parameter, value in command.given():
        if parameter.kind != "word":
            return value
    return ""


def lane_of(command: Command) -> tuple[str, ...]:
    """What two actions share that cannot run at once: verb, target, and which of the target's things it is about.

    What changes the version of a service shares one lane.
    """
    words = [value for _, parameter, value in command.given() if parameter.kind in ("word", "setting")]
    verb = "version" if command.verb in ("deploy", "promote", "rollback") else command.verb
    return (verb, target_of(command), *words)


def source_of(command: Command) -> str:
    """The source of an action's effects: one for each verb and target, so that doing it again replaces it."""
    return f"action {command.verb} {target_of(command)}"


def shown(world: ActionWorld, count: float) -> int:
    """A count of requests or messages as it is said: as many as one simulated one stands for (`traffic.scale`)."""
    return round(count * world.scenario.system.traffic.scale)


def note(world: ActionWorld, command: Command, text: str) -> None:
    """A line of the change feed, about the action's target and by its author."""
    world.changes.note(int(world.env.now), target_of(command), text, command.author)


def tries_once(edge: Edge) -> str | None:
    """Why a number of retries means nothing on this edge; None where it does."""
    if edge.consumer is not None:
        return f"{edge.name} takes messages: what fails comes back to {edge.caller.name}, as often as the queue says"
    return None if edge.sync else f"{edge.name} is fire-and-forget: nobody waits, so nobody tries again"


def replicas_of(world: ActionWorld, service: str) -> int:
    """How many replicas the service is meant to have now, those that are down included."""
    spec = world.scenario.system.services[service]
    return max(1, round(world.book.combined(service, "replicas", spec.replicas)))


def replica_problem(world: ActionWorld, command: Command) -> str | None:
    """Why there is no replica with the number that `--replica` says; None where there is, or none is said."""
    service, number = target_of(command), command.argument("replica")
    if number is None or int(number) <= (there := replicas_of(world, service)):
        return None
    return f"{service} has {there} replica{'' if there == 1 else 's'}, no number {number}"


def call_of_chance(world: ActionWorld, *names: str) -> float:
    """A number in [0, 1) for what the names say, whatever else happens."""
    return uniform(draw_name(world.seed, "action", *names))


def by_move(kinds: Mapping[str, ActionKind]) -> ActionKind:
    """The kind of a verb whose word (`queue orders purge`) decides what it does."""

    def of(command: Command) -> ActionKind:
        return kinds[next(value for _, parameter, value in command.given() if parameter.kind == "word")]

    return ActionKind(
        end=lambda world, command: of(command).end(world, command),
        begin=lambda world, command: of(command).begin(world, command),
        problem=lambda world, command: of(command).problem(world, command),
        takes=lambda world, command: of(command).takes(world, command),
        cost=lambda world, command: of(command).cost(world, command),
        danger=lambda world, command: of(command).danger(world, command),
        harm=lambda world, command: of(command).harm(world, command),
        steps=lambda world, command, duration: of(command).steps(world, command, duration),
        undo=lambda world, command: of(command).undo(world, command),
        bound=lambda world, command: of(command).bound(world, command),
    )

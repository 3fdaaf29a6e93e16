"""What the system and the organisation are: dependencies, changes, services, playbooks."""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.units import format_clock, format_duration, format_rate
from gameday.engine.looks import mechanisms
from gameday.engine.looks.base import LookWorld, is_foreign
from gameday.engine.traffic.edges import Edge
from gameday.scenario.models.system import Dependency


def dependencies(world: LookWorld, command: Command) -> tuple[str, ...]:
    """Who calls whom, with timeouts and retries as they are now."""
    service = command.argument("service")
    found = [
        _edge(world, dependency)
        for dependency in world.scenario.system.dependencies
        if service in (None, dependency.caller, dependency.callee)
    ]
    return tuple(found) or (f"{service} calls nothing and nothing calls it",)


def changes(world: LookWorld, command: Command) -> tuple[str, ...]:
    """The change feed, newest first."""
    service = command.argument("service")
    found = [
        f"{format_clock(change.at)} {change.text} ({change.author})"
        for change in reversed(world.changes.feed)
        if service in (None, change.component)
    ]
    return tuple(found) or ("no change since the session began",)


def describe(world: LookWorld, command: Command) -> tuple[str, ...]:
    """One service: what it is for, whose it is, how much of it there is."""
    name = command.arguments[0]
    service, station = world.scenario.system.services[name], world.traffic.services[name]
    if is_foreign(world, name):
        return _foreign(world, name)
    limit = f", at most {station.in_flight_limit} in flight" if station.in_flight_limit else ""
    full = "refuses" if station.drops is False else "drops in silence"
    waits = "holds a worker while it waits for others" if station.thread else "holds no worker while it waits"
    running = world.changes.versions(name)
    version = running[0][0] if len(running) == 1 else ", ".join(f"{text} on {share:.0%}" for text, share in running)
    count, workers = station.replicas, station.workers
    return (
        f"{name}: {service.summary or service.kind}; team {service.team or 'none'}; version {version}",
        f"{count} replica{'' if count == 1 else 's'} of {workers} worker{'' if workers == 1 else 's'}; {waits}",
        f"up to {station.queue_limit} wait{limit}; beyond that it {full}",
        f"own work {format_duration(service.service_time)} in the mean; starts in {format_duration(service.start_up)}",
        *mechanisms.of_service(world, name),
    )


def _foreign(world: LookWorld, name: str) -> tuple[str, ...]:
    """What is known of a service that is somebody else's: what was agreed, and who calls it."""
    service = world.scenario.system.services[name]
    agreed = f"it takes {format_rate(service.limit.rate)} of us, as agreed" if service.limit is not None else ""
    return (
        f"{name}: {service.summary or service.kind}; belongs to somebody else, vendor {name} calls them",
        *((agreed,) if agreed else ()),
        *(_edge(world, one) for one in world.scenario.system.dependencies if one.callee == name),
    )


def playbook(world: LookWorld, command: Command) -> tuple[str, ...]:
    """A playbook to read, step by step."""
    name = command.argument("name") or world.scenario.playbooks[0]
    book = world.exercise.playbooks.get(name)
    if book is None:
        return (f'no playbook "{name}"; there are: {", ".join(world.exercise.playbooks)}',)
    texts = [f"{book.title}: {book.summary}"]
    for number, step in enumerate(book.steps, 1):
        texts.append(f"{number}. {step.text}")
        texts += [f"     run   {command_text}" for command_text in step.run]
        if step.check:
            within = f" within {format_duration(step.within)}" if step.within else ""
            texts.append(f"     check {step.check}{within}")
    if book.abort:
        texts.append(f"abort: {book.abort}")
    return tuple(texts)


def _edge(world: LookWorld, dependency: Dependency) -> str:
    edge = world.traffic.edges[dependency.name]
    only = f" for {', '.join(dependency.entries)}" if dependency.entries else ""
    more = "".join(f", {words}" for words in mechanisms.of_edge(world, dependency.name))
    if edge.consumer is not None:
        return f"{dependency.name}{only}: {_consumption(dependency, edge)}{more}"
    if not edge.sync:
        return f"{dependency.name}{only}: fire-and-forget{more}"
    budget = ", with a retry budget" if dependency.budget else ""
    optional = "" if dependency.required else ", optional"
    retries = "no retries" if edge.retries == 0 else f"{edge.retries} retr{'y' if edge.retries == 1 else 'ies'}"
    backoff = f" after {format_duration(edge.backoff)}" if edge.backoff and edge.retries else ""
    often = f", {edge.calls:g} calls a request" if edge.calls != 1.0 else ""
    timeout = format_duration(edge.timeout)
    return f"{dependency.name}{only}: timeout {timeout}, {retries}{backoff}{budget}{optional}{often}{more}"


def _consumption(dependency: Dependency, edge: Edge) -> str:
    """How the messages of a queue are taken."""
    consumption = dependency.consumption
    assert consumption is not None
    paused = ", paused" if edge.consumer is not None and edge.consumer.paused else ""
    return (
        f"takes {consumption.prefetch} at a time for each replica, given back after {format_duration(edge.timeout)}, "
        f"dead after {consumption.receives} tries{paused}"
    )

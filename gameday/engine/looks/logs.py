"""What a service logged lately: made from the failures that the kernel sampled, in the words of the service's kind.

A line names the version and the replica where they are known. What monitoring does not show is not there.
"""

from __future__ import annotations

from gameday.core.commands import Command
from gameday.core.kinds.services import PRESETS
from gameday.core.units import MICRO, format_clock
from gameday.engine.looks import templates
from gameday.engine.looks.base import LookWorld, attempt_text, cause_text, is_foreign, replica_text, seconds_text
from gameday.engine.traffic.sampling import Failure, FailureGroup

_SECONDS = 60
_MOST = 40


def lines(world: LookWorld, command: Command) -> tuple[str, ...]:
    """The failures of the last minute, newest last, with how many there were of each kind in each second."""
    service, grep = command.arguments[0], command.argument("grep")
    foreign, oldest = is_foreign(world, service), int(world.env.now) - _SECONDS * MICRO
    groups = [
        group
        for group in world.traffic.sampler.failures
        if group.second >= oldest
        and (_is_call_to(world, group, service) if foreign else group.service == service)
        and world.signals.is_shown(group.service, group.second // MICRO)
    ]
    texts = [line for group in groups for line in _group_lines(world, group)]
    if grep:
        texts = [line for line in texts if grep.lower() in line.lower()]
    if not texts:
        matching = f' with "{grep}"' if grep else ""
        if foreign:
            about = f"nobody who calls it logged a failure of it{matching} in the last {_SECONDS} s"
            return (f"{service} belongs to somebody else, its log is theirs; {about}",)
        return (f"{service} logged no failure{matching} in the last {_SECONDS} s",)
    whose = f", of those who call {service}: its own log is not ours" if foreign else ""
    return (f"{len(texts)} lines of the last {_SECONDS} s, sampled{whose}", *texts[-_MOST:])


def _is_call_to(world: LookWorld, group: FailureGroup, service: str) -> bool:
    edge = None if group.edge is None else world.traffic.edges.get(group.edge)
    return edge is not None and edge.callee.name == service and edge.caller.name == group.service


def _group_lines(world: LookWorld, group: FailureGroup) -> list[str]:
    template = _template(world, group)
    more = group.count - len(group.first)
    texts = [_line(world, failure, template) for failure in group.first]
    if more > 0:
        texts.append(f"{format_clock(group.second)}      ... and {more} more like this in that second")
    return texts


def _template(world: LookWorld, group: FailureGroup) -> str:
    services = world.scenario.system.services
    if group.edge is None:
        return templates.own(services[group.service].kind, cause_text(world, group.service, group.cause))
    edge = world.traffic.edges[group.edge]
    other = edge.callee if edge.caller.name == group.service else edge.caller
    return templates.call(services[other.name].kind, group.cause)


def _line(world: LookWorld, failure: Failure, template: str) -> str:
    services = world.scenario.system.services
    text = template.format(
        noun=PRESETS[services[failure.service].kind].noun,
        queue=_waiting(world, failure),
        what=failure.entry + (f" segment={failure.segment}" if failure.segment else ""),
        waited=seconds_text(failure.waited / MICRO),
        edge=failure.edge or "",
        caller=failure.service,
        callee=failure.callee or "",
        attempt=attempt_text(failure.attempt),
        cause=failure.cause,
        why=_why(world, failure),
    )
    return f"{format_clock(failure.time)}.{failure.time % MICRO // 1000:03} {text}{_from(world, failure)}"


def _why(world: LookWorld, failure: Failure) -> str:
    """Which call it could not do without has failed, and how."""
    if failure.failed_call is None:
        return "a call it needs failed"
    edge, cause = failure.failed_call
    callee = world.traffic.edges[edge].callee.name if edge in world.traffic.edges else ""
    return f"{edge} failed ({cause_text(world, callee, cause)})"


def _waiting(world: LookWorld, failure: Failure) -> int:
    """How many waited; messages are counted as everywhere else, as many as one stands for."""
    is_queue = world.traffic.services[failure.service].broker is not None
    return round(failure.queue * world.scenario.system.traffic.scale) if is_queue else failure.queue


def _from(world: LookWorld, failure: Failure) -> str:
    """Which version said so, where no other has come since, and which replica."""
    replica = "" if failure.replica is None else f" replica={replica_text(failure.replica)}"
    changed = world.changes.deploy_age(failure.service, int(world.env.now) // MICRO)
    is_running = changed is None or failure.time >= int(world.env.now) - round(changed * MICRO)
    version = f" version={world.changes.version(failure.service)}" if is_running else ""
    return f"{version}{replica}"

"""What a service logged lately: made from the failures that the kernel sampled, in the words of the service's kind."""

from __future__ import annotations

from collections.abc import Mapping

from gameday.core.commands import Command
from gameday.core.kinds.services import PRESETS
from gameday.core.units import MICRO, format_clock
from gameday.engine.looks.base import LookWorld, cause_text, seconds_text
from gameday.engine.traffic.sampling import Failure, FailureGroup

_SECONDS = 60
_MOST = 40

_OWN: Mapping[str, str] = {
    "refused": "ERROR no free {noun}, queue full ({queue} waiting); refused {what}",
    "dropped": "ERROR no free {noun}, queue full ({queue} waiting); dropped {what} without an answer",
    "down": "ERROR not running; refused {what}",
    "shed": "WARN  shed {what}",
    "error": "ERROR failed {what} after {waited}",
    "killed": "ERROR terminated while serving {what}",
    "dependency": "ERROR {what} failed: a dependency gave no answer, after {waited}",
    "timeout": "WARN  {what} not done in time, {queue} waiting",
}
_EDGE: Mapping[str, str] = {
    "timeout": "WARN  {edge}: no answer within {waited}, attempt {attempt}, {what}",
    "refused": "WARN  {edge}: refused, attempt {attempt}, {what}",
    "down": "ERROR {edge}: connection refused, {what}",
    "shed": "WARN  {edge}: shed, attempt {attempt}, {what}",
    "error": "WARN  {edge}: answered with an error, attempt {attempt}, {what}",
    "killed": "ERROR {edge}: connection reset, {what}",
    "dependency": "WARN  {edge}: failed upstream after {waited}, attempt {attempt}, {what}",
}


def lines(world: LookWorld, command: Command) -> tuple[str, ...]:
    """The failures of the last minute, newest last, with how many there were of each kind in each second."""
    service, grep = command.arguments[0], command.argument("grep")
    oldest = int(world.env.now) - _SECONDS * MICRO
    noun = PRESETS[world.scenario.system.services[service].kind].noun
    groups = [group for group in world.traffic.sampler.failures if group.service == service and group.second >= oldest]
    texts = [line for group in groups for line in _group_lines(world, group, noun)]
    if grep:
        texts = [line for line in texts if grep.lower() in line.lower()]
    if not texts:
        matching = f' with "{grep}"' if grep else ""
        return (f"{service} logged no failure{matching} in the last {_SECONDS} s",)
    return (f"{len(texts)} lines of the last {_SECONDS} s, sampled", *texts[-_MOST:])


def _group_lines(world: LookWorld, group: FailureGroup, noun: str) -> list[str]:
    more = group.count - len(group.first)
    own = group.edge is None
    cause = cause_text(world, group.service, group.cause) if own else group.cause
    texts = [_line(failure, cause, noun) for failure in group.first]
    if more > 0:
        texts.append(f"{format_clock(group.second)}      ... and {more} more like this in that second")
    return texts


def _line(failure: Failure, cause: str, noun: str) -> str:
    templates = _OWN if failure.edge is None else _EDGE
    what = failure.entry + (f" segment={failure.segment}" if failure.segment else "")
    text = templates.get(cause, "WARN  {cause} {what}").format(
        noun=noun,
        queue=failure.queue,
        what=what,
        waited=seconds_text(failure.waited / MICRO),
        edge=failure.edge or "",
        attempt=failure.attempt + 1,
        cause=cause,
    )
    return f"{format_clock(failure.time)}.{failure.time % MICRO // 1000:03} {text}"

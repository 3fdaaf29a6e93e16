"""What the team does to the system, as the channel tells it: the actions under way, and those that were carried out.

Owns whether a command would only do again what has been done, or is being done. Knows no more than everybody who
listens; whether a command is allowed at all is for the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gameday.core.commands import Command, parse_command
from gameday.core.events import (
    ActionCancelled,
    ActionCompleted,
    ActionFailed,
    ActionRequested,
    ActionStarted,
    Event,
)
from gameday.core.signals import Signals
from gameday.core.units import MICRO, format_clock
from gameday.core.verbs import Parameter

JUST_NOW = 120 * MICRO
"""What leaves no state behind, such as a restart, is not wanted again within this time."""

_RELEASES = ("rollback", "deploy", "promote")
_LASTING = (
    *_RELEASES,
    *("freeze", "failover", "drain", "config", "shed", "limit", "breaker", "retries", "timeout", "pool", "traffic"),
)
"""Verbs that leave a state behind: to do it again changes nothing, until something else is done to the same thing."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of the team. `done_at` in microseconds, None while it runs or waits for approval."""

    ref: str
    command: Command
    by: str
    done_at: int | None = None

    @property
    def is_lasting(self) -> bool:
        """Whether it leaves a state behind that stands until something else is done to the same thing."""
        return self.command.verb in _LASTING and self.command.argument("setting") != "revert"


class Deeds:
    """Every action that was heard of, oldest first."""

    def __init__(self, signals: Signals) -> None:
        self._signals = signals
        self._open: dict[str, Deed] = {}
        self._done: list[Deed] = []

    def hear(self, event: Event) -> None:
        match event:
            case ActionRequested() | ActionStarted():
                self._open[event.action] = Deed(event.action, parse_command(event.command), event.by)
            case ActionCompleted():
                deed = self._open.pop(event.action, None)
                if deed is not None:
                    self._done.append(replace(deed, done_at=event.at))
            case ActionFailed() | ActionCancelled():
                self._open.pop(event.action, None)
            case _:
                pass

    def needless(self, command: Command, speaker: str, since: int, now: int) -> str:
        """Why there is nothing to do any more, in the words of `speaker`; empty where there is. Times in microseconds.

        `since` is when it was wanted: what leaves no state behind counts if it was done from just before then on.
        """
        for deed in self._open.values():
            if _same(deed.command, command):
                return f"I am at it ({deed.ref})" if deed.by == speaker else f"{deed.by} is at it ({deed.ref})"
        is_so = self._is_so(command, now)
        if is_so or command.verb == "flag":
            return is_so
        last = next((one for one in reversed(self._done) if _about(one.command) == _about(command)), None)
        if last is not None and _same(last.command, command) and self._stands(last, since, now):
            return f"{'I' if last.by == speaker else last.by} did it at {format_clock(last.done_at)}"
        return ""

    def _stands(self, deed: Deed, since: int, now: int) -> bool:
        """Whether what was done still counts."""
        assert deed.done_at is not None
        if not deed.is_lasting:
            return deed.done_at >= since - JUST_NOW
        if deed.command.verb not in _RELEASES:
            return True
        age = self._signals.value(deed.command.arguments[0], "deploy_age", now // MICRO)
        return age is None or age + 1.0 >= (now - deed.done_at) / MICRO  # nothing newer came out since

    def _is_so(self, command: Command, now: int) -> str:
        """What the team can see to be as it is wanted, whoever made it so."""
        target, second = (*command.arguments, "")[0], now // MICRO
        if command.verb == "flag":
            state = command.arguments[1].lower()
            is_on = self._signals.value("flags", target, second) == 1.0
            return f"flag {target} is {state}" if is_on == (state == "on") else ""
        if command.verb == "scale":
            wanted = command.arguments[1]
            is_so = self._signals.value(target, "replicas", second) == float(wanted)
            return f"{target} has {wanted} replica{'' if wanted == '1' else 's'}" if is_so else ""
        return ""


def _about(command: Command) -> tuple[str, ...]:
    """What two commands share where the later one decides: the thing, and what of it they change."""
    what = "version" if command.verb in _RELEASES else command.verb
    given = command.given()
    return (what, *(f"{parameter.name} {value.lower()}" for _, parameter, value in given if _names(parameter)))


def _names(parameter: Parameter) -> bool:
    """Whether an argument says what a command is about, and not what it makes of it."""
    return parameter.kind in _NAMES or (parameter.name, parameter.kind) in _PARTS


_NAMES = (
    *("service", "edge", "entry", "flag", "target", "scope", "drainable", "certificate", "credential", "procedure"),
    "setting",
)
_PARTS = (("segment", "text"), ("replica", "count"), ("what", "word"), ("move", "word"))


def _same(one: Command, other: Command) -> bool:
    """Whether two commands do the same, however sure of it whoever gives them is."""
    return _plain(one) == _plain(other)


def _plain(command: Command) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]:
    options = sorted((name, value.lower()) for name, value in command.options if name != "force")
    return command.verb, tuple(argument.lower() for argument in command.arguments), tuple(options)

"""Which commands of a playbook's step are still to be given, whoever gave them and whoever carried them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gameday.core.commands import parse_command
from gameday.core.errors import CommandError
from gameday.core.signals import Observation
from gameday.session.record import TimedCommand


def bodies(commands: Iterable[TimedCommand]) -> Iterator[str]:
    """What was accepted, without authors; of what was handed to a colleague also what they were handed."""
    for timed in commands:
        if not timed.verdict.accepted:
            continue
        yield timed.command.body
        if timed.command.verb == "delegate":
            inner = timed.command.inner
            if inner is not None:
                yield inner.body


def is_given(line: str, given: Iterable[str], seen: Observation) -> bool:
    """Whether a step's command was given (more words than it asks for are fine), or somebody else saw to it."""
    try:
        wanted = parse_command(line)
    except CommandError:
        return False
    body = wanted.body
    if any(one == body or (" " not in body and one.split(" ")[0] == body) for one in given):
        return True
    match wanted.verb:
        case "declare":
            return seen.incident.declared_at is not None
        case "ack":
            return bool(seen.pages) and all(page.state != "triggered" for page in seen.pages)
        case _:
            return False

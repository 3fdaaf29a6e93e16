"""Which command the playbook asks for next, given what was given already."""

from __future__ import annotations

from gameday.core.commands import parse_command
from gameday.core.errors import CommandError
from gameday.core.events import StepCompleted
from gameday.core.signals import StepView
from gameday.tui.board import current_step
from gameday.tui.live import LiveGame


def next_command(live: LiveGame) -> str | None:
    """The current step's first command that was not given since it is the current one; then that it is done."""
    step = current_step(live.observation.steps)
    if step is None:
        return None
    given = given_in_step(live)
    return next((command for command in commands_of(step) if command not in given), "step done")


def unsent_command(live: LiveGame) -> str | None:
    """The current step's first command that nobody has given at all, or None."""
    step = current_step(live.observation.steps)
    if step is None:
        return None
    given = live.given_since(0)
    return next((one for one in commands_of(step) if not any(_same(one, body) for body in given)), None)


def commands_of(step: StepView) -> list[str]:
    """The commands of a step."""
    return [command for command in step.command.split("\n") if command]


def given_in_step(live: LiveGame) -> list[str]:
    """The commands of the current step that were given since it is the current one."""
    step = current_step(live.observation.steps)
    if step is None:
        return []
    since = max((event.at for event in live.session.events if isinstance(event, StepCompleted)), default=0)
    given = live.given_since(since)
    return [command for command in commands_of(step) if any(_same(command, body) for body in given)]


def _same(command: str, body: str) -> bool:
    """Whether what was given is what the step asks for; more words than it asks for are fine."""
    try:
        wanted = parse_command(command).body
    except CommandError:
        return False
    return body == wanted or (" " not in wanted and body.split(" ")[0] == wanted)

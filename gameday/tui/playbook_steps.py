"""Which command the playbook asks for next, given what was given already."""

from __future__ import annotations

from gameday.core.events import StepCompleted
from gameday.core.signals import StepView
from gameday.session.steps import is_given
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
    """The current step's first command that nobody has given at all, or None. An update in own words is one."""
    step = current_step(live.observation.steps)
    if step is None:
        return None
    given, here = live.given_since(0), given_in_step(live)
    missing = (one for one in commands_of(step) if one not in here and not is_given(one, given, live.observation))
    return next(missing, None)


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
    return [
        command
        for command in commands_of(step)
        if is_given(command, given, live.observation) or any(_told(command, body) for body in given)
    ]


def _told(command: str, body: str) -> bool:
    """Whether customers were told in other words, or by a template, what the step would have them told."""
    return command.startswith("status ") and body.startswith("status ")

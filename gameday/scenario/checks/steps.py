"""Steps of playbooks and mitigations: ids, jumps, steps that nothing leads to, and what each runs and checks."""

from __future__ import annotations

from collections.abc import Sequence

from gameday.core.units import format_duration
from gameday.scenario.checks.commands import check_command
from gameday.scenario.checks.conditions import check_condition
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report, is_known, suggestion
from gameday.scenario.models import Step
from gameday.scenario.source import Path

END = "end"
"""The target that ends a walk."""


def check_steps(report: Report, path: Path, steps: Sequence[Step], names: Names | None) -> None:
    """The steps at `path`: their graph, and with the names of a scenario also all that they refer to.

    Where two steps share a name, one of them may be what is missed elsewhere; where a jump leads nowhere, it may be
    what should lead to a step: that is said first, and what rests on it when it is mended.
    """
    ids = _check_ids(report, path, steps)
    sound = unique = len(ids) == len(steps)
    for index, step in enumerate(steps):
        if unique:
            sound = _check_targets(report, (*path, index), step, ids) and sound
        _check_branches(report, (*path, index), step)
        _check_contents(report, (*path, index), step, names)
    if sound:
        _check_reached(report, path, steps)


def check_contents(report: Report, path: Path, steps: Sequence[Step], names: Names) -> None:
    """Only what steps refer to in a scenario; for playbooks whose graph has been checked by itself."""
    for index, step in enumerate(steps):
        _check_contents(report, (*path, index), step, names)


def _check_ids(report: Report, path: Path, steps: Sequence[Step]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for index, step in enumerate(steps):
        if step.id == END:
            report.error((*path, index, "id"), f'"{END}" ends the walk; call the step otherwise', "reserved-name")
        if step.id in ids:
            where = f"the step in line {report.line((*path, ids[step.id], 'id'))} has it already"
            report.error((*path, index, "id"), f'two steps are called "{step.id}"; {where}', "duplicate-step")
        ids.setdefault(step.id, index)
    return ids


def _check_targets(report: Report, path: Path, step: Step, ids: dict[str, int]) -> bool:
    """Whether all that the step jumps to is there; reports what is not."""
    targets: list[tuple[Path, str]] = [
        ((*path, "branches", index, "goto"), branch.goto) for index, branch in enumerate(step.branches)
    ]
    if step.otherwise is not None:
        targets.append(((*path, "otherwise"), step.otherwise))
    lost = [(place, target) for place, target in targets if not is_known(target, ids) and target != END]
    for place, target in lost:
        report.error(place, f'there is no step "{target}"{suggestion(target, [*ids, END])}', "unknown-step")
    return not lost


def _check_branches(report: Report, path: Path, step: Step) -> None:
    for index, branch in enumerate(step.branches[:-1]):
        if branch.when is None:
            message = "a branch without a condition is always taken, so those after it never are; put it last"
            report.warning((*path, "branches", index), message, "dead-branch")
            return


def _check_contents(report: Report, path: Path, step: Step, names: Names | None) -> None:
    for index, line in enumerate(step.run):
        check_command(report, (*path, "run", index), line, names)
    if step.check is not None:
        check_condition(report, (*path, "check"), step.check, names)
    if step.within is not None and step.within <= 0:
        message = f"a time limit of {format_duration(step.within)} leaves no time for the check"
        report.error((*path, "within"), message, "bad-value")
    for index, branch in enumerate(step.branches):
        if branch.when is not None:
            check_condition(report, (*path, "branches", index, "when"), branch.when, names)


def _check_reached(report: Report, path: Path, steps: Sequence[Step]) -> None:
    """Walks from the first step along everything that can follow."""
    index_of = {step.id: index for index, step in reversed(list(enumerate(steps)))}
    reached = [False] * len(steps)
    ahead = [0] if steps else []
    while ahead:
        at = ahead.pop()
        if reached[at]:
            continue
        reached[at] = True
        ahead += [index for index in _following(steps, at, index_of) if index < len(steps)]
    for index, step in enumerate(steps):
        if not reached[index]:
            message = f'nothing leads to the step "{step.id}"'
            report.warning((*path, index, "id"), message, "unreachable-step")


def _following(steps: Sequence[Step], at: int, index_of: dict[str, int]) -> list[int]:
    """The steps that can come after this one."""
    step = steps[at]
    targets = [index_of[branch.goto] for branch in step.branches if branch.goto in index_of]
    if step.otherwise in index_of:
        targets.append(index_of[step.otherwise])
    times_out_to_the_next = step.check is not None and step.within is not None and step.otherwise is None
    if times_out_to_the_next or all(branch.when is not None for branch in step.branches):
        targets.append(at + 1)
    return targets

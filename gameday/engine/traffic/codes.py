"""The small integers of the kernel: outcomes, states of a visit, kinds of event, purposes of a draw.

Plain integers, because the kernel compares them some fifty times a request.
"""

from __future__ import annotations

from typing import Final

OUTCOMES: Final = ("ok", "timeout", "refused", "down", "shed", "error", "killed", "blocked", "dependency")
"""How a visit, an attempt or a root request ends; an outcome is an index into this."""
OK: Final = 0
TIMEOUT: Final = 1
REFUSED: Final = 2
DOWN: Final = 3
SHED: Final = 4
ERROR: Final = 5
KILLED: Final = 6
BLOCKED: Final = 7
DEPENDENCY: Final = 8

# States of a visit, in the order in which it passes them.
TRAVELLING: Final = 0
QUEUED: Final = 1
WORKING: Final = 2
LAUNCHING: Final = 3  # its stage is being sent out; what fails meanwhile waits until all are out
DOOMED: Final = 4  # launching, and a required call has already failed for good
CALLING: Final = 5
ENDED: Final = 6

# Kinds of event in the agenda.
WORK_DONE: Final = 0
ROOT: Final = 1
DEADLINE: Final = 2
RETRY: Final = 3
ARRIVE: Final = 4
JUDGE: Final = 5
REFILL: Final = 6

# Purposes of a draw. Above all attempt numbers and call indices, which are mixed into the same keys.
SHEDDING: Final = 0x1_0001
FAILING: Final = 0x1_0002
LOSS: Final = 0x1_0003
CALLS: Final = 0x1_0004
JITTER: Final = 0x1_0005
SEGMENT: Final = 0x1_0006
GAP: Final = 0x1_0007
BLOCK: Final = 0x1_0008
TRACE: Final = 0x1_0009
KILL: Final = 0x1_000A


def causes(outcomes: list[int]) -> dict[str, int]:
    """The failures among counts by outcome, by name, without those that did not happen."""
    return {OUTCOMES[index]: count for index, count in enumerate(outcomes) if count and index != OK}

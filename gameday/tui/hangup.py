"""Whether the terminal is still there: a game whose terminal was closed must end, not go on unseen.

The system tells a program by a signal, but not one that was started by another which outlives the terminal, such as
make. Its input then stays readable and empty for ever.
"""

from __future__ import annotations

import select
import signal
import sys

LOOK_EVERY = 1.0
"""Seconds."""


def hung_up(descriptor: int) -> bool:
    """Whether nobody is at the other end of this terminal any more. Never where the system cannot tell."""
    if not hasattr(select, "poll"):
        return False
    poller = select.poll()
    poller.register(descriptor, 0)
    return any(flags & (select.POLLHUP | select.POLLNVAL) for _, flags in poller.poll(0))


def end_if_hung_up() -> None:
    """Ends the process as the signal would have, if it is so. What was recorded is on the disk, and can be resumed."""
    stdin = sys.__stdin__
    if stdin is not None and not stdin.closed and hung_up(stdin.fileno()):
        signal.raise_signal(signal.SIGHUP)

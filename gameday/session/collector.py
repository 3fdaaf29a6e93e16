"""Python's garbage collector where sessions run: seldom, and not over what was there before. Worth 3 to 8 %.

While it runs, a simulation makes no reference cycles (a test says so), so looking for them is lost time, and so is
looking again and again at scenarios and modules. And a forked branch copies every page that a collection wrote to.
"""

from __future__ import annotations

import gc

COLLECT_AFTER = 50_000
"""Allocations between two looks at the young; a process with a screen does make cycles, some thousands a second."""


def relax() -> None:
    """Collect seldom from now on, in this process."""
    gc.set_threshold(COLLECT_AFTER, 50, 100)


def collect() -> None:
    """Let go of a session that is over: its world, its processes and its signals hold each other."""
    gc.collect()


def freeze() -> None:
    """What is there now is never looked at again: for when all is loaded, before sessions run."""
    gc.collect()
    gc.freeze()

"""Contention: work gets slower with what is at work at once.

Source: Gunther, Guerrilla Capacity Planning (2007), the universal scalability law.
"""

from __future__ import annotations

from gameday.core.kinds.mechanisms import Contention


def slowdown(law: Contention, at_work: float) -> float:
    """The factor on a service time with `at_work` requests at work in one replica, itself counted: at least 1."""
    n = max(1.0, at_work)
    return 1.0 + law.sigma * (n - 1.0) + law.kappa * n * (n - 1.0)

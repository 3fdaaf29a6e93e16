"""Command: was the incident led? The share of the checks that fell due.

Owns which checks there are; each group stands in a module of its own.
"""

from __future__ import annotations

from gameday.scoring.closing import closed_when_held
from gameday.scoring.command.approvals import risky_approved
from gameday.scoring.command.asking import answered_in_time, nothing_slipped
from gameday.scoring.command.leading import commander_leads, commander_named, handover_announced, severity_right
from gameday.scoring.command.paging import escalated_in_time
from gameday.scoring.dimension import Case, Dimension, share_of_due


def command(case: Case, weight: float) -> Dimension:
    """The checks of the rubric; nothing due is full marks."""
    record = case.record
    checks = (
        commander_named(case),
        severity_right(record),
        risky_approved(record),
        escalated_in_time(record),
        handover_announced(record),
        commander_leads(record),
        nothing_slipped(record),
        answered_in_time(record),
        closed_when_held(case),
    )
    return share_of_due(weight, checks)

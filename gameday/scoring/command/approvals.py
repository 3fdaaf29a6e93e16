"""Were risky actions decided on?"""

from __future__ import annotations

from gameday.core.events import ActionApproved, ActionCancelled, ActionRequested
from gameday.scoring.command.told import of_kind
from gameday.scoring.dimension import Check
from gameday.scoring.sources import PAGERDUTY_COMMAND
from gameday.session.record import SessionRecord


def risky_approved(record: SessionRecord) -> Check:
    """What waited for an approval was approved or taken back."""
    requested = [event.action for event in of_kind(record, ActionRequested)]
    decided = {event.action for event in record.events if isinstance(event, ActionApproved | ActionCancelled)}
    left = [action for action in requested if action not in decided]
    detail = f"{left[0]} was left waiting" if left else ""
    return Check("risky actions are decided on", bool(requested), not left, detail, source=PAGERDUTY_COMMAND)

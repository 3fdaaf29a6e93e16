"""Did pages find somebody before the policy had to?"""

from __future__ import annotations

from gameday.core.events import PageEscalated, PageExhausted
from gameday.scoring.closing import closed_at
from gameday.scoring.dimension import Check
from gameday.scoring.sources import ESCALATION
from gameday.session.record import SessionRecord


def escalated_in_time(record: SessionRecord) -> Check:
    """Each page that went up a level did so because a player sent it, not because the policy's delay ran out.

    What somebody simulated escalated is neither to the players' credit nor theirs to have missed; nor is what comes
    when the incident is closed.
    """
    first: dict[str, str] = {}
    closed = closed_at(record)
    for event in record.events:
        if closed is not None and event.at >= closed:
            break
        if isinstance(event, PageEscalated):
            first.setdefault(event.page, event.by)
        elif isinstance(event, PageExhausted):
            first.setdefault(event.page, "policy")
    ours = {page: by for page, by in first.items() if by == "policy" or by in record.players}
    late = [page for page, by in ours.items() if by == "policy"]
    detail = f"{late[0]} waited until its delay ran out" if late else ""
    text = "pages that nobody answers are escalated before the policy does"
    return Check(text, bool(ours), not late, detail, source=ESCALATION)

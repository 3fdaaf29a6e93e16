"""When customers are owed the first update, and from what that counts: the one deadline of the score and the debrief.

Whoever plays sees a clock that starts with the declaration, since nobody knows then when customers were first hurt; the
score counts from that too. So what is late is told with both beginnings. Does not own the clock of a session
(`gameday.response.updates`).
"""

from __future__ import annotations

from dataclasses import dataclass

from gameday.core.events import IncidentDeclared
from gameday.core.units import MICRO, format_clock, format_duration
from gameday.scoring.rubric import IMPACT_FIRST_STATUS
from gameday.scoring.times import Times
from gameday.session.record import SessionRecord


@dataclass(frozen=True, slots=True)
class FirstOwed:
    """Everything in microseconds. `declared_at` and `hurt_since` are None where nobody declared, or nobody was hurt."""

    due_at: int
    declared_at: int | None
    hurt_since: int | None

    @property
    def counts_from_impact(self) -> bool:
        """Whether customers had waited so long that the declaration is not what counts."""
        return self.hurt_since is not None and self.due_at == self.hurt_since + IMPACT_FIRST_STATUS

    def told(self, due: int, came: int | None) -> str:
        """From what a deadline (`due`) counts that was missed; `came` is when the update came after all."""
        if self.hurt_since is None or not self.counts_from_impact:
            return f"; declared at {format_clock(self.declared_at)}"
        waited = f"customers had waited since {format_clock(self.hurt_since)} and are owed it within "
        waited += format_duration(due - self.hurt_since)
        if came is None or self.declared_at is None or came < self.declared_at:
            return f"; {waited}"
        return f", {format_duration((came - self.declared_at) // MICRO * MICRO)} after declaring; {waited}"


def first_owed(record: SessionRecord, times: Times) -> FirstOwed | None:
    """Some minutes after the declaration, or after customers were first hurt, whichever is sooner; None: never."""
    declared = next((event.at for event in record.events if isinstance(event, IncidentDeclared)), None)
    deadlines = [] if declared is None else [declared + record.exercise.scenario.communication.first]
    if times.impact_began is not None:
        deadlines.append(times.impact_began + IMPACT_FIRST_STATUS)
    return FirstOwed(min(deadlines), declared, times.impact_began) if deadlines else None

"""Events of the facilitator's script that follow the coming of an inject; for the facilitator and the review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gameday.core.events.base import Event


@dataclass(frozen=True, slots=True)
class InjectSettled(Event):
    """What came of an executive or a journalist. `by` is who settled it, or empty where nobody did.

    `outcome`: `answered`, `unanswered`; of an order also `held`, `obeyed` and `needless` (done already); of a dispute
    `lowered`; of a journalist `passed-on`, `status` (told what is public), `promised`, `blamed`, `said` (else).
    """

    inject: str
    outcome: str
    by: str
    visible: ClassVar[bool] = False

    def text(self) -> str:
        return f"inject {self.inject} is settled: {self.outcome}{f' by {self.by}' if self.by else ''}"

"""The parts that a score is made of: checks, dimensions, and the case that they are judged from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gameday.core.units import MICRO
from gameday.scoring.impact import Impact
from gameday.scoring.proof import VariantProof
from gameday.scoring.times import Times
from gameday.session.record import SessionRecord


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it fell due, whether it was met, and what was found.

    `due_at` is when it fell due (microseconds), where that is an instant; `source` where the rule comes from; `value`
    what it was worth, 0..1, where that is more than met or not.
    """

    text: str
    due: bool
    met: bool
    detail: str = ""
    due_at: int | None = None
    source: str = ""
    value: float | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "text": self.text,
            "due": self.due,
            "met": self.met,
            "detail": self.detail,
            "due_at": None if self.due_at is None else self.due_at / MICRO,
            "source": self.source,
            "value": None if self.value is None else round(self.value, 6),
        }


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of the score. `value` is 0..1 (customer impact -0.3..1.1), None where it is not evaluated.

    `evaluated` is how much of the weight the value stands for: less than `weight` where a part has no par.
    """

    weight: float
    value: float | None
    checks: tuple[Check, ...] = ()
    evaluated: float = 0.0

    def to_json(self) -> dict[str, object]:
        return {
            "weight": self.weight,
            "value": None if self.value is None else round(self.value, 6),
            "checks": [check.to_json() for check in self.checks],
        }


@dataclass(frozen=True)
class Case:
    """What is judged: a session's record, what was measured of it, and the proof of its variant where there is one.

    `seeds` is over how many runs that proof was made.
    """

    record: SessionRecord
    times: Times
    impact: Impact
    proof: VariantProof | None
    seeds: int = 0


def not_evaluated(weight: float, reason: str) -> Dimension:
    return Dimension(weight, None, (Check(reason, due=False, met=False),))


def share_of_due(weight: float, checks: Sequence[Check]) -> Dimension:
    """The share of the checks that fell due and were met; nothing due is full marks and counts as covered."""
    due = [check for check in checks if check.due]
    value = sum(check.met for check in due) / len(due) if due else 1.0
    return Dimension(weight, value, tuple(checks), evaluated=weight)


def percent(share: float) -> str:
    """`88%`; what rounds to nothing has no sign."""
    return f"{round(100 * share) or 0}%"

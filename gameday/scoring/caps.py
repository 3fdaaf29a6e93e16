"""Caps: what no total can make up for. Caps, not subtractions."""

from __future__ import annotations

from dataclasses import dataclass

from gameday.scoring.dimension import Case
from gameday.scoring.rubric import Rating
from gameday.scoring.windows import entries_missed


@dataclass(frozen=True, slots=True)
class Cap:
    """The best rating that is left, and why."""

    rating: Rating
    reason: str


def caps_of(case: Case) -> tuple[Cap, ...]:
    """Never recovered is U where the reference does recover; a blast radius enlarged and left so is M."""
    caps = []
    reference = case.proof is not None and case.proof.par.recovered is not None
    if reference and case.times.impact_began is not None and case.times.recovered is None:
        caps.append(Cap("U", "the service never recovered, and with the reference responder it does"))
    spread = enlarged(case)
    if spread:
        caps.append(Cap("M", f"{', '.join(spread)} fails at the end, which it does not if nobody acts"))
    return tuple(caps)


def enlarged(case: Case) -> tuple[str, ...]:
    """Entries that miss their objective at the end and would not if nobody had acted."""
    if case.proof is None or case.times.impact_began is None:
        return ()
    return tuple(
        name
        for name, missed in entries_missed(case.record).items()
        if missed[-2:] == (True, True) and name not in case.proof.hurt
    )

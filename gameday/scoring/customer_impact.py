"""Customer impact: how much of what could be saved was saved."""

from __future__ import annotations

from gameday.scoring.dimension import Case, Check, Dimension, not_evaluated, percent
from gameday.scoring.sources import par_of

WAITING_IS_RIGHT = 0.1
"""Where acting saves at most this share of what doing nothing costs, the scenario teaches waiting."""

WELL = 0.85
"""From this share on there is nothing to change: it is what earns a P."""


def customer_impact(case: Case, weight: float) -> Dimension:
    """The skill of the session against nothing and par; not evaluated without a proof."""
    if case.proof is None:
        return not_evaluated(weight, "no proof file, so there is nothing to compare with: run gameday prove")
    bad, proof = case.impact.bad_requests, case.proof
    value = skill(bad, nothing=proof.bad_nothing, par=proof.bad_par, floor=proof.floor)
    text = f"{bad:,.0f} bad requests; par {proof.bad_par:,.0f}, doing nothing {proof.bad_nothing:,.0f}"
    detail = f"worth {percent(value)}"
    if value > 1.0:
        detail += "; fewer than par count up to 110%"
    check = Check(text, True, value >= WELL, detail, source=par_of(case.seeds), value=value)
    return Dimension(weight, value, (check,), evaluated=weight)


def skill(bad: float, *, nothing: float, par: float, floor: float) -> float:
    """clip((nothing - bad) / (nothing - par), -0.3, 1.1), the skill score of forecast verification.

    Where waiting is right (nothing - par at most a tenth of nothing): 1 - clip((bad - par) / max(par, floor), 0, 1.3).
    """
    if nothing - par <= WAITING_IS_RIGHT * nothing:
        unit = max(par, floor)
        excess = (bad - par) / unit if unit else 0.0
        return 1.0 - min(max(excess, 0.0), 1.3)
    return min(max((nothing - bad) / (nothing - par), -0.3), 1.1)

"""Recovery time: how fast the right people came, and how fast the service did.

Detection by an alert is the scenario's doing: reported among the times, not scored here.
"""

from __future__ import annotations

from gameday.core.events import Paged
from gameday.core.units import MICRO, format_clock
from gameday.response.escalation import POLICY
from gameday.scenario.models import Scenario
from gameday.scenario.owners import owners_of
from gameday.scoring.command.told import COMMANDER
from gameday.scoring.dimension import Case, Check, Dimension, not_evaluated
from gameday.scoring.rubric import PAR_LEAST, RECOVERY_PARTS
from gameday.scoring.sources import par_of
from gameday.session.record import SessionRecord


def recovery_time(case: Case, weight: float) -> Dimension:
    """Acknowledge 5, engage 5, mitigate 7, recover 8; a part without a par is not evaluated."""
    if case.proof is None:
        return not_evaluated(weight, "no proof file, so there is no par: run gameday prove")
    if case.times.impact_began is None:
        check = Check("there was no impact to recover from", due=True, met=True)
        return Dimension(weight, 1.0, (check,), evaluated=weight)
    checks, gained, evaluated = [], 0.0, 0.0
    for name, points in RECOVERY_PARTS.items():
        par: float | None = getattr(case.proof.par, name)
        if par is None:
            checks.append(Check(f"{name}: no par", due=False, met=False))
            continue
        value = timeliness(case.times.of(name), par)
        share = precision_of_pages(case.record) if name == "engaged" else 1.0
        gained += points * value * share
        evaluated += points
        checks.append(_check(name, case.times.of(name), par, value * share, share, par_of(case.seeds)))
    if not evaluated:
        return Dimension(weight, None, tuple(checks))
    whole = sum(RECOVERY_PARTS.values())
    return Dimension(weight, gained / evaluated, tuple(checks), evaluated=weight * evaluated / whole)


def timeliness(time: float | None, par: float) -> float:
    """1 up to par, then 2^-((t - par) / max(par, 2 min)); never is 0. Times in seconds."""
    if time is None:
        return 0.0
    return 1.0 if time <= par else 2.0 ** -((time - par) / max(par, PAR_LEAST))


def precision_of_pages(record: SessionRecord) -> float:
    """Right people / people paged by hand, at least one half; 1 where nobody was.

    Right are those of a team that owns the cause; whoever is paged to lead counts for neither. Whom a policy pages for
    an alert, nobody of the team has chosen.
    """
    scenario = record.exercise.scenario
    teams = owners_of(scenario, scenario.variants[record.variant].cause.component)
    told = dict.fromkeys(event.person for event in record.events if isinstance(event, Paged) and event.by != POLICY)
    paged = [name for name in told if not _leads(scenario, name)]
    right = [name for name in paged if name in scenario.people and scenario.people[name].team in teams]
    return max(0.5, len(right) / len(paged)) if paged else 1.0


def _leads(scenario: Scenario, name: str) -> bool:
    return name in scenario.people and COMMANDER in (scenario.people[name].roles or ())


def _check(name: str, time: float | None, par: float, worth: float, share: float, source: str) -> Check:
    detail = f"worth {worth:.0%}"
    if share < 1.0:
        detail += f", {share:.0%} of the people paged by hand own the cause (counted as one half at least)"
    text = f"{name}: {'never' if time is None else _clock(time)}, par {_clock(par)}"
    return Check(text, True, worth >= 1.0, detail, source=source, value=worth)


def _clock(seconds: float) -> str:
    return format_clock(round(seconds * MICRO))

"""The score card as plain text of at most 80 columns: what became of the service, when, and what it was worth.

Blameless: the team and its roles, never the names of people. Owns the layout; the numbers are `gameday.scoring`'s.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator

from gameday.cli.dressing import dress_words
from gameday.core.units import MICRO, format_clock
from gameday.scenario.exercise import Exercise
from gameday.scoring.dimension import Check, Dimension, percent
from gameday.scoring.naming import renamed, standing
from gameday.scoring.outcome import Outcome
from gameday.scoring.proof import Proof, VariantProof
from gameday.scoring.rubric import RATING_WORDS, legend
from gameday.scoring.times import TIME_NAMES

WIDTH = 80

ENDINGS = {
    "recovered": "the service recovered",
    "unresolved": "the service had not recovered when time was up",
    "false-recovery": "the incident was closed, and the service had not recovered",
    "aborted": "stopped before the end",
}
_BAR = 10


def score_card(outcome: Outcome, exercise: Exercise, proof: Proof | None) -> str:
    """The whole card; par stands beside the team's times where there is a proof."""
    variant = None if proof is None else proof.variants.get(outcome.variant)
    sections = (
        _head(outcome, exercise, variant is not None),
        _times(outcome, variant),
        _impact(outcome, exercise, variant),
        _score(outcome, exercise),
        _cause(outcome, exercise),
        _foot(outcome, exercise),
    )
    return "\n\n".join("\n".join(section) for section in map(list, sections) if section)


def _head(outcome: Outcome, exercise: Exercise, compared: bool) -> Iterator[str]:
    title = _fit(exercise.scenario.title, WIDTH - 12)
    yield title
    yield "=" * len(title)
    if words := dress_words(exercise):
        against = "; par is that of the scenario as it is written" if compared else ""
        yield from _wrapped(f"Played {words}{against}.")
    if outcome.times.impact_began is None:
        yield "No entry ever missed its objective."
    else:
        yield f"In the end: {ENDINGS[outcome.ending]}."


def _times(outcome: Outcome, variant: VariantProof | None) -> Iterator[str]:
    began = outcome.times.impact_began
    since = "" if began is None else f" (impact began at {format_clock(began)})"
    heads = f"{'the team':>10}  {'par':>8}" if variant is not None else f"{'the team':>10}"
    yield f"{'Time since impact began' + since:<48}{heads}"
    for name in TIME_NAMES:
        row = f"  {name:<46}{_clock(outcome.times.of(name)):>10}"
        if variant is not None:
            par: float | None = getattr(variant.par, name)
            row += f"  {_clock(par):>8}"
        yield row
    for told in outcome.times.never():
        yield from _wrapped(told, "  ", "    ")


def _clock(seconds: float | None) -> str:
    return format_clock(None if seconds is None else round(seconds * MICRO))


def _impact(outcome: Outcome, exercise: Exercise, variant: VariantProof | None) -> Iterator[str]:
    impact = outcome.impact
    yield "Impact"
    compared = ""
    if variant is not None:
        compared = f"  (par {variant.bad_par:,.0f}, if nobody acts {variant.bad_nothing:,.0f})"
    yield f"  bad requests, weighted     {impact.bad_requests:>10,.0f}{compared}"
    yield f"  objectives missed for      {format_clock(impact.bad_seconds * MICRO):>10}"
    yield f"  30-day error budget burned {impact.error_budget_burned:>10.1%}"
    if impact.revenue_lost is not None and exercise.scenario.business is not None:
        currency = _fit(exercise.scenario.business.currency, 10)
        yield f"  revenue lost               {impact.revenue_lost:>10,.0f} {currency}"
    if impact.customers_left is not None:
        yield f"  customers who left         {impact.customers_left:>10,}"


def _score(outcome: Outcome, exercise: Exercise) -> Iterator[str]:
    score = outcome.score
    coverage = f"coverage {score.coverage:.0%}"
    if score.total is None or score.rating is None:
        yield f"Score   none: too little could be evaluated ({coverage})"
    else:
        yield f"Score   {score.total:.1f} of 100   {score.rating}, {RATING_WORDS[score.rating]}   ({coverage})"
    for name, dimension in score.dimensions.items():
        yield _dimension(name, dimension)
        yield from _missed(dimension.checks, exercise)
    for cap in score.caps:
        yield from _wrapped(
            f"The rating is {cap.rating} at best: {renamed(cap.reason, standing(exercise.scenario))}", "  "
        )
    if score.objectives:
        yield ""
        yield "Learning objectives"
        for objective in score.objectives:
            yield from _wrapped(f"{objective.rating or '–'}  {objective.text}", "  ", "     ")
        yield from _wrapped(f"({legend(objective.rating for objective in score.objectives)})", "  ", "   ")


def _dimension(name: str, dimension: Dimension) -> str:
    title = f"  {name.replace('_', ' '):<18}{dimension.weight:>4.0f}"
    if dimension.value is None:
        return f"{title}  not evaluated"
    filled = math.floor(min(max(dimension.value, 0.0), 1.0) * _BAR + 0.5)
    return f"{title}  {'#' * filled}{'.' * (_BAR - filled)} {percent(dimension.value):>5}"


def _missed(checks: Iterable[Check], exercise: Exercise) -> Iterator[str]:
    """What could have gone better, in the words of the check."""
    for check in checks:
        if check.due and not check.met:
            detail = f" ({check.detail})" if check.detail else ""
            source = f" [{check.source}]" if check.source else ""
            yield from _wrapped(
                f"- {renamed(check.text + detail, standing(exercise.scenario))}{source}", " " * 6, " " * 8
            )


def _cause(outcome: Outcome, exercise: Exercise) -> Iterator[str]:
    cause = exercise.scenario.variants[outcome.variant].cause
    kept = f", kept up by {cause.sustaining}" if cause.sustaining not in (None, "none") else ""
    yield from _wrapped(f"What was wrong: {cause.component}, {cause.mechanism}{kept}.")
    if cause.explanation:
        yield from _wrapped(cause.explanation.strip(), "  ")


def _foot(outcome: Outcome, exercise: Exercise) -> Iterator[str]:
    for question in exercise.scenario.debrief:
        yield from _wrapped(f"? {question}", "", "  ")
    if exercise.scenario.debrief:
        yield ""
    yield f"{outcome.scenario}, variant {outcome.variant}, seed {outcome.seed}, rubric {outcome.score.rubric}"
    yield f"digest {outcome.digest}"


def _wrapped(text: str, first: str = "", following: str | None = None) -> list[str]:
    indent = first if following is None else following
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def _fit(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"

"""The debrief in words: score card, times and impact, what was due, what really happened. Pure functions of an outcome.

Owns the order and the wording. Blameless: roles stand for names, keep and change come from the checks alone. Does not
own the score (`gameday.scoring`).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gameday.core.events import (
    AlertCleared,
    Event,
    FaultBegan,
    FaultEnded,
    HintGiven,
    LookStarted,
    StepCompleted,
    UpdateDue,
    UpdateMet,
    UpdateMissed,
)
from gameday.core.units import MICRO, format_clock, format_duration
from gameday.scoring.dimension import Check, Dimension, percent
from gameday.scoring.naming import Names
from gameday.scoring.outcome import Outcome
from gameday.scoring.proof import Proof, VariantProof
from gameday.scoring.rubric import RATING_WORDS, legend
from gameday.scoring.times import TIME_NAMES
from gameday.session.places import SUFFIX, sessions
from gameday.session.record import SessionRecord
from gameday.tui.drawing.line import Piece
from gameday.tui.drawing.prose import Paragraph, line_of

ENDINGS = {
    "recovered": "recovered",
    "unresolved": "not recovered",
    "false-recovery": "resolved, but it had not recovered",
    "aborted": "ended early",
}
_SKIPPED = (AlertCleared, LookStarted, HintGiven, UpdateDue, UpdateMet)
"""Of updates for customers the score alone says what was due, and what was missed."""

_NAME, _FIGURE = 17, 9


@dataclass(frozen=True)
class Debrief:
    """Everything the debrief tells about one finished session."""

    record: SessionRecord
    outcome: Outcome
    proof: Proof | None = None
    journal: Path | None = None

    @property
    def par(self) -> VariantProof | None:
        """The proof of the variant that was played."""
        return self.proof.variants.get(self.record.variant) if self.proof else None

    @property
    def headline(self) -> str:
        """Total, rating and how it ended, in a line."""
        return f"{total_text(self)} · {ENDINGS[self.outcome.ending]}"

    @cached_property
    def names(self) -> Names:
        """What people are called here."""
        return Names(self.record)


def total_text(debrief: Debrief) -> str:
    """`61.0 of 100 · S` or why there is no total."""
    score = debrief.outcome.score
    if score.total is None:
        return f"no total ({100 * score.coverage:.0f}% evaluated)"
    return f"{score.total:.1f} of 100 · {score.rating or '–'}"


def score_card(debrief: Debrief) -> list[Paragraph]:
    """Dimensions with weight and value, caps, objectives."""
    score = debrief.outcome.score
    made = [Paragraph(((total_text(debrief), "title"),))]
    if score.rating is not None:
        evaluated = f" · {100 * score.coverage:.0f}% evaluated · {score.rubric}"
        made.append(Paragraph(((RATING_WORDS[score.rating], "value"), (evaluated, "dim"))))
    if dress := dress_of(debrief):
        made.append(line_of(dress, "dim"))
    made += [line_of(f"at most {cap.rating}: {debrief.names.ever(cap.reason)}", "degraded", 4) for cap in score.caps]
    made += [Paragraph(), line_of(f"{'dimension':<{_NAME}}{'weight':>{_FIGURE}}{'value':>{_FIGURE}}", "dim")]
    made += [_dimension_line(name, dimension) for name, dimension in score.dimensions.items()]
    if score.objectives:
        made += [Paragraph(), line_of("to learn", "dim")]
        for objective in score.objectives:
            rating = objective.rating or "–"
            made.append(Paragraph(((f"{rating:<3}", _rating_style(objective.rating)), (objective.text, "base")), 3))
        made.append(line_of(legend(objective.rating for objective in score.objectives), "dim", 3))
    return made


def dress_of(debrief: Debrief) -> str:
    """With which hat and modifiers it was played; empty where it was as it is written."""
    hat, modifiers = debrief.outcome.hat, debrief.outcome.modifiers
    words = [*([f"hat {hat}"] if hat else []), *modifiers]
    return f"played with {', '.join(words)}; par is that without" if words else ""


def times_and_impact(debrief: Debrief) -> list[Paragraph]:
    """The six times against par, the impact against par and against nobody acting, and how to see it again."""
    times = debrief.outcome.times
    made = [line_of(f"{'since impact began':<{_NAME + 2}}{'you':>{_FIGURE}}{'par':>{_FIGURE}}", "dim")]
    if times.impact_began is None:
        made.append(line_of("there was no impact", "value"))
    for name, you, par, late in time_rows(debrief):
        pieces: tuple[Piece, ...] = (
            (f"{name:<{_NAME + 2}}", "base"),
            (f"{you:>{_FIGURE}}", "degraded" if late else "value"),
            (f"{par:>{_FIGURE}}", "dim"),
        )
        made.append(Paragraph(pieces))
    heads, row = impact_table(debrief)
    made += [Paragraph(), *(line_of(_columns(cells), style) for cells, style in ((heads, "dim"), (row, "value")))]
    made += [line_of(text, "base") for text in impact_lines(debrief)]
    if debrief.journal is not None:
        made.append(line_of(replay_command(debrief.journal), "accent", 2))
    made += [line_of(text, "dim", 2) for text in times.never()]
    return made


def time_rows(debrief: Debrief) -> Iterator[tuple[str, str, str, bool]]:
    """Each of the six times: name, the session's, par's, and whether par was sooner."""
    par, times = debrief.par, debrief.outcome.times
    for name in TIME_NAMES:
        you, standard = times.of(name), par.par.model_dump().get(name) if par else None
        late = par is not None and (you is None or (standard is not None and you > standard))
        yield name, _time(you), _time(standard) if par else "–", late


def impact_table(debrief: Debrief) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The bad requests: heads and figures."""
    par = debrief.par
    compared = (f"{par.bad_par:,.0f}", f"{par.bad_nothing:,.0f}") if par else ("–", "–")
    figures = ("bad requests", f"{debrief.outcome.impact.bad_requests:,.0f}", *compared)
    return ("", "you", "par", "nobody acts"), figures


def impact_lines(debrief: Debrief) -> Iterator[str]:
    """What else it cost."""
    impact, business = debrief.outcome.impact, debrief.record.exercise.scenario.business
    missed, burned = format_duration(impact.bad_seconds * MICRO), 100 * impact.error_budget_burned
    yield f"missed for {missed}, {burned:.1f}% of the 30-day error budget"
    if business is not None and impact.revenue_lost is not None:
        lost = f"{impact.revenue_lost:,.0f} {business.currency} of revenue lost"
        yield f"{lost}, {impact.customers_left or 0:,} customers left"


def _columns(cells: tuple[str, ...]) -> str:
    name, you, par, nothing = cells
    return f"{name:<{_NAME + 2}}{you:>{_FIGURE}}{par:>{_FIGURE}}{nothing:>13}"


def replay_command(journal: Path) -> str:
    """How to see the debrief again; a journal among the sessions goes by its name alone."""
    name = journal.stem if journal.parent == sessions() and journal.suffix == SUFFIX else str(journal)
    return f"gameday replay {shlex.quote(name)} --debrief"


def checks(debrief: Debrief) -> list[Paragraph]:
    """What to change and what to keep, from the checks that fell due; then the questions for the hot wash."""
    change, keep = sorted_checks(debrief)
    made = [line_of("Change", "title")]
    made += [_check_line(debrief, name, check, "−", "degraded") for name, check in change] or [
        line_of("nothing that fell due was missed", "value")
    ]
    made += [Paragraph(), line_of("Keep", "title")]
    made += [_check_line(debrief, name, check, "+", "ok") for name, check in keep] or [line_of("–", "dim")]
    questions = debrief.record.exercise.scenario.debrief
    if questions:
        made += [Paragraph(), line_of("For the hot wash", "title")]
        made += [line_of(f"? {question}", "accent", 2) for question in questions]
    return made


def truth(debrief: Debrief) -> list[Paragraph]:
    """The true cause, then the timeline."""
    made = [Paragraph((("The cause: ", "title"), (cause_of(debrief), "value")), 2)]
    explanation = debrief.record.exercise.scenario.variants[debrief.record.variant].cause.explanation
    if explanation:
        made.append(line_of(explanation, "base"))
    made.append(Paragraph())
    made += [Paragraph(((f"{format_clock(at)} ", "dim"), (text, style)), 6) for at, text, style in timeline(debrief)]
    return made


def cause_of(debrief: Debrief) -> str:
    """Component, mechanism and what keeps it up."""
    cause = debrief.record.exercise.scenario.variants[debrief.record.variant].cause
    sustained = f", kept up by {cause.sustaining}" if cause.sustaining and cause.sustaining != "none" else ""
    return f"{cause.component}, {cause.mechanism}{sustained}"


def timeline(debrief: Debrief) -> list[tuple[int, str, str]]:
    """Instant, text and style of everything that matters, in order; what nobody saw then is marked."""
    times = debrief.outcome.times
    marks = [(times.impact_began, "impact began", "down")] if times.impact_began is not None else []
    for name, style in (("mitigated", "ok"), ("recovered", "ok")):
        instant = times.instant(name)
        if instant is not None:
            marks.append((instant, name, style))
    lines = [(at, text, style) for at, text, style in marks if at is not None]
    overdue = list(_overdue(debrief))
    lines += [(at, debrief.names.ever(text), "degraded") for at, text in overdue]
    said = {at for at, _ in overdue}
    for event in debrief.record.events:
        if isinstance(event, _SKIPPED) or (isinstance(event, StepCompleted) and event.how == "done"):
            continue
        if isinstance(event, UpdateMissed) and event.at in said:
            continue
        hidden = not event.visible
        style = "edge-hot" if hidden else "accent" if event.kind.startswith("Action") else "base"
        lines.append((event.at, f"{'↯ ' if hidden else ''}{debrief.names.at(_told(event), event.at)}", style))
    return sorted(lines, key=lambda line: line[0])


def _overdue(debrief: Debrief) -> Iterator[tuple[int, str]]:
    """The deadlines that were missed, as the score counts them; what players were told counts from the declaration."""
    for dimension in debrief.outcome.score.dimensions.values():
        for check in dimension.checks:
            if check.due and not check.met and check.due_at is not None:
                what = check.text.removesuffix(f" by {format_clock(check.due_at)}")
                yield check.due_at, f"{what} was due and had not come ({check.detail})"


def _told(event: Event) -> str:
    """An event in the words of the debrief."""
    if isinstance(event, FaultBegan | FaultEnded):
        what = re.sub(r" \d+$", "", event.named)
        return f"{what} {'begins' if isinstance(event, FaultBegan) else 'ends'}"
    if isinstance(event, UpdateMissed):
        return f"{event.what} has not come"
    return event.text()


def _dimension_line(name: str, dimension: Dimension) -> Paragraph:
    style = "dim" if dimension.value is None else "ok" if dimension.value >= 0.85 else "degraded"
    pieces: list[Piece] = [
        (f"{words_of(name):<{_NAME}}", "base"),
        (f"{dimension.weight:>{_FIGURE}g}", "dim"),
        (f"{value_of(dimension):>{_FIGURE}}", style),
    ]
    if told := told_of(dimension):
        pieces.append((f"  {told}", "dim"))
    return Paragraph(tuple(pieces), _NAME + 2 * _FIGURE + 2)


def told_of(dimension: Dimension) -> str:
    """What its value comes from, or why it has none."""
    if dimension.value is not None:
        return _tally(dimension)
    return dimension.checks[0].text.split(",")[0] if dimension.checks else ""


def _tally(dimension: Dimension) -> str:
    """How many checks were met; where they are worth more than met or not, what each is worth."""
    due = [check for check in dimension.checks if check.due]
    worth = [check.value for check in due if check.value is not None]
    if worth and len(worth) == len(due):
        if len(worth) == 1:
            return "a share, not met or missed"
        return "by parts " + ", ".join(f"{100 * value:.0f}%" for value in worth)
    return f"{sum(check.met for check in due)} of {len(due)} checks" if due else "nothing due"


def value_of(dimension: Dimension) -> str:
    return "–" if dimension.value is None else percent(dimension.value)


def sorted_checks(debrief: Debrief) -> tuple[list[tuple[str, Check]], list[tuple[str, Check]]]:
    due = [
        (name, check)
        for name, dimension in debrief.outcome.score.dimensions.items()
        for check in dimension.checks
        if check.due
    ]
    return [one for one in due if not one[1].met], [one for one in due if one[1].met]


def _check_line(debrief: Debrief, name: str, check: Check, mark: str, style: str) -> Paragraph:
    detail = f" ({debrief.names.ever(check.detail)})" if check.detail else ""
    return Paragraph(
        (
            (f"{mark} ", style),
            (debrief.names.ever(check.text), "base"),
            (detail, "value"),
            (f"  {words_of(name)}", "dim"),
            (f" · {check.source}" if check.source else "", "dim"),
        ),
        2,
    )


def words_of(name: str) -> str:
    return name.replace("_", " ")


def _time(seconds: float | None) -> str:
    return format_clock(None if seconds is None else round(seconds * MICRO))


def _rating_style(rating: str | None) -> str:
    return {"P": "ok", "S": "ok", "M": "degraded", "U": "down"}.get(rating or "", "dim")

"""The debrief in words: score card, times and impact, what was due, what really happened. Pure functions of an outcome.

Owns the order and the wording. Blameless: roles stand for names, keep and change come from the checks alone. Does not
own the score (`gameday.scoring`).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gameday.core.events import (
    AlertCleared,
    Event,
    FaultBegan,
    FaultEnded,
    HintGiven,
    IncidentDeclared,
    LookStarted,
    RoleAssigned,
    StepCompleted,
)
from gameday.core.units import MICRO, format_clock, format_duration
from gameday.scoring.dimension import Check, Dimension
from gameday.scoring.outcome import Outcome
from gameday.scoring.proof import Proof, VariantProof
from gameday.scoring.times import TIME_NAMES
from gameday.session.record import SessionRecord
from gameday.tui.drawing.line import Piece
from gameday.tui.drawing.prose import Paragraph, line_of

RATINGS = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "unable to be performed",
}
ENDINGS = {
    "recovered": "recovered",
    "unresolved": "not recovered",
    "false-recovery": "resolved, but it had not recovered",
    "aborted": "ended early",
}
_SKIPPED = (AlertCleared, LookStarted, HintGiven)
_NAME, _FIGURE = 17, 9
_SHORTEST_NAME = 2


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

    def unnamed(self, text: str) -> str:
        """A text with roles in place of the players' names."""
        for name, role in self._roles().items():
            if len(name) >= _SHORTEST_NAME:
                text = re.sub(rf"\b{re.escape(name)}\b", lambda _: role, text)  # noqa: B023 (used at once)
        return text

    def _roles(self) -> dict[str, str]:
        seats = {seat.person: seat.role for seat in self.record.exercise.scenario.seats}
        roles = {name: seats.get(name, "responder") for name in self.record.players}
        for event in self.record.events:
            if isinstance(event, IncidentDeclared) and event.by in roles:
                roles[event.by] = "commander"
            elif isinstance(event, RoleAssigned) and event.person in roles:
                roles[event.person] = event.role.replace("incident-", "")
        return roles


def total_text(debrief: Debrief) -> str:
    """`61 of 100 · S` or why there is no total."""
    score = debrief.outcome.score
    if score.total is None:
        return f"no total ({100 * score.coverage:.0f}% evaluated)"
    return f"{score.total:.0f} of 100 · {score.rating or '–'}"


def score_card(debrief: Debrief) -> list[Paragraph]:
    """Dimensions with weight and value, caps, objectives."""
    score = debrief.outcome.score
    made = [Paragraph(((total_text(debrief), "title"),))]
    if score.rating is not None:
        evaluated = f" · {100 * score.coverage:.0f}% evaluated · {score.rubric}"
        made.append(Paragraph(((RATINGS[score.rating], "value"), (evaluated, "dim"))))
    dress = (debrief.outcome.hat and f"hat {debrief.outcome.hat}", *debrief.outcome.modifiers)
    if any(dress):
        made.append(line_of(f"played with {', '.join(word for word in dress if word)}; par is that without", "dim"))
    made += [line_of(f"at most {cap.rating}: {debrief.unnamed(cap.reason)}", "degraded", 4) for cap in score.caps]
    made += [Paragraph(), line_of(f"{'dimension':<{_NAME}}{'weight':>{_FIGURE}}{'value':>{_FIGURE}}", "dim")]
    made += [_dimension_line(name, dimension) for name, dimension in score.dimensions.items()]
    if score.objectives:
        made += [Paragraph(), line_of("to learn", "dim")]
        for objective in score.objectives:
            rating = objective.rating or "–"
            made.append(Paragraph(((f"{rating:<3}", _rating_style(objective.rating)), (objective.text, "base")), 3))
    return made


def times_and_impact(debrief: Debrief) -> list[Paragraph]:
    """The six times against par, the impact against par and against nobody acting, and where it is recorded."""
    par, times = debrief.par, debrief.outcome.times
    made = [line_of(f"{'since impact began':<{_NAME + 2}}{'you':>{_FIGURE}}{'par':>{_FIGURE}}", "dim")]
    if times.impact_began is None:
        made.append(line_of("there was no impact", "value"))
    for name in TIME_NAMES:
        you, standard = times.of(name), par.par.model_dump().get(name) if par else None
        late = you is None or (standard is not None and you > standard)
        pieces: tuple[Piece, ...] = (
            (f"{name:<{_NAME + 2}}", "base"),
            (f"{_time(you):>{_FIGURE}}", "degraded" if late and par else "value"),
            (f"{_time(standard) if par else '–':>{_FIGURE}}", "dim"),
        )
        made.append(Paragraph(pieces))
    made += [Paragraph(), *_impact(debrief)]
    if debrief.journal is not None:
        made.append(line_of(replay_command(debrief.journal), "accent", 4))
    return made


def replay_command(journal: Path) -> str:
    """How to see it again."""
    return f"gameday replay {shlex.quote(str(journal))} --verify"


def checks(debrief: Debrief) -> list[Paragraph]:
    """What to change and what to keep, from the checks that fell due; then the questions for the hot wash."""
    change, keep = _sorted_checks(debrief)
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
    cause = debrief.record.exercise.scenario.variants[debrief.record.variant].cause
    sustained = f", kept up by {cause.sustaining}" if cause.sustaining and cause.sustaining != "none" else ""
    made = [
        Paragraph((("The cause: ", "title"), (f"{cause.component}, {cause.mechanism}{sustained}", "value")), 2),
    ]
    if cause.explanation:
        made.append(line_of(cause.explanation, "base"))
    made.append(Paragraph())
    made += [Paragraph(((f"{format_clock(at)} ", "dim"), (text, style)), 6) for at, text, style in timeline(debrief)]
    return made


def timeline(debrief: Debrief) -> list[tuple[int, str, str]]:
    """Instant, text and style of everything that matters, in order; what nobody saw then is marked."""
    times = debrief.outcome.times
    marks = [(times.impact_began, "impact began", "down")] if times.impact_began is not None else []
    for name, style in (("mitigated", "ok"), ("recovered", "ok")):
        instant = times.instant(name)
        if instant is not None:
            marks.append((instant, name, style))
    lines = [(at, text, style) for at, text, style in marks if at is not None]
    for event in debrief.record.events:
        if isinstance(event, _SKIPPED) or (isinstance(event, StepCompleted) and event.how == "done"):
            continue
        hidden = not event.visible
        style = "edge-hot" if hidden else "accent" if event.kind.startswith("Action") else "base"
        lines.append((event.at, f"{'↯ ' if hidden else ''}{debrief.unnamed(_told(event))}", style))
    return sorted(lines, key=lambda line: line[0])


def _told(event: Event) -> str:
    """An event in the words of the debrief."""
    if isinstance(event, FaultBegan | FaultEnded):
        what = re.sub(r" \d+$", "", event.fault)
        return f"{what} {'begins' if isinstance(event, FaultBegan) else 'ends'}"
    return event.text()


def markdown(debrief: Debrief) -> str:
    """The debrief as a document to keep."""
    record, outcome = debrief.record, debrief.outcome
    title = record.exercise.scenario.title
    parts = [f"# Debrief: {_escaped(title)}", "", f"{_escaped(debrief.headline)}. Seed {record.seed}.", ""]
    parts += ["| dimension | weight | value |", "|---|---|---|"]
    parts += [f"| {_words(name)} | {one.weight:g} | {_value(one)} |" for name, one in outcome.score.dimensions.items()]
    for heading, paragraphs in (
        ("Times and impact", times_and_impact(debrief)),
        ("Keep and change", checks(debrief)),
        ("What really happened", truth(debrief)),
    ):
        parts += ["", f"## {heading}", ""]
        parts += [f"- {line}" for line in _plain_lines(paragraphs)]
    return "\n".join(parts) + "\n"


def _plain_lines(paragraphs: list[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        text = " ".join("".join(text for text, _ in paragraph.pieces).split())
        if text:
            yield _escaped(text)


def _escaped(text: str) -> str:
    """Nothing that others wrote is markup."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)


def _dimension_line(name: str, dimension: Dimension) -> Paragraph:
    style = "dim" if dimension.value is None else "ok" if dimension.value >= 0.85 else "degraded"
    pieces: list[Piece] = [
        (f"{_words(name):<{_NAME}}", "base"),
        (f"{dimension.weight:>{_FIGURE}g}", "dim"),
        (f"{_value(dimension):>{_FIGURE}}", style),
    ]
    if dimension.value is None and dimension.checks:
        pieces.append((f"  {dimension.checks[0].text.split(',')[0]}", "dim"))
    elif dimension.value is not None:
        pieces.append((f"  {_tally(dimension)}", "dim"))
    return Paragraph(tuple(pieces), _NAME + 2 * _FIGURE + 2)


def _tally(dimension: Dimension) -> str:
    """How many checks were met; where they are worth more than met or not, what each is worth."""
    due = [check for check in dimension.checks if check.due]
    worth = [check.value for check in due if check.value is not None]
    if worth and len(worth) == len(due):
        return "by parts " + ", ".join(f"{100 * value:.0f}%" for value in worth)
    return f"{sum(check.met for check in due)} of {len(due)} checks" if due else "nothing due"


def _value(dimension: Dimension) -> str:
    return "–" if dimension.value is None else f"{100 * dimension.value:.0f}%"


def _impact(debrief: Debrief) -> list[Paragraph]:
    impact, par = debrief.outcome.impact, debrief.par
    business = debrief.record.exercise.scenario.business
    made = [
        line_of(f"{'':<{_NAME + 2}}{'you':>{_FIGURE}}{'par':>{_FIGURE}}{'nobody acts':>13}", "dim"),
        Paragraph(
            (
                (f"{'bad requests':<{_NAME + 2}}", "base"),
                (f"{impact.bad_requests:>{_FIGURE},.0f}", "value"),
                (f"{par.bad_par:>{_FIGURE},.0f}" if par else f"{'–':>{_FIGURE}}", "dim"),
                (f"{par.bad_nothing:>13,.0f}" if par else f"{'–':>13}", "dim"),
            )
        ),
        line_of(
            f"missed for {format_duration(impact.bad_seconds * MICRO)}, "
            f"{100 * impact.error_budget_burned:.1f}% of the 30-day error budget",
            "base",
        ),
    ]
    if business is not None and impact.revenue_lost is not None:
        lost = f"{impact.revenue_lost:,.0f} {business.currency} of revenue lost"
        made.append(line_of(f"{lost}, {impact.customers_left or 0:,} customers left", "base"))
    return made


def _sorted_checks(debrief: Debrief) -> tuple[list[tuple[str, Check]], list[tuple[str, Check]]]:
    due = [
        (name, check)
        for name, dimension in debrief.outcome.score.dimensions.items()
        for check in dimension.checks
        if check.due
    ]
    return [one for one in due if not one[1].met], [one for one in due if one[1].met]


def _check_line(debrief: Debrief, name: str, check: Check, mark: str, style: str) -> Paragraph:
    detail = f" ({debrief.unnamed(check.detail)})" if check.detail else ""
    return Paragraph(
        (
            (f"{mark} ", style),
            (debrief.unnamed(check.text), "base"),
            (detail, "value"),
            (f"  {_words(name)}", "dim"),
            (f" · {check.source}" if check.source else "", "dim"),
        ),
        2,
    )


def _words(name: str) -> str:
    return name.replace("_", " ")


def _time(seconds: float | None) -> str:
    return format_clock(None if seconds is None else round(seconds * MICRO))


def _rating_style(rating: str | None) -> str:
    return {"P": "ok", "S": "ok", "M": "degraded", "U": "down"}.get(rating or "", "dim")

"""The debrief as a document to keep, in markdown: headings, tables, lists. What it says is `debriefing`'s.

Nothing that others wrote becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gameday.core.units import format_clock
from gameday.scoring.dimension import Check
from gameday.scoring.rubric import RATING_WORDS, legend
from gameday.tui import debriefing
from gameday.tui.debriefing import Debrief


def markdown(debrief: Debrief) -> str:
    """The whole debrief."""
    record = debrief.record
    head = [f"# Debrief: {_escaped(record.exercise.scenario.title)}"]
    head.append(f"{_escaped(debrief.headline)}. Seed {record.seed}.")
    if dress := debriefing.dress_of(debrief):
        head.append(f"{_escaped(dress[:1].upper() + dress[1:])}.")
    parts = (head, _score(debrief), _times(debrief), _checks(debrief), _truth(debrief))
    return "\n\n".join(block for part in parts for block in part) + "\n"


def _score(debrief: Debrief) -> Iterator[str]:
    score = debrief.outcome.score
    yield "## Score card"
    if score.rating is not None:
        yield f"{RATING_WORDS[score.rating].capitalize()} ({100 * score.coverage:.0f}% evaluated, {score.rubric})."
    rows = [
        (debriefing.words_of(name), f"{one.weight:g}", debriefing.value_of(one), debriefing.told_of(one))
        for name, one in score.dimensions.items()
    ]
    yield _table(("dimension", "weight", "value", "from"), rows, right=(1, 2))
    if score.caps:
        yield _list(f"at most {cap.rating}: {debrief.names.ever(cap.reason)}" for cap in score.caps)
    if score.objectives:
        yield "### To learn"
        yield _table(("rating", "objective"), [(one.rating or "–", one.text) for one in score.objectives])
        yield _escaped(legend(one.rating for one in score.objectives))


def _times(debrief: Debrief) -> Iterator[str]:
    yield "## Times and impact"
    if debrief.outcome.times.impact_began is None:
        yield "There was no impact."
    rows = [(name, you, par) for name, you, par, _ in debriefing.time_rows(debrief)]
    yield _table(("since impact began", "you", "par"), rows, right=(1, 2))
    heads, figures = debriefing.impact_table(debrief)
    yield _table(heads, [figures], right=(1, 2, 3))
    yield _list([*debriefing.impact_lines(debrief), *debrief.outcome.times.never()])
    if debrief.journal is not None:
        yield f"    {debriefing.replay_command(debrief.journal)}"


def _checks(debrief: Debrief) -> Iterator[str]:
    change, keep = debriefing.sorted_checks(debrief)
    yield "## Change and keep"
    yield "### Change"
    yield _list(_check(debrief, *one) for one in change) if change else "Nothing that fell due was missed."
    yield "### Keep"
    yield _list(_check(debrief, *one) for one in keep) if keep else "–"
    if questions := debrief.record.exercise.scenario.debrief:
        yield "### For the hot wash"
        yield _list(questions)


def _check(debrief: Debrief, dimension: str, check: Check) -> str:
    detail = f" ({check.detail})" if check.detail else ""
    source = f"; {check.source}" if check.source else ""
    return f"{debrief.names.ever(check.text + detail)} – {debriefing.words_of(dimension)}{source}"


def _truth(debrief: Debrief) -> Iterator[str]:
    yield "## What really happened"
    yield f"**The cause:** {_escaped(debriefing.cause_of(debrief))}."
    explanation = debrief.record.exercise.scenario.variants[debrief.record.variant].cause.explanation
    if explanation:
        yield _escaped(" ".join(explanation.split()))
    rows = [(format_clock(at), text) for at, text, _ in debriefing.timeline(debrief)]
    yield _table(("at", "what happened; ↯ nobody was told then"), rows, right=(0,))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table; the columns `right` (from 0) are aligned to the right."""
    rule = ("---:" if column in right else "---" for column in range(len(heads)))
    lines = [" | ".join(heads), " | ".join(rule), *(" | ".join(map(_escaped, row)) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {_escaped(line)}" for line in lines)


def _escaped(text: str) -> str:
    """On one line, and nothing in it is markup."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))

"""The debrief in words."""

from __future__ import annotations

import re
from pathlib import Path

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scoring.outcome import outcome_of
from gameday.scoring.proof import Par, Proof, VariantProof
from gameday.scoring.rubric import RATING_WORDS
from gameday.session.places import sessions
from gameday.session.session import Session
from gameday.tui import debriefing
from gameday.tui.debrief_document import markdown
from gameday.tui.debriefing import Debrief
from gameday.tui.drawing.prose import Paragraph

PAR = Par(impact_began=5, detected=6, acknowledged=7, engaged=7, diagnosed=30, mitigated=20, recovered=40)


def played(exercise: Exercise, *commands: tuple[int, str], proof: bool = False) -> Debrief:
    session = Session(exercise, 3)
    for second, text in commands:
        session.run_to(second * MICRO)
        session.submit(parse_command(text))
    record = session.finish()
    variant = VariantProof(par=PAR, bad_par=200.0, bad_nothing=1500.0, floor=16.0, baseline=1600.0, served=0.1)
    whole = Proof(
        scenario="short",
        scenario_digest=exercise.digest,
        engine_version="0",
        seeds=200,
        label_seeds=20,
        horizon=80 * MICRO,
        variants={"release": variant},
    )
    return Debrief(record, outcome_of(record, whole if proof else None), whole if proof else None)


def text_of(paragraphs: list[Paragraph]) -> str:
    return "\n".join("".join(text for text, _ in paragraph.pieces) for paragraph in paragraphs)


MENDED = ((12, "ack"), (14, "declare SEV-2"), (15, "rollback db"), (16, "diagnose db bad-deploy"))


def test_what_never_happened_is_shown_as_infinite(exercise: Exercise) -> None:
    lines = text_of(debriefing.times_and_impact(played(exercise))).split("\n")
    shown = {line.split()[0]: line.split()[1] for line in lines[1:7]}
    assert (shown["mitigated"], shown["diagnosed"]) == ("∞", "∞")


def test_what_diagnosed_is_is_said_where_it_never_came(exercise: Exercise) -> None:
    told = text_of(debriefing.times_and_impact(played(exercise)))
    assert "diagnosed is when component and mechanism were both named rightly" in told
    assert "is when" not in text_of(debriefing.times_and_impact(played(exercise, *MENDED)))


def test_times_and_impact_stand_beside_par_and_nobody_acting(exercise: Exercise) -> None:
    text = text_of(debriefing.times_and_impact(played(exercise, *MENDED, proof=True)))
    assert "00:40" in text
    assert "1,500" in text


def test_without_a_proof_there_is_no_total_and_the_card_says_why(exercise: Exercise) -> None:
    debrief = played(exercise, *MENDED)
    assert debrief.headline.startswith("no total (")
    assert "no proof file" in text_of(debriefing.score_card(debrief))


def test_with_a_proof_the_card_has_total_rating_and_coverage(exercise: Exercise) -> None:
    debrief = played(exercise, *MENDED, proof=True)
    text = text_of(debriefing.score_card(debrief))
    assert debrief.outcome.score.total is not None
    assert f"{debrief.outcome.score.total:.1f} of 100" in text
    assert "90% evaluated" in text


def test_every_check_that_fell_due_is_either_to_keep_or_to_change(exercise: Exercise) -> None:
    debrief = played(exercise, *MENDED, proof=True)
    text = text_of(debriefing.checks(debrief))
    due = [check for one in debrief.outcome.score.dimensions.values() for check in one.checks if check.due]
    assert due
    assert text.count("\n+ ") + text.count("\n− ") == len(due)


def test_roles_stand_for_names(exercise: Exercise) -> None:
    debrief = played(exercise, *MENDED)
    texts = text_of([*debriefing.checks(debrief), *debriefing.truth(debrief)])
    assert not {"ana", "bo"} & set(texts.split())


def test_a_role_stands_for_a_name_only_from_when_it_was_held(exercise: Exercise) -> None:
    told = text_of(debriefing.truth(played(exercise, *MENDED, (20, "note looking"))))
    assert "acknowledged by on-call" in told
    assert "on-call declared SEV-2" in told
    assert "incident commander: looking" in told


def test_a_deadline_is_told_once_and_as_the_score_counts_it(exercise: Exercise) -> None:
    late = played(exercise, (40, "declare SEV-2"), (75, "status Nobody can buy. Next update in 8 minutes."))
    told = text_of([*debriefing.checks(late), *debriefing.truth(late)])
    assert "in time" not in told
    assert "it was due at" not in told


def test_the_journal_among_the_sessions_is_replayed_by_its_name(exercise: Exercise) -> None:
    assert debriefing.replay_command(sessions() / "2026-short.jsonl") == "gameday replay 2026-short --debrief"
    assert debriefing.replay_command(Path("/else where/a.jsonl")) == "gameday replay '/else where/a.jsonl' --debrief"


def test_a_learning_objective_says_what_its_letter_means(exercise: Exercise) -> None:
    debrief = played(exercise, *MENDED, proof=True)
    letters = {one.rating for one in debrief.outcome.score.objectives if one.rating}
    for letter in letters:
        assert f"{letter}: {RATING_WORDS[letter]}" in text_of(debriefing.score_card(debrief))


def test_the_truth_is_told_and_what_was_hidden_is_marked(exercise: Exercise) -> None:
    text = text_of(debriefing.truth(played(exercise, *MENDED)))
    assert "The cause: db, bad-deploy" in text
    assert "The release broke every query." in text
    assert "00:05 ↯ bad-deploy db begins" in text


def test_the_document_escapes_what_others_wrote(exercise: Exercise) -> None:
    debrief = played(exercise, (3, "note <script>|*x*"), *MENDED)
    document = markdown(debrief)
    assert r"\<script\>\|\*x\*" in document
    assert "| command | 10 |" in document


def test_the_document_has_headings_and_tables_with_one_width_each(exercise: Exercise) -> None:
    document = markdown(played(exercise, *MENDED, proof=True))
    for heading in ("## Score card", "## Times and impact", "### Change", "### Keep", "## What really happened"):
        assert f"\n\n{heading}\n\n" in document
    tables = [block.split("\n") for block in document.strip().split("\n\n") if block.startswith("|")]
    assert len(tables) >= 4
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1
        assert set(table[1]) <= set("| -:")
    assert "| detected |" in document

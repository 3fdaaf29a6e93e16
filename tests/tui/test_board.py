"""Pages, steps, what is under way."""

from __future__ import annotations

from gameday.core.signals import (
    ActionView,
    IncidentView,
    LookView,
    Observation,
    PageView,
    PersonView,
    QuestionView,
    StepView,
)
from gameday.core.units import MICRO
from gameday.tui import board


def page(
    state: str, *, targets: tuple[str, ...] = ("ana",), escalates_at: int | None = 70, opened: int = 10
) -> PageView:
    return PageView("A1", "shop-fails", "it fails", "high", state, targets, opened, None, escalates_at)


def observation(**parts: object) -> Observation:
    return Observation(20, {}, {}, **parts)  # type: ignore[arg-type]


def details(row: object) -> list[str]:
    return [text for text, _ in row.details]  # type: ignore[attr-defined]


def test_a_page_counts_down_to_the_next_level() -> None:
    (row,) = board.pager(observation(pages=(page("triggered"),)), "ana").rows
    assert details(row) == ["→ you, unanswered · next level in 00:50"]


def test_a_page_that_nobody_is_left_for_says_no_level() -> None:
    (row,) = board.pager(observation(pages=(page("triggered", targets=("bo",), escalates_at=None),)), "ana").rows
    assert details(row) == ["→ bo, unanswered"]


def test_unanswered_pages_stand_above_older_ones_that_are_taken() -> None:
    pages = (page("resolved", opened=1), page("acknowledged", opened=2), page("triggered", opened=3))
    rows = board.pager(observation(pages=pages), "ana").rows
    assert [row.at for row in rows] == ["00:03", "00:02", "00:01"]
    assert board.pager_title(observation(pages=pages)) == "3 Pager · 1 unanswered, 1 acknowledged"


def test_the_current_step_shows_its_commands_those_given_ticked() -> None:
    steps = (
        StepView("a", "First.", "done", "ack", ""),
        StepView("b", "Look.", "current", "metrics db\nchanges", "db.errors < 1%"),
        StepView("c", "Mend.", "todo", "rollback db", ""),
    )
    state = board.playbook(steps, ["metrics db"])
    assert state.focus == "b"
    assert details(state.rows[1]) == ["✔ metrics db", ": changes", "until db.errors < 1%"]
    assert state.rows[2].details == ()
    assert board.playbook_title("shop-fails", steps) == "4 Playbook: shop-fails 1/3"


def test_what_is_under_way_shows_its_share_and_what_is_left() -> None:
    seen = observation(
        actions=(
            ActionView("X1", "rollback db", "ana", "running", 10, 30),
            ActionView("X2", "shed web 10%", "ana", "pending", 12, None),
        ),
        looks=(LookView("ana", "logs db", 35),),
    )
    running, waiting, looking = board.under_way(seen, 20 * MICRO).gauges
    assert (running.done, running.note) == (0.5, "10 s left")
    assert waiting.note == "waits for approval (:approve)"
    assert (looking.label, looking.note) == ("ana: logs db", "15 s left")


def test_the_public_update_counts_down_and_then_says_overdue() -> None:
    incident = IncidentView(declared_at=5, severity="SEV-2", status_due_at=60)
    soon, late = board.update_due(incident, 20 * MICRO), board.update_due(incident, 100 * MICRO)
    assert soon is not None
    assert late is not None
    assert (soon.note, late.note, late.style) == ("in 00:40", "OVERDUE by 00:40 (s)", "down")
    assert board.update_due(IncidentView(), 0) is None
    assert board.update_due(IncidentView(status_due_at=60, resolved_at=70), 80 * MICRO) is None


def test_who_plays_is_shown_first_with_what_they_are() -> None:
    assert board.people(observation(), "ana", "on-call") == ("you are ana, on-call",)
    held = observation(incident=IncidentView(roles=(("incident-commander", "bo"), ("scribe", "ana"))))
    assert board.people(held, "ana", "on-call") == ("you are ana, scribe", "IC bo")


def question(ref: str, to: str, due_at: int | None, asked_at: int = 5) -> QuestionView:
    return QuestionView(ref, "executive", "vp", to, "how bad is it?", asked_at, due_at)


def test_people_who_are_here_stand_first_with_what_they_are_at() -> None:
    people = (
        PersonView("eli", "edge", "edge on-call", "away"),
        PersonView("ana", "auth", "on-call", "here", role="incident-commander", played=True),
        PersonView("bo", "auth", "lead", "here", tired=True, doing="what changed", until=32),
        PersonView("sam", "shop", "shop on-call", "gone"),
    )
    seen = observation(people=people, looks=(LookView("bo", "logs db", 35),), pages=(page("triggered"),))
    rows = board.team(seen, "ana").rows
    assert [(row.key, row.text, row.right) for row in rows] == [
        ("ana", "IC · rung by A1", "you"),
        ("bo", "looks at logs db · tired", "15 s"),
        ("eli", "not here", ""),
        ("sam", "gone", ""),
    ]
    assert board.team_title(seen) == "7 People · 2 here"


def test_only_questions_to_those_who_are_played_wait_and_what_is_due_first_is_first() -> None:
    seen = observation(questions=(question("Q1", "ana", None), question("Q2", "bo", 30), question("Q3", "ana", 60)))
    assert [one.ref for one in board.waiting(seen, ("ana",))] == ["Q3", "Q1"]
    assert [one.ref for one in board.waiting(seen, ("ana", "bo"))] == ["Q2", "Q3", "Q1"]


def test_a_question_counts_down_and_then_says_overdue() -> None:
    seen = observation(questions=(question("Q1", "ana", 60),))
    texts = [board.questions(seen, ("ana",), now * MICRO).questions[0] for now in (20, 50, 70)]
    assert [one.left for one in texts] == ["00:40 left", "00:10 left", "OVERDUE by 00:10"]
    assert [one.style for one in texts] == ["header-warn", "header-down", "header-down"]
    assert texts[0].text == "Q1 vp asks: how bad is it?"
    two = board.questions(seen, ("ana", "bo"), 0).questions[0]
    assert two.text == "Q1 vp asks (to ana): how bad is it?"


def test_somebody_who_was_paged_is_expected_only_as_long_as_a_page_waits() -> None:
    people = (PersonView("bo", "auth", "lead", "paged"),)

    def words(*pages: PageView) -> str:
        return board.team(observation(people=people, pages=pages), "ana").rows[0].text

    waits = page("triggered")
    assert words(page("triggered", targets=("bo",))) == "rung by A1"
    assert words(waits) == "paged, may still come"
    assert words(page("acknowledged")) == "not expected: no page waits"


def test_an_update_that_falls_due_after_the_end_of_the_game_is_not_counted_down() -> None:
    incident = IncidentView(declared_at=5, severity="SEV-2", status_due_at=60)
    assert board.update_due(incident, 20 * MICRO, end=59 * MICRO) is None
    assert board.update_due(incident, 20 * MICRO, end=60 * MICRO) is not None

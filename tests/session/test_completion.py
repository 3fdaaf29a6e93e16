from __future__ import annotations

import pytest

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.core.verbs import VERBS
from gameday.scenario.exercise import Exercise
from gameday.session.completion import complete, preview
from gameday.session.session import Session


@pytest.fixture(scope="module")
def session(exercise: Exercise) -> Session:
    """At 12 s, with a page open and an incident declared."""
    session = Session(exercise, 7, variant="deploy")
    session.run_to(12 * MICRO)
    session.submit(parse_command("declare SEV-2"))
    return session


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("rest", ["restart", "restore"]),
        ("restart ", ["restart web", "restart db"]),
        ("restart d", ["restart db"]),
        ("RESTART d", ["RESTART db"]),
        ("as bo: restart d", ["as bo: restart db"]),
        ("retries ", ["retries web>db"]),
        ("retries web>db ", ["retries web>db 2"]),
        ("shed web 5% --", ["shed web 5% --entry", "shed web 5% --segment"]),
        ("shed web 5% --entry ", ["shed web 5% --entry order", "shed web 5% --entry crawl"]),
        ("shed web 5% --segment a", ["shed web 5% --segment abroad"]),
        ("flag cedar o", ["flag cedar on", "flag cedar off"]),
        ("page ", ["page shop", "page data", "page ana", "page bo", "page cleo"]),
        ("page bo --by ph", ["page bo --by phone"]),
        ("ack ", ["ack A1"]),
        ("step ca", ["step calm"]),
        ("assign scr", ["assign scribe"]),
        ("assign scribe b", ["assign scribe bo"]),
        ("timeout web>db ", ["timeout web>db 500ms"]),
        ("restart web --", ["restart web --replica", "restart web --rolling"]),
        ("restart web --rolling --rep", ["restart web --rolling --replica"]),
        ("restart web --replica ", ["restart web --replica 2"]),
        ("breaker web>db ", ["breaker web>db open", "breaker web>db closed", "breaker web>db auto"]),
        ("freeze d", ["freeze deploys"]),
        ("freeze deploys a", ["freeze deploys all"]),
        ("config web w", ["config web workers"]),
        ("config web>db ti", ["config web>db timeout"]),
        ("config web>db timeout ", ["config web>db timeout 500ms"]),
        ("deploy db ", ["deploy db 2", "deploy db 3"]),
        ("limit web ", ["limit web 100/s"]),
        ("cert renew ", ["cert renew web", "cert renew db"]),
        ("breakglass rollb", ["breakglass rollback"]),
        ("breakglass rollback w", ["breakglass rollback web"]),
        ("as bo: breakglass rollback w", ["as bo: breakglass rollback web"]),
        ("note hello th", []),
        ("frobnicate ", []),
        ("diagnose ", [f"diagnose {name}" for name in ("web", "db", "web>db", "order", "crawl", "cedar")]),
    ],
)
def test_what_could_come_next(session: Session, text: str, lines: list[str]) -> None:
    assert [completion.text for completion in complete(text, session)] == lines


def test_an_empty_line_offers_every_verb(session: Session) -> None:
    words = [completion.word for completion in complete("", session)]
    assert words[: len(VERBS)] == list(VERBS)


def test_a_candidate_says_what_it_is(session: Session) -> None:
    assert [completion.what for completion in complete("restart ", session)] == ["the shop", "orders"]
    assert complete("ack ", session)[0].what == "triggered: Orders are slow"


def test_a_completed_line_can_be_completed_on_and_read(session: Session) -> None:
    line = ""
    for typed in ("sc", " w", " "):
        line = complete(line + typed, session)[0].text
    assert parse_command(line).body == "scale web 2"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "type a command; tab completes, ? helps"),
        ("re", "restart, retries, restore, reply, relieve, resolve?"),
        ("restrat", '"restrat" is not a command; did you mean "restart"?'),
        ("scale", "scale SERVICE REPLICAS: run this many replicas"),
        (
            "restart web",
            "restart: takes 3s; kills what is in flight; no web at all for 3s",
        ),
        (
            "rollback db",
            "rollback: takes 10s; orders wait a moment; the incident commander must approve it",
        ),
        ("scale web 3", "scale: takes 5s"),
        ("limit web 5/s", "limit: takes 10s; turned away beyond 5/s: each counts as a failure"),
        (
            "restart web --rolling",
            "restart: takes 6s; kills what is in flight, one replica of 2 at a time, each gone for 3s",
        ),
        ("breakglass rollback db", "breakglass: takes 10s; orders wait a moment; goes past approval"),
        ("vendor web", 'vendor: "web" is no third party here; there is none'),
        ("cancel", "cancel ACTION: end an action that waits or runs"),
        ("logs db", "logs: occupies ana for 15s"),
        ("oncall", "oncall: at once"),
        ("ack", "ack: acknowledge a page (the oldest open one)"),
        ("restart wbe", 'restart: "wbe" is no service here; did you mean "web"?'),
        ("done", "step: move on in the playbook: done (checked), skip, or the name of a step"),
    ],
)
def test_the_line_below_says_what_it_would_take(session: Session, text: str, line: str) -> None:
    assert preview(text, session) == line


@pytest.mark.parametrize(
    "text", ['"', "as ", "as bo:", 'note "', "--", "shed --entry", "\x1b", "a" * 5000, "as a: as b: x"]
)
def test_whatever_is_typed_gives_no_traceback(session: Session, text: str) -> None:
    before = list(session.events)
    complete(text, session)
    preview(text, session)
    assert session.events == before


def test_before_it_is_closed_or_opened_again_it_is_said_what_that_means(session: Session) -> None:
    still = preview("resolve", session)
    assert still.startswith("resolve: order is still 63.1% bad, crawl is still ")
    assert still.endswith("% bad; this closes the incident, time goes on at its pace, and declare opens it again")
    session.submit(parse_command("resolve"))
    assert preview("declare", session).startswith("declare: opens the incident again; severity and roles")

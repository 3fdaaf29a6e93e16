from __future__ import annotations

import pytest

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.session import rules
from gameday.session.session import Session


@pytest.fixture
def session(exercise: Exercise) -> Session:
    """At 12 s: a page is open, an incident declared, a rollback waits for approval."""
    session = Session(exercise, 7, variant="deploy")
    session.run_to(12 * MICRO)
    for text in ("declare SEV-2", "rollback db"):
        assert session.submit(parse_command(text)).accepted
    return session


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("restart wbe", '"wbe" is no service here; did you mean "web"?'),
        ("restart nowhere", '"nowhere" is no service here; there is web, db'),
        ("retries web>bd 0", '"web>bd" is no edge here; did you mean "web>db"?'),
        ("shed web 10% --entry ordre", '"ordre" is no entry here; did you mean "order"?'),
        ("shed web 10% --segment abraod", '"abraod" is no segment here; did you mean "abroad"?'),
        ("flag ceder on", '"ceder" is no flag here; did you mean "cedar"?'),
        ("flag cedar perhaps", '"perhaps" is neither on nor off'),
        ("page bob", '"bob" is no person or team here; did you mean "bo"?'),
        ("page bo --by pigeon", '"pigeon" is neither page nor phone'),
        ("assign scribe zoe", '"zoe" is no person here; there is ana, bo, cleo'),
        ("assign scribbler bo", '"scribbler" is no role here; did you mean "scribe"?'),
        ("severity SEV-9", '"SEV-9" is no severity here; did you mean "SEV-5"?'),
        ("diagnose bd slow", '"bd" is no component here; there is web, db, web>db, order, crawl, cedar'),
        ("diagnose db slwo", '"slwo" is no mechanism here; did you mean "slow"?'),
        ("diagnose db slow qeue", '"qeue" is no sustaining here; did you mean "queue"?'),
        ("ack A77", '"A77" is no page here'),
        ("step nowhere-to-go", '"nowhere-to-go" is no step of the playbook here'),
        ("playbook slwo", '"slwo" is no name here; did you mean "slow"?'),
        ("metrics ordr", '"ordr" is no subject here; did you mean "order"?'),
        ("shed web 130%", '"130%" is above 100%'),
        ("shed web 3", '"3" is above 1; write 3% for a percentage'),
        ("scale web 0", '"0" is not a whole number from 1 to 10000'),
        ("scale web ²", '"²" is not a whole number from 1 to 10000'),
        ("scale web 99999999999", '"99999999999" is not a whole number from 1 to 10000'),
        ("retries web>db -1", '"-1" is not a whole number from 0 to 100'),
        ("timeout web>db 0s", "duration must be longer than 0s"),
        ("timeout web>db 5", '"5" has no unit; write 5s or 5ms'),
        ("as zed: ack", '"zed" does not play here; who plays: ana, bo'),
        ("as bob: ack", '"bob" does not play here; did you mean "bo"?'),
        ("approve X9", '"X9" is no action here; there is X1'),
        ("cancel X9", '"X9" is no action here; there is X1'),
        ("queue web purge", '"web" is no queue with consumers here; there is none'),
        ("vendor web", '"web" is no third party here; there is none'),
        ("breaker web>db opne", '"opne" is no state of breaker; did you mean "open"?'),
        ("traffic slow order 5%", '"slow" is no move of traffic; traffic knows shift, block'),
        ("drain norht", '"norht" is no zone or service here; there is web, db'),
        ("config web wrokers 5", '"wrokers" is no setting of config; did you mean "workers"?'),
        ("config web workers", "config needs a value for workers"),
        ("config web>db timeout 5", 'timeout: "5" has no unit; write 5s or 5ms'),
        ("limit web 5", '"5" has no unit; write 5/s'),
        ("failover db web", '"web" is no replica of a database here; there is none'),
        ("perform tidy", '"tidy" is no procedure here; there is none'),
        ("credentials rotate web-bd", '"web-bd" is no credential here; did you mean "web-db"?'),
        ("breakglass restart wbe", '"wbe" is no service here; did you mean "web"?'),
        ("breakglass note hello", "note needs no breakglass"),
        ("breakglass rollback db", "X1 rollback db is under way already"),
        ("deploy web v9", "there is no version v9 of web; there is v1"),
        ("promote web", "web has no canary"),
    ],
)
def test_a_refusal_says_what_was_found_and_the_nearest_name(session: Session, text: str, reason: str) -> None:
    before = session.state, list(session.events)
    verdict = session.submit(parse_command(text))
    assert not verdict.accepted
    assert verdict.text.startswith(reason)
    assert (session.state, session.events) == before


@pytest.mark.parametrize(
    "text",
    [
        "retries web>db 0",
        "scale web 3",
        "timeout web>db 250ms",
        "shed web 5% --segment abroad",
        "diagnose web>db network",
        "diagnose cedar flag none",
        "diagnose order traffic",
        "metrics order",
        "page cleo --by phone",
        "page shop",
        "as bo: note hello",
        "approve",
        "cancel x1",
        "limit order 5/s",
        "config web workers 5",
        "freeze deploys ALL on",
        "traffic block order 5% --segment abroad",
        "drain web --replica 1",
        "probe order",
        "cert renew web",
        "dns web flush",
        "breakglass scale web 3",
        "oncall",
    ],
)
def test_what_names_something_that_exists_is_allowed(session: Session, text: str) -> None:
    assert session.submit(parse_command(text)).accepted


def test_the_author_and_the_role_are_filled_in(session: Session) -> None:
    ana = rules.settle(parse_command("note hello"), session)
    bo = rules.settle(parse_command("as bo: note hello"), session)
    assert (ana.author, ana.role) == ("ana", "incident-commander")
    assert (bo.author, bo.role) == ("bo", "scribe")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("severity sev-1", "severity SEV-1"),
        ("ack a1", "ack A1"),
        ("approve x1", "approve X1"),
        ("flag cedar ON", "flag cedar on"),
        ("assign Scribe bo", "assign scribe bo"),
        ("step DONE", "step done"),
        ("cancel x1", "cancel X1"),
        ("dns web FLUSH", "dns web flush"),
        ("breakglass dns web FLUSH", "breakglass dns web flush"),
    ],
)
def test_fixed_words_may_be_typed_in_any_case(exercise: Exercise, typed: str, meant: str) -> None:
    session = Session(exercise, 7, variant="deploy")
    session.run_to(12 * MICRO)
    session.submit(parse_command("declare SEV-2"))
    session.submit(parse_command("rollback db"))
    assert rules.settle(parse_command(typed), session).body == meant


def test_where_nobody_plays_no_command_is_taken(exercise: Exercise) -> None:
    session = Session(exercise, 7, players=(), responder="idle")
    assert session.submit(parse_command("note hello")).text == "nobody plays in this session"


def test_what_the_world_refuses_is_said_in_its_words(session: Session) -> None:
    verdict = session.submit(parse_command("rollback db"))
    assert verdict.text == "X1 rollback db is under way already"


def test_approving_is_for_the_incident_commander(exercise: Exercise) -> None:
    session = Session(exercise, 7, variant="deploy")
    session.submit(parse_command("rollback db"))
    assert (
        session.submit(parse_command("approve")).text
        == "nobody is incident commander yet; who declares the incident is"
    )
    session.submit(parse_command("declare SEV-2"))
    assert session.submit(parse_command("as bo: approve")).text == "ana is incident commander, and approves"
    assert session.submit(parse_command("approve")).accepted

from __future__ import annotations

from gameday.core.events import (
    IncidentDeclared,
    IncidentResolved,
    NoteTaken,
    Paged,
    PersonJoined,
    QuestionMissed,
    QuestionPut,
    RoleAssigned,
    SeverityChanged,
    StatusPosted,
    UpdateMissed,
)
from gameday.core.units import MICRO
from gameday.core.wording import read_update

WORDS = {"login": ("logging in",), "browse": ("looking at products",)}


def test_the_commander_on_duty_comes_after_the_declaration_and_takes_command(make_game):
    game = make_game("responder").until(100)
    assert game.say("declare").text == "SEV-2 declared; ana is incident-commander; tell customers by 06:40"
    game.until(200)
    joined = game.of(PersonJoined, person="ira")[0]
    assert 45 <= joined.at / MICRO - 100 <= 90
    assert game.roles() == {"incident-commander": "ira"}
    assert any("command" in event.message for event in game.of(NoteTaken, by="ira"))


def test_where_nobody_declares_they_come_three_minutes_after_the_page_and_do_it(make_game):
    game = make_game("responder").until(300)
    paged = game.of(Paged)[0].at
    assert game.of(PersonJoined, person="ira")[0].at == paged + 180 * MICRO
    declared = game.of(IncidentDeclared)[0]
    assert (declared.by, declared.severity) == ("ira", "SEV-2")
    assert game.roles() == {"incident-commander": "ira"}


def test_who_declares_beside_a_commander_on_duty_does_not_lead(make_game):
    game = make_game("responder", variants=_much_later()).until(10)
    game.say("page ira")
    game.until(150)
    assert game.say("declare").text == "SEV-2 declared; ira is incident-commander; tell customers by 07:30"


def test_reports_are_asked_for_on_a_rhythm_and_missed_once(make_game):
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(600)
    asked = [event.at // MICRO for event in game.of(QuestionPut, purpose="can")]
    came = game.of(PersonJoined, person="ira")[0].at // MICRO
    assert asked == [came + 60, came + 300]
    assert len(game.of(QuestionMissed)) == 2
    reminders = [text for text in game.said("ira") if "report" in text and text.startswith("ira to ana: ana,")]
    assert len(reminders) == 2


def test_somebody_a_report_needs_is_paged_and_phoned_if_they_do_not_come(make_game):
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(260)
    game.say("can C: logins fail A: looking N: zed, and the database administrator")
    game.until(420)
    assert [(event.person, event.means) for event in game.of(Paged, by="ira")] == [
        ("dan", "page"),
        ("zed", "page"),
        ("zed", "phone"),
    ]
    assert [event.person for event in game.of(PersonJoined)] == ["ira", "dan", "zed"]


def test_a_team_is_paged_by_its_policy_or_by_its_people(make_game):
    teams = {"shop": {"policy": "shop"}, "data": {"policy": "data"}, "net": {}}
    data = {"rules": [{"escalation_delay": "5m", "targets": ["zed"]}]}
    shop = {"rules": [{"escalation_delay": "5m", "targets": ["ana"]}]}
    game = make_game("responder", teams=teams, escalation_policies={"shop": shop, "data": data}).until(100)
    game.say("declare")
    game.until(260)
    game.say("can C: logins fail A: looking N: data, net and one more of shop")
    game.until(300)
    paged = [(event.person, event.summary) for event in game.of(Paged, by="ira")]
    assert sorted(paged) == [("eve", "ira asks you to join"), ("zed", "ira asks for somebody of data")]
    assert any("nobody of net" in text for text in game.said("ira"))


def test_a_report_that_contradicts_the_wall_is_asked_about_once(make_game):
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(260)
    game.say("can C: login works fine A: watching N: nothing")
    game.until(270)
    question = game.question("colleague")
    assert "login" in question.message and "%" in question.message
    game.say("reply I looked at the wrong graph")
    game.say("can C: login works fine A: watching N: nothing")
    game.until(300)
    assert len(game.of(QuestionPut, purpose="colleague")) == 1


def test_customers_are_told_by_the_rules_and_in_time(make_game):
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(1100)
    posted = game.of(StatusPosted)
    assert [event.by for event in posted] == ["ira", "ira", "ira"]
    for event in posted:
        reading = read_update(event.message, WORDS)
        assert reading.states_impact and reading.names_next_update
        assert not (reading.promises_eta or reading.says_recovered or reading.blame)
    assert not game.of(UpdateMissed)


def test_it_is_closed_after_two_good_minutes_if_nobody_objects(make_game):
    game = _healed(make_game)
    game.until(440)
    asked = game.of(QuestionPut, purpose="colleague")[0]
    assert not game.of(IncidentResolved)
    game.say("reply wait, I want to see the queue first")
    game.until(asked.at / MICRO + 100)
    assert not game.of(IncidentResolved)
    game.until(asked.at / MICRO + 200)
    game.say("reply nothing against it")
    game.until(asked.at / MICRO + 240)
    assert [event.by for event in game.of(IncidentResolved)] == ["ira"]
    assert read_update(game.of(StatusPosted)[-1].message, WORDS).says_recovered


def test_whoever_led_leads_on_where_the_incident_is_opened_again(make_game):
    game = _healed(make_game)
    game.until(500)
    assert game.of(IncidentResolved)
    assert game.say("declare").text.startswith("the incident is open again, SEV-2")
    game.until(570)
    assert game.roles()["incident-commander"] == "ira"
    assert any(event.at > 500 * MICRO and event.sender == "ira" for event in game.of(QuestionPut, purpose="colleague"))


def test_a_severity_below_what_the_wall_shows_is_set_back(make_game):
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(220)
    game.say("severity SEV-4")
    game.until(240)
    assert [(event.by, event.severity) for event in game.of(SeverityChanged)] == [("ana", "SEV-4"), ("ira", "SEV-2")]
    game.say("severity SEV-1")
    game.until(260)
    assert len(game.of(SeverityChanged)) == 3


def test_a_page_that_nobody_takes_is_sent_on_before_its_policy_does(make_game):
    rules = [{"escalation_delay": "5m", "targets": ["zed"]}, {"escalation_delay": "5m", "targets": ["dan"]}]
    game = make_game("responder", escalation_policies={"shop": {"rules": rules}}).until(450)
    escalated = [text for text in game.log if "escalated" in text]
    assert escalated == ["A1 escalated to level 2 (ira)"]


def test_an_executive_who_gives_orders_hears_no(make_game):
    swoop = {"at": "240s", "kind": "executive", "swoop": "override", "command": "restart web", "text": "Restart web!"}
    game = make_game("responder", injects=[swoop]).until(100)
    game.say("declare")
    game.until(400)
    answers = [text for text in game.log if text.startswith("ira answers")]
    assert len(answers) == 1
    assert not any("restart web started" in text for text in game.log)


def test_whoever_is_practised_in_a_role_gets_it_when_they_are_here(make_game, people):
    people["dan"]["roles"] = ["scribe", "customer-liaison"]
    people["eve"]["roles"] = ["scribe", "customer-liaison"]
    game = make_game("responder", people=people).until(100)
    game.say("declare", "page dan", "page eve")
    game.until(240)
    assert game.roles() == {"incident-commander": "ira", "scribe": "dan", "customer-liaison": "eve"}


def test_who_breaks_the_glass_is_asked_for_a_note_not_for_a_reason_to_be_ashamed(make_game):
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(240)
    game.say("breakglass rollback db")
    game.until(241)
    assert "note" in game.said("ira")[-1]


def test_any_simulated_colleague_who_gets_command_leads(make_game):
    game = make_game().until(100)
    game.say("declare", "page dan")
    game.until(110)
    game.say("assign incident-commander dan")
    game.until(300)
    assert [event.sender for event in game.of(QuestionPut, purpose="can")] == ["dan"]
    assert [event.by for event in game.of(StatusPosted)] == ["dan"]


def test_who_has_handed_command_on_steps_back(make_game):
    game = make_game("responder").until(100)
    game.say("declare")
    game.until(260)
    game.say("assign incident-commander ana")
    game.until(700)
    assert len(game.of(QuestionPut, purpose="can")) == 1
    assert game.session.response.questions() == ()
    assert any("ana" in text for text in game.said("ira")[-1:])


def test_command_that_falls_open_goes_back_to_who_is_on_duty(make_game):
    game = make_game("responder").until(100)
    game.say("declare", "page dan")
    game.until(220)
    game.say("assign incident-commander dan")
    game.until(240)
    assert game.say("relieve dan").accepted
    game.until(241)
    assert game.roles() == {"incident-commander": "ira"}


def test_where_nobody_plays_nobody_leads(make_exercise):
    from gameday.session.session import Session

    session = Session(make_exercise("responder"), 7, responder="idle")
    session.run_to(900 * MICRO)
    assert not [event for event in session.events if isinstance(event, RoleAssigned | QuestionPut | IncidentDeclared)]


def test_a_player_who_commands_hears_of_the_first_page(make_game):
    game = make_game("commander").until(100)
    told = [text for text in game.log if text.startswith("pager: ira, you are incident commander on duty.")]
    assert told == [
        "pager: ira, you are incident commander on duty. logins fail. A1 pages ana. Declare if it is an incident."
    ]


def _much_later():
    fault = {"kind": "crash", "at": "15m", "service": "db"}
    return {"only": {"cause": {"component": "db", "mechanism": "crash"}, "faults": [fault]}}


def _healed(make_game):
    """A game in which the database is rolled back at 300 s."""
    game = make_game("responder", actions=[{"verb": "rollback", "takes": "10s"}]).until(100)
    game.say("declare")
    game.until(300)
    assert game.say("rollback db").accepted
    return game

from __future__ import annotations

from gameday.core.events import NoteTaken, QuestionAnswered, QuestionPut, RoleAssigned, StatusPosted, UpdateMissed
from gameday.core.units import MICRO
from gameday.core.wording import read_update

WORDS = {"login": ("logging in",), "browse": ("looking at products",)}


def led_by_ana(make_game, role, person="dan", **keys):
    """ana has declared and leads; `person` has a role from 120 s on."""
    game = make_game(**keys).until(100)
    game.say("declare", f"page {person}")
    game.until(120)
    assert game.say(f"assign {role} {person}").accepted
    return game


def test_a_liaison_posts_on_the_rhythm_and_asks_once_for_more(make_game):
    game = led_by_ana(make_game, "customer-liaison").until(1150)
    posted = game.of(StatusPosted)
    assert [event.by for event in posted] == ["dan", "dan", "dan"]
    assert all(read_update(event.message, WORDS).states_impact for event in posted)
    assert len(game.of(QuestionPut, sender="dan", purpose="colleague")) == 1
    assert not game.of(UpdateMissed)


def test_what_the_commander_adds_goes_out_unless_it_promises_a_time(make_game):
    game = led_by_ana(make_game, "customer-liaison").until(185)
    game.say("reply orders that were paid are safe")
    game.until(230)
    assert game.of(StatusPosted)[0].message.startswith("Orders that were paid are safe. We are investigating")
    again = led_by_ana(make_game, "customer-liaison").until(185)
    again.say("reply it will be fixed in ten minutes")
    again.until(230)
    assert not read_update(again.of(StatusPosted)[0].message, WORDS).promises_eta


def test_a_simulated_commander_leaves_updates_to_the_liaison(make_game):
    game = make_game("responder").until(100)
    game.say("declare", "page dan")
    game.until(120)
    game.say("assign customer-liaison dan")
    game.until(1000)
    assert {event.by for event in game.of(StatusPosted)} == {"dan"}


def test_a_scribe_writes_down_what_happens(make_game):
    game = led_by_ana(make_game, "scribe")
    game.until(300)
    game.say("breakglass restart web")
    game.until(500)
    notes = [event.message for event in game.of(NoteTaken, by="dan")]
    assert notes[0].startswith("Timeline: ") and "01:40 ana declared SEV-2" in notes[0]
    assert any("restart web started by ana" in note for note in notes[1:])


def test_an_internal_liaison_answers_executives_from_the_last_report(make_game):
    swoop = {"at": "200s", "kind": "executive", "swoop": "information", "from": "the CEO"}
    game = led_by_ana(make_game, "internal-liaison", injects=[swoop]).until(280)
    assert not game.of(QuestionAnswered)
    game.say("can C: login fails since the deploy A: rolling db back N: nothing")
    game.until(340)
    answered = game.of(QuestionAnswered)
    assert [event.by for event in answered] == ["dan"]
    assert "login fails since the deploy." in answered[0].message
    assert game.of(QuestionPut, purpose="executive")[0].to == "ana"
    game.until(700)
    assert len(game.of(QuestionPut, purpose="executive")) == 1


def test_a_deputy_reminds_of_an_update_that_is_due_and_takes_over(make_game):
    game = led_by_ana(make_game, "deputy").until(460)
    assert [text for text in game.said("dan") if "due" in text and "ana" in text]
    other = make_game("responder").until(100)
    other.say("declare", "page dan")
    other.until(220)
    other.say("assign deputy dan", "relieve ira")
    other.until(300)
    assert [event.person for event in other.of(RoleAssigned, role="incident-commander")] == ["ira", "dan"]
    assert other.of(QuestionPut, purpose="can", sender="dan")


def test_a_support_lead_sums_tickets_up(make_game):
    tickets = [
        {"at": f"{second}s", "kind": "message", "from": "support", "text": "I cannot log in"}
        for second in (200, 210, 220)
    ]
    game = led_by_ana(make_game, "support-lead", injects=tickets).until(400)
    summed = [text for text in game.said("dan") if "I cannot log in" in text]
    assert len(summed) == 1 and "3" in summed[0]


def test_a_duty_ends_with_the_role(make_game):
    game = led_by_ana(make_game, "scribe").until(310)
    game.say("assign scribe ana")
    game.until(1000)
    assert all(event.at < 330 * MICRO for event in game.of(NoteTaken, by="dan"))

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameday.core.arguments import value_problem
from gameday.core.commands import Command, command_problem, parse_command
from gameday.core.errors import CommandError
from gameday.core.verbs import VERBS

words = st.text(min_size=1, max_size=12).map(lambda text: text.strip() or "x")


@st.composite
def commands(draw):
    verb = draw(st.sampled_from(list(VERBS.values())))
    given_ = [p for p in verb.parameters if p.required]
    optional = [p for p in verb.parameters if not p.required]
    given_ += optional[: draw(st.integers(0, len(optional)))]
    options = [p for p in verb.options if draw(st.booleans())]
    return Command(
        verb.name,
        tuple(draw(words) for _ in given_),
        tuple((p.name, draw(words)) for p in options),
        draw(st.sampled_from(["", "bo", "some body", 'q"uote'])),
    )


@given(commands())
def test_the_text_form_round_trips(command):
    once = parse_command(str(command))
    assert parse_command(str(once)) == once
    assert (once.verb, once.author) == (command.verb, command.author)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("restart payments", Command("restart", ("payments",))),
        ("  RESTART   payments ", Command("restart", ("payments",))),
        ("as bo: restart payments", Command("restart", ("payments",), author="bo")),
        ('as "bo b": ack', Command("ack", author="bo b")),
        ("shed front 80% --entry login", Command("shed", ("front", "80%"), (("entry", "login"),))),
        ("shed --entry login front 80%", Command("shed", ("front", "80%"), (("entry", "login"),))),
        ("page dan by phone", Command("page", ("dan",), (("by", "phone"),))),
        ("logs by grep by", Command("logs", ("by",), (("grep", "by"),))),
        ("status we  look: --at it", Command("status", ("we  look: --at it",))),
        ('note "quoted"', Command("note", ("quoted",))),
        ("say hello", Command("note", ("hello",))),
        ("skip", Command("step", ("skip",))),
    ],
)
def test_commands_are_read_as_people_write_them(text, expected):
    assert parse_command(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty command"),
        ("rstart payments", '"rstart" is not a command; did you mean "restart"?'),
        ("restart", "restart needs service; usage: restart SERVICE"),
        ("restart a b", '"b" is one argument too many'),
        ("shed a 5% --entr x", 'shed has no option --entr; did you mean "entry"?'),
        ("shed a 5% --entry", "--entry needs a value"),
        ("note", "note needs message"),
    ],
)
def test_what_cannot_be_read_says_what_would_be_right(text, message):
    with pytest.raises(CommandError, match=message.replace("?", r"\?").replace("(", r"\(")):
        parse_command(text)


@given(st.text(max_size=200))
def test_any_line_is_read_or_refused(text):
    try:
        command = parse_command(text)
    except CommandError:
        return
    assert command.verb in VERBS


def test_control_characters_become_visible():
    assert parse_command("note a\x1b]52;c;x\x07b").arguments == ("a\\x1b]52;c;x\\x07b",)


def test_every_verb_says_what_it_takes_and_does():
    assert VERBS["shed"].usage == "shed SERVICE SHARE [--entry ENTRY] [--segment TEXT]"
    assert all(verb.summary for verb in VERBS.values())


@pytest.mark.parametrize(
    "text", ["note " + '"' * 1990, "note " + '"a' * 990, "restart " + "\\" * 1900, "note " + "x" * 9000]
)
def test_a_command_that_is_read_can_be_read_back_or_is_refused(text: str) -> None:
    try:
        command = parse_command(text)
    except CommandError as error:
        assert "too long" in str(error)
    else:
        assert parse_command(command.body) == command


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("frobnicate web", "frobnicate"),
        ('as "bo": restart web now', "now"),
        ("  shed web 10% --entri crawl", "--entri"),
        ("restart", "restart"),
        ('restart  "web"  "data base"', '"data base"'),
    ],
)
def test_the_place_of_the_wrong_word_is_known(text: str, wrong: str) -> None:
    with pytest.raises(CommandError) as caught:
        parse_command(text)
    assert text[caught.value.start :][: caught.value.width] == wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rollback api --force", Command("rollback", ("api",), (("force", "on"),))),
        ("rollback api force", Command("rollback", ("api",), (("force", "on"),))),
        ("restart --rolling api", Command("restart", ("api",), (("rolling", "on"),))),
        ("queue jobs purge --force", Command("queue", ("jobs", "purge"), (("force", "on"),))),
        ("breakglass rollback api --force", Command("breakglass", ("rollback api --force",))),
    ],
)
def test_a_switch_takes_no_value(text, expected):
    command = parse_command(text)
    assert command == expected
    assert parse_command(command.body) == expected
    assert command.has("force") == ("force" in dict(command.options))


def test_a_command_can_carry_another_by_the_same_author():
    command = parse_command("as bo: breakglass rollback api --force")
    assert command.inner == Command("rollback", ("api",), (("force", "on"),), "bo")
    assert parse_command("rollback api").inner is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("breakglass note hello", "note needs no breakglass"),
        ("breakglass breakglass restart api", "breakglass needs no breakglass"),
        ("breakglass restat api", '"restat" is not a command'),
        ("breakglass as bo: restart api", "say as bo: before breakglass"),
    ],
)
def test_only_actions_need_broken_glass(text, reason):
    with pytest.raises(CommandError, match=reason):
        _ = parse_command(text).inner


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("config api workers", "config needs a value for workers: workers in each replica"),
        ("config api revert 5", "config revert takes no value"),
        ("config api workers many", "workers: Input should be a valid integer"),
        ("config api>db timeout 5", 'timeout: "5" has no unit; write 5s or 5ms'),
        ("config api>db timeout 0s", "timeout: a timeout of zero lets nothing through"),
        ("restart api --rolling --replica 2", "one replica cannot be restarted replica by replica"),
        ("config api>db timeout 5s", None),
        ("config api revert", None),
        ("rollback api", None),
    ],
)
def test_arguments_must_go_together(text, reason):
    found = command_problem(parse_command(text))
    assert found is None if reason is None else (found or "").startswith(reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("limit api 5", '"5" has no unit; write 5/s'),
        ("limit api 0/s", "rate must be more than 0/s; off ends it"),
        ("limit api off", None),
        ("pool api>db 0", '"0" is not a whole number from 1 to 1000000'),
        ("deploy api v2 --canary 0%", "a canary of 0% is no canary"),
        ("config api errors 5%", "errors is not a setting: nobody can decide it"),
        ("config api wokers 5", '"wokers" is no setting; did you mean "workers"?'),
        ("provision x", '"x" is not a whole number from 1 to 10000'),
    ],
)
def test_a_value_that_cannot_be_says_why(text, reason):
    command = parse_command(text)
    found = [value_problem(command.verb, parameter, value) for _, parameter, value in command.given()]
    assert next((one for one in found if one), None) == reason


def test_usage_shows_the_words_that_can_stand_there():
    assert VERBS["breaker"].usage == "breaker EDGE open|closed|auto"
    assert VERBS["rollback"].usage == "rollback SERVICE [--force]"

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameday.core.commands import Command, parse_command
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
        ("status", "status needs message"),
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

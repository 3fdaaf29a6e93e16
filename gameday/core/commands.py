"""What somebody asks for: a verb with arguments, an author and a role; its text form round-trips.

Owns the syntax; the verbs stand in `gameday.core.verbs`. Whether a command is allowed is decided by
`gameday.session.rules`, what it does by the engine and the response.

    [as NAME:] VERB ARGUMENT... [--option VALUE]      "quotes keep spaces together"

After the last argument an option needs no dashes: `page dan by phone`. Options of a verb whose last argument is free
text stand before that text: `ask dan --within 5m what changed?`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gameday.core.arguments import REVERT, SETTINGS, setting_problem
from gameday.core.errors import CommandError
from gameday.core.text import clean_line, did_you_mean
from gameday.core.verbs import ALIASES, VERBS, Parameter, Verb


@dataclass(frozen=True, slots=True)
class Command:
    """A command that has been read. `author` is a person's name; empty where the session fills it in."""

    verb: str
    arguments: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    author: str = ""
    role: str = ""

    def argument(self, name: str) -> str | None:
        """The argument or option called `name`, or None where it was left out."""
        for parameter, value in zip(VERBS[self.verb].parameters, self.arguments, strict=False):
            if parameter.name == name:
                return value
        return dict(self.options).get(name)

    def has(self, switch: str) -> bool:
        """Whether the switch was given."""
        return self.argument(switch) is not None

    def given(self) -> Iterator[tuple[int | None, Parameter, str]]:
        """Arguments and options that were given: index among the arguments (None for an option), parameter, value."""
        verb = VERBS[self.verb]
        for index, (parameter, value) in enumerate(zip(verb.parameters, self.arguments, strict=False)):
            yield index, parameter, value
        for name, value in self.options:
            if option := verb.option(name):
                yield None, option, value

    @property
    def inner(self) -> Command | None:
        """The command that this one carries; None where it carries none. Raises CommandError.

        What is delegated is given by whom it is delegated to, anything else by the same author.
        """
        text = next((value for _, parameter, value in self.given() if parameter.kind == "command"), None)
        if text is None:
            return None
        carried = parse_command(text)
        if carried.author:
            raise CommandError(f"say as {quote(carried.author)}: before {self.verb}")
        if self.verb == "delegate":
            if carried.verb not in DELEGABLE:
                raise CommandError(f"{carried.verb} cannot be delegated")
            return replace(carried, author=self.arguments[0])
        if VERBS[carried.verb].group != "act" or carried.verb == self.verb:
            raise CommandError(f"{carried.verb} needs no {self.verb}")
        return replace(carried, author=self.author, role=self.role)

    @property
    def body(self) -> str:
        """The text without the author."""
        verb = VERBS[self.verb]
        words, rest = [self.verb], list[str]()
        for parameter, value in zip(verb.parameters, self.arguments, strict=False):
            plain = parameter.rest and value and not value.startswith(('"', "--"))
            (rest if parameter.rest else words).append(value if plain else quote(value))
        for name, value in self.options:
            option = verb.option(name)
            words += [f"--{name}"] if option is not None and option.kind == "switch" else [f"--{name}", quote(value)]
        return " ".join(words + rest)

    def __str__(self) -> str:
        return f"as {quote(self.author)}: {self.body}" if self.author else self.body


def quote(word: str) -> str:
    """The word as the command line needs it: in quotes where it holds a space, a quote or nothing."""
    if word and not re.search(r'[\s"\\]', word) and not word.startswith("--"):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def command_problem(command: Command) -> str | None:
    """Why the arguments do not go together, in plain words; None where they do. Each has been checked by itself."""
    if command.verb == "config":
        setting, value = command.arguments[1], command.argument("value")
        if setting == REVERT:
            return None if value is None else "config revert takes no value"
        if value is None:
            return f"config needs a value for {setting}: {SETTINGS[setting]}"
        return setting_problem(setting, value)
    if command.verb == "status":
        return _status_problem(command)
    if command.has("rolling") and command.argument("replica") is not None:
        return "one replica cannot be restarted replica by replica; leave out --replica or --rolling"
    return None


def _status_problem(command: Command) -> str | None:
    said = [command.argument(name) is not None for name in ("message", "template")]
    if not any(said):
        return "status needs a message, or --template NAME"
    return "status takes a message or a template, not both" if all(said) else None


LONGEST = 2_000
"""Characters of a command line; the rest is cut."""

DELEGABLE = tuple(
    verb.name
    for verb in VERBS.values()
    if (verb.group in ("act", "look") and verb.name != "breakglass")
    or verb.name in ("page", "escalate", "status", "note", "severity", "share", "silence", "cancel", "diagnose")
)
"""What one person can have another do."""

ON = "on"
"""The value of a switch that was given."""

_AS = re.compile(r'\s*as\s+("(?:\\.|[^"\\])*"|[^\s":]+)\s*:\s*')
_WORD = re.compile(r'\s*(?:"((?:\\.|[^"\\])*)"|(\S+))')


def parse_command(text: str) -> Command:
    """Reads one command line. Raises CommandError with what was found, what was expected and the nearest name."""
    text = clean_line(text, LONGEST)
    author, begin = "", 0
    if match := _AS.match(text):
        author, begin = _unquote(match[1]), match.end()
    words = _words(text, begin)
    if not words:
        raise CommandError("an empty command; type ? for help")
    name = words[0].text.lower()
    if name in ALIASES:
        expansion = ALIASES[name]
        name = expansion[0]
        words = [
            *(replace(words[0], text=word) for word in expansion),
            *words[1:],
        ]
    if name not in VERBS:
        raise _wrong(words[0], f'"{words[0].text}" is not a command{did_you_mean(name, list(VERBS))}')
    verb = VERBS[name]
    arguments, options = _sort_words(verb, words, text)
    command = Command(name, arguments, options, author)
    if len(command.body) > LONGEST:
        # It would be cut when it is read back from a journal.
        raise CommandError(f"too long: with its quotes escaped it has more than {LONGEST:,} characters")
    return command


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    end: int
    quoted: bool
    start: int


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text


def _wrong(word: _Word, message: str) -> CommandError:
    return CommandError(message, word.start, word.end - word.start)


def _words(text: str, at: int) -> list[_Word]:
    words = []
    while at < len(text) and (match := _WORD.match(text, at)):
        quoted = match[1] is not None
        word = re.sub(r"\\(.)", r"\1", match[1]) if quoted else match[2]
        words.append(_Word(word, match.end(), quoted, match.start(1) - 1 if quoted else match.start(2)))
        at = match.end()
    return words


def _sort_words(verb: Verb, words: list[_Word], text: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    arguments: list[str] = []
    options: list[tuple[str, str]] = []
    known = {option.name: option for option in verb.options}
    rest = list(words[1:])
    while rest:
        word = rest.pop(0)
        optional = not word.quoted and word.text.startswith("--") and word.text.removeprefix("--") in known
        if len(arguments) < len(verb.parameters) and verb.parameters[len(arguments)].rest and not optional:
            arguments.append(word.text if word.quoted and not rest else text[word.start :].strip())
            break
        full = len(arguments) >= len(verb.parameters)
        if not word.quoted and (word.text.startswith("--") or (full and word.text in known)):
            name = word.text.removeprefix("--")
            if name not in known:
                hint = did_you_mean(name, sorted(known))
                raise _wrong(word, f"{verb.name} has no option --{name}{hint}; usage: {verb.usage}")
            if known[name].kind == "switch":
                options.append((name, ON))
                continue
            if not rest:
                raise _wrong(word, f"--{name} needs a value; usage: {verb.usage}")
            options.append((name, rest.pop(0).text))
        elif full:
            raise _wrong(word, f'"{word.text}" is one argument too many; usage: {verb.usage}')
        else:
            arguments.append(word.text)
    missing = [p.name for p in verb.parameters[len(arguments) :] if p.required]
    if missing:
        raise _wrong(words[0], f"{verb.name} needs {' and '.join(missing)}; usage: {verb.usage}")
    return tuple(arguments), tuple(options)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a command: accepted with a line about what follows, or rejected with the reason."""

    accepted: bool
    text: str

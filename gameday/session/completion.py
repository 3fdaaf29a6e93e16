"""Help while a command is typed: what could come next, and what the command would take and cost.

Owns no rules: candidates come from the table that the rules check by, durations and costs from the world.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gameday.core.arguments import REVERT
from gameday.core.commands import Command, parse_command, quote
from gameday.core.errors import CommandError
from gameday.core.kinds.effects import PARAMETERS
from gameday.core.text import did_you_mean
from gameday.core.units import format_duration
from gameday.core.verbs import ALIASES, VERBS, Parameter, Verb
from gameday.engine.actions.releasing import versions
from gameday.session import rules
from gameday.session.names import Game, Names, names_for

_PREFIX = re.compile(r'\s*as\s+(?:"(?:\\.|[^"\\])*"|[^\s":]+)\s*:\s*')
_EXAMPLES = {"share": "30%", "count": "2", "duration": "500ms", "rate": "100/s"}
_SETTING_EXAMPLES = {
    "timeout": "500ms",
    "backoff": "100ms",
    "limit": "100/s",
    "call_limit": "100/s",
    "demand_limit": "100/s",
    "paused": "1",
    "breaker": "0",
}
_SWITCHES = {"force": "do it although it is unsafe", "rolling": "one replica after another"}


@dataclass(frozen=True, slots=True)
class Completion:
    """A candidate: `text` is the whole command line with it, `word` the candidate alone, `what` what it is."""

    text: str
    what: str
    word: str = ""


def complete(text: str, game: Game) -> list[Completion]:
    """What the last word of a command line could become, best first; empty where anything may be written."""
    start, words, last = _split(text)
    if not words:
        return _verbs(start, last)
    first = words[0].lower()
    verb = VERBS.get(ALIASES.get(first, (first,))[0])
    if verb is None:
        return []
    parameter = _parameter(verb, words)
    if parameter is None or (last.startswith("--") and not _takes_value(verb, words[-1])):
        return _candidates(start, last, _options(verb))
    if parameter.kind == "command":
        return _carried(text, game)
    names = _names(verb, parameter, words, game)
    if names is not None:
        return _candidates(start, last, names)
    example = _example(parameter, words)
    return [Completion(start + example, f"{parameter.name}, for example", example)] if example and not last else []


def preview(text: str, game: Game) -> str:
    """The line under the command line: usage, or, once the command can be read, what it takes, costs and waits for."""
    _, words, last = _split(text)
    first = (words[0] if words else last).lower()
    name = ALIASES.get(first, (first,))[0]
    if name not in VERBS:
        return _no_verb(first) if first else "type a command; tab completes, ? helps"
    verb = VERBS[name]
    try:
        command = rules.settle(parse_command(text), game)
    except CommandError:
        return f"{verb.usage}: {verb.summary}"
    problem = rules.problem(command, game)
    if problem is not None:
        return f"{name}: {problem}"
    return f"{name}: {'; '.join(_consequences(command, game)) or verb.summary}"


def _consequences(command: Command, game: Game) -> list[str]:
    verb = VERBS[command.verb]
    if verb.group == "look":
        return [f"occupies {command.author} for {verb.takes}s"] if verb.takes else ["at once"]
    if verb.group != "act":
        return []
    operations = game.world.operations
    takes = operations.takes(command)
    rule, carries = operations.rule(command), command.inner is not None
    return [
        f"takes {format_duration(takes)}" if takes else "at once",
        *([cost] if (cost := operations.cost(command)) else []),
        *(["the incident commander must approve it"] if rule is not None and rule.approval and not carries else []),
    ]


def _split(text: str) -> tuple[str, list[str], str]:
    """The line up to its last word, the finished words of the command, and the last word as far as it is typed."""
    prefix = match.end() if (match := _PREFIX.match(text)) else 0
    body = text[prefix:]
    last = re.search(r"\S*$", body)
    typed = last[0] if last else ""
    before = body[: len(body) - len(typed)]
    return text[: prefix + len(before)], before.split(), typed


def _verbs(start: str, last: str) -> list[Completion]:
    candidates = {verb.name: verb.summary for verb in VERBS.values()}
    candidates |= {alias: f"the same as {' '.join(words)}" for alias, words in ALIASES.items()}
    return _candidates(start, last, candidates)


def _parameter(verb: Verb, words: list[str]) -> Parameter | None:
    """What the next word is for: the value of an option, an argument, or None when all have been given."""
    if _takes_value(verb, words[-1]):
        return verb.option(words[-1].removeprefix("--"))
    given = list(ALIASES.get(words[0].lower(), ())[1:])
    rest = iter(words[1:])
    for word in rest:
        if _takes_value(verb, word):
            next(rest, None)
        elif not word.startswith("--"):
            given.append(word)
    parameters = verb.parameters
    if len(given) >= len(parameters):
        return parameters[-1] if parameters and parameters[-1].rest else None
    return parameters[len(given)]


def _takes_value(verb: Verb, word: str) -> bool:
    """Whether the word is an option whose value follows."""
    if not word.startswith("--"):
        return False
    option = verb.option(word.removeprefix("--"))
    return option is None or option.kind != "switch"


def _options(verb: Verb) -> dict[str, str]:
    return {f"--{option.name}": _SWITCHES.get(option.name, option.kind) for option in verb.options}


def _carried(text: str, game: Game) -> list[Completion]:
    """What the action that a command carries could become."""
    prefix = match.end() if (match := _PREFIX.match(text)) else 0
    begin = re.match(r"\s*\S+\s+", text[prefix:])
    at = prefix + (begin.end() if begin else 0)
    found = complete(text[at:], game)
    if " " not in text[at:]:
        found = [one for one in found if one.word in VERBS and VERBS[one.word].group == "act"]
    return [Completion(text[:at] + one.text, one.what, one.word) for one in found]


def _names(verb: Verb, parameter: Parameter, words: list[str], game: Game) -> Names | None:
    """What can stand there after the words before: the settings of an edge, the versions of a service."""
    names = names_for(verb.name, parameter, game)
    before = words[1] if len(words) > 1 else ""
    system = game.exercise.scenario.system
    if parameter.kind == "version" and before in system.services:
        return dict.fromkeys(versions(game.world, before), f"a version of {before}")
    if parameter.kind == "setting" and names is not None:
        kind = "service" if before in system.services else "entry" if before in system.traffic.entries else "edge"
        return {name: what for name, what in names.items() if name == REVERT or PARAMETERS[name].target == kind}
    return names


def _example(parameter: Parameter, words: list[str]) -> str | None:
    """A value as it is written."""
    if parameter.kind == "value":
        return _SETTING_EXAMPLES.get(words[-1], "10")
    return _EXAMPLES.get(parameter.kind)


def _candidates(start: str, last: str, names: Mapping[str, str]) -> list[Completion]:
    """Names that begin with what was typed, then those that hold it elsewhere."""
    typed = last.lower().lstrip('"')
    begins = [name for name in names if name.lower().startswith(typed)]
    holds = [name for name in names if typed in name.lower() and not name.lower().startswith(typed)]
    return [Completion(start + _written(name), names[name], name) for name in begins + holds]


def _written(name: str) -> str:
    """A name as the command line takes it; options stay bare."""
    return name if name.startswith("--") else quote(name)


def _no_verb(word: str) -> str:
    near = [name for name in VERBS if name.startswith(word)]
    if near:
        return f"{', '.join(near)}?"
    return f'"{word}" is not a command{did_you_mean(word, list(VERBS))}'

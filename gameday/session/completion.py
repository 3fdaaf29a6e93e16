"""Help while a command is typed: what could come next, and what the command would take and cost.

Owns no rules: candidates come from the table that the rules check by, durations and costs from the world.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gameday.core.arguments import REVERT
from gameday.core.commands import DELEGABLE, Command, parse_command, quote
from gameday.core.errors import CommandError
from gameday.core.kinds.effects import PARAMETERS
from gameday.core.text import did_you_mean
from gameday.core.units import format_duration
from gameday.core.verbs import ALIASES, VERBS, Parameter, Verb
from gameday.engine.actions.releasing import versions
from gameday.session import rules
from gameday.session.delegating import hands_for
from gameday.session.names import Game, Names, names_for
from gameday.session.seats import hands_off, is_barred, speakers

_PREFIX = re.compile(r'\s*as\s+(?:"(?:\\.|[^"\\])*"|[^\s":]+)\s*:\s*')
_EXAMPLES = {"share": "30%", "count": "2", "duration": "500ms", "duration-or-off": "10m", "rate": "100/s"}
_SETTING_EXAMPLES = {
    "timeout": "500ms",
    "backoff": "100ms",
    "limit": "100/s",
    "call_limit": "100/s",
    "demand_limit": "100/s",
    "paused": "1",
    "breaker": "0",
}
_PHRASES: Mapping[str, Names] = {
    "ask": {
        "what changed?": "deploys, flags, configuration",
        "how bad is it?": "the impact",
        "what do you think the cause is?": "what they conclude",
        "give me a CAN report": "conditions, actions, needs",
        "what do you need?": "",
    },
    "can": {"C: what you see A: what you do N: what you need": "conditions, actions, needs"},
}
"""How people say it, where anything may be written."""

_LEADING = (
    *("delegate", "ask", "page", "declare", "assign", "reply", "approve", "status", "severity", "escalate", "ack"),
    *("note", "handover", "relieve", "hypothesis", "diagnose", "resolve"),
)
"""What somebody needs whose hands are off the keyboard, in this order."""

_AS = re.compile(r'\s*as\s+(?P<name>"?[^\s":]*)$')
_SWITCHES = {"force": "do it although it is unsafe", "rolling": "one replica after another"}


@dataclass(frozen=True, slots=True)
class Completion:
    """A candidate: `text` is the whole command line with it, `word` the candidate alone, `what` what it is."""

    text: str
    what: str
    word: str = ""


def complete(text: str, game: Game) -> list[Completion]:
    """What the last word of a command line could become, best first; empty where anything may be written.

    For somebody whose hands are off the keyboard, whole lines that hand it to a colleague come first.
    """
    if (match := _AS.match(text)) and len(speakers(game)) > 1:
        names = {f"{quote(name)}:": "" for name in speakers(game)}
        begun = match["name"].lower()
        return [
            Completion(text[: match.start("name")] + one, "", one) for one in names if one.lower().startswith(begun)
        ]
    return [*_handed(text, game), *_complete(text, game)]


def _complete(text: str, game: Game, carrier: Verb | None = None) -> list[Completion]:
    """The same for a line that may be `carrier`'s command."""
    start, words, last = _split(text)
    if not words:
        return _verbs(start, last, text, game) if carrier is None else _carried_verbs(start, last, carrier)
    first = words[0].lower()
    verb = VERBS.get(ALIASES.get(first, (first,))[0])
    if verb is None:
        return []
    parameter = _parameter(verb, words)
    if parameter is not None and parameter.kind == "command" and (at := _carried_at(text, verb, last)) is not None:
        return [Completion(text[:at] + one.text, one.what, one.word) for one in _complete(text[at:], game, verb)]
    if parameter is None or (last.startswith("--") and not _takes_value(verb, words[-1])):
        return _candidates(start, last, _options(verb))
    names = _names(verb, parameter, words, game)
    if names is not None:
        return _candidates(start, last, names)
    if parameter.rest and parameter.kind == "text":
        return _phrases(verb, start, words, last)
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
    if verb.name == "resolve":
        return [game.response.resolving()]
    if verb.name == "declare" and game.response.incident().resolved_at is not None:
        return ["opens the incident again; severity and roles are as they were, and customers are owed an update"]
    if verb.name == "delegate":
        return _hands_on(command, game)
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
        *(
            [f"{rule.approver or 'the incident commander'} must approve it"]
            if rule is not None and rule.needs_approval and not carries
            else []
        ),
    ]


def _hands_on(command: Command, game: Game) -> list[str]:
    """Who would do it, and what it would take them."""
    person, inner = command.arguments[0], command.inner
    here = "is here" if game.response.is_here(person) else "is not here yet"
    return [f"{person} {here}", *(_consequences(inner, game) if inner is not None else [])]


def _split(text: str) -> tuple[str, list[str], str]:
    """The line up to its last word, the finished words of the command, and the last word as far as it is typed."""
    prefix = match.end() if (match := _PREFIX.match(text)) else 0
    body = text[prefix:]
    last = re.search(r"\S*$", body)
    typed = last[0] if last else ""
    before = body[: len(body) - len(typed)]
    return text[: prefix + len(before)], before.split(), typed


def _verbs(start: str, last: str, text: str, game: Game) -> list[Completion]:
    candidates = {verb.name: verb.summary for verb in VERBS.values()}
    if hands_off(_author(text, game), game):
        others = [name for name in candidates if VERBS[name].group in ("coordinate", "walk") and name not in _LEADING]
        candidates = {name: candidates[name] for name in dict.fromkeys((*_LEADING, *others, *candidates))}
    if len(speakers(game)) > 1 and not start.strip():
        candidates["as"] = f"give a command for somebody else here: {', '.join(speakers(game))}"
    candidates |= {alias: f"the same as {' '.join(words)}" for alias, words in ALIASES.items()}
    return _candidates(start, last, candidates)


def _carried_verbs(start: str, last: str, carrier: Verb) -> list[Completion]:
    """What can be handed on, or done past a guardrail."""
    allowed = DELEGABLE if carrier.name == "delegate" else [verb.name for verb in VERBS.values() if verb.group == "act"]
    return _candidates(start, last, {name: VERBS[name].summary for name in allowed if name != carrier.name})


def _author(text: str, game: Game) -> str:
    """Who gives the line, as far as it is typed."""
    match = _PREFIX.match(text)
    named = match[0].strip().removeprefix("as").strip(' :"') if match else ""
    return named or next(iter(game.players), "")


def _handed(text: str, game: Game) -> list[Completion]:
    """A finished look or action of somebody who does neither, as it is handed on."""
    if not is_barred(_author(text, game), game):
        return []
    try:
        command = rules.settle(parse_command(text), game)
    except CommandError:
        return []
    if rules.deed_problem(command, game) is not None:
        return []
    return [Completion(hand.line, hand.what, f"delegate {hand.person}") for hand in hands_for(command, game)]


def _phrases(verb: Verb, start: str, words: list[str], last: str) -> list[Completion]:
    """Ways to say it, as long as nothing is said."""
    begun = len([word for word in words[1:] if not word.startswith("--")]) >= len(verb.parameters)
    phrases = _PHRASES.get(verb.name, {})
    return [] if last or begun else [Completion(start + phrase, what, phrase) for phrase, what in phrases.items()]


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


def _carried_at(text: str, verb: Verb, last: str) -> int | None:
    """Where the command begins that a command carries; None while an option of the carrier is typed."""
    prefix = match.end() if (match := _PREFIX.match(text)) else 0
    words = list(re.finditer(r"\S+", text[prefix:]))
    place = given = 1
    while place < len(words):
        word = words[place][0]
        if word.startswith("--") and given <= len(verb.parameters):
            place += 2 if _takes_value(verb, word) else 1
        elif given == len(verb.parameters):
            return prefix + words[place].start()
        else:
            given, place = given + 1, place + 1
    return None if last else len(text)


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

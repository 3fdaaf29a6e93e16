"""Conditions over signals, as alerts and playbooks write them: a tokenizer, a parser, an evaluator; never `eval`.

    condition  := all ("or" all)*
    all        := unit ("and" unit)*
    unit       := "not" unit | ( "(" condition ")" | deed | signal ) ["for" duration]
    deed       := ( "nobody" | "somebody" ) "has" ( "declared" | "told" "customers" | ... )
    signal     := subject "." metric [operator quantity] ["over" duration]
    operator   := < <= > >= == !=           quantity   := 5% | 250ms | 12 | 0.5 | 30/s

A deed is another way to write a state: `nobody has declared` is `not incident.declared`, and is shown so. `over 1m`
takes the metric over the last minute; `for 1m` demands that the condition held at every second of it. A metric without
data compares false; a state (incident, alerts, people, ...) is read as it is now, at whichever second.
Owns syntax and meaning; which names exist is checked by `gameday.scenario`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gameday.core.signals import METRICS, RATIO_METRICS, STATE_SUBJECTS, TIME_METRICS, Signals
from gameday.core.units import MICRO, format_duration, parse_duration

_TOKEN = re.compile(
    r"\s*(?:(?P<op><=|>=|==|!=|<|>)|(?P<paren>[()])"
    r"|(?P<number>\d+(?:\.\d+)?(?:%|/s|[a-z]+\d*[a-z0-9.]*)?)|(?P<word>[A-Za-z_][\w>#-]*(?:\.[A-Za-z_][\w-]*)*))"
)
_NEGATIVE = re.compile(r"-\s*\d")
_KEYWORDS = frozenset({"and", "or", "not", "for", "over"})
RATE_METRICS = frozenset({"rate", "goodput", "retries"})
"""Metrics that count something a second."""

DEEDS: Mapping[str, tuple[str, str]] = {
    "declared": ("incident", "declared"),
    "acknowledged": ("incident", "acknowledged"),
    "resolved": ("incident", "resolved"),
    "joined": ("people", "joined"),
    "told customers": ("incident", "status_posted"),
}
"""What somebody or nobody "has" done -> the state that says so."""


class ConditionError(ValueError):
    """A condition that cannot be read; `offset` is where in the text, counted from 0."""

    def __init__(self, message: str, offset: int) -> None:
        self.offset = offset
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`subject.metric operator threshold`, over a window of seconds. Without operator: is it above zero?"""

    subject: str
    metric: str
    operator: str
    threshold: float
    quantity: str
    window: int = 1
    offset: int = field(default=0, compare=False)

    def __str__(self) -> str:
        over = f" over {format_duration(self.window * MICRO)}" if self.window > 1 else ""
        if not self.operator:
            return f"{self.subject}.{self.metric}{over}"
        return f"{self.subject}.{self.metric} {self.operator} {self.quantity}{over}"

    def holds(self, signals: Signals, second: int) -> bool:
        value = signals.value(self.subject, self.metric, second, self.window)
        return value is not None and _compare(value, self.operator, self.threshold)


@dataclass(frozen=True, slots=True)
class Lasting:
    """The condition held at every one of the last `seconds` seconds."""

    condition: Condition
    seconds: int

    def __str__(self) -> str:
        inner = str(self.condition) if isinstance(self.condition, Comparison) else f"({self.condition})"
        return f"{inner} for {format_duration(self.seconds * MICRO)}"

    def holds(self, signals: Signals, second: int) -> bool:
        if second < self.seconds:
            return False
        return all(self.condition.holds(signals, second - ago) for ago in range(self.seconds))


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition

    def __str__(self) -> str:
        inner = str(self.condition)
        return f"not ({inner})" if isinstance(self.condition, (Every, Some)) else f"not {inner}"

    def holds(self, signals: Signals, second: int) -> bool:
        return not self.condition.holds(signals, second)


@dataclass(frozen=True, slots=True)
class Every:
    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        return " and ".join(f"({part})" if isinstance(part, (Every, Some)) else str(part) for part in self.conditions)

    def holds(self, signals: Signals, second: int) -> bool:
        return all(condition.holds(signals, second) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Some:
    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        return " or ".join(f"({part})" if isinstance(part, Some) else str(part) for part in self.conditions)

    def holds(self, signals: Signals, second: int) -> bool:
        return any(condition.holds(signals, second) for condition in self.conditions)


Condition = Comparison | Lasting | Not | Every | Some


def comparisons(condition: Condition) -> tuple[Comparison, ...]:
    """Every comparison in a condition, left to right: what a checker resolves and a screen shows."""
    if isinstance(condition, Comparison):
        return (condition,)
    if isinstance(condition, (Lasting, Not)):
        return comparisons(condition.condition)
    return tuple(leaf for part in condition.conditions for leaf in comparisons(part))


def parse_condition(text: str) -> Condition:
    """Reads a condition. Raises ConditionError with the offset of the trouble."""
    parser = _Parser(_tokens(text), len(text))
    condition = parser.condition()
    parser.end()
    return condition


def _compare(value: float, operator: str, threshold: float) -> bool:
    match operator:
        case "<":
            return value < threshold
        case "<=":
            return value <= threshold
        case ">":
            return value > threshold
        case ">=":
            return value >= threshold
        case "==":
            return value == threshold
        case "!=":
            return value != threshold
        case _:
            return value > 0.0


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            offset = at + len(text[at:]) - len(text[at:].lstrip())
            if tokens and tokens[-1].kind == "op" and _NEGATIVE.match(text, offset):
                raise ConditionError("signals are never negative: compare with 0 or more", offset)
            raise ConditionError(f'"{text[offset : offset + 12]}" is not part of a condition', offset)
        kind = match.lastgroup
        word = match[kind]
        tokens.append(_Token("keyword" if word in _KEYWORDS else kind, word, match.start(kind)))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens, at most 40 levels deep."""

    def __init__(self, tokens: list[_Token], length: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._length = length
        self._depth = 0

    def condition(self) -> Condition:
        parts = [self._all()]
        while self._accept("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _all(self) -> Condition:
        parts = [self._unit()]
        while self._accept("and"):
            parts.append(self._unit())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _unit(self) -> Condition:
        self._depth += 1
        if self._depth > 40:
            raise ConditionError("nested more than 40 deep", self._offset())
        if self._accept("not"):
            inner: Condition = Not(self._unit())
        else:
            inner = self._bracketed() if self._accept("(") else self._deed() or self._comparison()
            if self._accept("for"):
                inner = Lasting(inner, self._seconds("for"))
        self._depth -= 1
        return inner

    def _bracketed(self) -> Condition:
        inner = self.condition()
        if not self._accept(")"):
            raise ConditionError('expected ")"', self._offset())
        return inner

    def _deed(self) -> Condition | None:
        """`nobody has declared`, `somebody has told customers`; None where nothing of the kind begins here."""
        offset, who = self._offset(), self._peek()
        if who not in ("nobody", "somebody"):
            return None
        self._at += 1
        if not self._accept("has"):
            raise ConditionError(f'expected "has" after "{who}", found {self._found()}', self._offset())
        at, words = self._offset(), [self._take("word", f"what {who} has done").text]
        if f"{words[0]} {self._peek()}" in DEEDS:
            words.append(self._take("word", "").text)
        if (deed := " ".join(words)) not in DEEDS:
            raise ConditionError(f'"{deed}" is nothing that {who} has done; there is {", ".join(DEEDS)}', at)
        done = Comparison(*DEEDS[deed], "", 0.0, "", offset=offset)
        return done if who == "somebody" else Not(done)

    def _comparison(self) -> Comparison:
        token = self._take("word", "a signal such as checkout.errors")
        subject, dot, metric = token.text.rpartition(".")
        if not dot:
            raise ConditionError(f'"{token.text}" names no metric; write for example {token.text}.errors', token.offset)
        operator, quantity, threshold = "", "", 0.0
        if self._peek() is not None and self._tokens[self._at].kind == "op":
            operator = self._take("op", "a comparison").text
            number = self._take("number", "a number")
            quantity, threshold = number.text, _quantity(number, subject, metric)
        window = self._seconds("over") if self._accept("over") else 1
        found = Comparison(subject, metric, operator, threshold, quantity, window, token.offset)
        _refuse_impossible(found)
        return found

    def _seconds(self, after: str) -> int:
        token = self._take("number", f'a duration after "{after}"')
        try:
            micros = parse_duration(token.text)
        except ValueError as error:
            raise ConditionError(str(error), token.offset) from None
        if micros < MICRO or micros % MICRO:
            raise ConditionError(f'"{token.text}" is not a whole number of seconds', token.offset)
        if micros > 3600 * MICRO:
            raise ConditionError(f'"{token.text}" is longer than an hour', token.offset)
        return micros // MICRO

    def _peek(self) -> str | None:
        return self._tokens[self._at].text if self._at < len(self._tokens) else None

    def _offset(self) -> int:
        return self._tokens[self._at].offset if self._at < len(self._tokens) else self._length

    def _accept(self, text: str) -> bool:
        if self._peek() == text:
            self._at += 1
            return True
        return False

    def _take(self, kind: str, expected: str) -> _Token:
        if self._at >= len(self._tokens) or self._tokens[self._at].kind != kind:
            raise ConditionError(f"expected {expected}, found {self._found()}", self._offset())
        self._at += 1
        return self._tokens[self._at - 1]

    def _found(self) -> str:
        found = self._peek()
        return f'"{found}"' if found else "the end"

    def end(self) -> None:
        if self._at < len(self._tokens):
            raise ConditionError(f'expected "and", "or" or the end, found "{self._peek()}"', self._offset())


def _quantity(token: _Token, subject: str, metric: str) -> float:
    """The number in the unit that signals have: shares 0..1, seconds, a second. Raises ConditionError for others."""
    text, unit = token.text, _unit(token.text)
    wanted, example = _asked(subject, metric)
    try:
        value = parse_duration(text) / MICRO if unit == "time" else float(text.removesuffix("%").removesuffix("/s"))
    except ValueError as error:
        raise ConditionError(str(error), token.offset) from None
    if unit == "share":
        value /= 100.0
    trouble = None
    if unit == "" and wanted == "time" and value != 0:
        trouble = f"has no unit; {metric} is a time: write {text}s or {text}ms"
    elif unit == "" and wanted == "share" and value > 1:
        trouble = f"is above 1; {metric} is a share: write {text}%"
    elif unit == "share" and wanted == "share" and value > 1:
        trouble = f"is above 100%; {metric} is a share"
    elif wanted == "state" and (unit or value not in (0, 1)):
        trouble = f"is neither 0 nor 1; {subject}.{metric} is a state: write it alone, or with not before it"
    elif unit not in ("", wanted) and wanted != "any":
        trouble = f"is a {unit}; {metric} is a {_CALLED.get(wanted, wanted)}: write for example {example}"
    if trouble is not None:
        raise ConditionError(f'"{text}" {trouble}', token.offset)
    return value


_CALLED = {"rate": "number a second"}


def _unit(text: str) -> str:
    if text.endswith("%"):
        return "share"
    return "rate" if text.endswith("/s") else "time" if text[-1].isalpha() else ""


def _asked(subject: str, metric: str) -> tuple[str, str]:
    """What a signal is compared with, and an example; any quantity where nobody knows the metric."""
    if subject in STATE_SUBJECTS:
        return "state", ""
    if metric in RATIO_METRICS:
        return "share", "5%"
    if metric in TIME_METRICS:
        return "time", "250ms"
    if metric in RATE_METRICS:
        return "rate", "30/s"
    return ("number", "12") if metric in METRICS else ("any", "")


def _refuse_impossible(found: Comparison) -> None:
    """Raises ConditionError for what no value of a signal can be: below nothing, above all."""
    subject, metric, text = found.subject, found.metric, f"{found.operator} {found.quantity}"
    most = metric in RATIO_METRICS or subject in STATE_SUBJECTS
    if found.operator == "<" and found.threshold == 0:
        raise ConditionError(f'"{text}" never holds: {subject}.{metric} is never below 0', found.offset)
    if found.operator == ">" and found.threshold == 1 and most:
        raise ConditionError(f'"{text}" never holds: {subject}.{metric} is never above {found.quantity}', found.offset)

"""From the words of a condition to the condition. Does not own which quantities fit which metric (`amounts`)."""

from __future__ import annotations

from collections.abc import Mapping

from gameday.core.expressions.amounts import STATES_IN_WORDS, is_worded, quantity, refuse_impossible, worded
from gameday.core.expressions.tokens import ConditionError, Token, tokens
from gameday.core.expressions.tree import Comparison, Condition, Every, Lasting, Not, Some
from gameday.core.units import MICRO, duration_of

DEEDS: Mapping[str, tuple[str, str]] = {
    "declared": ("incident", "declared"),
    "acknowledged": ("incident", "acknowledged"),
    "resolved": ("incident", "resolved"),
    "joined": ("people", "joined"),
    "told customers": ("incident", "status_posted"),
}
"""What somebody or nobody "has" done -> the state that says so."""


def parse_condition(text: str) -> Condition:
    """Reads a condition. Raises ConditionError with the offset of the trouble."""
    parser = _Parser(tokens(text), len(text))
    condition = parser.condition()
    parser.end()
    return condition


class _Parser:
    """Recursive descent over the tokens, at most 40 levels deep."""

    def __init__(self, words: list[Token], length: int) -> None:
        self._tokens = words
        self._at = 0
        self._length = length
        self._depth = 0

    def condition(self) -> Condition:
        parts = [self._all()]
        while self._accept("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def end(self) -> None:
        """Raises ConditionError where something follows."""
        if self._at < len(self._tokens):
            raise ConditionError(f'expected "and", "or" or the end, found "{self._peek()}"', self._offset())

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
                offset = self._offset()
                inner = Lasting(inner, self._seconds("for"), offset)
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
            self._refuse_spaced_edge(token)
            raise ConditionError(f'"{token.text}" names no metric; write for example {token.text}.errors', token.offset)
        operator, amount, threshold = self._bound(token, subject, metric)
        window, at = 1, 0
        if self._accept("over"):
            at = self._offset()
            window = self._seconds("over")
            if is_worded(subject, metric):
                raise ConditionError('a state has no mean; write "for" instead of "over"', at)
        found = Comparison(subject, metric, operator, threshold, amount, window, token.offset, at)
        refuse_impossible(found)
        return found

    def _bound(self, signal: Token, subject: str, metric: str) -> tuple[str, str, float]:
        """The operator, what it compares with as it is written, and as a number; nothing where a signal is alone."""
        named = is_worded(subject, metric)
        if not self._is_next("op"):
            if named:
                message = f"a circuit breaker is {STATES_IN_WORDS}: write for example {signal.text} == open"
                raise ConditionError(message, signal.offset)
            return "", "", 0.0
        operator = self._take("op", "a comparison")
        if named:
            word = self._take("word", STATES_IN_WORDS)
            return operator.text, word.text, worded(word, operator)
        number = self._take("number", "a number")
        return operator.text, number.text, quantity(number, subject, metric)

    def _refuse_spaced_edge(self, caller: Token) -> None:
        """Raises ConditionError where the name of an edge is written with spaces around its `>`."""
        following = self._tokens[self._at : self._at + 2]
        if [token.kind for token in following] == ["op", "word"] and following[0].text == ">":
            edge = f"{caller.text}>{following[1].text}"
            raise ConditionError(f'an edge is one word: write "{edge}" without spaces', caller.offset)

    def _seconds(self, after: str) -> int:
        token = self._take("number", f'a duration after "{after}"')
        try:
            micros = duration_of(token.text)
        except ValueError as error:
            raise ConditionError(str(error), token.offset) from None
        if micros < MICRO or micros % MICRO:
            raise ConditionError(f'"{token.text}" is not a whole number of seconds', token.offset)
        if micros > 3600 * MICRO:
            raise ConditionError(f'"{token.text}" is longer than an hour', token.offset)
        return micros // MICRO

    def _peek(self) -> str | None:
        return self._tokens[self._at].text if self._at < len(self._tokens) else None

    def _is_next(self, kind: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind == kind

    def _offset(self) -> int:
        return self._tokens[self._at].offset if self._at < len(self._tokens) else self._length

    def _accept(self, text: str) -> bool:
        if self._peek() == text:
            self._at += 1
            return True
        return False

    def _take(self, kind: str, expected: str) -> Token:
        if not self._is_next(kind):
            raise ConditionError(f"expected {expected}, found {self._found()}", self._offset())
        self._at += 1
        return self._tokens[self._at - 1]

    def _found(self) -> str:
        found = self._peek()
        return f'"{found}"' if found else "the end"

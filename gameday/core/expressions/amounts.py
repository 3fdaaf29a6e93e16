"""What signals are compared with: which quantity a metric takes, in which unit, and what can never be.

Does not own the names of metrics (`gameday.core.signals`).
"""

from __future__ import annotations

from gameday.core.expressions.tokens import ConditionError, Token
from gameday.core.expressions.tree import Comparison
from gameday.core.signals import BREAKER_STATES, METRICS, RATIO_METRICS, STATE_SUBJECTS, TIME_METRICS
from gameday.core.text import did_you_mean
from gameday.core.units import MICRO, duration_of

RATE_METRICS = frozenset({"rate", "goodput", "retries"})
"""Metrics that count something a second."""
STATES_IN_WORDS = f"{', '.join(BREAKER_STATES[:-1])} or {BREAKER_STATES[-1]}"

_CALLED = {"rate": "number a second"}


def is_worded(subject: str, metric: str) -> bool:
    """Whether the signal is compared with a word: a circuit breaker is open, half-open or closed."""
    return metric == "breaker" and subject not in STATE_SUBJECTS


def worded(token: Token, operator: Token) -> float:
    """The value of a breaker's state. Raises ConditionError for what is none, and where more or less is asked for."""
    if operator.text not in ("==", "!="):
        raise ConditionError(f'"{operator.text}" says nothing about a state: write == or !=', operator.offset)
    if token.text not in BREAKER_STATES:
        hint = did_you_mean(token.text, list(BREAKER_STATES)) or f"; it is {STATES_IN_WORDS}"
        raise ConditionError(f'"{token.text}" is no state of a circuit breaker{hint}', token.offset)
    return float(BREAKER_STATES.index(token.text))


def quantity(token: Token, subject: str, metric: str) -> float:
    """The number in the unit that signals have: shares 0..1, seconds, a second. Raises ConditionError for others."""
    text, unit = token.text, _unit(token.text)
    wanted, example = _asked(subject, metric)
    try:
        value = duration_of(text) / MICRO if unit == "time" else float(text.removesuffix("%").removesuffix("/s"))
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


def refuse_impossible(found: Comparison) -> None:
    """Raises ConditionError for what no value of a signal can be: below nothing, above all."""
    subject, metric, text = found.subject, found.metric, f"{found.operator} {found.quantity}"
    most = metric in RATIO_METRICS or subject in STATE_SUBJECTS
    if found.operator == "<" and found.threshold == 0:
        raise ConditionError(f'"{text}" never holds: {subject}.{metric} is never below 0', found.offset)
    if found.operator == ">" and found.threshold == 1 and most:
        raise ConditionError(f'"{text}" never holds: {subject}.{metric} is never above {found.quantity}', found.offset)


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

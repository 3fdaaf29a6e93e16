"""What a colleague makes of an ask: by when, about what, and what is wanted. Vague is what leaves that open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gameday.core.units import MICRO
from gameday.core.wording.clauses import clauses, prepared
from gameday.core.wording.denials import denies_cause, stands_aside
from gameday.core.wording.durations import DURATION, durations
from gameday.core.wording.names import Words, names_in
from gameday.core.wording.vocabulary import WordList

_MINUTE = 60 * MICRO


def _intent(name: str, meaning: str, words: str) -> WordList:
    return WordList(name, meaning, tuple(" ".join(word.split()) for word in words.split(",")))


INTENTS = (
    _intent(
        "changes",
        "what was changed",
        """change, changes, changed, deploy*, release*, rolled out, rollout*, roll out, went out, config*, flag,
        flags, flipped, migration*, pushed, shipped, diff, merged""",
    ),
    _intent(
        "logs", "what is logged", "log, logs, logged, logging, stack trace*, stacktrace*, exception*, error message*"
    ),
    _intent(
        "metrics",
        "what the signals say",
        """metric*, graph*, dashboard*, latency, latencies, p99, p95, p50, error rate*, saturat*, utilis*, utiliz*,
        cpu, memory, rate, rates, errors, queue*, throughput, traffic, rps, qps, connection*, pool, numbers,
        signals, busy, load, how full, backlog, lag, hit rate*""",
    ),
    _intent(
        "traces", "where requests spend their time", "trace, traces, tracing, span, spans, slow request*, which hop"
    ),
    _intent(
        "dependencies",
        "who calls whom",
        """depend*, upstream*, downstream*, calls, caller*, callee*, who uses, what uses, talks to, relies on,
        rely on, behind""",
    ),
    _intent(
        "cause",
        "what is wrong",
        """cause*, root cause, why, what's wrong, what is wrong, wrong with, what broke, what is broken,
        what's broken, what keeps, what holds, diagnos*, suspect*, hypothes*, theory, explain*, reason""",
    ),
    _intent(
        "impact",
        "who is hurt, and how badly",
        """impact*, affected, affect, affects, how bad, how badly, how many, customers, users, blast radius,
        who is hurt, what is hurt, still hurt, who suffers, how much, severity, tickets, revenue, percent, share of""",
    ),
    _intent("can", "a CAN report", "can report*, can please, c a n, conditions, sitrep, situation report"),
    _intent(
        "eta",
        "when it will be done",
        """eta, how long, when will, when can, when do you, when are you, how soon, how much longer, how much time,
        are you done, is it done, finished yet""",
    ),
    _intent(
        "who",
        "who knows or owns it",
        """who owns, who knows, who is, who's, whom, owner*, on call, oncall, who can, who has, who wrote, who did,
        who do""",
    ),
    _intent(
        "help",
        "a look, or a hand",
        """help, look at, look into, take a look, have a look, check, check on, investigate, dig, give a hand,
        a hand, can you see, watch, keep an eye, verify, confirm, find out, join, take over, look, handle""",
    ),
)
"""What somebody can want, by the words that say so."""

NEEDS_SUBJECT = frozenset({"logs", "metrics", "traces", "help"})
"""Intents that mean little without a name: which logs?"""

_SPELT_OUT = 6
"""So many words about something that has a name are a question of their own."""

_PAST = re.compile(r"(?:\b(?:last|past|previous|for|since|over|took|ran)\b[^.,;?!]{0,12})$", re.I)
_AGO = re.compile(r"\s*(?:ago|old|window|timeout|average|ttl|retention)\b", re.I)
_IN = re.compile(
    r"\b(?:in|within|inside|under|next|have|take|max|at most|limit:?|time ?box(?:ed)?:?|time limit:?|need it|"
    r"give you|you get|budget:?|no more than|less than|after|spend|another)"
    r" (?:the |about |at most |next |max |of |is |to |only |no more than |up to )*$",
    re.I,
)
_BARE = re.compile(
    r"\b(?:in|within|inside) (?:the next )?(?P<n>\d{1,3}|five|ten|fifteen|two|three)\s*(?:[.,;!?)]|$)", re.I
)
_ALONE = re.compile(
    rf"(?:^|[,;(:?!.–—-]\s*){DURATION}\s*(?:please|pls|max|tops|limit|at most|ok|okay)?\s*(?:$|[.,;!?)])", re.I
)
_WORDS = {"two": 2, "three": 3, "five": 5, "ten": 10, "fifteen": 15}


@dataclass(frozen=True, slots=True)
class AskReading:
    """What is asked. `limit` in microseconds or None, `subjects` names of the system, `intents` as in `INTENTS`."""

    limit: int | None
    subjects: tuple[str, ...]
    intents: tuple[str, ...]
    vague: bool


def read_ask(question: str, names: Iterable[str] | Words) -> AskReading:
    """Reads a question to a colleague; `names` are entries and services, with other ways to call them if a mapping."""
    text = prepared(question)
    phrases = names if isinstance(names, Mapping) else {}
    subjects = _meant(text, tuple(names_in(text, names, phrases)), phrases)
    intents = _intents(text)
    return AskReading(time_limit(question), subjects, intents, _vague(text, subjects, intents))


def _meant(text: str, subjects: tuple[str, ...], phrases: Words) -> tuple[str, ...]:
    """The subjects without those that are only said not to be it, as long as another is named."""
    said = [clause for clause in clauses(text) if not (denies_cause(clause) or stands_aside(clause))]
    meant = tuple(name for name in subjects if any(names_in(clause, (name,), phrases) for clause in said))
    return meant or subjects


def is_vague(question: str, names: Iterable[str] | Words) -> bool:
    """Leaves open what is wanted, or about what; a colleague asks back."""
    return read_ask(question, names).vague


def time_limit(text: str) -> int | None:
    """By when an answer is wanted, in microseconds from now: in 5 minutes, within 5m, 5 minutes max. None: unsaid."""
    text = prepared(text)
    for span in durations(text):
        if _PAST.search(text, 0, span.start) or _AGO.match(text, span.end):
            continue
        if _IN.search(text, 0, span.start) or _ALONE.search(text[max(span.start - 3, 0) :]):
            return span.length
    bare = _BARE.search(text)
    if bare is None:
        return None
    number = bare["n"].lower()
    return _WORDS[number] * _MINUTE if number in _WORDS else int(number) * _MINUTE


def _intents(text: str) -> tuple[str, ...]:
    found = [intent.name for intent in INTENTS if intent.found(text)]
    if re.search(r"\bCAN\b", text) and "can" not in found:
        found.append("can")
    return tuple(found)


def _vague(text: str, subjects: tuple[str, ...], intents: tuple[str, ...]) -> bool:
    if subjects and (intents or len(text.split()) >= _SPELT_OUT):
        return False
    return not any(intent not in NEEDS_SUBJECT for intent in intents)

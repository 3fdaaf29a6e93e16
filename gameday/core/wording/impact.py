"""Does an update say what or whom it hurts? And which parts of the system does it call hurt, or fine?"""

from __future__ import annotations

import re

from gameday.core.wording.clauses import clauses, sentences
from gameday.core.wording.denials import denies_cause, denies_state, excepted, stands_aside, without_denials
from gameday.core.wording.names import Words, names_in
from gameday.core.wording.vocabulary import (
    AHEAD,
    EXPERIENCE,
    FUNCTIONS,
    HURT,
    NOT_DONE,
    NOT_HURT,
    PEOPLE,
    RECOVERED,
    STILL,
    TROUBLE,
    WORKS,
)

_NOT_DONE = re.compile(
    rf"(?:\bnot|\bno longer|n't) (?:be |been |being |currently |yet |always )?{NOT_DONE.choice}", re.I
)
_UNSAID = re.compile(r"(?:\b(?:do|does|is|are|can|did)(?: not|n't)|\bcannot)$", re.I)
_NOT = re.compile(r"\b(?:not|no longer|never|cannot|without|no)\b|n't\b", re.I)
_SHARE = re.compile(r"\d ?%|\b\d+ (?:of|in|out of) \d+\b|\b(?:one|half|third|all|most|every) (?:in|of) \w+", re.I)
_YOU = re.compile(r"\byou (?:may|might|will|can|cannot|can't|could|are|see|get)\b", re.I)
_CAN = re.compile(
    r"\bcan (?:all |now |again )*(?:log|sign|check|order|pay|search|buy|place|use|browse|access|reach)\b", re.I
)
_LOW = re.compile(r"\bsuccess\w*(?: rate| share)?(?: is| at| of| down to|:)? [0-8]?\d(?:\.\d+)? ?%", re.I)
_SPARED = re.compile(r"\b(?:unaffected|(?:not|n't) (?:affected|impacted)|no (?:issues?|problems?|errors?))\b", re.I)
_GOAL = re.compile(
    r"\b(?:working (?:on|to|towards|with|hard)|work (?:on|to|with)|(?:trying|try|hope|hoping) to|"
    r"to (?:get|have|bring)|once|until|when|if|so that|(?<!as )before|whether|partly|partially|some|most|many|"
    r"half|\d+ (?:of|in|out of) \d+)\b|\d ?%",
    re.I,
)
_NOW = re.compile(r"\b(?:is|are|remains?|cannot|can't|fails?|may|might|gets?)\b(?! (?:no longer|resolved))", re.I)
_BARE = 4
"""A clause of at most this many words that only names something shares the statement of the next one."""


def states_impact(text: str, words: Words) -> bool:
    """Says in one sentence that something is wrong, and what or whom it hurts."""
    return any(_states_impact(_affirmed(sentence), words) for sentence in sentences(text))


def says_hurt(clause: str) -> bool:
    """Calls something hurt now."""
    rest = _affirmed(clause)
    return (_is_hurt(rest) or _has_trouble(rest)) and not says_works(clause)


def says_works(clause: str) -> bool:
    """Claims that something works now, for all and without if or when."""
    if _SPARED.search(clause):
        return True
    if denies_state(clause):
        rest = _affirmed(clause)
        return not (_is_hurt(rest) or _has_trouble(rest) or _GOAL.search(clause) or AHEAD.found(clause))
    claimed = WORKS.found(clause) or _CAN.search(clause) is not None
    return claimed and not any(rule.search(clause) for rule in (_NOT, _GOAL, AHEAD.pattern))


def _affirmed(text: str) -> str:
    """What is left to be hurt, once what is denied is taken out."""
    return without_denials(NOT_HURT.pattern.sub("", text))


def goes_on(text: str) -> bool:
    """Says that something is still hurt."""
    return any(
        (STILL.found(clause) and says_hurt(clause)) or (_NOW.search(clause) is not None and _is_hurt_now(clause))
        for clause in clauses(text)
        if not re.search(r"\bif\b", clause, re.I)
    )


def called(text: str, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that a text calls hurt, and those it calls fine; each once, in the order of the text."""
    hurt: dict[str, None] = {}
    works: dict[str, None] = {}
    for statement in statements(_by_name(text, words), words):
        but = names_in(excepted(statement), words)
        names = [name for name in names_in(statement, words) if name not in but]
        if says_works(statement):
            works.update(dict.fromkeys(names))
            hurt.update(dict.fromkeys(but))
        elif says_hurt(statement) or _UNSAID.search(statement):
            hurt.update(dict.fromkeys(names))
            works.update(dict.fromkeys(but))
    return tuple(hurt), tuple(works)


def _by_name(text: str, words: Words) -> str:
    """What is called by a phrase, called by its name: `asking for work` does not say that anything works."""
    for name, phrases in words.items():
        for phrase in phrases:
            text = re.sub(rf"\b{re.escape(phrase)}\b", name, text, flags=re.IGNORECASE) if phrase else text
    return text


def statements(text: str, words: Words) -> list[str]:
    """The clauses of a text; in `logins and orders fail` the first shares what the second says."""
    found: list[str] = []
    for sentence in sentences(text):
        waiting = ""
        for clause in clauses(sentence):
            whole = f"{waiting} {clause}".strip()
            if stands_aside(clause) and not _is_statement(clause):
                continue
            bare = len(clause.split()) <= _BARE and not _is_statement(clause) and bool(names_in(clause, words))
            waiting = whole if bare else ""
            if not bare:
                found.append(whole)
        if waiting:
            found.append(waiting)
    return found


def _is_statement(clause: str) -> bool:
    return says_works(clause) or says_hurt(clause) or _UNSAID.search(clause) is not None or denies_cause(clause)


def _is_hurt(text: str) -> bool:
    return any(pattern.search(text) for pattern in (HURT.pattern, _NOT_DONE, _LOW))


def _is_hurt_now(clause: str) -> bool:
    return _is_hurt(_affirmed(clause)) and not says_works(clause)


def _has_trouble(clause: str) -> bool:
    return TROUBLE.found(clause) and not RECOVERED.found(clause)


def _what_or_whom(text: str, words: Words) -> tuple[bool, bool]:
    whom = PEOPLE.found(text) or _SHARE.search(text) is not None or _YOU.search(text) is not None
    return FUNCTIONS.found(text) or bool(names_in(text, words)), whom


def _states_impact(sentence: str, words: Words) -> bool:
    if _is_hurt(sentence):
        return any(_what_or_whom(sentence, words))
    for clause in clauses(sentence):
        what, whom = _what_or_whom(clause, words)
        if _has_trouble(clause) and STILL.found(clause) and any(_what_or_whom(sentence, words)):
            return True
        if _has_trouble(clause) and (what or (whom and EXPERIENCE.found(clause))):
            return True
    return False

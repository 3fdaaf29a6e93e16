"""Plain patterns over the text of a public update: does it state impact, name the next, promise an ETA, claim recovery?

Owns the patterns, in English. They are rules a person could check by hand, not a judgement of style. Deadlines and what
is true stand in `gameday.scoring.communication`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

READ = 600
"""Characters of an update that are read; what stands behind them is not there for customers either."""

_CLAUSES = re.compile(r"[.;!?\n,](?!\d)|\b(?:and|but|while|whereas|although)\b")

_SENTENCES = re.compile(r"[.!?\n](?!\d)")

_HURT = re.compile(
    r"\b(?:fail\w*|can(?:not|'t|’t)|can not|unable|not able|error\w*|slow\w*|delay\w*|unavailable|down|outage|degraded|"
    r"affect(?:s|ed|ing)|interrupt\w*|disrupt\w*|trouble\w*|problems?|issues?|difficult\w*|time(?:s|d)? out|timeouts?|"
    r"not work\w*|n[o']t work\w*|no longer work\w*|broken|impact(?:s|ed|ing)|reject\w*|refus\w*|turn(?:s|ed|ing)? away|"
    r"(?:not|n't) (?:start|run|load|open|respond)\w*|stuck|hang(?:s|ing)?)\b",
    re.I,
)
_PEOPLE = re.compile(
    r"\d ?%|\b(?:customers?|users?|people|shoppers?|visitors?|everyone|everybody|all|clients?|accounts?|"
    r"\d+ percent)\b",
    re.I,
)
_WORKS = re.compile(
    r"\b(?:works?|working|fine|unaffected|not affected|not impacted|operational|operates? normally|normal(?:ly)?|"
    r"healthy)\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|no longer|never|cannot|without)\b|n['’]t\b", re.I)
_NOT_HURT = re.compile(r"\b(?:unaffected|(?:not|n't) (?:affected|impacted)|no (?:issues?|problems?|errors?))\b", re.I)

_TIME = (
    r"(?:(?:in|within|by|at|before|for)\s+(?:about |around |roughly |the next |another |approximately |less than )*"
    r"(?:\d+|an?|the hour|one|two|five|ten|fifteen|twenty|thirty|half|few|couple)\b|every \w+|shortly|soon|hourly|"
    r"any (?:minute|moment)|momentarily|tonight|tomorrow|by (?:noon|midnight|the end of))"
)
_NEXT = re.compile(
    r"\b(?:(?:next|another|further|more|new) (?:update|information|info|news|message|post)s?|updates?|"
    r"(?:will|we'll|shall|going to) (?:\w+ )?(?:update|post|report|share|write|tell|inform|be back|come back|"
    r"follow up)|"
    r"hear from us|back with (?:more|news))\b",
    re.I,
)
_WHEN = re.compile(rf"\b{_TIME}", re.I)
_MENDED = re.compile(
    r"\b(?:fix(?:ed)?|resolved?|restored?|recover(?:ed|y)?|back|work(?:s|ing)?|solved?|over|normal|done|repaired|mended|"
    r"available|up and running|operational|completed?)\b",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|should|expect\w*|going to|estimat\w*|anticipat\w*|hope\w*|plan\w*|aim\w*|promis\w*)\b|"
    r"\b(?:we|it|they)['’]ll\b",
    re.I,
)
_ETA = re.compile(
    r"\b(?:eta|time to (?:fix|recovery|resolution))\b(?: is)?:? *(?:of|at|in|about|~|:)? *\d|"
    rf"\b(?:fix|recovery|resolution|repair|restoration)\b (?:is |comes? |expected )*{_TIME}",
    re.I,
)
_RECOVERED = re.compile(
    r"\b(?:(?:has |have |is |are |been |was |were |fully |now )*(?:recovered|resolved|restored|fixed|solved)|"
    r"back to normal|"
    r"works? (?:normally )?again|working (?:normally )?again|(?:incident|outage|problem|issue)s? (?:is|are) over|"
    r"fully operational|all clear)\b",
    re.I,
)
_NOT_YET = re.compile(
    r"\b(?:not|yet|until|once|when|will|working (?:on|to|towards)|trying|should|expect\w*|if|before|partial\w*|partly|"
    r"some|mostly|hope\w*|to be|being|soon|shortly|investigat\w*)\b|n['’]t\b",
    re.I,
)


def clauses(text: str) -> list[str]:
    """The parts of a text that make one statement each."""
    return [part.strip() for part in _CLAUSES.split(text[:READ]) if part.strip()]


def sentences(text: str) -> list[str]:
    """The sentences of a text; a semicolon does not end one."""
    return [part.strip() for part in _SENTENCES.split(text[:READ]) if part.strip()]


def names_in(text: str, names: Iterable[str], phrases: Mapping[str, Sequence[str]]) -> list[str]:
    """Which of the names a text mentions, in their common forms: `login` as logins, log in, log-in; or by a phrase."""
    return [name for name in names if _names(text, name) or any(_says(text, p) for p in phrases.get(name, ()))]


def states_impact(text: str, parts_of_system: Sequence[str]) -> bool:
    """Says in one sentence that something is wrong, and what or whom it hurts."""
    return any(
        _HURT.search(sentence) is not None
        and (_PEOPLE.search(sentence) is not None or bool(names_in(sentence, parts_of_system, {})))
        for sentence in sentences(text)
    )


def names_next_update(text: str) -> bool:
    """Says when customers will hear more."""
    return any(_NEXT.search(sentence) and _WHEN.search(sentence) for sentence in sentences(text))


def promises_eta(text: str) -> bool:
    """Says when it will be mended. When the next update comes is no promise."""
    return any(_promises(clause) for clause in _statements_about_repair(text))


def says_recovered(text: str) -> bool:
    """Says, without if or when, that it is over."""
    return any(_RECOVERED.search(clause) and not _NOT_YET.search(clause) for clause in clauses(text))


def says_hurt(clause: str) -> bool:
    return _HURT.search(_NOT_HURT.sub("", clause)) is not None and not says_works(clause)


def says_works(clause: str) -> bool:
    """Claims that something works now."""
    if _NOT_HURT.search(clause):
        return True
    return _WORKS.search(clause) is not None and not _NOT.search(clause) and not _AHEAD.search(clause)


def _statements_about_repair(text: str) -> list[str]:
    parts = clauses(text)
    return [part for part in parts if not re.search(r"\b(?:updates?|hear from us|more information|news)\b", part, re.I)]


def _promises(clause: str) -> bool:
    """A time, and a word of the future before a word of repair; or a time said for the repair itself."""
    if _ETA.search(clause):
        return True
    ahead = _AHEAD.search(clause)
    return ahead is not None and _MENDED.search(clause, ahead.end()) is not None and _WHEN.search(clause) is not None


def _names(text: str, name: str) -> bool:
    stem = name.removesuffix("e") if len(name) > 4 else name
    letters = [re.escape(letter) for letter in stem if letter != "-"]
    pattern = r"[ -]?".join(letters) if len(letters) > 3 else re.escape(stem)
    return re.search(rf"\b{pattern}(?:e|es|s|ing|ed|ings)?\b", text, re.I) is not None


def _says(text: str, phrase: str) -> bool:
    return bool(phrase) and re.search(rf"\b{re.escape(phrase)}\b", text, re.I) is not None

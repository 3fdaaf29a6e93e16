"""What a text denies: `auth is not the problem`, `logins no longer fail`, `it is not the database`.

Owns the patterns of denial, a few words long each, so that what stands beside them is still read. Who denies a state
(slow, failing, down) says that it is well; who denies a cause (the problem, to blame) says nothing of that.
"""

from __future__ import annotations

import re

from gameday.core.wording.vocabulary import HURT, TROUBLE

_NO = r"(?:\b(?:not|never|no longer|nor)|n't)"
_FILLER = (
    r"(?: (?:be|been|being|currently|really|actually|now|so|very|that|too|the|a|an|any|our|to|seem|seems|look|looks|"
    r"appear|appears|have|has|having|show|shows|see|seeing|get|getting|themselves|itself))*"
)
_CAUSE = (
    r"(?:(?:root )?causes?|culprits?|problems?|issues?|troubles?|reasons?|bottlenecks?|suspects?|faults?|"
    r"to blame|at fault|behind (?:it|this|that)|responsible|guilty|involved)"
)
_NOUN = r"(?:errors?|fail\w*|issues?|problems?|time[ -]?outs?|troubles?|outages?)"
_FOR_ALL = r"\b(?! (?:for|to) (?:all|every\w*|each)\b)"

_STATES = re.compile(
    rf"{_NO}{_FILLER} (?:{HURT.choice}){_FOR_ALL}"
    rf"|\bneither\b[^,;.!?]{{1,60}}? (?:{HURT.choice}|{TROUBLE.choice})"
    rf"|\bnothing(?: is|'s| was| seems| looks)?(?: at all)? (?:wrong|broken|amiss|{TROUBLE.choice})"
    rf"|\bnone of (?:the |our )?[\w-]+ (?:is |are )?(?:{HURT.choice})"
    rf"|\bstop(?:s|ped)? (?:failing|crashing|timing out|hanging|freezing|rejecting)\b",
    re.IGNORECASE,
)
"""A state that is not there. With `for all` behind it, it may be there for some."""

_CAUSES = re.compile(
    rf"{_NO}{_FILLER} (?:{_CAUSE}|it\b)"
    rf"|\b(?:{_CAUSE}) (?:is|was|are)(?: certainly| surely| clearly)?(?: not|n't)\b"
    r"|\b(?:ruled?|ruling) out\b|\brules out\b|\b(?:excluded|exonerated|innocent|off the hook|out of the picture)\b"
    rf"|\b(?:do|does|did|would)(?: not|n't) (?:think|believe|suspect|blame)\b[^,;.!?]{{0,50}}?"
    rf"(?:{HURT.choice}|{TROUBLE.choice}|\b{_CAUSE})"
    rf"|\b(?:is|was|are)(?: not|n't) (?:the )?[\w>-]+ (?:that|which|who) (?:is |are |was )?"
    rf"(?:{HURT.choice}|{TROUBLE.choice}|causes?)"
    rf"|\b(?:no|without|zero)(?! (?:one|longer|more)\b)(?: [\w-]+)? {_NOUN}\b"
    rf"|\bno (?:sign|trace|evidence|hint)s? of(?: any| a)?(?: [\w-]+)? (?:{HURT.choice}|{TROUBLE.choice})",
    re.IGNORECASE,
)
"""A cause that it is not, and what is not believed, or not seen."""

_BUT = r"(?:except(?: for)?|apart from|other than)"
_ASIDE = re.compile(rf"^\W*(?:not|rather than|instead of|{_BUT}|(?:it|this|that)(?:'s| is| was|)(?: not|n't))\b", re.I)
_EXCEPTED = re.compile(rf"\b{_BUT} (.*)$", re.IGNORECASE)


def without_denials(text: str) -> str:
    """The text without what it denies; `not only slow` denies nothing."""
    return _STATES.sub(" ", _CAUSES.sub(" ", text))


def denies_state(clause: str) -> bool:
    """Whether a clause says that something is not hurt, fails no more, has no errors."""
    return _STATES.search(_CAUSES.sub(" ", clause)) is not None


def denies_cause(clause: str) -> bool:
    """Whether a clause says that something is not the cause."""
    return _CAUSES.search(clause) is not None


def stands_aside(clause: str) -> bool:
    """Whether a clause only names what is not meant: `not auth`, `rather than logins`."""
    return _ASIDE.search(clause) is not None


def is_denied(text: str, name: str) -> bool:
    """Whether a text names somebody or something only to say that it is not that: `bo, not dan`."""
    named = re.compile(rf"(?P<denied>{_NOT_THAT})?\b{re.escape(name)}\b", re.IGNORECASE)
    found = list(named.finditer(text))
    return bool(found) and all(match["denied"] for match in found)


_NOT_THAT = (
    r"\b(?:not|nor|no need (?:for|of|to \w+)|rather than|instead of|except(?: for)?|"
    r"(?:do|does|need)(?: not|n't) (?:page|call|need|want|wake|ring|get|send)) (?:(?:by|from|the|a|an|any|team|for) )*"
)


def excepted(clause: str) -> str:
    """What a clause takes out of what it says: `everything works except logins`; empty for nothing."""
    match = _EXCEPTED.search(clause)
    return match[1] if match is not None else ""

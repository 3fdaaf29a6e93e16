"""What customers write: how it hurts them, what they wanted to do, who they are. Never why: they cannot know.

They follow from the seed and the moment, so that no decision of somebody else changes a line. Owns the wording, not how
many write.
"""

from __future__ import annotations

from collections.abc import Mapping

from gameday.core.draws import draw_name
from gameday.response.hands import Hurt
from gameday.scenario.models.system import Entry

_LINES: Mapping[str, tuple[str, ...]] = {
    "failed": (
        "An error, again and again: {what}.",
        "I get an error page every time. I only wanted this: {what}.",
        "It has stopped working for me: {what}. Is it just me?",
        "Whatever I try, {what} ends in an error.",
        "Something went wrong, it says. Third try. It was about {what}.",
        "Nothing but failures with {what}. My colleague next to me has the same.",
        "Is there trouble with {what}? I see nothing but errors.",
        "I did what your help page says, and still cannot do this: {what}.",
        "Please look into {what}. An error, ten times out of ten.",
        "A red box, and no word why. I was at this: {what}.",
        "It worked at breakfast. Now it fails each time: {what}.",
    ),
    "slow": (
        "It takes for ever today: {what}.",
        "I have been looking at a turning wheel for minutes: {what}.",
        "It loads and loads, and then nothing. That was {what}.",
        "Is something slow on your side? I hang at {what}.",
        "{What}: I gave up after a minute, tried again, gave up again.",
        "Very slow for me since a while, {what} most of all.",
        "I pressed the button a minute ago and am still waiting. {What}, I mean.",
        "Yesterday a blink, today I can make tea meanwhile: {what}.",
        "Nothing happens for half a minute, and then it gives up: {what}.",
        "Everything about {what} crawls.",
        "Sometimes it comes after a long while, sometimes never: {what}.",
    ),
    "refused": (
        "It says that you are too busy, and to try later: {what}.",
        "{What}: turned away at once, before anything has loaded.",
        "I am not let in. I only wanted this: {what}.",
        "Try again later, it says. When is later? It is about {what}.",
        "Refused straight away, on my phone and on my laptop: {what}.",
        "You turn me away. I have an account, and paid for it. It was about {what}.",
        "Are you closed? A polite no is all I get: {what}.",
    ),
}
_NAMES = (
    "Marit",
    "Jonas",
    "Aylin",
    "Pietro",
    "Sofie",
    "Hamid",
    "Greta",
    "Luis",
    "Noor",
    "Pavel",
    "Ines",
    "Vigdis",
    "Tom",
)


def ticket(hurt: Hurt, entries: Mapping[str, Entry], seed: int, moment: int) -> str:
    """One ticket of somebody who is hurt in this way. Moments that follow each other are written by different people,
    in different words.
    """
    lines = _LINES[hurt.how]
    first = draw_name(seed, "words", "ticket", hurt.entry, hurt.segment or "", hurt.how) & 0xFF
    what = _what(hurt.entry, entries)
    line = lines[(first + moment) % len(lines)].format(what=what, What=what[:1].upper() + what[1:])
    name = _NAMES[(draw_name(seed, "words", "customer", hurt.entry) + 5 * moment & 0xFFFF) % len(_NAMES)]
    where = f", {hurt.segment.replace('-', ' ').replace('_', ' ')}" if hurt.segment else ""
    return f"“{line}” ({name}{where})"


def pile(count: int, entry: str, entries: Mapping[str, Entry]) -> str:
    """How many wrote, and what most of them wanted to do."""
    what = _what(entry, entries)
    if count == 1:
        return f"1 ticket in the last minute, about {what}"
    return f"{count} tickets in the last minute, most about {what}"


def _what(entry: str, entries: Mapping[str, Entry]) -> str:
    return entries[entry].summary.rstrip(".") or entry.replace("-", " ")

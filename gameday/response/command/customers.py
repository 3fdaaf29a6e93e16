"""What somebody simulated tells customers: built from what can be seen, by the rules of `gameday.core.wording`.

Whom it hurts, when the next update comes, no time for the repair; that it is over only once it is.
"""

from __future__ import annotations

from gameday.core.commands import Verdict
from gameday.core.wording import read_update
from gameday.core.wording.templates import spoken
from gameday.response.command.room import Room

_FIRST = (
    "We are investigating a problem with {what}: some customers get errors or wait too long. Next update in {next}."
)
_AGAIN = (
    "There are still problems with {what}: some customers get errors or wait too long. "
    "We are working on it. Next update in {next}."
)
_FOUND = (
    "We have found what is behind the problems with {what}, and we are acting on it. "
    "Some customers still get errors or wait too long. Next update in {next}."
)
_SETTLING = (
    "There were problems with {what}. Most requests succeed at the moment; some customers may still get errors. "
    "We keep watching. Next update in {next}."
)
_OVER = "{what} {works} again and {has} recovered for all customers. We keep watching; this is the last update."
_PARTS = "parts of our service"


def update(room: Room, *, hurt: tuple[str, ...], first: bool, cause_known: bool) -> str:
    """An update while it lasts. `hurt`: the entries that have missed their objective since it was declared."""
    missing = room.wall.missing()
    what = listed(room, missing or hurt) or _PARTS
    if not missing and hurt:
        text = _SETTLING
    elif first:
        text = _FIRST
    else:
        text = _FOUND if cause_known else _AGAIN
    return text.format(what=what, next=spoken(room.scenario.communication.every))


def last_update(room: Room, hurt: tuple[str, ...]) -> str:
    """The update that says that it is over."""
    works, has = ("works", "has") if len(hurt) == 1 else ("work", "have")
    text = _OVER.format(what=listed(room, hurt) or _PARTS, works=works, has=has)
    return text[:1].upper() + text[1:]


def post(room: Room, person: str, text: str) -> Verdict:
    """Posts an update as somebody simulated; elsewhere, where the status page fails with what it should tell of."""
    verdict = room.give(person, f"status {text}")
    return verdict if verdict.accepted else room.give(person, f"status --by social {text}")


def has_said_over(room: Room) -> bool:
    """Whether the newest update says that it is over."""
    words = {name: (entry.summary,) for name, entry in room.scenario.system.traffic.entries.items()}
    last = room.incident.view().last_status
    return last is not None and read_update(last, words).says_recovered


def listed(room: Room, entries: tuple[str, ...]) -> str:
    """Entries as customers call them: `logging in and placing an order`."""
    names = [room.scenario.system.traffic.entries[name].summary or name for name in entries]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)

"""What an on-call set-up is made of in PagerDuty's terms, by its ids, before it gets our names.

Owns no format: every importer fills these in from its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from gameday.scenario.importers.walking import Place
from gameday.scenario.models.calendar import TIME_OF_DAY

STRATEGIES = {"assign_to_everyone": None, "round_robin": "round-robin"}
CONTACTS = {
    "email_contact_method": "email",
    "phone_contact_method": "phone",
    "sms_contact_method": "sms",
    "whatsapp_contact_method": "sms",
    "push_notification_contact_method": "push",
}
_DAY, _WEEK, _YEAR = 86_400, 604_800, 366 * 86_400


@dataclass(slots=True)
class Contact:
    """A notification rule."""

    by: str
    after_minutes: int
    urgency: str


@dataclass(slots=True)
class User:
    id: str
    name: str
    team: str = ""
    contacts: list[Contact] = field(default_factory=list)


@dataclass(slots=True)
class Window:
    """A restriction of a layer; `day` from 1 (Monday), None where it comes daily."""

    start: str
    seconds: int
    day: int | None


@dataclass(slots=True)
class Layer:
    place: Place
    name: str
    users: list[str]
    start: str | None
    end: str | None
    virtual_start: str | None
    turn_seconds: int
    windows: list[Window]


@dataclass(slots=True)
class Override:
    place: Place
    user: str
    start: str
    end: str


@dataclass(slots=True)
class Schedule:
    place: Place
    id: str
    name: str
    zone: str
    layers: list[Layer] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)


@dataclass(slots=True)
class Target:
    """`kind` is user or schedule; `name` may be empty."""

    place: Place
    kind: str
    id: str
    name: str


@dataclass(slots=True)
class Rule:
    minutes: int
    targets: list[Target]
    strategy: str | None


@dataclass(slots=True)
class Policy:
    place: Place
    id: str
    name: str
    loops: int
    rules: list[Rule]
    acknowledgement_timeout: int = 0


@dataclass(slots=True)
class Parts:
    """Everything of a file, by id, in its order. `notes` say what was taken for what."""

    users: dict[str, User] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_some(place: Place, key: str) -> list[Place]:
    """The objects of a list that has at least one."""
    if place.get(key).value in (None, []):
        place.problem(f"there are no {key}", "missing-key")
    return list(place.get(key).items())


def read_instant(place: Place) -> str | None:
    """A date with a time as our files write it; None where there is none."""
    if place.value is None or place.value == "":
        return None
    text = place.text()
    written = re.sub(r"\.\d+", "", text.replace(" ", "T", 1))
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        place.complain("a date with a time such as 2026-03-02T09:00:00Z")
        return None
    return moment.isoformat(timespec="seconds" if moment.second else "minutes").replace("+00:00", "Z")


def read_window(place: Place) -> Window:
    """A restriction, in the words of PagerDuty's API and of its Terraform provider alike."""
    weekly = place.get("type").value == "weekly_restriction"
    day = place.get("start_day_of_week").number(least=1, most=7) if weekly else None
    seconds = place.get("duration_seconds").number(least=1, most=_WEEK if weekly else _DAY)
    start = place.get("start_time_of_day")
    if TIME_OF_DAY.fullmatch(start.text()[:8]) is None:
        start.complain("a time of day such as 09:00:00")
    return Window(start.text("")[:8], seconds, day)


def read_layer(place: Place, users: list[str], windows: str) -> Layer:
    """A layer of which the users are known; its restrictions stand under the key `windows`."""
    return Layer(
        place=place,
        name=place.get("name").text(""),
        users=users,
        start=read_instant(place.get("start")),
        end=read_instant(place.get("end")),
        virtual_start=read_instant(place.get("rotation_virtual_start")),
        turn_seconds=place.get("rotation_turn_length_seconds").number(_WEEK, least=3600, most=_YEAR),
        windows=[read_window(window) for window in place.get(windows).items()],
    )


def read_strategy(place: Place) -> str | None:
    """How a rule chooses among its targets, None for everyone: text, an object with a type, or a list of one."""
    if isinstance(place.value, list):
        place = next(place.items(), Place(None, place.where, place.sink))
    word = place.get("type") if isinstance(place.value, dict) else place
    if word.value is None or word.value == "":
        return None
    text = word.text()
    if text not in STRATEGIES:
        word.complain(" or ".join(STRATEGIES))
        return None
    return STRATEGIES[text]


def read_contact(rule: Place) -> Contact | None:
    """A notification rule; None where its way of contact is not one that we know."""
    kind = str(rule.get("contact_method").get("type").text("")).removesuffix("_reference")
    by = CONTACTS.get(kind)
    if by is None:
        return None
    after = rule.get("start_delay_in_minutes").number(0, most=1440)
    urgency = "low" if rule.get("urgency").value == "low" else "high"
    return Contact(by, after, urgency)

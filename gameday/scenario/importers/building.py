"""From the parts of an on-call set-up to our file: names instead of ids, and what is missing told.

Owns the names. Does not own how parts are read (`pagerduty`, `terraform`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pydantic import ValidationError

from gameday.core.errors import InputError
from gameday.core.quantities import NAME_LENGTH
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_duration
from gameday.scenario.importers.parts import Layer, Parts, Policy, Rule, Schedule, Target, User
from gameday.scenario.importers.walking import Place
from gameday.scenario.models.roster import OncallFile

TEAM = "on-call"
"""The team of those of whom the file tells none."""

_MINUTE = 60 * MICRO
_MAX_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class Assumed:
    """How people answer a page, which no such file tells: with which chance, after which median time (microseconds)."""

    p: float = 0.9
    delay: int = 120 * MICRO

    @property
    def text(self) -> str:
        return (
            f"assumed: everybody answers a page with a chance of {self.p:.0%}, in the median after "
            + format_duration(self.delay)
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """An on-call set-up. `data` is the file as plain values, as our YAML has it; `notes` say what was taken how."""

    file: OncallFile
    data: dict[str, object]
    notes: tuple[str, ...]


def build(parts: Parts, assumed: Assumed, top: Place) -> Imported:
    """Our file of the parts. Raises InputError with every problem, those of reading them too."""
    if not parts.policies:
        top.problem("there is no escalation policy in this file", "no-policies")
    builder = _Builder(parts, assumed)
    data = builder.data()
    if top.sink.problems:
        raise InputError(top.sink.problems)
    try:
        file = OncallFile.model_validate(data)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            top.sink.add(".".join(map(str, fault["loc"])), str(fault["msg"]), "bad-value")
        raise InputError(top.sink.problems) from None
    return Imported(file, data, (assumed.text, *parts.notes, *builder.notes))


class _Names:
    """Our names for theirs: lower case, unique, at most as long as names are."""

    def __init__(self) -> None:
        self._taken: dict[str, bool] = {}

    def make(self, text: str, kind: str) -> str:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        if not slug or not slug[0].isalpha():
            slug = f"{kind}-{slug}".strip("-")
        slug = slug[:NAME_LENGTH].rstrip("-")
        name, number = slug, 1
        while name in self._taken:
            number += 1
            name = f"{slug[: NAME_LENGTH - 6].rstrip('-')}-{number}"
        self._taken[name] = True
        return name


class _Builder:
    """The names of everything, and the file made with them."""

    def __init__(self, parts: Parts, assumed: Assumed) -> None:
        self._parts = parts
        self._assumed = assumed
        self.notes: list[str] = []
        used = {
            target.id: True for policy in parts.policies.values() for rule in policy.rules for target in rule.targets
        }
        self._used = used
        names, policy_names = _Names(), _Names()
        teams = dict.fromkeys(user.team or TEAM for user in parts.users.values())
        self._teams = {team: names.make(team, "team") for team in list(teams)[:_MAX_NAMES]}
        self._users = {user.id: names.make(user.name or user.id, "user") for user in parts.users.values()}
        self._schedules = {one.id: names.make(one.name or one.id, "schedule") for one in parts.schedules.values()}
        self._policies = {one.id: policy_names.make(one.name or one.id, "policy") for one in parts.policies.values()}

    def data(self) -> dict[str, object]:
        schedules = {
            self._schedules[one.id]: self._schedule(one) for one in self._parts.schedules.values() if one.layers
        }
        for one in self._parts.schedules.values():
            if not one.layers and one.id in self._used:
                message = f"the schedule has no layers here; ask the API for it by its id, GET /schedules/{one.id}"
                one.place.problem(message, "no-layers")
            elif not one.layers:
                self.notes.append(f"schedule {one.name}: left out, no layers and no policy that uses it")
        return {
            "gameday": 1,
            "people": {self._users[user.id]: self._person(user) for user in self._parts.users.values()},
            "teams": {name: {} for name in self._teams.values()},
            **({"schedules": schedules} if schedules else {}),
            "escalation_policies": {self._policies[one.id]: self._policy(one) for one in self._parts.policies.values()},
        }

    def _person(self, user: User) -> dict[str, object]:
        person: dict[str, object] = {"team": self._teams[user.team or TEAM]}
        if user.name:
            person["title"] = user.name
        person["responds"] = {"p": self._assumed.p, "delay": format_duration(self._assumed.delay)}
        if user.contacts:
            person["phone"] = {"p": self._assumed.p, "delay": "60s"}
            rules = sorted(user.contacts, key=lambda contact: contact.after_minutes)
            person["contacts"] = [
                {"by": rule.by, "after": format_duration(rule.after_minutes * _MINUTE), "urgency": rule.urgency}
                for rule in rules
            ]
        return person

    def _schedule(self, schedule: Schedule) -> dict[str, object]:
        layers = []
        for layer in schedule.layers:
            if layer.users:
                layers.append(self._layer(layer))
            else:
                self.notes.append(f"schedule {schedule.name}: layer {layer.name or '?'} left out, it has no users")
        data: dict[str, object] = {"time_zone": schedule.zone, "layers": layers}
        if not layers:
            schedule.place.problem("no layer of this schedule has users", "no-users")
        if schedule.overrides:
            data["overrides"] = [
                {"user": self._users[one.user], "start": one.start, "end": one.end} for one in schedule.overrides
            ]
        return data

    def _layer(self, layer: Layer) -> dict[str, object]:
        times = {"start": layer.start, "end": layer.end, "rotation_virtual_start": layer.virtual_start}
        data: dict[str, object] = {"name": layer.name} if layer.name else {}
        data |= {"users": [self._users[user] for user in layer.users]}
        data |= {key: text for key, text in times.items() if text is not None}
        data["rotation_turn_length"] = format_duration(layer.turn_seconds * MICRO)
        if len(layer.users) > 1 and layer.start is None and layer.virtual_start is None:
            layer.place.problem("a layer of several users needs a start", "missing-key")
        if layer.windows:
            data["restrictions"] = [
                {
                    **({} if window.day is None else {"start_day_of_week": window.day}),
                    "start_time_of_day": window.start,
                    "duration": format_duration(window.seconds * MICRO),
                }
                for window in layer.windows
            ]
        return data

    def _policy(self, policy: Policy) -> dict[str, object]:
        data: dict[str, object] = {"num_loops": policy.loops, "empty_levels": "skip"}
        if policy.acknowledgement_timeout:
            data["acknowledgement_timeout"] = format_duration(policy.acknowledgement_timeout * MICRO)
        if not policy.rules:
            policy.place.problem("the policy has no rules", "no-rules")
        data["rules"] = [self._rule(rule) for rule in policy.rules]
        return data

    def _rule(self, rule: Rule) -> dict[str, object]:
        targets = [name for target in rule.targets if (name := self._target(target)) is not None]
        data: dict[str, object] = {
            "escalation_delay": format_duration(rule.minutes * _MINUTE),
            "targets": list(dict.fromkeys(targets)),
        }
        if rule.strategy is not None:
            data["assignment_strategy"] = rule.strategy
        return data

    def _target(self, target: Target) -> str | None:
        name = (self._users if target.kind == "user" else self._schedules).get(target.id)
        if name is None:
            shown = clean_line(f"{target.name} ({target.id})" if target.name else target.id, 80)
            message = f"the {target.kind} {shown} is not in this file; add the answer of GET /schedules/{target.id}"
            target.place.problem(message, f"unknown-{target.kind}")
        return name

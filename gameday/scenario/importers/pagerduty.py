"""PagerDuty's REST API (v2): users, schedules, escalation policies and services, as lists or as single objects.

The API gives the layers of a schedule highest first, the other way round than they are sent and than Terraform and our
files have them (its Terraform provider turns them round as well), so layers that carry an id are turned round here.
"""

from __future__ import annotations

from collections.abc import Iterator

from gameday.scenario.importers.parts import (
    Layer,
    Override,
    Parts,
    Policy,
    Rule,
    Schedule,
    Target,
    User,
    read_contact,
    read_instant,
    read_layer,
    read_some,
    read_strategy,
)
from gameday.scenario.importers.walking import Place

KINDS = {"users": "user", "schedules": "schedule", "escalation_policies": "escalation_policy", "services": "service"}


def recognises(keys: frozenset[str]) -> bool:
    return any(word in keys for pair in KINDS.items() for word in pair)


def read(top: Place) -> Parts:
    """All that the file holds of on-call."""
    parts = Parts()
    for user in _objects(top, "users"):
        _add_user(parts, user)
    for schedule in _objects(top, "schedules"):
        _add_schedule(parts, schedule)
    for policy in _objects(top, "escalation_policies"):
        _add_policy(parts, policy)
    for service in _objects(top, "services"):
        _note_timeout(parts, service)
    return parts


def _objects(top: Place, plural: str) -> Iterator[Place]:
    yield from top.get(plural).items()
    single = top.get(KINDS[plural])
    if single.value is not None:
        if isinstance(single.value, dict):
            yield single
        else:
            single.complain("an object")


def _name(place: Place) -> str:
    """The name of an object or, in a reference, the summary that stands for it."""
    return place.get("name").text("") or place.get("summary").text("")


def _add_user(parts: Parts, place: Place) -> None:
    user = User(place.get("id").text(), _name(place))
    team = next(place.get("teams").items(), None)
    user.team = "" if team is None else _name(team)
    rules = [rule for rule in place.get("notification_rules").items() if rule.has("contact_method")]
    user.contacts = [contact for rule in rules if (contact := read_contact(rule)) is not None]
    parts.users[user.id] = user


def _mention(parts: Parts, place: Place) -> str:
    """The id of a user who is referred to, known from now on by the reference at least."""
    id_ = place.get("id").text()
    known = parts.users.setdefault(id_, User(id_, ""))
    known.name = known.name or _name(place)
    return id_


def _add_schedule(parts: Parts, place: Place) -> None:
    schedule = Schedule(place, place.get("id").text(), _name(place), place.get("time_zone").text("UTC"))
    layers = [_layer(parts, layer) for layer in place.get("schedule_layers").items()]
    if len(layers) > 1 and all(layer.place.has("id") for layer in layers):
        layers.reverse()
        names = ", ".join(layer.name or "a layer" for layer in layers)
        parts.notes.append(f"schedule {schedule.name}: layers from the lowest to the one that holds: {names}")
    schedule.layers = layers
    entries = place.get("overrides_subschedule").get("rendered_schedule_entries")
    schedule.overrides = [_override(parts, entry) for entry in entries.items()]
    parts.schedules[schedule.id] = schedule


def _layer(parts: Parts, place: Place) -> Layer:
    users = [_mention(parts, entry.get("user") if entry.has("user") else entry) for entry in place.get("users").items()]
    return read_layer(place, users, "restrictions")


def _override(parts: Parts, place: Place) -> Override:
    start, end = read_instant(place.get("start")), read_instant(place.get("end"))
    if start is None or end is None:
        place.problem("an override has a start and an end", "missing-key")
    return Override(place, _mention(parts, place.get("user")), start or "", end or "")


def _add_policy(parts: Parts, place: Place) -> None:
    rules = [_rule(parts, rule) for rule in place.get("escalation_rules").items()]
    loops = place.get("num_loops").number(0, most=9)
    policy = Policy(place, place.get("id").text(), _name(place), loops, rules)
    parts.policies[policy.id] = policy


def _rule(parts: Parts, place: Place) -> Rule:
    targets = []
    for target in read_some(place, "targets"):
        kind = target.get("type").text().removesuffix("_reference")
        if kind not in ("user", "schedule"):
            target.get("type").complain("user_reference or schedule_reference")
            continue
        id_ = _mention(parts, target) if kind == "user" else target.get("id").text()
        targets.append(Target(target, kind, id_, _name(target)))
    minutes = place.get("escalation_delay_in_minutes").number(30, least=1, most=10_000)
    return Rule(minutes, targets, read_strategy(place.get("escalation_rule_assignment_strategy")))


def _note_timeout(parts: Parts, place: Place) -> None:
    """A service's acknowledgement timeout holds for its policy; the shortest of several."""
    seconds = place.get("acknowledgement_timeout").number(0)
    policy = parts.policies.get(place.get("escalation_policy").get("id").text(""))
    if policy is not None and seconds:
        policy.acknowledgement_timeout = min(seconds, policy.acknowledgement_timeout or seconds)

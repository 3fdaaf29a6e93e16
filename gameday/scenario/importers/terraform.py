"""`terraform show -json` of a state or a plan that has `pagerduty_*` resources or data sources, in any module.

Layers stand in the order of the configuration: the last that covers holds. In a plan ids are known only of what exists.
"""

from __future__ import annotations

from collections.abc import Iterator

from gameday.scenario.importers.parts import (
    Parts,
    Policy,
    Rule,
    Schedule,
    Target,
    User,
    read_contact,
    read_layer,
    read_some,
    read_strategy,
)
from gameday.scenario.importers.walking import Place

MAX_MODULES = 10_000


def recognises(keys: frozenset[str]) -> bool:
    return "values" in keys or "planned_values" in keys


def read(top: Place) -> Parts:
    """All that the state or the plan holds of on-call."""
    parts = Parts()
    root = (top.get("values") if top.has("values") else top.get("planned_values")).get("root_module")
    found = [resource for module in _modules(root) for resource in module.get("resources").items()]
    for kind, add in (
        ("pagerduty_user", _add_user),
        ("pagerduty_user_notification_rule", _add_notification_rule),
        ("pagerduty_schedule", _add_schedule),
        ("pagerduty_escalation_policy", _add_policy),
        ("pagerduty_service", _note_timeout),
    ):
        for resource in found:
            if resource.get("type").value == kind:
                add(parts, resource)
    return parts


def _modules(root: Place) -> Iterator[Place]:
    waiting = [root]
    for _ in range(MAX_MODULES):
        if not waiting:
            return
        module = waiting.pop(0)
        yield module
        waiting += module.get("child_modules").items()


def _id(resource: Place) -> str:
    """The id of a resource; in a plan its address, which nothing can refer to by id."""
    return resource.get("values").get("id").text("") or resource.get("address").text("")


def _name(resource: Place) -> str:
    return resource.get("values").get("name").text("") or resource.get("name").text("")


def _add_user(parts: Parts, resource: Place) -> None:
    id_ = _id(resource)
    parts.users.setdefault(id_, User(id_, _name(resource)))


def _add_notification_rule(parts: Parts, resource: Place) -> None:
    values = resource.get("values")
    user, contact = parts.users.get(values.get("user_id").text("")), read_contact(_unwrapped(values))
    if user is not None and contact is not None:
        user.contacts.append(contact)


def _unwrapped(values: Place) -> Place:
    """The rule with its contact method as an object: as a block it is a list of one."""
    method = values.get("contact_method")
    if not isinstance(method.value, list) or not isinstance(values.value, dict):
        return values
    first = next(method.items(), None)
    return Place({**values.value, "contact_method": None if first is None else first.value}, values.where, values.sink)


def _add_schedule(parts: Parts, resource: Place) -> None:
    values = resource.get("values")
    schedule = Schedule(resource, _id(resource), _name(resource), values.get("time_zone").text("UTC"))
    for layer in values.get("layer").items():
        users = [_user_id(parts, user) for user in layer.get("users").words()]
        schedule.layers.append(read_layer(layer, users, "restriction"))
    known = parts.schedules.get(schedule.id)
    if known is None or not known.layers:
        parts.schedules[schedule.id] = schedule


def _user_id(parts: Parts, place: Place) -> str:
    id_ = place.text()
    parts.users.setdefault(id_, User(id_, ""))
    return id_


def _add_policy(parts: Parts, resource: Place) -> None:
    if resource.get("mode").value == "data":
        return
    values = resource.get("values")
    rules = [_rule(parts, rule) for rule in values.get("rule").items()]
    loops = values.get("num_loops").number(0, most=9)
    policy = Policy(resource, _id(resource), _name(resource), loops, rules)
    parts.policies[policy.id] = policy


def _rule(parts: Parts, place: Place) -> Rule:
    targets = []
    for target in read_some(place, "target"):
        kind = target.get("type").text("user_reference").removesuffix("_reference")
        if kind not in ("user", "schedule"):
            target.get("type").complain("user_reference or schedule_reference")
            continue
        if not target.has("id"):
            message = "the id of this target is not known before terraform apply; show the state instead of a plan"
            target.problem(message, "unknown-id")
            continue
        id_ = _user_id(parts, target.get("id")) if kind == "user" else target.get("id").text()
        targets.append(Target(target, kind, id_, ""))
    minutes = place.get("escalation_delay_in_minutes").number(30, least=1, most=10_000)
    return Rule(minutes, targets, read_strategy(place.get("escalation_rule_assignment_strategy")))


def _note_timeout(parts: Parts, resource: Place) -> None:
    """A service's acknowledgement timeout holds for its policy; the shortest of several. "null" is never."""
    values = resource.get("values")
    timeout = values.get("acknowledgement_timeout")
    seconds = 0 if timeout.value == "null" else timeout.number(0)
    policy = parts.policies.get(values.get("escalation_policy").text(""))
    if policy is not None and seconds:
        policy.acknowledgement_timeout = min(seconds, policy.acknowledgement_timeout or seconds)

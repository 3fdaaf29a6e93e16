"""What each modifier puts on a scenario: injects, a rule of a policy, a seat without access, support.

Nothing here looks at which variant will be drawn: what is put on is the same for all, and gives none away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gameday.core.commands import DELEGABLE, parse_command
from gameday.core.errors import CommandError
from gameday.core.units import MICRO, format_duration
from gameday.core.verbs import VERBS
from gameday.scenario.models import Scenario
from gameday.scenario.models.injects import Inject, Support
from gameday.scenario.models.oncall import EscalationPolicy, Responds, Rule
from gameday.scenario.models.people import Person
from gameday.scenario.models.scenario import Mitigation
from gameday.scenario.owners import owners_of, services_of

Keys = Mapping[str, object]
"""An inject as files have it."""

BAD = "10%"
"""Share of bad requests of an entry from which on there is impact for a modifier."""

AWAY = 0.6
"""Share of the session after which somebody comes back whom nobody can replace."""

PAGE_BACK = 0.4
"""Share of the session for which the status page is down, once it is."""

UNHEARD = "3m"
"""How long a page rings at somebody who has left."""

_STALE = "30s"
_GHOSTS = ("erik", "tova", "milo", "saga", "nobody-anymore")
_DENIED = "your sign-in needs the same systems that fail now"


def key_person_absent(scenario: Scenario) -> Scenario:
    """Whoever actions need, else the first simulated person of an owning team, answers nothing.

    Where only they can do what has to be done, they come back after 60 % of the session: there is always a way.
    """
    needed = next((rule.needs for rule in scenario.actions if rule.needs and _is_simulated(scenario, rule.needs)), None)
    person = needed or next(_owners(scenario), None)
    if person is None:
        return scenario
    fault = {"kind": "person-unavailable", "at": "0s", "person": person}
    if needed:
        fault["lasts"] = _share(scenario, AWAY)
    return _with(scenario, {"name": "key-person-absent", "at": "0s", "kind": "fault", "fault": fault})


def first_page_to_nobody(scenario: Scenario) -> Scenario:
    """Before its first level, every policy by which an alert pages rings three minutes at somebody who has left."""
    policies = dict.fromkeys(alert.policy for alert in scenario.alerts.values())
    taken = (*scenario.people, *scenario.teams, *scenario.schedules, *scenario.system.services)
    ghost = next((name for name in _GHOSTS if name not in taken), None)
    if ghost is None or not policies or not scenario.teams:
        return scenario
    deaf = Responds(p=0.0)
    team = next((name for name, team in scenario.teams.items() if team.policy in policies), next(iter(scenario.teams)))
    person = Person(team=team, title="left in spring", responds=deaf, phone=deaf)
    return scenario.model_copy(
        update={
            "people": {**scenario.people, ghost: person},
            "escalation_policies": {
                name: _led_by(policy, ghost) if name in policies else policy
                for name, policy in scenario.escalation_policies.items()
            },
        }
    )


def _led_by(policy: EscalationPolicy, ghost: str) -> EscalationPolicy:
    first = Rule.model_validate({"escalation_delay": UNHEARD, "targets": [ghost]})
    return policy.model_copy(update={"rules": (first, *policy.rules)})


def locked_out(scenario: Scenario) -> Scenario:
    """The first seat's access to the system does not work; `breakglass` goes past it, and colleagues have theirs."""
    first, *others = scenario.seats
    return scenario.model_copy(update={"seats": (first.model_copy(update={"denied": _DENIED}), *others)})


def status_page_down(scenario: Scenario) -> Scenario:
    """Once customers are hurt, nobody can read the status page for a while."""
    fault = {"kind": "status-page-down", "at": "0s", "lasts": _share(scenario, PAGE_BACK)}
    return _with(scenario, {"name": "status-page-down", "when": _impact(scenario), "kind": "fault", "fault": fault})


def monitoring_shares_fate(scenario: Scenario) -> Scenario:
    """While customers are hurt, what could be at fault is seen with gaps, and what calls it comes late.

    Entries are measured elsewhere and stay as they are, and so are services that are scaled by what is measured: or
    this would change the system.
    """
    near = _at_fault(scenario)
    callers = [edge.caller for edge in scenario.system.dependencies if edge.callee in near and edge.caller not in near]
    injects: list[Keys] = []
    for service in (*near, *dict.fromkeys(callers)):
        if scenario.system.services[service].autoscaling is not None:
            continue
        figures = {"loss": 0.6} if service in near else {"delay": "20s"}
        fault = {"kind": "monitoring", "at": "0s", "lasts": _STALE, "service": service, **figures}
        when = {"when": _impact(scenario), "every": _STALE}
        injects.append({"name": f"unseen-{service}"[:40], **when, "kind": "fault", "fault": fault})
    return _with(scenario, *injects)


def executive_swoop(scenario: Scenario) -> Scenario:
    """All four, one after another: wants to know, disputes the severity, gives an order, takes the heart."""
    hurt = _impact(scenario)
    return _with(
        scenario,
        {"name": "swoop-information", "when": f"({hurt}) for 2m", **_swoop("information")},
        {
            "name": "swoop-severity",
            "at": _share(scenario, 0.25),
            "when": f"somebody has declared and ({hurt})",
            **_swoop("severity"),
        },
        {
            "name": "swoop-override",
            "at": _share(scenario, 0.35),
            "when": f"somebody has acknowledged and ({hurt})",
            "command": _plausible_order(scenario),
            **_swoop("override"),
        },
        {"name": "swoop-demoralise", "at": _share(scenario, 0.5), "when": hurt, **_swoop("demoralise")},
    )


def _swoop(swoop: str) -> Keys:
    return {"kind": "executive", "swoop": swoop}


def journalist(scenario: Scenario) -> Scenario:
    """A journalist calls when customers have been hurt for four minutes and it is not over."""
    when = f"({_impact(scenario)}) for 4m and nobody has resolved"
    return _with(scenario, {"name": "journalist", "when": when, "kind": "journalist"})


def tickets(scenario: Scenario) -> Scenario:
    """Support passes tickets on, where the scenario has none."""
    return scenario if scenario.support is not None else scenario.model_copy(update={"support": Support()})


def _with(scenario: Scenario, *injects: Keys) -> Scenario:
    """The injects, as files have them, after the scenario's own; one that is there already is not put on twice."""
    there = [inject.name for inject in scenario.injects]
    new = tuple(Inject.model_validate(inject) for inject in injects if inject["name"] not in there)
    return scenario.model_copy(update={"injects": (*scenario.injects, *new)})


def _impact(scenario: Scenario) -> str:
    """The condition that customers are hurt at any entry."""
    entries = [name for name, entry in scenario.system.traffic.entries.items() if entry.counts]
    return " or ".join(f"{name}.bad > {BAD} over 30s" for name in entries)


def _at_fault(scenario: Scenario) -> tuple[str, ...]:
    """The services that the cause of any variant concerns."""
    components = [variant.cause.component for variant in scenario.variants.values()]
    return tuple(dict.fromkeys(name for one in components for name in services_of(scenario, one)))


def _owners(scenario: Scenario) -> Iterator[str]:
    """Who is paged for what could be at fault and answers at all, nearest first; nobody who is played."""
    for variant in scenario.variants.values():
        for team in owners_of(scenario, variant.cause.component):
            policy = scenario.escalation_policies.get(scenario.teams[team].policy or "")
            for rule in policy.rules if policy is not None else ():
                for target in rule.targets:
                    yield from (name for name in _people_of(scenario, target) if _is_simulated(scenario, name))


def _people_of(scenario: Scenario, target: str) -> tuple[str, ...]:
    """Whom a target of a rule means: a person, or those of a schedule."""
    schedule = scenario.schedules.get(target)
    if schedule is None:
        return (target,)
    layers = tuple(user for layer in schedule.layers or () for user in layer.users)
    return tuple(dict.fromkeys(schedule.people or layers))


def _is_simulated(scenario: Scenario, person: str) -> bool:
    """Whether somebody is not played, and answers pages or the phone at all."""
    if person not in scenario.people or person in [seat.person for seat in scenario.seats]:
        return False
    return scenario.people[person].responds.p > 0.0 or scenario.people[person].phone.p > 0.0


def _plausible_order(scenario: Scenario) -> str:
    """What somebody would order who has seen an outage before: a mitigation that helps nowhere, else a restart.

    Nothing that is also part of a mitigation that helps: an order should not give the answer away.
    """
    helps = [
        command
        for mitigation in scenario.mitigations.values()
        if not _helps_nowhere(mitigation)
        for step in mitigation.steps
        for command in step.run
    ]
    for mitigation in scenario.mitigations.values():
        commands = mitigation.steps[0].run
        useful = len(commands) != 1 or commands[0] in helps or not _can_order(commands[0])
        if _helps_nowhere(mitigation) and not useful:
            return commands[0]
    entry = next(iter(scenario.system.traffic.entries.values()))
    return f"restart {entry.to}"


def _helps_nowhere(mitigation: Mitigation) -> bool:
    return set(mitigation.labels.values()) <= {"useless", "harmful"}


def _can_order(text: str) -> bool:
    try:
        command = parse_command(text)
    except CommandError:
        return False
    return not command.author and VERBS[command.verb].group == "act" and command.verb in DELEGABLE


def _share(scenario: Scenario, share: float) -> str:
    """So much of the session, in whole seconds, as files have it."""
    return format_duration(int(scenario.duration * share / MICRO) * MICRO)

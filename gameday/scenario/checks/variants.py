"""Variants and what can be done about them: causes, faults, injects, labelled mitigations, rules of actions."""

from __future__ import annotations

from gameday.core.kinds.causes import MECHANISMS, SUSTAINING
from gameday.core.kinds.faults import Crash, Deploy, EdgeLoss, Errors, Fault, FlagChange, Latency, TrafficSpike
from gameday.core.verbs import VERBS
from gameday.scenario.checks.effects import check_class, check_effect
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report, suggestion
from gameday.scenario.checks.steps import check_steps
from gameday.scenario.models import Scenario
from gameday.scenario.source import STAND_IN, Path


def check_causes(scenario: Scenario, report: Report) -> None:
    """A cause names a component, a mechanism and a sustaining effect that a responder could name too."""
    names = Names.of(scenario)
    for name, variant in scenario.variants.items():
        path: Path = ("variants", name, "cause")
        report.expect((*path, "component"), variant.cause.component, names.components, "component")
        report.expect((*path, "mechanism"), variant.cause.mechanism, tuple(MECHANISMS), "mechanism")
        report.expect((*path, "sustaining"), variant.cause.sustaining, tuple(SUSTAINING), "sustaining")


def check_faults(scenario: Scenario, report: Report) -> None:
    """What faults refer to."""
    names = Names.of(scenario)
    for name, variant in scenario.variants.items():
        for index, fault in enumerate(variant.faults):
            _check_fault(report, ("variants", name, "faults", index), fault, scenario, names)


def _check_fault(report: Report, path: Path, fault: Fault, scenario: Scenario, names: Names) -> None:
    if isinstance(fault, TrafficSpike):
        report.expect((*path, "entry"), fault.entry, names.entries, "entry")
    elif isinstance(fault, EdgeLoss):
        report.expect((*path, "edge"), fault.edge, names.edges, "edge")
    elif isinstance(fault, FlagChange):
        report.expect((*path, "flag"), fault.flag, names.flags, "flag")
    else:
        report.expect((*path, "service"), fault.service, names.services, "service")
    if isinstance(fault, Latency | Errors):
        report.expect((*path, "entry"), fault.entry, names.entries, "entry")
        check_class(report, path, fault.entry, fault.segment, scenario, names)
    if isinstance(fault, Deploy):
        for index, effect in enumerate(fault.effects):
            check_effect(report, (*path, "effects", index), effect, scenario, names)
    if isinstance(fault, Crash) and fault.share == 0.0:
        report.warning((*path, "share"), "a crash of no replica at all does nothing", "idle-fault")


def check_injects(scenario: Scenario, report: Report) -> None:
    """A deploy names a service and a version, a message has a sender and says something."""
    names = Names.of(scenario)
    for index, inject in enumerate(scenario.injects):
        path: Path = ("injects", index)
        report.expect((*path, "service"), inject.service, names.services, "service")
        needed = ("service", "version") if inject.kind == "deploy" else ("from", "text")
        given = {"service": inject.service, "version": inject.version, "from": inject.sender, "text": inject.text}
        for key in needed:
            if not given[key]:
                report.error((*path, "kind"), f'a {inject.kind} needs the key "{key}"', "missing-key")


def check_mitigations(scenario: Scenario, report: Report) -> None:
    """Labels name every variant; steps are as those of a playbook."""
    names = Names.of(scenario)
    for name, mitigation in scenario.mitigations.items():
        path: Path = ("mitigations", name)
        for variant in mitigation.labels:
            report.expect((*path, "labels", variant), variant, names.variants, "variant", key=True)
        missing = [variant for variant in names.variants if variant not in mitigation.labels and variant != STAND_IN]
        if missing:
            message = f"no label for {', '.join(missing)}; say what it does there, or unclear"
            report.error((*path, "labels"), message, "missing-label", key=True)
        check_steps(report, (*path, "steps"), mitigation.steps, names)


def check_actions(scenario: Scenario, report: Report) -> None:
    """Rules are about actions that exist, targets that exist and people who exist."""
    names = Names.of(scenario)
    verbs = [verb.name for verb in VERBS.values() if verb.group == "act"]
    targets = (*names.services, *names.edges, *names.flags)
    for index, rule in enumerate(scenario.actions):
        path: Path = ("actions", index)
        if rule.verb not in verbs:
            message = f'"{rule.verb}" is not an action{suggestion(rule.verb, verbs)}'
            report.error((*path, "verb"), message, "unknown-action")
        report.expect((*path, "on"), rule.target, targets, "target")
        report.expect((*path, "needs"), rule.needs, names.people, "person")

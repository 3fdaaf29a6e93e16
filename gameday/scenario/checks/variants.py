"""Variants and what can be done about them: causes, labelled mitigations."""

from __future__ import annotations

from gameday.core.kinds.causes import MECHANISMS, SUSTAINING
from gameday.core.text import nearest
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
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


def check_mitigations(scenario: Scenario, report: Report) -> None:
    """Labels name every variant; steps are as those of a playbook."""
    names = Names.of(scenario)
    for name, mitigation in scenario.mitigations.items():
        path: Path = ("mitigations", name)
        for variant in mitigation.labels:
            report.expect((*path, "labels", variant), variant, names.variants, "variant", key=True)
        labels = mitigation.labels
        meant = [nearest(label, list(names.variants)) for label in labels if label not in names.variants]
        missing = [variant for variant in names.variants if variant not in (*labels, *meant, STAND_IN)]
        if missing:
            message = f"no label for {', '.join(missing)}; say what it does there, or unclear"
            report.error((*path, "labels"), message, "missing-label", key=True)
        check_steps(report, (*path, "steps"), mitigation.steps, names)

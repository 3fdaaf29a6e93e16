"""Alerts: what they ask can be seen and can come to pass, and a page by them reaches a policy.

A rule that is broken is nothing to complain about: the author wants an alert that never comes.
"""

from __future__ import annotations

from gameday.core.expressions import Condition, ConditionError, comparisons, parse_condition
from gameday.core.units import MICRO, format_duration
from gameday.scenario.alert_rules import BurnRate
from gameday.scenario.checks.conditions import check_condition
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report
from gameday.scenario.models import Scenario
from gameday.scenario.models.alerts import Alert, Burn
from gameday.scenario.source import Path


def check_alerts(scenario: Scenario, report: Report) -> None:
    """Conditions, burn rates, policies and playbooks of alerts."""
    names = Names.of(scenario)
    for name, alert in scenario.alerts.items():
        path: Path = ("alerts", name)
        if alert.when is not None:
            check_condition(report, (*path, "when"), alert.when, names)
            _check_kind(report, path, alert, alert.when, names)
        if alert.hold > scenario.duration:
            message = f"it never holds so long: the session lasts {format_duration(scenario.duration)}"
            report.error((*path, "for"), message, "beyond-the-end")
        if alert.burn is not None:
            _check_burn(report, (*path, "burn"), alert.burn, scenario, names)
        report.expect((*path, "policy"), alert.policy, names.policies, "policy")
        report.expect((*path, "playbook"), alert.playbook, names.playbooks, "playbook")
    if not scenario.alerts:
        report.warning(("alerts",), "there is no alert, so nobody is ever paged", "no-alert")


def check_groups(scenario: Scenario, report: Report) -> None:
    """A group has several alerts, and they page by one policy."""
    first: dict[str, Alert] = {}
    for name, alert in scenario.alerts.items():
        if alert.group is None:
            continue
        path: Path = ("alerts", name, "group")
        if not any(other.group == alert.group for mate, other in scenario.alerts.items() if mate != name):
            report.warning(path, f'"{alert.group}" groups no other alert', "lone-group")
        leader = first.setdefault(alert.group, alert)
        if leader.policy != alert.policy:
            message = (
                f'others of the group "{alert.group}" page by "{leader.policy}", this one by "{alert.policy}"; '
                "they never share a page"
            )
            report.warning(path, message, "group-of-two-policies")


def check_false_alarms(scenario: Scenario, report: Report) -> None:
    """False alarms come within the session, and while somebody evaluates the rule."""
    whole = format_duration(scenario.duration)
    for name, alert in scenario.alerts.items():
        for index, alarm in enumerate(alert.false_alarms or ()):
            path: Path = ("alerts", name, "false_alarms", index, "at")
            if alarm.at >= scenario.duration:
                message = f"this false alarm begins at {format_duration(alarm.at)}, after the session's end at {whole}"
                report.error(path, message, "beyond-the-end")
            elif alert.is_broken(alarm.at):
                report.warning(path, "the rule is broken then, so this false alarm is not raised", "never-fires")


def _check_burn(report: Report, path: Path, burn: Burn, scenario: Scenario, names: Names) -> None:
    """There is such an entry, and its budget can burn that fast."""
    if not report.expect((*path, "entry"), burn.entry, names.entries, "entry"):
        return
    objective = scenario.slos.get(burn.entry)
    if objective is None:
        if not scenario.system.traffic.entries[burn.entry].counts:  # else that it has none is said already
            message = f'"{burn.entry}" has no objective under slos, so it has no error budget to burn'
            report.error((*path, "entry"), message, "no-objective")
        return
    rule = BurnRate(burn.entry, objective.good, burn.rate, burn.long // MICRO, burn.short // MICRO)
    after = rule.fires_after(1.0)
    if after is None:
        most = f"{1.0 / (1.0 - objective.good):.4g}x"
        message = (
            f"with an objective of {objective.good * 100:g}% nothing burns faster than {most}, and this asks for more"
        )
        report.warning((*path, "rate"), message, "never-fires")
    elif after * MICRO >= scenario.duration:
        message = (
            f"even an outage from the start would burn {format_duration(round(after) * MICRO)} until this fires, "
            f"and the session lasts {format_duration(scenario.duration)}"
        )
        report.warning((*path, "long"), message, "never-fires")


def _check_kind(report: Report, path: Path, alert: Alert, text: str, names: Names) -> None:
    """A symptom is what customers feel, and that is measured at entries."""
    condition = _read(text)
    if alert.kind != "symptom" or condition is None:
        return
    subjects = [leaf.subject for leaf in comparisons(condition)]
    if not any(subject in names.entries for subject in subjects):
        message = f"customers feel what happens at entries, and this asks for {', '.join(dict.fromkeys(subjects))}"
        report.warning((*path, "kind"), f"{message}: a cause, it seems", "not-a-symptom")


def _read(text: str) -> Condition | None:
    try:
        return parse_condition(text)
    except ConditionError:
        return None

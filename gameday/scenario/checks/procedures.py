"""What responders may do in this scenario: rules of actions, procedures, versions that are ready."""

from __future__ import annotations

from collections.abc import Collection

from gameday.core.kinds.effects import Effect
from gameday.core.verbs import ROLES, VERBS
from gameday.scenario.checks.commands import names_of_kind
from gameday.scenario.checks.effects import check_effect
from gameday.scenario.checks.names import Names
from gameday.scenario.checks.report import Report, is_known, suggestion
from gameday.scenario.models import Scenario
from gameday.scenario.models.scenario import ActionRule
from gameday.scenario.source import Path


def check_actions(scenario: Scenario, report: Report) -> None:
    """Rules are about actions that exist, targets that exist and people who exist."""
    names = Names.of(scenario)
    verbs = [verb.name for verb in VERBS.values() if verb.group == "act"]
    targets = (
        *names.components,
        *names.zones,
        *names.certificates,
        *names.credentials,
        *names.pairs,
        *names.procedures,
    )
    for index, rule in enumerate(scenario.actions):
        path: Path = ("actions", index)
        if rule.verb not in verbs:
            message = f'"{rule.verb}" is not an action{suggestion(rule.verb, verbs)}'
            report.error((*path, "verb"), message, "unknown-action")
        report.expect((*path, "on"), rule.target, targets, "target")
        report.expect((*path, "needs"), rule.needs, names.people, "person")
        report.expect((*path, "approver"), rule.approver, names.people, "person")
        for number, name in enumerate(rule.allowed or ()):
            report.expect((*path, "allowed", number), name, (*names.people, *names.teams, *ROLES), "person")
        _check_effects(report, (*path, "harm"), rule.harm, scenario, names)
        _check_effects(report, (*path, "meanwhile"), rule.meanwhile, scenario, names)
        _check_sense(report, path, rule)
        _check_target(report, path, rule, names, targets)


def _check_sense(report: Report, path: Path, rule: ActionRule) -> None:
    """A rule whose parts say nothing together."""
    if rule.reason is not None and rule.fails is None:
        report.warning((*path, "reason"), "a reason for failing, but it never fails; say fails too", "idle-rule")
    if rule.harm and rule.unsafe is None and rule.verb in VERBS and VERBS[rule.verb].option("force") is None:
        report.warning((*path, "harm"), f"{rule.verb} is never unsafe here; say unsafe too", "idle-rule")
    if rule.verb == "breakglass":
        report.error((*path, "verb"), "breakglass goes past rules; a rule about it means nothing", "idle-rule")


def _check_target(report: Report, path: Path, rule: ActionRule, names: Names, targets: Collection[str]) -> None:
    """A rule about an action on something that this action is never about."""
    parameters = VERBS[rule.verb].parameters if rule.verb in VERBS else ()
    about = next((parameter for parameter in parameters if parameter.kind != "word"), None)
    known = names_of_kind(about.kind, names) if about is not None else None
    if about is None or known is None or rule.target is None or rule.target not in targets:
        return
    if not is_known(rule.target, known):
        message = f'{rule.verb} is never about "{rule.target}", but about {about.kind}s; there is {", ".join(known)}'
        report.warning((*path, "on"), message, "idle-rule")


def check_procedures(scenario: Scenario, report: Report) -> None:
    """What procedures do, to what exists."""
    names = Names.of(scenario)
    for name, procedure in (scenario.procedures or {}).items():
        path: Path = ("procedures", name)
        _check_effects(report, (*path, "effects"), procedure.effects, scenario, names)
        for number, service in enumerate(procedure.cleans or ()):
            report.expect((*path, "cleans", number), service, names.services, "service")


def check_releases(scenario: Scenario, report: Report) -> None:
    """Versions are of services that exist, and each is there once."""
    names = Names.of(scenario)
    seen: dict[tuple[str, str], int] = {}
    for index, release in enumerate(scenario.releases or ()):
        path: Path = ("releases", index)
        report.expect((*path, "service"), release.service, names.services, "service")
        _check_effects(report, (*path, "effects"), release.effects, scenario, names)
        before = seen.setdefault((release.service, release.version), index)
        if before != index:
            message = f"{release.service} {release.version} is there already, as release {before + 1}"
            report.error((*path, "version"), message, "duplicate-version")


def _check_effects(
    report: Report, path: Path, effects: tuple[Effect, ...] | None, scenario: Scenario, names: Names
) -> None:
    for number, effect in enumerate(effects or ()):
        check_effect(report, (*path, number), effect, scenario, names)

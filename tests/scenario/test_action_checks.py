"""Commands in playbooks and rules about actions: names, values and what goes together."""

from __future__ import annotations

import pytest

from tests.scenario.small import problems_of

LAST = "playbooks: [small]"


def found(folder, old, new):
    return [(problem.code, problem.message) for problem in problems_of(folder, old, new)]


def found_in_command(folder, command):
    return found(folder, "[restart store]", f'["{command}"]')


def found_in_block(folder, block):
    return found(folder, LAST, f"{LAST}\n{block}")


@pytest.mark.parametrize(
    ("command", "code", "text"),
    [
        ("breaker shop>store opne", "unknown-word", '"opne" is not a state; did you mean "open"?'),
        ("limit shop 5", "bad-command", "has no unit"),
        ("limit shap 5/s", "unknown-target", 'did you mean "shop"?'),
        ("config shop workers", "bad-command", "config needs a value for workers"),
        ("config shop>store timeout 0s", "bad-command", "a timeout of zero lets nothing through"),
        ("config shop errors 5%", "bad-command", "errors is not a setting"),
        ("drain north", "unknown-drainable", '"north" is not defined'),
        ("cert renew shap", "unknown-certificate", 'did you mean "shop"?'),
        ("credentials rotate shop-stroe", "unknown-credential", 'did you mean "shop-store"?'),
        ("perform tidy", "unknown-procedure", '"tidy" is not defined'),
        ("freeze deploys every on", "unknown-scope", '"every" is not defined'),
        ("breakglass restart stroe", "unknown-service", 'did you mean "store"?'),
        ("breakglass note hello", "bad-command", "note needs no breakglass"),
        ("restart store --rolling --replica 2", "bad-command", "replica by replica"),
    ],
)
def test_a_command_that_cannot_be_right_is_found(tmp_path, command, code, text):
    ((seen, message),) = found_in_command(tmp_path, command)
    assert seen == code
    assert text in message


@pytest.mark.parametrize(
    "command",
    [
        "limit orders off",
        "config shop workers 5",
        "config shop revert",
        "rollback store --force",
        "freeze autoscaler all on",
        "breakglass scale store 3",
        "credentials rotate shop-store",
        "dns store flush",
        "probe orders",
        "cancel X1",
    ],
)
def test_a_command_that_can_be_right_is_left_alone(tmp_path, command):
    assert found_in_command(tmp_path, command) == []


@pytest.mark.parametrize(
    ("block", "code", "text"),
    [
        ("actions: [{verb: restrat}]", "unknown-action", 'did you mean "restart"?'),
        ("actions: [{verb: shed, on: shap}]", "unknown-target", 'did you mean "shop"?'),
        ("actions: [{verb: shed, allowed: [anna]}]", "unknown-person", 'did you mean "ana"?'),
        ("actions: [{verb: shed, approver: anna}]", "unknown-person", 'did you mean "ana"?'),
        (
            "actions: [{verb: shed, unsafe: untried, harm: [{service: stroe, errors: 5%}]}]",
            "unknown-service",
            'did you mean "store"?',
        ),
        ("actions: [{verb: shed, reason: no}]", "idle-rule", "it never fails"),
        ("actions: [{verb: shed, harm: [{service: store, errors: 5%}]}]", "idle-rule", "never unsafe"),
        ("actions: [{verb: breakglass}]", "idle-rule", "means nothing"),
        ("procedures: {tidy: {summary: t, cleans: [stroe]}}", "unknown-service", 'did you mean "store"?'),
        (
            "procedures: {tidy: {summary: t, effects: [{service: stroe, workers: 5}]}}",
            "unknown-service",
            'did you mean "store"?',
        ),
        ("procedures: {tidy: {summary: t}}", "bad-value", "a procedure has effects"),
        ("releases: [{service: shap, version: v2}]", "unknown-service", 'did you mean "shop"?'),
        (
            "releases: [{service: shop, version: v2}, {service: shop, version: v2}]",
            "duplicate-version",
            "is there already, as release 1",
        ),
    ],
)
def test_a_rule_that_cannot_be_right_is_found(tmp_path, block, code, text):
    ((seen, message),) = found_in_block(tmp_path, block)
    assert seen == code
    assert text in message


def test_rules_procedures_and_releases_that_fit_are_left_alone(tmp_path):
    text = (
        "actions:\n"
        "  - {verb: restart, on: store, allowed: [web, ana, scribe], fails: 10%, reason: it hangs}\n"
        "  - {verb: rollback, on: shop, harm: [{service: shop, errors: 5%}]}\n"
        "  - {verb: perform, on: tidy, takes: 5s, meanwhile: [{service: store, latency: 5ms}]}\n"
        "procedures:\n"
        "  tidy: {summary: tidy up, cleans: [store], cost: some time}\n"
        "releases:\n"
        "  - {service: shop, version: v2, migration: true}\n"
    )
    assert found_in_block(tmp_path, text) == []

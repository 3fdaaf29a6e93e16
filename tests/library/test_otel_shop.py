"""The OpenTelemetry demo shop of the library is the real one: its services and who calls whom."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from gameday.scenario.load import load

DATA = Path(__file__).parents[1] / "data"
NOT_APPLICATION = {"load-generator", "flagd", "flagd-ui", "telemetry-docs", "otel-collector"}


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DATA / "compose-otel-demo.yaml").read_text(encoding="utf-8"))["services"]


@pytest.fixture(scope="module")
def hosts() -> dict[str, str]:
    """Names of variables that say where a service is -> that service, from the demo's own .env."""
    lines = (DATA / "otel-demo.env").read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    found = {}
    for name, value in values.items():
        if not name.endswith(("_ADDR", "_HOST")):
            continue
        value = re.sub(r"\$\{(\w+)\}", lambda match: values.get(match[1], ""), value)
        found[name] = re.sub(r"^http://|:.*$", "", value)
    return found


def calls(compose, hosts) -> set[tuple[str, str]]:
    """Who is told where whom is, among the application's services."""
    application = set(compose) - NOT_APPLICATION
    pairs = set()
    for name in application:
        text = " ".join(str(line) for line in compose[name].get("environment", []))
        for variable in re.findall(r"\b[A-Z][A-Z_]*_(?:ADDR|HOST)\b", text):
            if hosts.get(variable) in application - {name}:
                pairs.add((name, hosts[variable]))
    return pairs


def test_its_services_are_the_application_services_of_the_demo(compose):
    services = load("otel-shop").scenario.system.services
    assert set(services) == set(compose) - NOT_APPLICATION


def test_the_kept_list_of_calls_is_what_the_demo_implies(compose, hosts):
    lines = (DATA / "otel-demo-edges.txt").read_text(encoding="utf-8").splitlines()
    assert {tuple(line.split(" > ")) for line in lines} == calls(compose, hosts)


def test_its_dependencies_are_the_calls_of_the_demo(compose, hosts):
    dependencies = load("otel-shop").scenario.system.dependencies
    assert {(one.caller, one.callee) for one in dependencies} == calls(compose, hosts)

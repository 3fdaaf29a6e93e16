"""A small sound scenario and its playbook, as text to vary, and what the checks say to a variation."""

from __future__ import annotations

from pathlib import Path

from gameday.core.errors import Problem
from gameday.scenario.load import check_paths

SCENARIO = """\
gameday: 1
title: Small
summary: One service.
duration: 5m
briefing: Watch.
system:
  services:
    shop: {team: web, service_time: 5ms}
    store: {kind: database, team: web, service_time: 5ms}
  dependencies:
    - {from: shop, to: store, timeout: 100ms}
  traffic:
    entries:
      orders: {to: shop, rate: 20/s, timeout: 1s}
slos:
  orders: {good: 99%, within: 500ms}
people:
  ana: {team: web}
teams:
  web: {policy: web}
escalation_policies:
  web: {rules: [{escalation_delay: 5m, targets: [ana]}]}
alerts:
  orders-fail: {when: orders.errors > 5% for 30s, policy: web, summary: Orders fail, playbook: small}
seats:
  - {person: ana}
variants:
  slow:
    cause: {component: store, mechanism: slow}
    faults:
      - {kind: latency, at: 60s, service: store, factor: 50}
mitigations:
  bounce:
    summary: Restart the store
    labels: {slow: useless}
    steps: [{id: bounce, text: Restart it, run: [restart store]}]
playbooks: [small]
"""

PLAYBOOK = """\
gameday: 1
title: Small
steps:
  - {id: look, text: Look, run: [metrics store]}
  - {id: bounce, text: Restart, run: [restart store], check: orders.errors < 1%, within: 2m}
"""


def write(folder: Path, scenario: str = SCENARIO, playbook: str = PLAYBOOK) -> Path:
    """The files in `folder`; returns the scenario's."""
    (folder / "scenarios").mkdir(exist_ok=True)
    (folder / "playbooks").mkdir(exist_ok=True)
    (folder / "playbooks" / "small.yaml").write_text(playbook, encoding="utf-8")
    path = folder / "scenarios" / "tiny.yaml"
    path.write_text(scenario, encoding="utf-8")
    return path


def problems_of(folder: Path, old: str, new: str) -> list[Problem]:
    """What is wrong with the scenario once `old` stands as `new`."""
    assert old in SCENARIO
    return check_paths([write(folder, SCENARIO.replace(old, new, 1))])[0]


def problems_of_playbook(folder: Path, old: str, new: str) -> list[Problem]:
    """What is wrong with the scenario once `old` stands as `new` in its playbook."""
    assert old in PLAYBOOK
    return check_paths([write(folder, playbook=PLAYBOOK.replace(old, new, 1))])[0]


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]

"""The models of scenarios and playbooks, and nothing else: what a file may say, and what it means."""

from gameday.scenario.models.playbook import Playbook, Step
from gameday.scenario.models.scenario import Scenario

__all__ = ["Playbook", "Scenario", "Step"]

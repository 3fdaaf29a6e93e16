"""How customers and engineers call the parts of a scenario's system, for whoever reads what they write."""

from __future__ import annotations

from gameday.core.wording.names import Words
from gameday.scenario.models import Scenario


def system_words(scenario: Scenario) -> Words:
    """Entries, with their summaries as another way to call them, then services."""
    entries = scenario.system.traffic.entries
    services = (name for name in scenario.system.services if name not in entries)
    said = {name: (entry.summary,) if entry.summary else () for name, entry in entries.items()}
    return {**said, **dict.fromkeys(services, ())}

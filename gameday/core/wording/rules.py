"""The rules that every public update is held to, each with its source. Deadlines stand elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gameday.core.wording.updates import UpdateReading

LIAISON = "PagerDuty Incident Response: Customer Liaison"
EXTERNAL = "PagerDuty Incident Response: External Communication Guidelines"
OWN_IT = "Atlassian: incident communication tips, own the problem"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `text` says what a good update does, `broken` what another does instead, `cure` what to mend.

    `scored`: the score asks for it. `while_it_lasts`: asked of updates until one says that it is over.
    """

    name: str
    text: str
    broken: str
    cure: str
    source: str
    holds: Callable[[UpdateReading], bool]
    while_it_lasts: bool = False
    scored: bool = True

    @property
    def found(self) -> str:
        """What an update that breaks it does, and whether that costs anything."""
        return self.broken if self.scored else f"{self.broken} (not scored)"

    def applies(self, reading: UpdateReading) -> bool:
        """Whether the rule is asked of this update."""
        return not (self.while_it_lasts and reading.says_recovered)


RULES = (
    Rule(
        "impact",
        "says what or whom it hurts",
        "does not say what or whom it hurts",
        "say what does not work, and for whom",
        LIAISON,
        lambda reading: reading.states_impact,
        while_it_lasts=True,
    ),
    Rule(
        "next",
        "says when the next update comes",
        "does not say when the next update comes",
        'say when the next one comes ("next update in 8 minutes")',
        EXTERNAL,
        lambda reading: reading.names_next_update,
        while_it_lasts=True,
    ),
    Rule(
        "no-eta",
        "promises no time for the repair",
        "promises a time for the repair",
        "leave out when it will be mended",
        LIAISON,
        lambda reading: not reading.promises_eta,
    ),
    Rule(
        "blameless",
        "accuses nobody",
        "accuses somebody",
        "leave out whose doing it was",
        OWN_IT,
        lambda reading: not reading.blame,
        scored=False,
    ),
)
"""In the order in which a composer shows them."""


def met_and_lacking(reading: UpdateReading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What an update does well, and what it does that breaks a rule, in words."""
    asked = [rule for rule in RULES if rule.applies(reading)]
    met = [rule.text for rule in asked if rule.holds(reading)]
    if reading.says_recovered:
        met.append("says that it is over")
    return tuple(met), tuple(rule.found for rule in asked if not rule.holds(reading))

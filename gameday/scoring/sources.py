"""Where the rules of the score come from, as the debrief names them."""

from __future__ import annotations

PAGERDUTY_COMMAND = "PagerDuty Incident Response: Incident Commander"
PAGERDUTY_SEVERITY = "PagerDuty Incident Response: Severity Levels"
PAGERDUTY_ETIQUETTE = "PagerDuty Incident Response: Call Etiquette"
SRE_HANDOFF = "Google SRE book, Managing Incidents: clear, live handoff"
SRE_ROLES = "Google SRE book, Managing Incidents: separation of responsibilities"
CAN_REPORT = "CAN report (conditions, actions, needs): US fire service"
ESCALATION = "PagerDuty escalation policies: who cannot answer hands on before the delay runs out"
TRUTH = "the variant's true cause"


def par_of(seeds: int) -> str:
    """Where par comes from: so many runs of the playbook as the proof tells."""
    return f"par: the median of {seeds} runs of the playbook" if seeds > 1 else "par: one run of the playbook"

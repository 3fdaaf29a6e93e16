"""Alerts: when a rule fires and clears, whom it pages with, who has silenced it."""

from gameday.response.alerting.alerting import Alerting
from gameday.response.alerting.silences import Silences

__all__ = ["Alerting", "Silences"]

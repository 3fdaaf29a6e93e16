"""Which alert is on which page: by itself, or together with others of its group.

An alert that fires joins the open page of its group, if that has the same policy and is as urgent; nobody is paged
anew. A page is resolved when all its alerts have cleared, or by hand. Does not own pages (`gameday.response.pages`).
"""

from __future__ import annotations

from collections.abc import Mapping

import simpy

from gameday.core.events import AlertGrouped, Publish
from gameday.response.escalation import Escalation
from gameday.response.pages import Page, PageBook
from gameday.scenario.models.alerts import Alert


class AlertPages:
    """The pages of the alerts that fire."""

    def __init__(
        self,
        env: simpy.Environment,
        alerts: Mapping[str, Alert],
        pages: PageBook,
        escalation: Escalation,
        publish: Publish,
    ) -> None:
        self._env = env
        self._alerts = alerts
        self._pages = pages
        self._escalation = escalation
        self._publish = publish
        self._on: dict[str, Page] = {}
        self._joined: dict[str, list[str]] = {}  # by page: every alert that was ever on it, the first one first

    def fire(self, name: str) -> None:
        """Pages for an alert, unless a page of its group is open."""
        page = self._page_of_group(name)
        if page is None:
            alert = self._alerts[name]
            page = self._escalation.open(alert.policy, f"alert {name}", told(alert), alert=name, urgency=alert.urgency)
            self._joined[page.ref] = [name]
        else:
            self._join(page, name)
        self._on[name] = page

    def clear(self, name: str) -> None:
        """Takes an alert off its page, which is resolved with its last one; without a page there is nothing to do."""
        page = self._on.pop(name, None)
        if page is not None and page.is_open and not any(other is page for other in self._on.values()):
            self._pages.resolve(page)

    def closed_at(self, name: str) -> int | None:
        """When the page of an alert that fires was resolved by hand (microseconds); None where none was."""
        page = self._on.get(name)
        return None if page is None else page.closed_at

    def _page_of_group(self, name: str) -> Page | None:
        alert = self._alerts[name]
        if alert.group is None:
            return None
        for other, page in self._on.items():
            mates = self._alerts[other].group == alert.group and page.policy == alert.policy
            if mates and page.is_open and (page.urgency == alert.urgency or page.urgency == "high"):
                return page
        return None

    def _join(self, page: Page, name: str) -> None:
        joined = self._joined[page.ref]
        if name not in joined:
            joined.append(name)
        page.summary = f"{told(self._alerts[joined[0]])} and {len(joined) - 1} more"
        group = self._alerts[name].group or ""
        self._publish(AlertGrouped(int(self._env.now), name, group, page.ref, told(self._alerts[name])))


def told(alert: Alert) -> str:
    """What people are told: its summary, and whether it tells of a symptom or of a cause."""
    return f"{alert.summary} ({alert.kind})" if alert.kind else alert.summary

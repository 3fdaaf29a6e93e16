"""Pages: what is open, who is paged by it now, who acknowledged it; their refs A1, A2, ... in the order of opening.

Owns the state of pages and the events of acknowledging and resolving. Does not own who is paged when
(`gameday.response.escalation`) nor who answers (`gameday.response.people`).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

import simpy

from gameday.core.events import PageAcknowledged, PageResolved, Publish
from gameday.core.signals import PageView
from gameday.core.units import MICRO


@dataclass(slots=True, eq=False)
class Page:
    """One page. Times in microseconds.

    `subject` says what it is for and keys the draws of those who answer, so that another page opened in between
    shifts no draw. `person` is set where a page by hand goes to that person alone.
    """

    ref: str
    subject: str
    summary: str
    opened_at: int
    alert: str = ""
    policy: str = ""
    person: str = ""
    urgency: str = "high"
    state: str = "triggered"  # triggered | acknowledged | resolved
    turn: int = 0
    targets: tuple[str, ...] = ()
    acknowledged_by: str | None = None
    escalates_at: int | None = None
    moved_by: str = ""
    closed_at: int | None = None
    notified: dict[str, int] = field(default_factory=dict)
    bell: simpy.Event | None = None

    @property
    def is_open(self) -> bool:
        return self.state != "resolved"

    def ring(self) -> None:
        """Wakes the process that waits at this page."""
        if self.bell is not None and not self.bell.triggered:
            self.bell.succeed()

    def view(self) -> PageView:
        return PageView(
            ref=self.ref,
            alert=self.alert,
            summary=self.summary,
            urgency=self.urgency,
            state=self.state,
            targets=self.targets,
            opened_at=self.opened_at // MICRO,
            acknowledged_by=self.acknowledged_by,
            escalates_at=None if self.escalates_at is None else self.escalates_at // MICRO,
        )


class PageBook:
    """All pages of a session, oldest first."""

    def __init__(self, env: simpy.Environment, publish: Publish) -> None:
        self._env = env
        self._publish = publish
        self.pages: list[Page] = []
        self.first_opened = env.event()
        self.ever_acknowledged = False

    def open(
        self, subject: str, summary: str, *, alert: str = "", policy: str = "", person: str = "", urgency: str = "high"
    ) -> Page:
        """A new triggered page; nobody is told of it yet. Later pages for the same subject count up its draws."""
        again = sum(1 for page in self.pages if page.subject.rpartition(" ")[0] == subject)
        page = Page(
            ref=f"A{len(self.pages) + 1}",
            subject=f"{subject} {again + 1}",
            summary=summary,
            opened_at=int(self._env.now),
            alert=alert,
            policy=policy,
            person=person,
            urgency=urgency,
        )
        self.pages.append(page)
        if not self.first_opened.triggered:
            self.first_opened.succeed()
        return page

    def find(self, ref: str) -> Page | None:
        return next((page for page in self.pages if page.ref == ref), None)

    def in_state(self, state: str) -> list[Page]:
        return [page for page in self.pages if page.state == state]

    def acknowledge(self, page: Page, by: str) -> None:
        """Stops the escalation of a triggered page."""
        page.state = "acknowledged"
        page.acknowledged_by = by
        page.escalates_at = None
        page.moved_by = ""
        self.ever_acknowledged = True
        self._publish(PageAcknowledged(int(self._env.now), page.ref, by))
        page.ring()

    def trigger_again(self, page: Page) -> None:
        """An acknowledged page needs somebody again."""
        page.state = "triggered"
        page.acknowledged_by = None

    def resolve(self, page: Page) -> None:
        """Closes a page for good."""
        page.state = "resolved"
        page.closed_at = int(self._env.now)
        page.escalates_at = None
        self._publish(PageResolved(int(self._env.now), page.ref))
        page.ring()

    def wait(self, page: Page, until: int | None) -> Generator[simpy.Event, object, None]:
        """Lets time pass until `until` (None: without limit), or until somebody acts on the page."""
        state = page.state
        while page.state == state and not page.moved_by and (until is None or self._env.now < until):
            page.bell = self._env.event()
            if until is None:
                yield page.bell
            else:
                yield self._env.timeout(until - self._env.now) | page.bell

    def views(self) -> tuple[PageView, ...]:
        return tuple(page.view() for page in self.pages)

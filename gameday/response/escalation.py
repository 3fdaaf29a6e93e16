"""Escalation policies as processes, in PagerDuty's words: rules, escalation delay, loops, acknowledgement timeout.

A page goes to the targets of the first rule; when a rule's `escalation_delay` runs out, to those of the next; after
the last rule the rules run `num_loops` more times; then the page is exhausted and stays open. An acknowledgement
stops this. When an `acknowledgement_timeout` runs out the page triggers again, at the level at which it stood.
Low-urgency pages stay at the first level. A schedule stands for its first person.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.events import PageEscalated, PageExhausted, Publish
from gameday.response.pages import Page, PageBook
from gameday.response.people import People
from gameday.scenario.models import Scenario
from gameday.scenario.models.oncall import EscalationPolicy, Rule

POLICY = "policy"
"""Who pages and escalates where nobody does it by hand."""


class Escalation:
    """Runs the policy of every page that has one."""

    def __init__(
        self, env: simpy.Environment, scenario: Scenario, pages: PageBook, people: People, publish: Publish
    ) -> None:
        self._env = env
        self._scenario = scenario
        self._pages = pages
        self._people = people
        self._publish = publish

    def open(
        self, policy: str, subject: str, summary: str, *, alert: str = "", urgency: str = "high", by: str = POLICY
    ) -> Page:
        """Opens a page and starts its policy."""
        page = self._pages.open(subject, summary, alert=alert, policy=policy, urgency=urgency)
        page.targets = self._resolve(self._scenario.escalation_policies[policy].rules[0])
        self._env.process(self._run(page, by))
        return page

    def problem(self, page: Page) -> str | None:
        """Why this page cannot go to its next level, or None."""
        if not page.is_open:
            return f"{page.ref} is resolved"
        if not page.policy:
            return f"{page.ref} pages {page.person} alone; there is no next level. Page somebody else by name"
        policy = self._scenario.escalation_policies[page.policy]
        if page.turn + 1 >= len(policy.rules) * (policy.num_loops + 1):
            return f"{page.ref} is at the last level of policy {page.policy}; page somebody by name"
        return None

    def escalate(self, page: Page, by: str) -> int:
        """Sends the page to its next level now; an acknowledged one triggers again. Returns that level."""
        self._pages.trigger_again(page)
        page.moved_by = by
        page.ring()
        return (page.turn + 1) % len(self._scenario.escalation_policies[page.policy].rules) + 1

    def _run(self, page: Page, by: str) -> Generator[simpy.Event, object, None]:
        policy = self._scenario.escalation_policies[page.policy]
        turns = [(level, rule) for _ in range(policy.num_loops + 1) for level, rule in enumerate(policy.rules, 1)]
        for turn, (level, rule) in enumerate(turns):
            page.turn = turn
            if turn:
                self._publish(PageEscalated(int(self._env.now), page.ref, level, by))
            self._page_level(page, level, rule, by)
            by = yield from self._stay(page, level, rule, policy)
            if not by:
                return
        page.escalates_at = None
        self._publish(PageExhausted(int(self._env.now), page.ref))

    def _stay(
        self, page: Page, level: int, rule: Rule, policy: EscalationPolicy
    ) -> Generator[simpy.Event, object, str]:
        """Holds the page at one level; returns who moves it on, or nothing once it is resolved."""
        while True:
            state = page.state
            until = self._deadline(page, rule, policy)
            page.escalates_at = until if state == "triggered" else None
            yield from self._pages.wait(page, until)
            if not page.is_open:
                return ""
            if page.moved_by:
                by, page.moved_by = page.moved_by, ""
                return by
            if page.state != state:
                continue
            if state == "triggered":
                return POLICY
            self._pages.trigger_again(page)
            self._page_level(page, level, rule, POLICY)

    def _deadline(self, page: Page, rule: Rule, policy: EscalationPolicy) -> int | None:
        if page.state == "acknowledged":
            delay = policy.acknowledgement_timeout
        else:
            delay = 0 if page.urgency == "low" else rule.escalation_delay
        return int(self._env.now) + delay if delay else None

    def _page_level(self, page: Page, level: int, rule: Rule, by: str) -> None:
        page.targets = self._resolve(rule)
        for person in page.targets:
            self._people.page(page, person, by, level)

    def _resolve(self, rule: Rule) -> tuple[str, ...]:
        schedules = self._scenario.schedules
        names = (schedules[name].people[0] if name in schedules else name for name in rule.targets)
        return tuple(dict.fromkeys(names))

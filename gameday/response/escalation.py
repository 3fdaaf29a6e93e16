"""Escalation policies as processes, in PagerDuty's words: rules, escalation delay, loops, acknowledgement timeout.

A page goes to the targets of the first rule; when a rule's `escalation_delay` runs out, to those of the next; after
the last rule the rules run `num_loops` more times; then the page is exhausted and stays open. An acknowledgement
stops this. When an `acknowledgement_timeout` runs out the page triggers again, at the level at which it stood.
Low-urgency pages stay at the first level. A schedule stands for whoever is on duty when the page comes to its level;
where nobody is, the page waits out the delay all the same, or goes on at once with `empty_levels: skip`. A rule with
`assignment_strategy: round-robin` pages one target, each time the next; whose turn it is when a session begins is drawn
by its seed.
"""

from __future__ import annotations

from collections.abc import Generator

import simpy

from gameday.core.draws import draw_name, uniform
from gameday.core.events import NobodyOnCall, PageEscalated, PageExhausted, Publish
from gameday.response.pages import Page, PageBook
from gameday.response.people import People
from gameday.response.schedules import Schedules
from gameday.scenario.models.oncall import EscalationPolicy, Rule
from gameday.scenario.models.roster import Roster

POLICY = "policy"
"""Who pages and escalates where nobody does it by hand."""


class Escalation:
    """Runs the policy of every page that has one."""

    def __init__(
        self, env: simpy.Environment, roster: Roster, seed: int, pages: PageBook, people: People, publish: Publish
    ) -> None:
        self._env = env
        self._policies = roster.escalation_policies
        self._seed = seed
        self._schedules = Schedules(roster)
        self._pages = pages
        self._people = people
        self._publish = publish
        self._turns: dict[tuple[str, int], int] = {}

    def open(
        self, policy: str, subject: str, summary: str, *, alert: str = "", urgency: str = "high", by: str = POLICY
    ) -> Page:
        """Opens a page and starts its policy; it tells people at once, as soon as the world goes on."""
        page = self._pages.open(subject, summary, alert=alert, policy=policy, urgency=urgency)
        names = self._assigned(policy, 1, self._policies[policy].rules[0])
        page.targets = self._on_duty(names)
        self._env.process(self._run(page, by, names))
        return page

    def problem(self, page: Page) -> str | None:
        """Why this page cannot go to its next level, or None."""
        if not page.is_open:
            return f"{page.ref} is resolved"
        if not page.policy:
            return f"{page.ref} pages {page.person} alone; there is no next level. Page somebody else by name"
        policy = self._policies[page.policy]
        if page.turn + 1 >= len(policy.rules) * (policy.num_loops + 1):
            return f"{page.ref} is at the last level of policy {page.policy}; page somebody by name"
        return None

    def escalate(self, page: Page, by: str) -> int:
        """Sends the page to its next level now; an acknowledged one triggers again. Returns that level."""
        self._pages.trigger_again(page)
        page.moved_by = by
        page.ring()
        return (page.turn + 1) % len(self._policies[page.policy].rules) + 1

    def _run(self, page: Page, by: str, names: tuple[str, ...]) -> Generator[simpy.Event, object, None]:
        """`names`: the targets of the first level."""
        policy = self._policies[page.policy]
        turns = [(level, rule) for _ in range(policy.num_loops + 1) for level, rule in enumerate(policy.rules, 1)]
        for turn, (level, rule) in enumerate(turns):
            page.turn = turn
            if turn:
                self._publish(PageEscalated(int(self._env.now), page.ref, level, by))
                names = self._assigned(page.policy, level, rule)
            self._page_level(page, level, names, by)
            if not page.targets and policy.empty_levels == "skip":
                by = POLICY
                continue
            by = yield from self._stay(page, level, rule, policy, names)
            if not by:
                return
        page.escalates_at = None
        self._publish(PageExhausted(int(self._env.now), page.ref))

    def _stay(
        self, page: Page, level: int, rule: Rule, policy: EscalationPolicy, names: tuple[str, ...]
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
            self._page_level(page, level, names, POLICY)

    def _deadline(self, page: Page, rule: Rule, policy: EscalationPolicy) -> int | None:
        if page.state == "acknowledged":
            delay = policy.acknowledgement_timeout
        else:
            delay = 0 if page.urgency == "low" else rule.escalation_delay
        return int(self._env.now) + delay if delay else None

    def _page_level(self, page: Page, level: int, names: tuple[str, ...], by: str) -> None:
        for name in names:
            if name in self._schedules and self._schedules.on_duty(name, int(self._env.now)) is None:
                self._publish(NobodyOnCall(int(self._env.now), page.ref, name, level))
        page.targets = self._on_duty(names)
        for person in page.targets:
            self._people.page(page, person, by, level)

    def _assigned(self, policy: str, level: int, rule: Rule) -> tuple[str, ...]:
        """The targets of a rule that it is for this time: all of them, or the one whose turn it is."""
        if rule.assignment_strategy != "round-robin":
            return rule.targets
        count = len(rule.targets)
        start = int(uniform(draw_name(self._seed, "round-robin", policy, str(level))) * count)
        turn = self._turns.get((policy, level), start)
        self._turns[policy, level] = turn + 1
        return (rule.targets[turn % count],)

    def _on_duty(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The people behind the names of people and schedules, each once."""
        now = int(self._env.now)
        found = (self._schedules.on_duty(name, now) if name in self._schedules else name for name in names)
        return tuple(dict.fromkeys(person for person in found if person is not None))

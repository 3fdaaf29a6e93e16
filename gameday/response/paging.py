"""The pager in a player's hand: `ack`, `page` (a person, a team, by phone) and `escalate`; refusals have reasons.

Which names there are is checked before (`gameday.session.rules`).
"""

from __future__ import annotations

import simpy

from gameday.core.commands import Command
from gameday.core.units import MICRO
from gameday.response.escalation import Escalation
from gameday.response.pages import Page, PageBook
from gameday.response.people import People
from gameday.scenario.models import Scenario

AGAIN_AFTER = 60 * MICRO
"""Somebody who was paged by hand is given a minute before they can be paged by hand again."""


class Paging:
    """What players do with pages by hand."""

    def __init__(
        self, env: simpy.Environment, scenario: Scenario, pages: PageBook, people: People, escalation: Escalation
    ) -> None:
        self._env = env
        self._scenario = scenario
        self._pages = pages
        self._people = people
        self._escalation = escalation
        self._paged_at: dict[str, int] = {}

    def problem(self, command: Command) -> str | None:
        """Why the command is refused now, or None."""
        if command.verb == "page":
            return self._page_problem(command.argument("person") or "", command.argument("by") or "page")
        return self._ack_problem(command) if command.verb == "ack" else self._escalate_problem(command)

    def perform(self, command: Command) -> str:
        """Does what `problem` did not refuse; returns the line of the verdict."""
        match command.verb:
            case "ack":
                return self._ack(command)
            case "escalate":
                return self._escalate(command)
            case _:
                return self._page(command)

    def _to_acknowledge(self, command: Command) -> Page | None:
        """The page named; else the oldest triggered one that pages the author; else the oldest anybody may take."""
        ref = command.argument("page")
        if ref is not None:
            return self._pages.find(ref)
        open_to_author = [page for page in self._pages.in_state("triggered") if page.person in ("", command.author)]
        mine = [page for page in open_to_author if command.author in page.targets]
        return next(iter(mine + open_to_author), None)

    def _ack_problem(self, command: Command) -> str | None:
        page = self._to_acknowledge(command)
        if page is None:
            return "there is no page to acknowledge"
        if page.state == "acknowledged":
            return f"{page.ref} was acknowledged by {page.acknowledged_by}"
        if page.state == "resolved":
            return f"{page.ref} is resolved"
        if page.person not in ("", command.author):
            return f"{page.ref} pages {page.person}; only they can acknowledge it"
        return None

    def _ack(self, command: Command) -> str:
        page = self._to_acknowledge(command)
        assert page is not None
        self._pages.acknowledge(page, command.author)
        return f"{page.ref} is yours: {page.summary}"

    def _to_escalate(self, command: Command) -> Page | None:
        ref = command.argument("page")
        if ref is not None:
            return self._pages.find(ref)
        candidates = self._pages.in_state("triggered") + self._pages.in_state("acknowledged")
        return next((page for page in candidates if page.policy), None)

    def _escalate_problem(self, command: Command) -> str | None:
        page = self._to_escalate(command)
        return "there is no open page to escalate" if page is None else self._escalation.problem(page)

    def _escalate(self, command: Command) -> str:
        page = self._to_escalate(command)
        assert page is not None
        return f"{page.ref} goes to level {self._escalation.escalate(page, command.author)} now"

    def _page_problem(self, name: str, means: str) -> str | None:
        if name in self._scenario.people:
            return self._person_problem(name, means)
        if means == "phone":
            return f"a team has no phone; page {name}, or phone one of its people"
        if self._scenario.teams[name].policy is None:
            return f"team {name} has no escalation policy; page one of its people"
        page = self._by_hand(f"team {name}")
        return f"{page.ref} pages {name} already" if page is not None and page.state == "triggered" else None

    def _person_problem(self, name: str, means: str) -> str | None:
        if self._people.is_here(name):
            return f"{name} is here"
        if self._people.has_left(name):
            return f"{name} has gone home; page somebody else"
        if means == "phone":
            return f"{name}'s phone is ringing" if self._people.is_ringing(name) else None
        ago = int(self._env.now) - self._paged_at.get(name, -AGAIN_AFTER)
        return f"{name} was paged {ago // MICRO} s ago; give them a minute, or phone" if ago < AGAIN_AFTER else None

    def _page(self, command: Command) -> str:
        name = command.argument("person") or ""
        by = command.author
        if name not in self._scenario.people:
            policy = self._scenario.teams[name].policy
            assert policy is not None
            page = self._escalation.open(policy, f"team {name}", f"{by} asks for somebody of {name}", by=by)
            if not page.targets:
                return f"{page.ref} is open, but nobody is on call at the first level of policy {policy}"
            return f"{page.ref} pages {', '.join(page.targets)} by policy {policy}"
        page = self._own_page(name, by)
        if command.argument("by") == "phone":
            self._people.phone(page, name, by)
            return f"{name}'s phone rings; they pick up within two minutes or not at all"
        self._paged_at[name] = int(self._env.now)
        self._people.page(page, name, by, 1)
        return f"{page.ref} pages {name}"

    def _own_page(self, person: str, by: str) -> Page:
        """The open page by hand of this person, or a new one: one page, however often somebody tries."""
        page = self._by_hand(f"person {person}")
        if page is None:
            page = self._pages.open(f"person {person}", f"{by} asks you to join", person=person)
            page.targets = (person,)
        return page

    def _by_hand(self, subject: str) -> Page | None:
        """The open page for a person or team that somebody opened by hand."""
        return next(
            (page for page in self._pages.pages if page.is_open and page.subject.rpartition(" ")[0] == subject), None
        )

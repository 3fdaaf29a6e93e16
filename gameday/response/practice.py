"""The practised responder: a pure policy that works through steps as a person would, with stated human delays.

It begins a while after the first alert or page, thinks before each step, types one command after another, reads what
it looks at, waits for a step's check, rings again whoever did not answer, and tries again what was refused. Following
a playbook of the session it says `step` and goes where the session's walk goes; with steps of its own (a mitigation)
it keeps that walk itself. The rules of both are `gameday.response.walk`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from gameday.core.commands import Command, Verdict, parse_command
from gameday.core.draws import draw_name, lognormal
from gameday.core.signals import Observation, Signals
from gameday.core.units import MICRO
from gameday.core.verbs import VERBS
from gameday.response.command.roles import COMMANDER
from gameday.response.paging import AGAIN_AFTER
from gameday.response.people import RING
from gameday.response.policy import NEVER, Decision, something_is_wrong, whole_second
from gameday.response.walk import Walk, WalkState
from gameday.scenario.models import Scenario, Step

TYPING = 3 * MICRO
"""Median time to type a command."""

SPREAD = 0.1
"""Squared coefficient of variation of the factor (median 1) by which thinking and typing vary."""

REFUSED_WAIT = 10 * MICRO
"""After a refusal the command is tried again this much later."""

TRIES = 3
"""How often a refused action or look is tried at all, and then left out."""

CALLS = 8
"""How often somebody who does not answer is paged or rung up at all."""


@dataclass(frozen=True, slots=True)
class Call:
    """A person who was paged by hand: the command, when it was last given (µs), how often."""

    command: Command
    at: int
    count: int

    @property
    def person(self) -> str:
        return self.command.arguments[0]

    @property
    def again_at(self) -> int:
        """When to try again: after the phone stopped ringing, or three minutes after a page."""
        return self.at + (RING + TYPING if self.command.argument("by") == "phone" else 3 * AGAIN_AFTER)


@dataclass(frozen=True, slots=True)
class PracticeState:
    """Where the responder stands. Times in microseconds; `sent` is what it said last: run, step or nothing."""

    walk: WalkState
    begins_at: int | None = None
    ready_at: int = 0
    entered: int = 0
    index: int = 0
    tries: int = 0
    sent: str = ""
    calls: tuple[Call, ...] = ()


class Practice:
    """Works through `steps`, beginning `reaction` microseconds after the first alert or page.

    `follows` says that the steps are those of the session's playbook. Of the scenario it knows what a member of the
    team knows: who is a person, and whom an action needs.
    """

    def __init__(
        self,
        author: str,
        scenario: Scenario,
        steps: tuple[Step, ...],
        seed: int,
        *,
        reaction: int,
        follows: bool = False,
    ) -> None:
        self._author = author
        self._scenario = scenario
        self._walk = Walk(steps)
        self._commands = tuple(tuple(self._signed(text) for text in step.run) for step in steps)
        self._seed = seed
        self._reaction = reaction
        self._follows = follows

    def begin(self) -> PracticeState:
        return PracticeState(self._walk.begin(0))

    def decide(
        self,
        state: PracticeState,
        observation: Observation,
        signals: Signals,
        verdicts: tuple[Verdict, ...] = (),
    ) -> Decision[PracticeState]:
        now = observation.second * MICRO
        begins_at = state.begins_at
        if begins_at is None:
            if not something_is_wrong(observation):
                return Decision(state, (), now + MICRO)
            begins_at = now + self._reaction
            state = replace(state, begins_at=begins_at)
        if now < begins_at:
            return Decision(state, (), whole_second(begins_at))
        if state.entered == 0:
            state = self._enter(state, self._walk.begin(now), now)
        state = self._learn(state, observation, verdicts, now)
        if not self._follows:
            state = self._time_out(state, signals, now)
        if now < state.ready_at or any(look.person == self._author for look in observation.looks):
            return Decision(state, (), max(whole_second(state.ready_at), now + MICRO))
        return self._act(state, observation, signals, now)

    def _signed(self, text: str) -> Command:
        command = parse_command(text)
        return command if command.author else replace(command, author=self._author)

    def _varied(self, state: PracticeState, median: int, what: str) -> int:
        """A human delay: the median times a keyed lognormal factor of median 1."""
        key = draw_name(self._seed, "responder", str(state.entered), str(state.index), what)
        return round(median * lognormal(key, sqrt(1.0 + SPREAD), SPREAD))

    def _enter(self, state: PracticeState, walk: WalkState, now: int) -> PracticeState:
        """At a new step: read it and think."""
        state = replace(state, walk=walk, entered=state.entered + 1, index=0, tries=0, sent="")
        step = self._walk.step(walk)
        think = 0 if step is None else self._varied(state, step.think, "think")
        return replace(state, ready_at=now + think)

    def _learn(
        self, state: PracticeState, observation: Observation, verdicts: tuple[Verdict, ...], now: int
    ) -> PracticeState:
        """What became of the last command, and where the session's walk stands."""
        refused = bool(verdicts) and not verdicts[-1].accepted
        sent, state = state.sent, replace(state, sent="")
        if sent == "run":
            state = self._refused(state, now) if refused else replace(state, tries=0)
        elif sent == "step" and refused:
            state = replace(state, ready_at=now + REFUSED_WAIT)
        if not self._follows:
            return state
        walk = self._session_walk(state, observation)
        moved = walk.current != state.walk.current or (sent == "step" and not refused)
        return self._enter(state, walk, now) if moved else state

    def _refused(self, state: PracticeState, now: int) -> PracticeState:
        """Back to the command that was refused, unless time will not change the answer."""
        assert state.walk.current is not None
        command = self._commands[state.walk.current][state.index - 1]
        tries = state.tries + 1
        if VERBS[command.verb].group not in ("act", "look") or tries >= TRIES:
            return replace(state, tries=0)
        return replace(state, tries=tries, index=state.index - 1, ready_at=now + REFUSED_WAIT)

    def _session_walk(self, state: PracticeState, observation: Observation) -> WalkState:
        states = tuple(step.state for step in observation.steps)
        current = states.index("current") if "current" in states else None
        return WalkState(states, current, state.walk.since)

    def _time_out(self, state: PracticeState, signals: Signals, now: int) -> PracticeState:
        """The private walk's time limits; the session's walk has its own."""
        limit = self._walk.deadline(state.walk)
        if limit is None or now < limit or self._walk.holds(state.walk, signals, now // MICRO):
            return state
        return self._enter(state, self._walk.time_out(state.walk, now), now)

    def _act(
        self, state: PracticeState, observation: Observation, signals: Signals, now: int
    ) -> Decision[PracticeState]:
        """One command at most: what waits for us first, then the step's commands, then the way on."""
        if approval := self._approval(observation):
            return self._say(state, approval, "", now)
        for index, call in enumerate(state.calls):
            if call.person not in observation.joined and call.count < CALLS and now >= call.again_at:
                again = replace(call, at=now, count=call.count + 1)
                calls = (*state.calls[:index], again, *state.calls[index + 1 :])
                return self._say(replace(state, calls=calls), call.command, "", now)
        if state.walk.current is None:
            return Decision(state, (), now + MICRO if self._waits(state, observation) else NEVER)
        commands = self._commands[state.walk.current]
        if state.index < len(commands):
            return self._run(state, commands[state.index], observation, now)
        return self._go_on(state, signals, now)

    def _run(
        self, state: PracticeState, command: Command, observation: Observation, now: int
    ) -> Decision[PracticeState]:
        if self._must_wait(state, command, observation):
            return Decision(state, (), now + MICRO)
        state = replace(state, index=state.index + 1)
        if command.verb == "page" and command.arguments[0] in self._scenario.people:
            others = tuple(call for call in state.calls if call.person != command.arguments[0])
            state = replace(state, calls=(*others, Call(command, now, 1)))
        return self._say(state, command, "run", now)

    def _go_on(self, state: PracticeState, signals: Signals, now: int) -> Decision[PracticeState]:
        if not self._walk.holds(state.walk, signals, now // MICRO):
            return Decision(state, (), now + MICRO)
        if self._follows:
            return self._say(state, Command("step", author=self._author), "step", now)
        walk = self._walk.done(state.walk, signals, now // MICRO, now)
        return Decision(self._enter(state, walk, now), (), now + MICRO)

    def _say(self, state: PracticeState, command: Command, sent: str, now: int) -> Decision[PracticeState]:
        ready_at = now + self._varied(state, TYPING, sent or command.body)
        return Decision(replace(state, ready_at=ready_at, sent=sent), (command,), now + MICRO)

    def _approval(self, observation: Observation) -> Command | None:
        """A commander lets go ahead what waits."""
        if (COMMANDER, self._author) not in observation.incident.roles:
            return None
        waiting = next((action for action in observation.actions if action.state == "pending"), None)
        return None if waiting is None else Command("approve", (waiting.ref,), author=self._author)

    def _waits(self, state: PracticeState, observation: Observation) -> bool:
        """Whether somebody who was called may still be called again."""
        return any(call.person not in observation.joined and call.count < CALLS for call in state.calls)

    def _must_wait(self, state: PracticeState, command: Command, observation: Observation) -> bool:
        """Whether the action needs somebody who was called and is still awaited."""
        arguments = (None, *command.arguments[:1])
        rules = (rule for rule in self._scenario.actions if rule.verb == command.verb and rule.target in arguments)
        rule = next(rules, None)
        if rule is None or rule.needs is None or rule.needs in observation.joined:
            return False
        return any(call.person == rule.needs and call.count < CALLS for call in state.calls)

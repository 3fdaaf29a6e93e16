"""A very short exercise, a game of it on a clock that the test moves, and the app around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from gameday.scenario.exercise import Exercise
from gameday.scenario.load import load
from gameday.session.pace import Pace
from gameday.tui.app import GamedayApp
from gameday.tui.live import LiveGame, open_game
from gameday.tui.screens.play import PlayScreen

SCENARIO = """
gameday: 1
title: {title}
summary: A release breaks the shop for a minute.
duration: 80s
briefing: {briefing}
objectives: [{{text: Act at once, dimensions: [command]}}]
system:
  services:
    web: {{team: shop, summary: {summary}, replicas: 2, service_time: 5ms}}
    db: {{kind: database, team: shop, workers: 4, service_time: 5ms}}
  dependencies: [{{from: web, to: db, timeout: 200ms, retries: 2}}]
  traffic:
    entries:
      buy: {{to: web, rate: 20/s, timeout: 1s, summary: buying}}
slos:
  buy: {{good: 99%, within: 500ms}}
people:
  ana: {{team: shop, title: on-call}}
  bo: {{team: shop, title: lead, responds: {{p: 100%, delay: 5s}}}}
teams:
  shop: {{policy: shop}}
escalation_policies:
  shop:
    rules:
      - {{escalation_delay: 20s, targets: [ana]}}
      - {{escalation_delay: 20s, targets: [bo]}}
alerts:
  shop-fails:
    when: buy.success < 95% over 5s
    policy: shop
    summary: {summary}
seats:
  - {{person: ana}}
variants:
  release:
    cause: {{component: db, mechanism: bad-deploy, explanation: The release broke every query.}}
    faults:
      - kind: bad-deploy
        at: 5s
        service: db
        version: v2
        effects: [{{service: db, errors: 100%}}]
injects:
  - {{at: 8s, kind: message, from: boss, text: {message}}}
scoring: {{hold: 20s}}
playbooks: [shop-fails]
actions:
  - {{verb: rollback, takes: 10s}}
debrief: [What told you that it was the release?]
"""

EXECUTIVE = "kind: executive, swoop: information, answer_within: 30s, from: boss"

PLAYBOOK = """
gameday: 1
title: The shop fails
steps:
  - {id: take, text: Take the page., run: [ack]}
  - {id: say, text: Declare it., run: [declare SEV-2]}
  - {id: mend, text: Take the database back., run: [rollback db], check: buy.success > 99% over 5s}
  - {id: name, text: Name the cause., run: [diagnose db bad-deploy]}
"""

_PLAIN = {"title": "The shop fails", "briefing": "You keep a shop.", "summary": "it fails", "message": "how bad is it?"}


@dataclass
class HandClock:
    """Wall time that goes only when a test says so."""

    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Stage:
    """A game with its clock and its app."""

    live: LiveGame
    app: GamedayApp
    clock: HandClock = field(default_factory=HandClock)

    @property
    def play(self) -> PlayScreen:
        screen = self.app.screen_stack[1]
        assert isinstance(screen, PlayScreen)
        return screen

    async def let_pass(self, pilot: Pilot[int], seconds: float) -> None:
        """Lets simulated seconds pass, a second at a time."""
        goal = self.live.session.now / 1e6 + seconds
        live = self.live
        while live.session.now / 1e6 < goal and not live.session.finished and not live.stopped:
            self.clock.seconds += 1.0 / live.pace.speed
            await self.play.tick()
        await pilot.pause()
        while live.session.finished and not live.stopped and live.diagnosed:
            await pilot.pause()

    async def give(self, pilot: Pilot[int], key: str, text: str) -> None:
        """Opens the line by a key, pastes a text and gives it: many letters, one by one, take their time."""
        await pilot.press(key)
        self.play.command_line_widget.line.post_message(events.Paste(text))
        await pilot.press("enter")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's files."""
    monkeypatch.setenv("GAMEDAY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path / "home"


@pytest.fixture
def write_exercise(tmp_path: Path) -> Callable[..., Path]:
    """Writes the short scenario with some of its texts replaced (as YAML scalars)."""

    def write(**texts: str) -> Path:
        folder = tmp_path / "scenarios"
        folder.mkdir(exist_ok=True)
        (tmp_path / "playbooks").mkdir(exist_ok=True)
        (tmp_path / "playbooks" / "shop-fails.yaml").write_text(PLAYBOOK, encoding="utf-8")
        path = folder / "short.yaml"
        path.write_text(SCENARIO.format(**(_PLAIN | texts)), encoding="utf-8")
        return path

    return write


@pytest.fixture
def exercise(write_exercise: Callable[..., Path]) -> Exercise:
    return load(str(write_exercise()))


@pytest.fixture
def asked(write_exercise: Callable[..., Path]) -> Exercise:
    """At 8 s the boss wants an answer within 30 s."""
    path = write_exercise()
    path.write_text(path.read_text(encoding="utf-8").replace("kind: message, from: boss", EXECUTIVE), encoding="utf-8")
    return load(str(path))


@pytest.fixture
def stage(exercise: Exercise, tmp_path: Path) -> Callable[..., Stage]:
    """Makes a game of the short exercise; its journal is in the test's folder."""

    def make(of: Exercise = exercise, *, recorded: bool = True, brief: bool = False) -> Stage:
        clock = HandClock()
        journal = tmp_path / "game.jsonl" if recorded else None
        live = open_game(of, seed=3, journal=journal, pace=Pace(1.0, clock=clock))
        return Stage(live, GamedayApp(live, brief=brief), clock)

    return make


def screen_text(app: GamedayApp) -> str:
    """All that stands on the screen, line by line."""
    _, height = app.size
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips[:height])

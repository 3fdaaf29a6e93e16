"""Makes the screenshots of the README and the guides: docs/img/{play,debrief,commander,responder-80}.svg.

    python docs/screenshots.py [NAME...]

Real games of retry-storm on a clock that this script moves, so that the pictures come out the same every time.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.exercise import Exercise
from gameday.scenario.load import load
from gameday.scoring.finding import find_proof
from gameday.session.pace import Pace
from gameday.tui.app import GamedayApp
from gameday.tui.live import LiveGame, open_game
from gameday.tui.screens.play import PlayScreen

WIDE, NARROW = (120, 36), (80, 24)
SEED = 7
CELL = 12.2
"""Width of a cell in Textual's pictures."""

FIRST_STATUS = (
    "status We are investigating failing logins; some customers cannot log in. Browsing works. "
    "Next update in 8 minutes."
)
LAST_STATUS = (
    "status Logins work again and have recovered; all customers can log in. We keep watching; this is the last update."
)
BEFORE = (
    (100, "ack"),
    (104, "step done"),
    (108, "declare SEV-2"),
    (110, "step done"),
    (125, FIRST_STATUS),
    (128, "step done"),
    (135, "changes"),
    (145, "logs sessions-db"),
    (168, "step done"),
    (170, "rollback sessions-db"),
    (185, "note rolling sessions-db back; the deploy at 01:00 is the suspect"),
)
AFTER = (
    (220, "retries auth>sessions-db 0"),
    (330, "diagnose sessions-db bad-deploy retry-storm"),
    (560, LAST_STATUS),
    (570, "resolve"),
)
LEADING = (
    (100, "declare SEV-2"),
    (102, "page auth"),
    (104, "page shop"),
    (106, "page bo"),
    (170, "delegate ana logs sessions-db"),
    (195, "ask sam --within 3m how bad is it for customers?"),
    (215, "ask ana --within 2m what changed?"),
    (300, "delegate ana rollback sessions-db"),
)
LED = ((100, "ack"), (104, "step done"), (110, "logs auth"), (118, "declare SEV-2"), (150, "page bo"))


class Clock:
    """Wall time that only this script moves."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Shoot:
    """One game and its pictures."""

    def __init__(self, folder: Path, exercise: Exercise, journal: Path | None = None) -> None:
        self.folder = folder
        self.clock = Clock()
        pace = Pace(1.0, clock=self.clock)
        self.live: LiveGame = open_game(
            exercise, seed=SEED, journal=journal, proof=find_proof(exercise).proof, pace=pace
        )
        self.app = GamedayApp(self.live, brief=False)

    async def alone(self) -> None:
        """The playbook's way, up to the debrief."""
        async with self.app.run_test(size=WIDE) as pilot:
            await pilot.pause()
            await self.play(pilot, BEFORE)
            await self.let_pass(pilot, 200)
            await pilot.press("colon", *_keys("retries auth>sessions-db 0"))
            await pilot.pause()
            self.save("play")
            await pilot.press("escape")
            await self.play(pilot, AFTER)
            while not self.live.stopped:
                self.clock.seconds += 1.0
                await pilot.pause()
            await pilot.pause()
            self.save("debrief")

    async def with_hat(
        self, name: str, size: tuple[int, int], commands: tuple[tuple[int, str], ...], second: int, *keys: str
    ) -> None:
        """Commands, and the picture at a second once some keys are pressed."""
        async with self.app.run_test(size=size) as pilot:
            await pilot.pause()
            await self.play(pilot, commands)
            await self.let_pass(pilot, second)
            await pilot.press(*keys)
            await pilot.pause()
            self.save(name)

    async def play(self, pilot: Pilot[int], commands: tuple[tuple[int, str], ...]) -> None:
        """Gives commands at their seconds."""
        for second, text in commands:
            await self.let_pass(pilot, second)
            verdict = self.live.submit(parse_command(text))
            assert verdict.accepted, f"{second}: {text}: {verdict.text}"

    async def let_pass(self, pilot: Pilot[int], second: int) -> None:
        """Lets the clock go on to a second."""
        screen = self.app.screen
        assert isinstance(screen, PlayScreen)
        while self.live.session.now < second * MICRO:
            self.clock.seconds += 1.0
            await screen.tick()
        await pilot.pause()

    def save(self, name: str) -> None:
        """Writes a picture."""
        path = self.folder / f"{name}.svg"
        path.write_text(_without_leading_blanks(self.app.export_screenshot(title="gameday")), encoding="utf-8")
        sys.stdout.write(f"{path}\n")


def _keys(text: str) -> list[str]:
    names = {" ": "space", ">": "greater_than_sign", "-": "minus"}
    return [names.get(letter, letter) for letter in text]


def _without_leading_blanks(svg: str) -> str:
    """Texts begin where their first letter is: some viewers drop blanks in front and would move the rest."""

    def moved(match: re.Match[str]) -> str:
        before, x, between, length, after, text = match.groups()
        letters = text.replace("&#160;", "\u00a0").lstrip("\u00a0")
        blanks = len(text.replace("&#160;", "\u00a0")) - len(letters)
        if not letters:
            return ""
        start, left = float(x) + CELL * blanks, float(length) - CELL * blanks
        shown = letters.replace("\u00a0", "&#160;")
        return f'<text{before}x="{start:g}"{between}textLength="{left:g}"{after}>{shown}</text>'

    return re.sub(r'<text([^>]*?)x="([\d.]+)"([^>]*?)textLength="([\d.]+)"([^>]*)>([^<]*)</text>', moved, svg)


def main() -> None:
    """Makes those that are named, or all."""
    os.environ.pop("NO_COLOR", None)
    folder = Path(__file__).resolve().parent / "img"
    folder.mkdir(exist_ok=True)
    wanted = sys.argv[1:]
    plain = load("retry-storm")
    with tempfile.TemporaryDirectory() as own:
        os.environ["GAMEDAY_HOME"] = own
        os.chdir(own)
        if not wanted or {"play", "debrief"} & set(wanted):
            asyncio.run(Shoot(folder, plain, Path("retry-storm.jsonl")).alone())
        if not wanted or "commander" in wanted:
            led = Shoot(folder, plain.dressed("commander", ["executive-swoop"]))
            asyncio.run(led.with_hat("commander", WIDE, LEADING, 318, "colon", *_keys("logs gateway")))
        if not wanted or "responder-80" in wanted:
            told = Shoot(folder, plain.dressed("responder"))
            asyncio.run(told.with_hat("responder-80", NARROW, LED, 300, "7"))


if __name__ == "__main__":
    main()

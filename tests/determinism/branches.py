"""Run as a module: branches of a session by fork, at random instants; prints, as JSON, what each second was in each.

A process of its own, without threads, so that it may fork: that is how a headless worker branches.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

from gameday.core.commands import parse_command
from gameday.core.draws import draw_name, mix, uniform
from gameday.core.units import MICRO
from gameday.session.session import Session
from tests.session.small import PLAY, tiny

POINTS = 20
OTHER = ("shed web 40%", "restart web", "scale db 4", "rollback db")
States = list[tuple[str, ...]]


class Played:
    """The tiny exercise, played by PLAY; the states of its seconds as they come. `other` is one command more."""

    def __init__(self) -> None:
        self.session = Session(tiny(), 7, variant="deploy")
        self.states: States = [self.session.state]
        self.verdicts: list[bool] = []
        self.session.on_second(lambda _: self.states.append(self.session.state))
        self._given = 0

    def run_to(self, t: int) -> None:
        """On to `t` µs, giving the commands whose time comes before."""
        while self._given < len(PLAY) and round(PLAY[self._given][0] * MICRO) < t:
            second, text = PLAY[self._given]
            self._given += 1
            self.session.run_to(round(second * MICRO))
            self.session.submit(parse_command(text))
        self.session.run_to(t)

    def finish(self, other: str | None = None) -> tuple[States, str]:
        """From here to the end, with another command now if there is one: the seconds and the digest of the run."""
        if other is not None:
            self.session.submit(parse_command(other))
        self.run_to(self.session.length)
        return self.states, self.session.finish().digest


def points() -> list[int]:
    """Random instants of the session, in µs, in order; some between seconds, most between events."""
    length = tiny().scenario.duration
    return sorted(int(uniform(mix(draw_name(3, "branch"), number)) * length) for number in range(POINTS))


def forked(branch: Callable[[], object]) -> object:
    """What a child, which begins as this process is now, makes of the branch."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            json.dump(branch(), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        result = json.load(pipe)
    os.waitpid(child, 0)
    return result


def branched() -> dict[str, object]:
    """The original; and at each point a branch where nothing is done, and one with another command."""
    trunk, branches = Played(), []
    for number, point in enumerate(points()):
        trunk.run_to(point)
        other = OTHER[number % len(OTHER)]
        branches.append({"at": point, "same": forked(trunk.finish), "other": forked(lambda: trunk.finish(other))})  # noqa: B023
    return {"original": Played().finish(), "trunk": trunk.finish(), "branches": branches}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(branched()))

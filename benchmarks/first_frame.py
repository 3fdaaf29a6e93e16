"""First frame of the play screen over the first frame of a minimal Textual app, each in a process of its own.

    python benchmarks/first_frame.py [runs]

Measured twice: from the start of the interpreter, and from the end of the imports, to the end of the first frame;
medians of the runs, taken in turn.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

_MINIMAL = """
import time
from textual.app import App
from textual.widgets import Static
started = time.perf_counter()

class Minimal(App):
    def compose(self):
        yield Static("hello")

    def on_ready(self):
        self.call_after_refresh(self.exit)

Minimal().run(headless=True, size=(120, 36))
print(time.perf_counter() - started)
"""

_PLAY = """
import time
from gameday.scenario.load import load
from gameday.tui.app import GamedayApp
from gameday.scoring.finding import find_proof
from gameday.tui.live import open_game
from gameday.tui.screens.briefing import BriefingScreen
from gameday.tui.screens.play import PlayScreen
started = time.perf_counter()

class Play(GamedayApp):
    def on_ready(self):
        self.call_after_refresh(self.exit)

exercise = load("retry-storm")
Play(open_game(exercise, seed=7, proof=find_proof(exercise).proof)).run(headless=True, size=(120, 36))
print(time.perf_counter() - started)
"""


def measure(code: str) -> tuple[float, float]:
    """Milliseconds of one process: all of it, and after its imports."""
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return 1e3 * (time.perf_counter() - begun), 1e3 * float(done.stdout.split()[-1])


def main() -> None:
    """Prints one line."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    pairs = [(measure(_MINIMAL), measure(_PLAY)) for _ in range(runs)]
    least, least_after = (statistics.median(pair[0][part] for pair in pairs) for part in (0, 1))
    ours, ours_after = (statistics.median(pair[1][part] for pair in pairs) for part in (0, 1))
    print(
        f"first frame of play {ours:.0f} ms, of a minimal Textual app {least:.0f} ms, ratio {ours / least:.2f}; "
        f"after the imports {ours_after:.0f} ms and {least_after:.0f} ms (median of {runs})"
    )


if __name__ == "__main__":
    main()

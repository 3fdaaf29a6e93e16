"""What `gameday --help` costs over bare Python: CPU time of whole processes, taken in turn, the median of several."""

from __future__ import annotations

import os
import subprocess
import sys
from statistics import median

RUNS = 15


def cpu_ms(arguments: list[str]) -> float:
    """User and system time of one process, in milliseconds."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return 1000 * (after.children_user - before.children_user + after.children_system - before.children_system)


def main() -> None:
    """Print one line."""
    bare, help_ = [], []
    for _ in range(RUNS):
        bare.append(cpu_ms(["-c", "pass"]))
        help_.append(cpu_ms(["-m", "gameday", "--help"]))
    print(
        f"start-up: bare Python {median(bare):.0f} ms, gameday --help {median(help_):.0f} ms CPU; "
        f"{median(help_) - median(bare):.0f} ms over bare Python"
    )


if __name__ == "__main__":
    main()

"""Every benchmark, one after another; each prints its own lines. Compare ratios, not times: machines differ."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ORDER = ("kernel.py", "startup.py", "first_frame.py", "screen.py")


def main() -> int:
    """Run them all; the exit code is that of the first that failed."""
    here = Path(__file__).parent
    for name in ORDER:
        finished = subprocess.run([sys.executable, str(here / name)], check=False)
        if finished.returncode:
            return finished.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())

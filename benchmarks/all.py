"""Every benchmark, one after another, in some three minutes. Compare ratios, not times: machines differ.

`python benchmarks/all.py [NAME ...]` runs those that are named, such as `kernel`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

ORDER = ("kernel", "scaling", "overhead", "fork", "memory", "compiled", "startup", "first_frame", "screen")


def main() -> int:
    """Run them; the exit code is that of the first that failed."""
    here = Path(__file__).parent
    for name in sys.argv[1:] or ORDER:
        began = perf_counter()
        print(f"== {name}", flush=True)
        finished = subprocess.run([sys.executable, str(here / f"{name}.py")], check=False)
        if finished.returncode:
            return finished.returncode
        print(f"({perf_counter() - began:.0f} s)\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m gameday`."""

from __future__ import annotations

from gameday.cli.main import main

if __name__ == "__main__":
    main()

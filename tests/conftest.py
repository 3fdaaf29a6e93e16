"""How far the properties look: the same examples in every run, so that a run says something about the change at hand.

`GAMEDAY_EXAMPLES=2000 python -m pytest tests/properties` looks at others, and at so many of each.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

FURTHER = os.environ.get("GAMEDAY_EXAMPLES", "")

settings.register_profile(
    "gameday",
    max_examples=int(FURTHER or 100),
    derandomize=not FURTHER,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
settings.load_profile("gameday")

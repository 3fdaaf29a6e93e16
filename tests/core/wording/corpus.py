"""The corpus of updates, CAN reports and asks, as plain values."""

from __future__ import annotations

from pathlib import Path

import yaml

FOLDER = Path(__file__).parents[2] / "data" / "updates"


def read(name):
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.SafeLoader)

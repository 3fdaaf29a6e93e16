"""Where journals live and what they are called. The only part of the session that reads the environment or a date."""

from __future__ import annotations

import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

SUFFIX = ".jsonl"


def home() -> Path:
    """The folder of everything that gameday keeps: GAMEDAY_HOME, or the platform's place for user data."""
    chosen = os.environ.get("GAMEDAY_HOME")
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("gameday", appauthor=False))


def sessions() -> Path:
    """The folder of journals; it need not exist yet."""
    return home() / "sessions"


def new_journal_path(scenario: str) -> Path:
    """A fresh name such as `20261122T155800Z-retry-storm-3f9a1c.jsonl`; makes the folder. Raises OSError."""
    folder = sessions()
    folder.mkdir(parents=True, exist_ok=True)
    plain = re.sub(r"[^a-z0-9]+", "-", scenario.lower()).strip("-")[:40] or "session"
    return folder / f"{_utc():%Y%m%dT%H%M%SZ}-{plain}-{secrets.token_hex(3)}{SUFFIX}"


def recorded() -> list[Path]:
    """The journals there are, newest first (their names begin with the date)."""
    found = (path for path in sessions().glob("*" + SUFFIX) if path.is_file())
    return sorted(found, key=lambda path: path.name, reverse=True)


def started_at() -> str:
    """Now, in UTC, for a journal's header: `2026-11-22T15:58:00Z`."""
    return f"{_utc():%Y-%m-%dT%H:%M:%SZ}"


def _utc() -> datetime:
    return datetime.now(tz=UTC)

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gameday.session import places


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GAMEDAY_HOME", str(tmp_path))
    return tmp_path


def test_a_journal_is_named_by_date_scenario_and_a_short_id(home: Path) -> None:
    path = places.new_journal_path("retry-storm")
    assert path.parent == home / "sessions"
    assert path.parent.is_dir()
    assert re.fullmatch(r"\d{8}T\d{6}Z-retry-storm-[0-9a-f]{6}\.jsonl", path.name)


def test_a_scenarios_name_cannot_lead_anywhere_else(home: Path) -> None:
    path = places.new_journal_path("../../etc/\x1bpass wd")
    assert path.parent == home / "sessions"
    assert "-etc-pass-wd-" in path.name


def test_journals_are_listed_newest_first(home: Path) -> None:
    folder = home / "sessions"
    folder.mkdir()
    for name in ("20260101T000000Z-a-000000.jsonl", "20270101T000000Z-b-000000.jsonl", "notes.txt"):
        (folder / name).touch()
    assert [path.name[:4] for path in places.recorded()] == ["2027", "2026"]


def test_without_a_choice_the_platforms_place_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAMEDAY_HOME", raising=False)
    assert places.sessions().parts[-2:] == ("gameday", "sessions")

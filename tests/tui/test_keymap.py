"""The user's own keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gameday.tui.keymap import keymap_path, read_keymap
from tests.tui.stage import Stage


def test_without_a_file_nothing_changes(tmp_path: Path) -> None:
    assert read_keymap(tmp_path / "keys.toml") == ({}, None)


def test_a_broken_file_is_not_used_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    for text in ("[keys", "keys = 3", "other = {}"):
        path.write_text(text, encoding="utf-8")
        keys, problem = read_keymap(path)
        assert not keys
        assert problem is not None
        assert "keys.toml" in problem


def test_what_is_no_key_is_left_out_and_named(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('[keys]\n"play.pause" = "p"\n"play.ack" = 7\n', encoding="utf-8")
    assert read_keymap(path) == ({"play.pause": "p"}, "keys.toml: play.ack is not a key")


async def test_a_key_of_the_users_own_replaces_ours(stage: Callable[..., Stage], own_home: Path) -> None:
    keymap_path().parent.mkdir(parents=True, exist_ok=True)
    keymap_path().write_text('[keys]\n"play.pause" = "p"\n', encoding="utf-8")
    one = stage()
    async with one.app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("space")
        assert not one.live.pace.paused
        await pilot.press("p")
        assert one.live.pace.paused

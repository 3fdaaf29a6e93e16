"""The user's own keys: `keys.toml` in the configuration folder, `[keys]` with action ids.

    [keys]
    "play.pause" = "p"

Owns reading the file. The ids are those of `gameday.tui.actions` and of the widgets' bindings.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import platformdirs

from gameday.core.text import clean_line


def keymap_path() -> Path:
    """Where the file is looked for."""
    return Path(platformdirs.user_config_dir("gameday", appauthor=False)) / "keys.toml"


def read_keymap(path: Path) -> tuple[dict[str, str], str | None]:
    """The keys by action id, and what is wrong with the file, if anything is."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, f"{path.name} is not used: {clean_line(str(error), 200)}"
    keys = data.get("keys")
    if not isinstance(keys, dict):
        return {}, f"{path.name} is not used: it has no table [keys]"
    good = {str(name): key for name, key in keys.items() if isinstance(key, str) and key.strip()}
    left = [clean_line(str(name), 40) for name in keys if name not in good]
    return good, f"{path.name}: {', '.join(left[:3])} is not a key" if left else None

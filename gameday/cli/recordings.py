"""Which recorded session is meant: a file, its name, or a part of its name that only one has."""

from __future__ import annotations

from pathlib import Path

import click

from gameday.cli.parameters import usage_error

_LISTED = 5


def find_recording(journal: Path | None) -> Path:
    """The journal that is meant. Raises click.UsageError where none is said, or a name that none or several have."""
    from gameday.session.places import SUFFIX, recorded

    if journal is not None and (journal.exists() or journal.name != str(journal)):
        return journal
    names = {path.name.removesuffix(SUFFIX): path for path in recorded()}
    if journal is None:
        raise usage_error(f"say which session{_newest(list(names))}")
    wanted = journal.name.removesuffix(SUFFIX)
    found = [wanted] if wanted in names else [name for name in names if wanted in name]
    if len(found) == 1:
        return names[found[0]]
    if not found:
        raise usage_error(f'there is no file "{journal}" and no recorded session of this name{_newest(list(names))}')
    raise _several(wanted, found)


def _newest(names: list[str]) -> str:
    if not names:
        return "; none is recorded here"
    return f"; the newest is {names[0]} (gameday sessions lists all)"


def _several(wanted: str, found: list[str]) -> click.UsageError:
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return usage_error(f'"{wanted}" is a part of several names: {", ".join(found[:_LISTED])}{more}')

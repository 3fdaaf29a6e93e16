"""All tables of the laws, found in the modules that compute them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from tests.laws.tables import Table


@cache
def tables() -> dict[str, Table]:
    """Title -> table: the laws by number, then what else is tabulated, by module."""
    found = [
        value
        for path in sorted(Path(__file__).parent.glob("test_*.py"))
        if path.name != "test_documented.py"
        for value in vars(import_module(f"tests.laws.{path.stem}")).values()
        if isinstance(value, Table)
    ]
    laws = [table for table in found if table.title.startswith("Law ")]
    return {table.title: table for table in (*laws, *(table for table in found if table not in laws))}

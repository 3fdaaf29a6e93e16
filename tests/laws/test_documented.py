"""docs/fidelity.md carries the tables of the laws, line for line; that the lines are right is each law's own test."""

from __future__ import annotations

import pytest

from tests.laws.catalogue import tables
from tests.laws.drawing import pictures
from tests.laws.tables import WRITE, documented


def test_the_documentation_has_every_table_and_no_other():
    assert list(documented()) == list(tables()), WRITE


@pytest.mark.parametrize("title", tables())
def test_a_documented_table_has_the_lines_of_its_module_and_no_other(title):
    table = tables()[title]
    first, *lines = documented()[title].items()
    assert (first[0], *first[1]) == table.heads, WRITE
    assert [key for key, _ in lines] == list(table.keys), WRITE
    assert table.checked, f"nothing would notice a drift of {title}"


def test_pictures_show_what_the_tables_say():
    lines = {title: dict(list(rows.items())[1:]) for title, rows in documented().items()}
    for path, text in pictures(lines).items():
        assert path.read_text(encoding="utf-8") == text, WRITE


def test_every_law_has_its_table():
    laws = [int(title.split(":")[0].removeprefix("Law ")) for title in tables() if title.startswith("Law ")]
    assert laws == sorted(set(laws))
    assert set(laws) >= {1, 2, 3, 4, 6, 7, 9, 11, 12}

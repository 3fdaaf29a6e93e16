"""Where panels stand."""

from __future__ import annotations

import pytest

from gameday.tui.arrange import PANELS, View, arrange

SIZES = [(20, 8), (50, 15), (60, 20), (80, 24), (99, 29), (100, 29), (120, 36), (160, 30), (200, 60)]
VIEWS = [View(), View("signals"), View("evidence"), View("people"), View("map", "channel")]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("bars", [0, 2])
def test_panels_fill_the_body_and_never_overlap(size: tuple[int, int], view: View, bars: int) -> None:
    width, height = size
    taken: set[tuple[int, int]] = set()
    for x, y, across, down in arrange(width, height, view, bars).values():
        cells = {(column, row) for column in range(x, x + across) for row in range(y, y + down)}
        assert not cells & taken
        taken |= cells
    assert taken == {(column, row) for column in range(width) for row in range(1, height - 4 - bars)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("panel", PANELS[:-1])
def test_every_panel_can_be_brought_into_view(size: tuple[int, int], panel: str) -> None:
    assert panel in arrange(*size, View().showing(panel, *size))


def test_evidence_hides_below_30_rows_and_the_map_gives_way_to_it_when_asked() -> None:
    assert "evidence" not in arrange(120, 29, View())
    assert "evidence" in arrange(120, 30, View())
    assert "map" not in arrange(120, 29, View("evidence"))


def test_below_60_columns_there_is_only_the_feed() -> None:
    assert list(arrange(59, 24, View())) == ["channel"]
    assert "tabs" in arrange(60, 24, View())
    assert "tabs" not in arrange(100, 30, View())
    assert "chart" in arrange(160, 40, View())


def test_people_stand_beside_the_evidence_or_a_tab_names_them() -> None:
    for width in range(60, 200, 5):
        for height in (20, 29, 30, 36):
            assert {"people", "tabs"} & set(arrange(width, height, View())), (width, height)
    assert "people" in arrange(100, 30, View())
    assert "people" not in arrange(120, 29, View())
    assert "map" not in arrange(120, 29, View("people"))

import pytest
from textual.app import App
from textual.containers import Horizontal
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import ContentSwitcher

from gameday.tui.drawing.state import (
    Burn,
    EntryRow,
    Gauge,
    GaugesState,
    HeaderState,
    LogLine,
    MapState,
    Series,
    ServiceRow,
    SignalsState,
    TableState,
    Topology,
)
from gameday.tui.drawing.themes import THEMES, look_for
from gameday.tui.widgets.bars import GaugeBar, HeaderBar
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.panel import DrawnPanel, Opened, Selected
from gameday.tui.widgets.service_map import ServiceMap
from gameday.tui.widgets.services_table import ServicesTable
from gameday.tui.widgets.signal_panel import ChartPanel, SignalPanel

STORM = Topology(("gateway", "catalog", "auth", "db"), (("gateway", "catalog"), ("gateway", "auth"), ("auth", "db")))
HOSTILE = "\x1b]52;c;x\x07[/][@click=app.boom]日本"


class Screen(App[None]):
    """All panels, fed with snapshots; it writes down what they post."""

    CSS = "Horizontal { height: 12; } #low { height: 1fr; }"

    def __init__(self, name: str = "auth"):
        super().__init__()
        self.who = name
        self.heard = []

    def compose(self):
        yield HeaderBar()
        with Horizontal():
            yield ServiceMap(STORM, id="map", hint="m table")
            yield SignalPanel(title=f"2 Golden signals: {self.who}")
        with Horizontal(id="low"):
            yield ServicesTable()
            yield LineLog(title=f"6 logs {self.who}")
            yield ChartPanel(title=self.who)
        yield GaugeBar()

    def on_mount(self):
        who = self.who
        self.query_one(HeaderBar).show(HeaderState(who, "07:42", "30:00", people=(who,), severity="SEV-1"))
        self.query_one(ServiceMap).show(MapState((("gateway", "ok"), ("auth", "down"), (who, "degraded"))))
        self.query_one(SignalPanel).show(SignalsState(who, "down", (Series("rps", (1.0, None), who),), who))
        rows = (ServiceRow(who, "down", 1.0), ServiceRow("gateway", "ok", 2.0), ServiceRow("db", "ok", 3.0))
        self.query_one(ServicesTable).show(TableState(rows, (EntryRow("web", "ok"),)))
        self.query_one(LineLog).append([LogLine("07:42:00", "value", f"{who} {number}") for number in range(50)])
        self.query_one(GaugeBar).show(GaugesState((Gauge(f"scale {who}", 0.5, who),)))

    def on_selected(self, message: Selected):
        self.heard.append((type(message), message.control.__class__, message.name))

    def on_opened(self, message: Opened):
        self.on_selected(message)

    def action_boom(self):
        raise AssertionError("a name ran an action")


def text(panel):
    return [panel.render_line(y).text for y in range(panel.size.height)]


async def test_panels_show_their_snapshot_in_a_box():
    async with Screen().run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        rows = text(pilot.app.query_one(ServiceMap))
        assert rows[0].startswith("┌─ 1 Service map ───") and rows[-1].endswith("─ m table ─┘")
        assert any("▲ auth" in row for row in rows)
        assert all(len(row) == pilot.app.query_one(ServiceMap).size.width for row in rows)
        assert pilot.app.query_one(ServiceMap).fits


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (80, 24), (120, 36), (300, 100)])
@pytest.mark.parametrize("no_color", ["1", ""])
async def test_a_hostile_name_is_only_ever_text(monkeypatch, size, no_color):
    monkeypatch.setenv("NO_COLOR", no_color)
    if not no_color:
        monkeypatch.delenv("NO_COLOR")
    app = Screen(HOSTILE)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for panel in app.query(DrawnPanel):
            for y in range(panel.size.height):
                strip = panel.render_line(y)
                assert strip.text.isprintable()
                assert strip.cell_length == panel.size.width
                assert all(segment.style is not None for segment in strip)
        await pilot.click(SignalPanel, offset=(5, 0)) if size[0] >= 120 else None
        assert (app.query_one(ServiceMap).look.theme is THEMES["mono"]) == bool(no_color)
        app.export_screenshot()


async def test_no_byte_of_a_hostile_name_reaches_the_terminal_as_it_is():
    class Terminal(HeadlessDriver):
        written = ""
        is_headless = False

        def write(self, data):
            Terminal.written += data

    app = Screen(HOSTILE)
    app.driver_class = Terminal
    async with app.run_test(size=(120, 36), headless=False) as pilot:
        await pilot.pause()
    assert "\\x1b]52;c;x" in Terminal.written
    assert "\x1b]52" not in Terminal.written
    assert "\x07" not in Terminal.written.replace("\x1b]22;default\x07", "")  # Textual's own pointer shape


async def test_arrows_move_the_selection_and_enter_opens_it():
    app = Screen()
    async with app.run_test(size=(120, 36)) as pilot:
        app.query_one(ServiceMap).focus()
        await pilot.press("down", "right", "j", "enter")
        assert app.heard == [
            (Selected, ServiceMap, "gateway"),
            (Selected, ServiceMap, "catalog"),
            (Selected, ServiceMap, "auth"),
            (Opened, ServiceMap, "auth"),
        ]
        app.heard.clear()
        app.query_one(ServicesTable).focus()
        await pilot.press("down", "G", "up", "enter", "g")
        assert [name for _, _, name in app.heard] == ["web", "gateway", "db", "db", "web"]
        app.heard.clear()
        app.query_one(SignalPanel).focus()
        await pilot.press("enter")
        assert app.heard == [(Opened, SignalPanel, "auth")]


async def test_a_click_selects_what_is_under_it():
    app = Screen()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        panel = app.query_one(ServiceMap)
        y = next(y for y, row in enumerate(text(panel)) if "catalog" in row)
        await pilot.click(ServiceMap, offset=(text(panel)[y].index("catalog") + 2, y))
        await pilot.click(ServicesTable, offset=(5, 3))
        await pilot.click(ServicesTable, offset=(5, 20))
        assert [(panel, name) for _, panel, name in app.heard] == [(ServiceMap, "catalog"), (ServicesTable, "auth")]


async def test_a_selection_outlives_snapshots_that_say_nothing_about_it():
    app = Screen()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for panel, state in (
            (app.query_one(ServiceMap), MapState((("gateway", "down"),))),
            (app.query_one(ServicesTable), TableState((ServiceRow("gateway", "ok"),))),
        ):
            panel.select("gateway")
            panel.show(state)
            assert panel.state.selected == "gateway"
        assert app.heard == []


async def test_only_lines_that_changed_are_painted_again(monkeypatch):
    app = Screen()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        panel = app.query_one(ServicesTable)
        painted = []
        draw_again = ServicesTable.refresh
        monkeypatch.setattr(ServicesTable, "refresh", lambda self, *regions, **more: painted.append(regions))
        before = panel.state
        panel.show(TableState(before.services, before.entries))
        assert painted == []
        panel.show(TableState((*before.services[:2], ServiceRow("db", "ok", 99.0)), before.entries))
        assert [[region.y for region in regions] for regions in painted] == [[4]]
        monkeypatch.setattr(ServicesTable, "refresh", draw_again)


async def test_a_panel_out_of_sight_draws_when_it_is_seen():
    class Switched(App[None]):
        def compose(self):
            with ContentSwitcher(initial="log"):
                yield LineLog(id="log")
                yield ServicesTable(id="table")

    app = Switched()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        table = app.query_one(ServicesTable)
        table.show(TableState((ServiceRow("early", "ok"),)))
        app.query_one(ContentSwitcher).current = "table"
        await pilot.pause()
        assert any("early" in row for row in text(table))
        app.query_one(ContentSwitcher).current = "log"
        await pilot.pause()
        table.show(TableState((ServiceRow("late", "ok"),)))
        app.query_one(ContentSwitcher).current = "table"
        await pilot.pause()
        assert any("late" in row for row in text(table))


async def test_the_focused_panel_shows_it_and_a_look_can_change():
    app = Screen()
    async with app.run_test(size=(120, 36)) as pilot:
        panel = app.query_one(ServicesTable)
        panel.focus()
        await pilot.pause()
        theme = panel.look.theme
        assert [segment.style for segment in panel.render_line(0)][1] == theme.style("border-focus")
        panel.dress(look_for({}, "high-contrast", ascii_only=True))
        panel.entitle("1 Everything…", "enter open")
        await pilot.pause()
        assert text(panel)[0].startswith("+- 1 Everything~ ---") and "enter open" in text(panel)[-1]
        assert all(row.isascii() for row in text(panel))


async def test_a_log_scrolls_filters_and_follows_again():
    app = Screen()
    async with app.run_test(size=(120, 36)) as pilot:
        log = app.query_one(LineLog)
        log.focus()
        await pilot.press("k", "k")
        log.append([LogLine("07:43:00", "warn", "news")])
        await pilot.pause()
        assert text(log)[-2].rstrip("│ ").endswith("auth 47") and "51 lines, 3 below" in text(log)[-1]
        await pilot.press("pageup", "g")
        assert "auth 0" in text(log)[1]
        await pilot.press("G")
        assert "news" in text(log)[-2]
        log.filter("auth 4")
        await pilot.pause()
        assert "auth 4 " in text(log)[1] and "auth 49" in text(log)[11] and "11 of 51 match" in text(log)[-1]
        log.filter("!auth")
        assert log.state.bottom is None and "1 of 51 match" in log.hint


async def test_another_topology_is_laid_out_once():
    app = Screen()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        panel = app.query_one(ServiceMap)
        panel.set_topology(Topology(("other",), ()))
        panel.show(MapState((("other", "ok"),)))
        await pilot.pause()
        assert any("● other" in row for row in text(panel))
        panel.set_topology(Topology(tuple(f"n{number}" for number in range(30)), ()))
        assert not panel.fits


async def test_bars_take_one_line_without_a_box():
    async with Screen().run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "T+07:42 / 30:00" in text(pilot.app.query_one(HeaderBar))[0]
        assert text(pilot.app.query_one(GaugeBar))[0].startswith(" ⟳ scale auth ▕██████░░░░░░▏ auth")


def test_every_key_of_a_panel_has_a_stable_name():
    names = [binding.id for panel in (ServiceMap, ServicesTable, SignalPanel, LineLog) for binding in panel.BINDINGS]
    assert all(names) and len(names) == len(set(names))


def test_the_burn_of_a_window_may_be_unknown():
    state = SignalsState("auth", "ok", burns=(Burn("5m", None),))
    assert "–" in SignalPanel().draw(state, 40, 5)[-1].plain

"""CPU milliseconds a screen update: the drawn panels, and the same rows in a stock DataTable and RichLog.

    python benchmarks/screen.py [updates]

Every update changes every figure, adds 12 log lines and waits until the terminal's bytes have been made (120x36).
"""

from __future__ import annotations

import asyncio
import math
import sys
import time
from collections.abc import Callable

from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import DataTable, RichLog

from gameday.tui.drawing.figures import latency, percent, short
from gameday.tui.drawing.spark import spark
from gameday.tui.drawing.state import (
    HeaderState,
    LogLine,
    MapState,
    Series,
    ServiceRow,
    SignalsState,
    TableState,
    Topology,
)
from gameday.tui.widgets.bars import HeaderBar
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.service_map import ServiceMap
from gameday.tui.widgets.services_table import ServicesTable
from gameday.tui.widgets.signal_panel import SignalPanel

SIZE = (120, 36)
SERVICES = (
    *("web", "mobile", "gateway", "auth", "catalog", "checkout"),
    *("redis", "search", "es", "payments", "inventory", "ledger-db"),
)
CALLS = (
    *(("web", "gateway"), ("mobile", "gateway"), ("gateway", "auth"), ("gateway", "catalog")),
    *(("gateway", "checkout"), ("auth", "redis"), ("catalog", "redis"), ("catalog", "search")),
    *(("search", "es"), ("checkout", "payments"), ("checkout", "inventory"), ("payments", "ledger-db")),
)
LAYOUT = "Horizontal { height: 14; } #low { height: 1fr; } #map { width: 66; } #table { width: 66; }"


class Sink(HeadlessDriver):
    """A terminal that takes everything: Textual makes the bytes, nobody reads them."""

    written = 0

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        Sink.written += len(data)


def history(tick: int, phase: int) -> tuple[float, ...]:
    """Sixty seconds that end at `tick`."""
    return tuple(1.0 + math.sin((tick + second) / 7 + phase) for second in range(60))


def rows(tick: int) -> tuple[ServiceRow, ...]:
    """The table of one tick: all figures differ from the tick before, the order of rows does not."""
    made = []
    for place, name in enumerate(SERVICES):
        wave = 1.0 + math.sin(tick / 3 + place)
        status = ("down", "degraded", "ok")[min(place // 2, 2)]
        made.append(
            ServiceRow(
                name,
                status,
                rate=100 + 400 * wave,
                errors=(0.9 - place / 20) + wave / 100,
                p50=wave / 9,
                p99=wave / 2,
                saturation=wave / 2,
                queue=30 * wave,
                retries=wave,
                trend=history(tick, place),
            )
        )
    return tuple(made)


def logs(tick: int) -> list[LogLine]:
    """Twelve lines: 50 a second at four updates a second."""
    text = "payments pool timeout after 250ms waiting={} max=40"
    return [LogLine(f"07:{tick % 60:02}:{line:02}", "value", text.format(1600 + tick + line)) for line in range(12)]


class Drawn(App[None]):
    """Header, map, signals, table and log, all by the line API."""

    CSS = LAYOUT

    def compose(self) -> ComposeResult:
        yield HeaderBar()
        with Horizontal():
            yield ServiceMap(Topology(SERVICES, CALLS), id="map")
            yield SignalPanel()
        with Horizontal(id="low"):
            yield ServicesTable(id="table")
            yield LineLog(title="6 Evidence")

    def update(self, tick: int) -> None:
        """One tick of everything."""
        table = rows(tick)
        self.query_one(HeaderBar).show(HeaderState("black-friday", f"{tick // 60:02}:{tick % 60:02}", "30:00"))
        statuses = tuple((row.name, "ok" if (tick + place) % 3 else "down") for place, row in enumerate(table))
        self.query_one(ServiceMap).show(MapState(statuses, hot=(CALLS[tick % len(CALLS)],)))
        series = tuple(Series(f"signal {n}", history(tick, n), short(table[n].rate), "80") for n in range(7))
        self.query_one(SignalPanel).show(SignalsState("checkout", "degraded", series, "99% in 1 s"))
        self.query_one(ServicesTable).show(TableState(table))
        self.query_one(LineLog).append(logs(tick))


class Stock(App[None]):
    """Only the table and the log, by the stock widgets."""

    CSS = "DataTable { height: 1fr; } RichLog { height: 1fr; }"

    def compose(self) -> ComposeResult:
        yield DataTable[Text]()
        yield RichLog(max_lines=2_000)

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns(*[(name, name) for name in ("service", "rps", "err%", "p50", "p99", "sat", "queue", "trend")])
        for name in SERVICES:
            table.add_row(name, *[""] * 7, key=name)

    def update(self, tick: int) -> None:
        """One tick of both."""
        table = self.query_one(DataTable)
        for row in rows(tick):
            figures = (short(row.rate), percent(row.errors), latency(row.p50), latency(row.p99))
            cells = (*figures, percent(row.saturation), short(row.queue), spark(row.trend, 24))
            for name, cell in zip(("rps", "err%", "p50", "p99", "sat", "queue", "trend"), cells, strict=True):
                table.update_cell(row.name, name, Text(cell))
        log = self.query_one(RichLog)
        for line in logs(tick):
            log.write(Text(f"{line.time} {line.text}"))


async def cost(app: App[None], update: Callable[[int], None], updates: int) -> float:
    """CPU milliseconds an update of `app`, after ten to warm up; making the figures is included in both."""
    async with app.run_test(size=SIZE, headless=False) as pilot:
        for tick in range(10):
            update(tick)
            await pilot.pause()
        started = time.process_time()
        for tick in range(10, 10 + updates):
            update(tick)
            await pilot.pause()
        return 1e3 * (time.process_time() - started) / updates


async def idle(updates: int) -> float:
    """What waiting for the screen costs when nothing changes."""
    return await cost(Drawn(driver_class=Sink), lambda _: None, updates)


def main() -> None:
    """Prints one line."""
    updates = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    drawn_app, stock_app = Drawn(driver_class=Sink), Stock(driver_class=Sink)
    waiting = asyncio.run(idle(updates))
    before = Sink.written
    drawn = asyncio.run(cost(drawn_app, drawn_app.update, updates)) - waiting
    size = (Sink.written - before) / updates / 1024
    stock = asyncio.run(cost(stock_app, stock_app.update, updates)) - waiting
    print(
        f"screen 120x36, {updates} updates: drawn {drawn:.1f} ms CPU an update (header, map, signals, table, log; "
        f"{size:.1f} KiB to the terminal); "
        f"stock DataTable + RichLog alone {stock:.1f} ms; ratio {stock / drawn:.1f}; waiting {waiting:.1f} ms taken off"
    )


if __name__ == "__main__":
    main()

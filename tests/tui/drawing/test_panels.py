"""The drawings as plain text, in a few sizes."""

import dataclasses

import pytest

from gameday.tui.drawing import chart, frame, gauge, header, log, signals, table
from gameday.tui.drawing.figures import latency, percent, short
from gameday.tui.drawing.glyphs import ASCII
from gameday.tui.drawing.line import fit
from gameday.tui.drawing.spark import spark, thin
from gameday.tui.drawing.state import (
    ChartState,
    EntryRow,
    Gauge,
    GaugesState,
    LogState,
    SignalsState,
    TableState,
)


def plain(lines):
    return [line.plain for line in lines]


def styles(lines, text):
    return [style for line in lines for piece, style in line.pieces if text in piece]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0, "0"),
        (0.31, "0.3"),
        (42.4, "42"),
        (999, "999"),
        (1100, "1.1k"),
        (25_400, "25k"),
        (3.2e6, "3.2M"),
    ],
)
def test_counts_take_four_cells(value, text):
    assert short(value) == text


def test_ratios_are_percentages_and_times_carry_their_unit():
    assert [percent(ratio) for ratio in (None, 0.0, 0.001, 0.382, 1.0)] == ["–", "0", "0.1", "38.2", "100"]
    assert [latency(seconds) for seconds in (None, 0.0004, 0.08, 0.9996, 1.26, 12.0, 700.0)] == [
        "–",
        "0.4ms",
        "80ms",
        "1.0s",
        "1.3s",
        "12s",
        "12m",
    ]


def test_a_spark_line_leaves_a_gap_where_there_was_no_data():
    assert spark((0.0, 1.0, None, 2.0, 4.0), 7) == "  ▁▃ ▅█"
    assert spark((0.0, 1.0), 4, top=8.0) == "  ▁▂"
    assert spark((), 3) == "   "
    assert spark((0.0, 0.0), 2) == "▁▁"
    assert spark((0.0, 1.0), 2, glyphs=ASCII) == "_#"


def test_a_long_history_keeps_its_peaks():
    assert thin((1.0, 9.0, None, None, 2.0, 3.0), 3) == [9.0, None, 3.0]
    assert max(value for value in thin((0.0,) * 999 + (5.0,), 24) if value is not None) == 5.0


def test_a_bar_fills_by_eighths_of_a_cell():
    assert [gauge.bar(share, 4) for share in (0.0, 0.5, 0.6, 1.0, 7.0)] == ["░░░░", "██░░", "██▍░", "████", "████"]
    assert gauge.bar(0.6, 4, ASCII) == "##.."


def test_actions_that_do_not_fit_lose_their_bars_before_one_of_them_is_left_out():
    gauges = (Gauge("tell customers", None, "in 04:20"), Gauge("rollback sessions-db", 0.1, "117 s left"))
    assert plain(gauge.draw(GaugesState(gauges), 80, 1)) == [
        f"{' ⟳ tell customers in 04:20    ⟳ rollback sessions-db ▕█▏░░░░░░░░░░▏ 117 s left':<80}"
    ]
    assert plain(gauge.draw(GaugesState(gauges), 70, 1)) == [
        f"{' ⟳ tell customers in 04:20    ⟳ rollback sessions-db 117 s left':<70}"
    ]
    assert plain(gauge.draw(GaugesState(gauges), 50, 1)) == [f"{' ⟳ tell customers in 04:20    +1':<50}"]


def test_actions_under_way_share_a_line():
    state = GaugesState((Gauge("scale payments 4", 0.5, "52 s left"), Gauge("update due", None, "in 03:10")))
    assert plain(gauge.draw(state, 78, 1)) == [
        " ⟳ scale payments 4 ▕██████░░░░░░▏ 52 s left    ⟳ update due in 03:10         "
    ]
    assert plain(gauge.draw(state, 50, 1)) == [" ⟳ scale payments 4 ▕██████░░░░░░▏ 52 s left    +1"]
    assert len(gauge.draw(state, 50, 2)) == 2
    assert plain(gauge.draw(GaugesState(idle="nothing under way"), 20, 1)) == [" nothing under way  "]


def test_the_table_is_worst_first_with_entries_on_top(table_state):
    assert plain(table.draw(table_state, 48, 7)) == [
        "  service   rps err%   p50   p99 sat%  trend    ",
        "✖ web       280 38.0 400ms  5.0s       ▂▅▇██▇▄▂▂",
        "✖ payments  310 41.0  20ms  5.0s  100  █▆▃▁▂▅▇██",
        "▲ checkout  310 38.2  20ms  5.0s   88  ▅▃▁▃▅███▆",
        "? es          –    –     –     –    –           ",
        "● auth     1.1k    0  10ms  12ms   20  ██▇▄▂▂▄▆█",
        "● redis    2.1k    0   1ms   3ms   14  ▂▂▄▆██▇▆▃",
    ]


def test_rows_that_do_not_fit_are_counted_worst_first(table_state):
    assert plain(table.draw(table_state, 40, 5))[-1] == "  +1 ? no data +2 ● ok                  "
    assert "es" in plain(table.draw(dataclasses.replace(table_state, selected="es"), 40, 5))[-2]


def test_a_wide_table_shows_an_entrys_objective_where_services_have_queues(table_state):
    rows = plain(table.draw(table_state, 110, 8))
    assert "retry/s" in rows[0] and "99% in 1 s" in rows[1] and "1.8k" in rows[2]


def test_the_selected_row_is_in_reverse(table_state):
    lines = table.draw(dataclasses.replace(table_state, selected="checkout"), 60, 8)
    assert styles(lines, "checkout") == ["selected"]
    assert styles(lines, "payments") == ["down"]


def test_keys_and_clicks_find_rows(table_state):
    assert table.next_row(table_state, 1) == "web"
    assert table.next_row(table_state, -1) == "redis"
    chosen = dataclasses.replace(table_state, selected="web")
    assert [table.next_row(chosen, step) for step in (-1, 1, 99)] == ["web", "payments", "redis"]
    assert [table.row_at(table_state, 8, y) for y in (0, 1, 3, 7)] == [None, "web", "checkout", None]
    assert table.next_row(TableState(), 1) is None


def test_an_empty_table_says_so():
    assert plain(table.draw(TableState(), 20, 3))[1] == "  no data yet       "


def test_rows_keep_their_place_while_errors_hardly_move(table_state):
    moved = TableState((), (EntryRow("b", "ok", bad=0.101), EntryRow("a", "ok", bad=0.099)))
    assert [row.name for row in table.ordered(moved)] == ["a", "b"]


def test_signals_show_their_history_their_value_and_their_usual_value(signals_state):
    assert plain(signals.draw(signals_state, 44, 7)) == [
        "▲ checkout  degraded              99% in 1 s",
        "rps     ▅▇▇███ ▆▅▃▂▁▁▂▂▄▅    310/s 1180     ",
        "err %   ████▆▅ ▃▂▁▁▂▃▅▆▇█    38.2% 0.1      ",
        "p99     █▇▆▅▃▂ ▁▂▃▄▅▆████     5.0s 300ms    ",
        "queue   ▅▄▂▂▁▁ ▄▅▆▇███▇▇▅     1840 0        ",
        "SLO burn 5m ███████ 38x  1h –               ",
        "budget left 61% ▕█████████▊░░░░░░▏          ",
    ]


def test_low_panels_keep_the_signals_and_drop_the_objective(signals_state):
    rows = plain(signals.draw(signals_state, 44, 5))
    assert [row.split()[0] for row in rows] == ["▲", "rps", "err", "p99", "queue"]


def test_a_subject_without_data_says_so():
    assert plain(signals.draw(SignalsState("auth", "nodata"), 30, 4)) == [
        "? auth  no data               ",
        "no data yet                   ",
    ]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (100, " gameday · black-friday   IC ana · SME kim          ▶ 1x   T+07:42 / 30:00    SEV-1    hurt 04:10   "),
        (80, " black-friday   IC ana · SME kim           ▶1x T+07:42/30:00  SEV-1  hurt 04:10 "),
        (40, " black-friday ▶1x T+07:42/30:00  SEV-1  "),
        (12, " 07:42      "),
    ],
)
def test_the_header_keeps_the_clock_at_every_width(header_state, width, shown):
    (line,) = header.draw(header_state, width, 1)
    assert line.plain == shown
    assert {style for _, style in line.pieces} <= {"header", "header-dim", "header-warn", "header-down"}


def test_the_header_says_who_plays_before_modifiers_and_never_cuts_the_name(header_state):
    state = dataclasses.replace(
        header_state, people=("you are magnus, head of operations",), dress="commander +executive-swoop"
    )
    narrow, wide = (header.draw(state, width, 1)[0].plain for width in (80, 130))
    assert "   you are magnus" in narrow
    assert "executive-swoop" not in narrow
    assert "you are magnus, head of operations · commander +exec" in wide


def test_a_paused_session_and_a_warning_cannot_be_overlooked(header_state):
    state = dataclasses.replace(header_state, paused=True, warning="recording has stopped: disk full")
    (line,) = header.draw(state, 120, 1)
    assert "⏸ paused" in line.plain and "1x" not in line.plain
    assert styles([line], "recording has stopped") == ["header-warn"]


def test_a_log_follows_its_end(log_state):
    assert plain(log.draw(log_state, 34, 3)) == [
        "07:35:27 payments pool timeout …  ",
        "07:35:28 payments lock wait n=28  ",
        "07:35:29 payments retry 3/3 n=29  ",
    ]


def test_a_filter_keeps_lines_and_marks_what_it_found(log_state):
    lines = log.draw(dataclasses.replace(log_state, query="LOCK"), 60, 2)
    assert [line.plain.split()[0] for line in lines] == ["07:35:25", "07:35:28"]
    assert styles(lines, "lock") == ["match", "match"]


def test_an_exclamation_mark_inverts_a_filter(log_state):
    rows = plain(log.draw(dataclasses.replace(log_state, query="!pool"), 60, 30))
    assert len(rows) == 20 and not any("pool" in row for row in rows)
    assert plain(log.draw(dataclasses.replace(log_state, query="nowhere"), 40, 3)) == [
        'nothing matches "nowhere"               '
    ]


def test_a_match_beyond_the_edge_is_brought_into_view(log_state):
    long = dataclasses.replace(log_state.lines[0], text="x" * 100 + " needle " + "y" * 100)
    lines = log.draw(LogState((long,), query="needle"), 40, 1)
    assert styles(lines, "needle") == ["match"]
    assert lines[0].plain.startswith("07:35:00 …x") and lines[0].plain.endswith("…")


def test_long_lines_of_a_channel_wrap_under_their_text(log_state):
    line = dataclasses.replace(log_state.lines[0], text="VP: how bad is it, and when will it be over?")
    assert plain(log.draw(LogState((line,), wrap=True), 34, 5)) == [
        "07:35:00 VP: how bad is it, and   ",
        "         when will it be over?    ",
    ]


def test_scrolling_stands_still_while_lines_arrive_and_fall_out(log_state):
    up = dataclasses.replace(log_state, bottom=log.scrolled(log_state, -10, 5))
    seen = plain(log.draw(up, 60, 5))
    assert seen[-1].split()[0] == "07:35:19"
    later = dataclasses.replace(up, lines=(*up.lines[5:], *up.lines[:5]), dropped=5)
    assert plain(log.draw(later, 60, 5)) == seen
    assert log.scrolled(up, 99, 5) is None
    assert log.scrolled(up, -999, 5) == 5
    assert log.summary(log_state) == "30 lines, following"
    assert log.summary(up) == "30 lines, 10 below"
    assert log.summary(dataclasses.replace(up, query="pool")) == "10 of 30 match, 3 below"


def test_a_ring_keeps_the_newest_lines_and_counts_the_rest(log_state):
    ring = log.Ring(limit=10)
    ring.extend(log_state.lines)
    assert ring.lines == log_state.lines[-10:] and ring.dropped == 20
    assert ring.lines is ring.lines


def test_a_box_holds_its_title_and_its_hint_as_plain_text():
    lines = frame.box([fit([("body", "value")], 28)], "1 [@click=app.quit]map", "enter open", 30, 4)
    assert plain(lines) == [
        "┌─ 1 [@click=app.quit]map ───┐",
        "│body                        │",
        "│                            │",
        "└─────────────── enter open ─┘",
    ]
    assert plain(frame.box([fit([("body", "value")], 2)], "t", "h", 2, 1)) == ["bo"]


def test_a_chart_labels_its_axes_and_leaves_gaps():
    state = ChartState("p99", (("web", (0.0, 1.0, 2.0, None, None, 4.0, 4.0, 4.0)),), "00:00", "07:42", "s")
    assert plain(chart.draw(state, 22, 5)) == [
        "p99 (s)  ── web       ",
        "  4.0│          ⠉⠉⠉⠉⠉⠉",
        "  2.0│    ⡖⠒          ",
        "    0│⣀⣀⡏⠉⠁           ",
        "      00:00      07:42",
    ]
    assert plain(chart.draw(state, 22, 5, ASCII))[1:4] == [
        "  4.0|          ******",
        "  2.0|    **          ",
        "    0|*****           ",
    ]


def test_small_values_at_the_axis_never_read_as_nothing():
    def labels(top):
        rows = plain(chart.draw(ChartState("full", (("web", (0.0, top)),)), 22, 6))[1:]
        return [label for row in rows if (label := row[:5].strip())]

    assert labels(0.1) == ["0.1", "0.05", "0"]
    assert labels(0.02) == ["0.02", "0.01", "0"]
    assert labels(100.0) == ["100", "50", "0"]


def test_the_limit_of_a_chart_is_a_line_behind_the_curve():
    lines = chart.draw(ChartState("rps", (("web", (1.0, 1.0)),), limit=4.0), 20, 4)
    assert styles(lines[1:2], "·") == ["warn"] * 14

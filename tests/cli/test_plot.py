"""`gameday simulate --plot` draws what could be seen, and beneath it what nobody saw."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from gameday.cli.plot import Canvas, Mark, draw, hottest, marks_of
from gameday.cli.series import Series
from gameday.core.events import ActionCompleted, FaultBegan, FaultEnded
from gameday.core.signals import ENTRY_METRICS
from gameday.core.units import MICRO
from gameday.tui.drawing.glyphs import ASCII, UNICODE
from tests.cli.shell import gameday
from tests.scenario.small import write

WAVE = [0.5 + 0.5 * math.sin(n / 5) for n in range(60)]
SERVICE = {"rate": 40.0, "goodput": 30.0, "errors": 0.2, "p50": 0.01, "p95": 0.05, "saturation": 0.9, "load": 0.3}


def series():
    of = {name: [value * wave for wave in WAVE] for name, value in SERVICE.items()}
    idle = {name: [0.0] * 60 for name in SERVICE}
    made = Series(("api", "db", "idle"), ("read",), t=[10 * n for n in range(60)])
    made.of_services = {"api": of, "db": of | {"errors": [0.9] * 60, "pool": [None] * 60}, "idle": idle}
    made.of_entries = {"read": {name: of[name] for name in SERVICE if name in ENTRY_METRICS}}
    return made


MARKS = (Mark("1", "bad deploy", 120, 300), Mark("2", "leak", 450, None), Mark("a", "rollback api done", 290, 290))


def drawn(width=80, marks=MARKS, **rest):
    glyphs, colours = rest.pop("glyphs", UNICODE), rest.pop("colours", True)
    canvas = Canvas(width, 600, glyphs, colours)
    return [line.plain for line in draw(series(), marks, canvas, title="shop, seed 1", **rest)]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_every_line_is_as_wide_as_the_terminal(width, glyphs):
    assert {len(line) for line in drawn(width, glyphs=glyphs)} == {width}


def test_entries_come_first_then_the_services_that_suffer_most_and_none_that_is_idle():
    assert hottest(series()) == ("db", "api")
    titles = [line.split()[:2] for line in drawn() if line.rstrip().endswith((" service", " entry"))]
    assert titles == [["read", "entry"], ["db", "service"], ["api", "service"]]


def test_charts_stand_beside_each_other_where_there_is_room():
    def names_in_a_row(width):
        return next(line.count("──") for line in drawn(width, names=("api",), colours=False) if "goodput" in line)

    assert [names_in_a_row(width) for width in (40, 80, 120)] == [1, 2, 4]


def test_without_colours_a_chart_has_one_line():
    assert any("rate/s" in line and "goodput/s" in line for line in drawn())
    assert not any("rate/s" in line for line in drawn(colours=False))


def test_markers_stand_where_faults_begin_and_last_as_long_as_they_do():
    lines = drawn(60, names=("api",), metrics=("errors",))
    assert " 1 02:00 to 05:00  bad deploy" in [line.rstrip() for line in lines]
    assert " 2 07:30 …  leak" in [line.rstrip() for line in lines]
    markers = lines[-1][6:59]
    assert markers.index("1") == 120 * 53 // 600
    assert markers.index("2") == 450 * 53 // 600
    assert markers.index("a") == 290 * 53 // 600
    assert markers.rstrip().endswith("─") and len(markers.rstrip()) == 53
    assert markers[300 * 53 // 600 : 450 * 53 // 600].strip() == ""


def test_a_chosen_metric_has_a_chart_of_its_own_or_no_data():
    lines = drawn(names=("db",), metrics=("saturation", "pool"))
    assert any("saturation %" in line for line in lines)
    assert "  no data: pool" in [line.rstrip() for line in lines]


def test_faults_are_numbered_and_actions_lettered_in_their_order():
    events = [
        FaultBegan(10 * MICRO, "slow db", "db"),
        FaultBegan(20 * MICRO, "crash 2", "api"),
        ActionCompleted(30 * MICRO, "X1", "restart api", "done"),
        FaultEnded(40 * MICRO, "slow db", "db"),
    ]
    assert list(marks_of(events)) == [
        Mark("1", "slow db", 10.0, 40.0),
        Mark("2", "crash 2 at api", 20.0, None),
        Mark("a", "restart api done", 30.0, 30.0),
    ]


def test_a_name_that_nobody_gave_loses_its_number_where_it_tells_enough_without():
    events = [
        FaultBegan(10 * MICRO, "third-party coral-pay 0", "coral-pay"),
        FaultBegan(20 * MICRO, "crash api 0", "api"),
        FaultBegan(20 * MICRO, "crash api 1", "api"),
        FaultBegan(30 * MICRO, "release 7", "web"),
    ]
    told = [mark.text for mark in marks_of(events)]
    assert told == ["third-party coral-pay", "crash api 0", "crash api 1", "release 7 at web"]


def test_of_what_an_entry_never_has_nothing_is_said_where_something_else_is_drawn():
    assert not any("no data" in line for line in drawn(names=("read",), metrics=("saturation", "errors")))
    assert "  no data: saturation" in [line.rstrip() for line in drawn(names=("read",), metrics=("saturation",))]
    assert not any(line.startswith("read entry") for line in drawn(metrics=("saturation",)))


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("lasting"))


def test_the_verb_draws_plain_text_where_nobody_watches(lasting: Path, tmp_path: Path):
    actions = tmp_path / "actions.txt"
    actions.write_text("80s restart store\n")
    done = gameday("simulate", lasting, "--plot", "--until", "3m", "--actions", actions, COLUMNS="80")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, lines)) <= 80
    assert "orders entry" in lines
    assert "store service" in lines
    assert any("restart store" in line for line in lines)


def test_the_verb_draws_what_it_is_asked_for(lasting: Path):
    arguments = ("simulate", lasting, "--plot", "--until", "1m", "--service", "shop", "--metric", "p99", "--metric")
    done = gameday(*arguments, "load")
    assert [line for line in done.stdout.splitlines() if line.endswith(("service", "entry"))] == ["shop service"]
    assert "p99 ms" in done.stdout and "load %" in done.stdout


def test_names_that_there_are_not_are_told_with_the_nearest(lasting: Path):
    for arguments, told in (
        (("--plot", "--service", "stor"), '"stor" is not a service or entry; did you mean "store"?'),
        (("--plot", "--metric", "p98"), '"p98" is not a metric; did you mean "p9'),
        (("--service", "store"), "add --plot"),
        (("--plot", "--json"), "exclude each other"),
    ):
        done = gameday("simulate", lasting, *arguments)
        assert done.returncode == 2
        assert told in done.stderr


def test_a_service_that_lost_its_replicas_is_drawn_with_them_though_nothing_in_it_is_full():
    made = series()
    down = {name: [0.0] * 60 for name in SERVICE} | {"replicas": [4.0] * 10 + [0.0] * 50}
    made.of_services["idle"] = down
    assert "idle" in hottest(made)
    lines = [line.plain for line in draw(made, MARKS, Canvas(80, 600, UNICODE, True), title="shop", names=("idle",))]
    assert any("replicas" in line for line in lines)
    assert not any("backlog" in line for line in lines)

"""What hangs on the wall: brings snapshots of a game to the panels of the play screen.

Owns what is drawn when: the clock and the bars on every frame, everything else when a new second or an event came.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gameday.core.units import MICRO, format_clock
from gameday.tui import board
from gameday.tui.arrange import EVIDENCE_FROM, FEED_BELOW, WIDE_FROM
from gameday.tui.drawing import service_map
from gameday.tui.drawing.map_layout import Layout, lay_out
from gameday.tui.drawing.state import GaugesState, HeaderState, LogLine, QuestionsState, Topology
from gameday.tui.feed import Found
from gameday.tui.live import LiveGame
from gameday.tui.playbook_steps import given_in_step
from gameday.tui.widgets.bars import GaugeBar, HeaderBar, QuestionBar
from gameday.tui.widgets.evidence import EvidencePanel
from gameday.tui.widgets.key_bar import TabBar, TabsState
from gameday.tui.widgets.line_log import LineLog
from gameday.tui.widgets.row_list import RowList
from gameday.tui.widgets.service_map import ServiceMap
from gameday.tui.widgets.services_table import ServicesTable
from gameday.tui.widgets.signal_panel import ChartPanel, SignalPanel

if TYPE_CHECKING:
    from gameday.tui.arrange import Box
    from gameday.tui.screens.panelled import PanelledScreen

MOST_BARS = 2
"""Questions that are shown at once above the command line."""

ABOUT = {
    "map": "1 Service map: who calls whom, from the customers on the left. Heavy lines are callers that retry. Arrows "
    "select, enter opens, m shows the same as a table with the worst first.",
    "table": "1 Services: what users do on top, services below, the worst first. err% of the last seconds, busy is the "
    "share of workers at work. m shows the map.",
    "signals": "2 Golden signals of what is selected in panel 1: traffic, errors, latency, saturation over two "
    "minutes, and what was usual before.",
    "pager": "3 Pager: who is paged, who took it, and when it goes to the next level. a acknowledges, e escalates.",
    "playbook": "4 Playbook: enter puts the step's next command on the line, enter again gives it; d says that the "
    "step is done, and its check is verified.",
    "channel": "5 Channel: what happened and what was said, oldest on top. t talks, s tells customers.",
    "evidence": "6 Evidence: what looks found (metrics, logs, traces, deps, changes, describe). [ and ] turn to older "
    "and newer looks, and what colleagues shared.",
    "people": "7 People: who is here, in which role, and what they are at; whom a page rings at; who is gone. enter "
    "asks the selected one.",
}


class Wall:
    """The panels of one play screen, and what each shows."""

    def __init__(self, screen: PanelledScreen, live: LiveGame) -> None:
        self.table: bool | None = None
        self.shown: tuple[str, ...] = ()
        self.last_focus: str | None = None
        self._screen = screen
        self._live = live
        self._subject: str | None = None
        self._auto: str | None = None
        self._look: int | None = None
        self._looks_shown = 0
        self._drawn: tuple[object, ...] = ()
        self._topology: Topology | None = None
        self.reply_key = "r"

    def begin(self) -> None:
        """The first snapshot, and what was said so far."""
        channel = self._screen.query_one("#channel", LineLog)
        channel.append(self._live.lines)
        self._live.on_lines = self._hear
        self.reply_key = self._screen.gameday.keys.get("play.reply", "r").split(",")[0]

    def wants_table(self, box: Box, width: int) -> bool:
        """Whether services are a table in this box: asked for, or the map does not fit, or the screen is narrow."""
        room = (max(box[2] - 2, 0), max(box[3] - 2, 0))
        topology = self._live.seen.topology
        self._topology = next(
            (one for one in (topology(True), topology(False)) if service_map.fits(_layout(one), *room)), None
        )
        if self._topology is None:
            return True
        return width < WIDE_FROM if self.table is None else self.table

    def choose(self, subject: str) -> None:
        """Another service or entry."""
        self._subject = subject
        self.refresh(everything=True)

    def turn_evidence(self, step: int) -> None:
        """What another look found."""
        count = len(self._live.found)
        if count:
            here = count - 1 if self._look is None else self._look
            self._show_evidence(min(max(here + step, 0), count - 1))

    def refresh(self, everything: bool = False) -> None:
        """Brings every panel up to date; what did not change costs next to nothing."""
        live = self._live
        self._header()
        played = live.session.played
        if live.session.finished:
            self._screen.query_one(GaugeBar).show(GaugesState(idle="time is over: nothing is under way any more"))
            self._screen.query_one(QuestionBar).show(QuestionsState())
        else:
            end = live.exercise.scenario.duration
            self._screen.query_one(GaugeBar).show(board.under_way(live.observation, live.now, played, end))
            waiting = board.questions(live.observation, played, live.now, self.reply_key)
            self._screen.query_one(QuestionBar).show(waiting)
        state = (live.observation.second, len(live.session.events), len(live.session.commands), len(live.found))
        if state == self._drawn and not everything:
            return
        self._drawn = state
        self._services()
        self._response()
        if "tabs" in self.shown:
            self._tabs()

    def bars(self, width: int, height: int) -> int:
        """Rows that the questions take which wait for whoever plays; nobody waits once time is over."""
        if self._live.session.finished:
            return 0
        waiting = len(board.waiting(self._live.observation, self._live.session.played))
        return min(waiting, MOST_BARS if height >= EVIDENCE_FROM and width >= FEED_BELOW else 1)

    def _header(self) -> None:
        live = self._live
        seen = live.observation
        person = live.exercise.scenario.people.get(live.player)
        scenario = live.exercise.scenario
        self._screen.query_one(HeaderBar).show(
            HeaderState(
                scenario=live.exercise.name,
                clock=format_clock(live.now),
                horizon=format_clock(live.session.length if live.settling else scenario.duration),
                dress=" ".join((live.exercise.hat, *(f"+{name}" for name in live.exercise.modifiers))).strip(),
                people=board.people(seen, live.player, person.title if person else ""),
                speed=f"{live.pace.speed:g}x",
                paused=live.pace.paused and not live.session.finished,
                severity=seen.incident.severity or "",
                hurt=format_clock(live.seen.hurt_seconds * MICRO) if live.seen.hurt_seconds else "",
                warning=self._warning(),
            )
        )

    def _warning(self) -> str:
        live = self._live
        if live.session.recording_failed is not None:
            return live.session.recording_failed
        if live.session.finished:
            return "time is over: b shows the debrief"
        if live.settling:
            return f"resolved: the world goes on to {format_clock(live.session.length)}"
        return "the simulation is behind: the clock has slowed" if live.behind else ""

    def _services(self) -> None:
        live, screen = self._live, self._screen
        self._auto = live.seen.worst(self._auto)
        subject = self._subject or self._auto
        if "table" in self.shown:
            screen.query_one(ServicesTable).show(live.seen.table(subject))
        if "map" in self.shown:
            service_map_panel = screen.query_one(ServiceMap)
            service_map_panel.set_topology(self._topology or live.seen.topology(False))
            service_map_panel.show(live.seen.map_state(subject))
        if "signals" in self.shown:
            panel = screen.query_one(SignalPanel)
            panel.show(live.seen.signals(subject))
            panel.entitle(title=f"2 Golden signals: {subject}")
        if "chart" in self.shown:
            metric = "errors" if subject in live.exercise.scenario.system.services else "bad"
            screen.query_one(ChartPanel).show(live.seen.chart(subject, (metric,), f"{subject} {metric}", "share"))

    def _response(self) -> None:
        live, screen = self._live, self._screen
        seen = live.observation
        pager = screen.query_one("#pager", RowList)
        pager.show(board.pager(seen, live.player))
        pager.entitle(title=board.pager_title(seen))
        if "people" in self.shown:
            people = screen.query_one("#people", RowList)
            people.show(board.team(seen, live.player))
            people.entitle(title=board.team_title(seen))
        playbook = screen.query_one("#playbook", RowList)
        seen_to = live.session.response.steps_seen_to()
        playbook.show(board.playbook(seen.steps, given_in_step(live), seen_to))
        playbook.entitle(title=board.playbook_title(seen.playbook, seen.steps, seen_to))
        if len(live.found) > self._looks_shown:
            self._looks_shown = len(live.found)
            self._show_evidence(len(live.found) - 1)
        self._entitle_evidence()

    def _tabs(self) -> None:
        seen = self._live.observation
        waiting = sum(page.state == "triggered" for page in seen.pages)
        over = board.steps_over(seen.steps, self._live.session.response.steps_seen_to())
        here = sum(person.state == "here" for person in seen.people)
        names = (
            ("1 Map", {"map", "table"}),
            ("2 Signals", {"signals"}),
            (f"3 Pager{f' ✖{waiting}' if waiting else ''}", {"pager"}),
            (f"4 Steps {over}", {"playbook"}),
            ("5 Channel", {"channel"}),
            (f"6 Looks{f' {len(self._live.found)}' if self._live.found else ''}", {"evidence"}),
            (f"7 People{f' {here}' if here else ''}", {"people"}),
        )
        tabs = tuple((name, bool(panels & set(self.shown))) for name, panels in names)
        self._screen.query_one(TabBar).show(TabsState(tabs))

    def _hear(self, lines: list[LogLine]) -> None:
        self._screen.query_one("#channel", LineLog).append(lines)

    def _show_evidence(self, number: int) -> None:
        self._look = number
        self._screen.query_one(EvidencePanel).open(self._live.found[number].lines)
        self._entitle_evidence()

    def _whose(self, found: Found) -> str:
        """Who looked, where that is not the only one who plays."""
        if found.shared:
            return f", shared by {found.person},"
        return f" by {found.person}" if len(self._live.session.played) > 1 else ""

    def _entitle_evidence(self) -> None:
        live = self._live
        title, hint = "6 Evidence", "[ ] older, newer · / filter"
        if self._look is not None:
            found = live.found[self._look]
            title += f": {found.command}{self._whose(found)} at {format_clock(found.at)}"
            title += f" ({self._look + 1}/{len(live.found)})" if len(live.found) > 1 else ""
        looking = [look for look in live.observation.looks if look.person in live.session.played]
        if looking:
            title += f" · {looking[0].person} looks at {looking[0].text}"
        self._screen.query_one(EvidencePanel).entitle(title=title, hint=hint)


@cache
def _layout(topology: Topology) -> Layout | None:
    return lay_out(topology)

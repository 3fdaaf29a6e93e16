"""A game in lines: what happens is printed as it happens, what is typed is done. Nothing printed is ever taken back.

Owns the words of line mode (`wait`, `now`, `who`, `questions`, `?`, numbers, `quit`) and when time passes. All else is
a command.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from gameday.cli.choices import BLANK, choices, last_words, overview
from gameday.cli.line_input import Lines
from gameday.cli.people_lines import people_lines, question_lines, script_lines
from gameday.core.commands import parse_command
from gameday.core.errors import CommandError
from gameday.core.events import Event, EvidenceShared, LookCompleted, Paged, QuestionPut, StepCompleted, seen_by
from gameday.core.signals import Observation
from gameday.core.text import clean_line
from gameday.core.units import MICRO, format_clock, format_duration, parse_duration
from gameday.session.completion import preview
from gameday.session.delegating import hands_for
from gameday.session.pace import Pace
from gameday.session.session import Session

_WAIT = re.compile(r"wait(?:\s+(?P<time>\S+))?", re.IGNORECASE)
_HELP = ("?", "help", "choices")
_WHAT_IF = re.compile(r"(?:\?|help\s)\s*(?P<command>\S.*)", re.IGNORECASE)
"""`? restart payments`: what it would take and cost, or why it is refused, without doing it."""
_QUIT = ("quit", "exit")
_DEFAULT_WAIT = 10 * MICRO


class LineGame:
    """One session, played in lines. Without a `pace` time passes only where the player waits.

    `interactive`: somebody sits there, so choices are listed unasked, and after the end of input nothing is paced.
    `facilitator`: whoever types may see what the players must not.
    """

    def __init__(
        self,
        session: Session,
        say: Callable[[str], None],
        pace: Pace | None,
        *,
        interactive: bool,
        facilitator: bool = False,
    ) -> None:
        self.aborted = False
        self._session = session
        self._say = say
        self._pace = pace
        self._interactive = interactive
        self._facilitator = facilitator
        self._begun: str | None = None
        self._choices: list[str] = []
        self._given: list[str] = []
        self._given_at = 0
        self._moved = False
        self._wait_until = 0
        session.on_event(self._tell)
        session.on_second(self._guide)

    def play(self, lines: Lines, first: str | None = None) -> None:
        """Until the session is over and the input has ended, or somebody quits."""
        if self._pace is not None:
            self._pace.resume()
        if first is not None:
            self._take(first)
        ended = False
        while not self._session.finished and not self.aborted and not ended:
            ended = self._turn(lines)
        if ended and not self.aborted:
            self._idle_to_the_end()
        if not ended and not self.aborted:
            self._hot_wash(lines)

    def _turn(self, lines: Lines) -> bool:
        """One line, or the time until one comes; whether the input has ended."""
        if self._pace is None:
            line = lines.next(None)
        else:
            self._catch_up(self._pace)
            if self._session.finished:
                return False
            target = max((self._session.now // MICRO + 1) * MICRO, self._wait_until)
            if self._session.now < self._wait_until:
                self._pace.wait_until((self._session.now // MICRO + 1) * MICRO)
                return False
            try:
                line = lines.next(self._pace.seconds_until(target))
            except TimeoutError:
                return False
            self._catch_up(self._pace)
        if line is None:
            return True
        self._take(line)
        return False

    def _catch_up(self, pace: Pace) -> None:
        due = min(pace.due(), self._session.length)
        if due > self._session.now:
            self._session.run_to(due)

    def _idle_to_the_end(self) -> None:
        session = self._session
        while not session.finished:
            goal = min((session.now // MICRO + 1) * MICRO, session.length)
            if self._pace is not None and not self._interactive:
                self._pace.wait_until(goal)
            session.run_to(goal)

    def _hot_wash(self, lines: Lines) -> None:
        """Time is over: what the cause was can still be said, until an empty line or the end of input."""
        self._say("Time is up. Say what you think the cause was: diagnose COMPONENT MECHANISM [SUSTAINING]")
        self._say("An empty line ends the session and shows the score card.")
        while (line := lines.next(None)) is not None and line.strip() and not self.aborted:
            if line.strip().lower() in _QUIT:
                return
            if not _WAIT.fullmatch(line.strip()):
                self._take(line)

    def _take(self, line: str) -> None:
        line = self._completed(clean_line(line).strip())
        word = line.lower()
        if not line or line.startswith("#"):
            return
        if not self._interactive:
            self._say(f"> {line}")
        if match := _WAIT.fullmatch(line):
            self._wait(match["time"])
        elif word in _HELP:
            self._show_choices()
        elif match := _WHAT_IF.fullmatch(line):
            self._say(f"  {preview(match['command'], self._session)}")
        elif (told := self._told(word)) is not None:
            for text in told:
                self._say(f"  {text}")
        elif word in _QUIT:
            self.aborted = True
        elif line.isdecimal():
            self._choose(line)
        else:
            self._command(line)

    def _completed(self, line: str) -> str:
        """What follows a choice that still needed words goes on from it."""
        begun, self._begun = self._begun, None
        return begun + line if begun is not None and line and line.lower() not in (*_HELP, *_QUIT) else line

    def _told(self, word: str) -> Iterable[str] | None:
        """What a word that only asks is answered with; None for any other line."""
        match word:
            case "now":
                return overview(self._session)
            case "who":
                return people_lines(self._session.observation)
            case "questions":
                return question_lines(self._session.observation)
            case "script" if self._facilitator:
                return script_lines(self._session)
            case _:
                return None

    def _wait(self, text: str | None) -> None:
        try:
            duration = _DEFAULT_WAIT if text is None else parse_duration(text)
        except ValueError as error:
            self._say(f"  no: {error}")
            return
        until = min(self._session.now + duration, self._session.length)
        if text is None:
            self._say(f"  {format_duration(duration)} pass, until {format_clock(until)}")
        if self._pace is None:
            self._session.run_to(until)
        else:
            self._wait_until = until

    def _choose(self, number: str) -> None:
        index = int(number) - 1 if len(number) < 4 else -1
        if self._session.finished:
            self._choices = []
        elif not self._choices:
            self._choices = self._present_choices()
        if not 0 <= index < len(self._choices):
            self._say(f'  no: there is no choice {number[:9]}; "?" lists them')
            return
        line = self._choices[index]
        if self._interactive:
            self._say(f"> {line}")
        self._choices = []
        if line.endswith(BLANK):
            self._begun = line.removesuffix(BLANK)
            self._say(f"  go on: {line}   (an empty line: nothing)")
        else:
            self._take(line)

    def _present_choices(self) -> list[str]:
        """What fits the last whole second, without what has been done since."""
        if self._given_at != self._session.observation.second:
            self._given = []
        return [line for line in choices(self._session) if line not in self._given]

    def _show_choices(self) -> None:
        if self._session.finished:
            for line in (*last_words(), "now"):
                self._say(f"  {line}")
            return
        self._choices = self._present_choices()
        for number, line in enumerate(self._choices, start=1):
            self._say(f"  {number}) {line}")

    def _command(self, line: str) -> None:
        try:
            command = parse_command(line)
        except CommandError as error:
            self._say(f"  no: {error}")
            return
        verdict = self._session.submit(command)
        if verdict.accepted:
            second = self._session.observation.second
            self._given = [*(self._given if self._given_at == second else []), line]
            self._given_at = second
        self._say(f"  {'ok' if verdict.accepted else 'no'}: {verdict.text}")
        if not verdict.accepted and (hands := hands_for(command, self._session)):
            self._choices = [hand.line for hand in hands]
            for number, hand in enumerate(hands, start=1):
                self._say(f"  {number}) {hand.line}   ({hand.what})")
        if self._session.recording_failed:
            self._say(f"  warning: {self._session.recording_failed}")

    def _tell(self, event: Event) -> None:
        if seen_by(event, self._session.played):
            for line in event_lines(event, self._session.played):
                self._say(line)
        self._moved = self._moved or isinstance(event, Paged | QuestionPut | StepCompleted)

    def _guide(self, _: Observation) -> None:
        """Lists the choices unasked once what has moved can be seen."""
        if self._interactive and self._moved:
            self._moved = False
            self._show_choices()


def event_lines(event: Event, played: Sequence[str]) -> Iterator[str]:
    """An event as it is printed; what a look found, or a colleague shared, stands below it.

    What players share they have read already.
    """
    yield f"{format_clock(event.at)} {clean_line(event.text())}"
    if isinstance(event, LookCompleted) or (isinstance(event, EvidenceShared) and event.person not in played):
        yield from (f"      {clean_line(line)}" for line in event.lines)

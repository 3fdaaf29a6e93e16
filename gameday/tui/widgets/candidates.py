"""What a line could become: the candidates above the `:` line, and the choice among them.

Owns which candidate is chosen and where the list stands. What completes is asked of the screen by the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gameday.tui.drawing.line import Line
from gameday.tui.drawing.rows import Row, RowsState
from gameday.tui.drawing.rows import draw as draw_rows
from gameday.tui.widgets.panel import DrawnPanel

MOST_CANDIDATES = 7
_WIDEST = 78
_WIDEST_WORD = 28


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the line could become: the whole line, the word that it adds, and what that word is."""

    text: str
    word: str
    what: str


class Candidates(DrawnPanel[RowsState]):
    """The candidates, hidden while there are none."""

    DEFAULT_CSS = """
    Candidates { display: none; position: absolute; }
    """

    def __init__(self) -> None:
        super().__init__(RowsState(), title="tab completes", id="candidates")
        self._offered: Sequence[Candidate] = ()
        self._chosen: int | None = None

    @property
    def offered(self) -> Sequence[Candidate]:
        """All of them, also those that have no row."""
        return self._offered

    @property
    def chosen(self) -> Candidate | None:
        """The one that the arrows chose."""
        return None if self._chosen is None else self._offered[self._chosen]

    def draw(self, state: RowsState, width: int, height: int) -> list[Line]:
        """The candidates, the chosen one in reverse."""
        return draw_rows(state, width, height)

    def offer(self, candidates: Sequence[Candidate], above: int) -> None:
        """Other candidates, none of them chosen; `above` is the row of the screen that they end over."""
        self._offered, self._chosen = candidates, None
        self.display = bool(candidates)
        if candidates:
            self._show()
            rows = min(len(candidates), MOST_CANDIDATES) + 2
            self.styles.width, self.styles.height = min(self.screen.size.width - 2, _WIDEST), rows
            self.styles.offset = (1, max(above - rows, 0))

    def choose(self, step: int) -> None:
        """The next one up or down, round and round."""
        count = min(len(self._offered), MOST_CANDIDATES)
        start = -1 if step > 0 else count
        self._chosen = (step + (start if self._chosen is None else self._chosen)) % count
        self._show()

    def _show(self) -> None:
        shown = self._offered[:MOST_CANDIDATES]
        longest = min(max(len(one.word) for one in shown), _WIDEST_WORD)
        rows = tuple(
            Row(str(place), "", one.what, "dim", at=f"{one.word:<{longest}}"[:longest])
            for place, one in enumerate(shown)
        )
        selected = None if self._chosen is None else str(self._chosen)
        more = len(self._offered) - len(shown)
        self.entitle(hint=f"+{more} more" if more else "")
        self.show(RowsState(rows, selected, selected))

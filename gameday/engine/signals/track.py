"""The history of one subject (a service, an entry, an edge) in columns: seconds while they are young, then tens.

Owns what is kept, for how long and how finely. Everything in it adds up (counts, means over a second, sums), so that
windows of any length come from it. Does not own what the columns mean (`metrics`). Seconds are whole, since the start.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum, isnan, nan
from struct import Struct

from gameday.engine.signals.latencies import Latencies, merge, pack, quantile

LIVE = 3600
"""For so long a subject is known second by second; after that in blocks of `BLOCK`."""
BLOCK = 10
"""Seconds, aligned to the start."""
KEPT = 2 * 3600
"""What is older is forgotten."""
SHARP = 600
"""For so long quantiles are known to the second; after that a window is widened to whole blocks."""
TIDY = 300
"""So much at a time goes, always at a multiple of this: between these what is known of the past stays the same."""

PERCENTS = {"p50": 50, "p95": 95, "p99": 99}
Causes = dict[str, int]
Lost = Callable[[int], bool]


class Rows:
    """Rows of numbers and causes, each of `width` seconds, the first of which begins at second `first`.

    Of the columns, the first are counts, which add up over time, and the others means over time. All are doubles, in
    which whole numbers are exact far beyond any count. A gauge is a column that need not be there from the start; what
    is not known is NaN.
    """

    def __init__(self, width: int, counts: tuple[str, ...], means: tuple[str, ...]) -> None:
        self.width = width
        self.first = 0
        self.counts = counts
        self.means = means
        self.gauges: dict[str, array[float]] = {}
        self.causes: list[Causes | None] = []
        # Row after row, because every second adds one to every subject.
        self._cells: array[float] = array("d")
        self._places = {name: place for place, name in enumerate((*counts, *means))}
        self._row = Struct(f"{len(self._places)}d")

    def __len__(self) -> int:
        return len(self.causes)

    @property
    def end(self) -> int:
        """The second at which the last row ends."""
        return self.first + self.width * len(self.causes)

    def add(self, cells: tuple[float, ...], causes: Causes) -> None:
        """The next row, in the order of the columns."""
        self._cells.frombytes(self._row.pack(*cells))
        self.causes.append(causes or None)

    def column(self, name: str, begin: int, end: int) -> Sequence[float]:
        """One column, from row `begin` to row `end`."""
        step = len(self._places)
        return self._cells[begin * step + self._places[name] : end * step : step]

    def row(self, place: int) -> Sequence[float]:
        """One row, in the order of the columns."""
        step = len(self._places)
        return self._cells[place * step : place * step + step]

    def fill(self, name: str, value: float) -> None:
        """The gauge of the row that was added last."""
        column = self.gauges.get(name)
        if column is None:
            column = self.gauges[name] = array("d", [nan]) * (len(self) - 1)
        column.append(value)

    def forget(self, rows: int) -> None:
        """Lets go of so many rows, the oldest ones."""
        del self._cells[: rows * len(self._places)]
        for column in self.gauges.values():
            del column[:rows]
        del self.causes[:rows]
        self.first += rows * self.width


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a history: pieces of it, each of some rows, `seconds` in all."""

    track: Track
    pieces: tuple[tuple[Rows, int, int], ...]
    seconds: int

    def count(self, name: str) -> float:
        """The sum of a column of counts."""
        return fsum(fsum(rows.column(name, begin, end)) for rows, begin, end in self.pieces)

    def mean(self, name: str) -> float:
        """The mean over time of a column of means."""
        return fsum(rows.width * fsum(rows.column(name, begin, end)) for rows, begin, end in self.pieces) / self.seconds

    def gauge(self, name: str) -> float | None:
        """The mean over the rows in which it is known; None where it never is."""
        known = [
            value
            for rows, begin, end in self.pieces
            if name in rows.gauges
            for value in rows.gauges[name][begin:end]
            if not isnan(value)
        ]
        return fsum(known) / len(known) if known else None

    def last(self, name: str) -> float | None:
        """The gauge at the end; None where it is not known."""
        rows, _, end = self.pieces[-1]
        value = rows.gauges[name][end - 1] if name in rows.gauges else nan
        return None if isnan(value) else value

    def causes(self) -> Causes:
        """How the failures ended."""
        counts: Causes = {}
        for rows, begin, end in self.pieces:
            for causes in rows.causes[begin:end]:
                for cause, count in (causes or {}).items():
                    counts[cause] = counts.get(cause, 0) + count
        return counts

    def quantile(self, name: str) -> float | None:
        """p50, p95 or p99 of successes, in seconds: exact over one second, else within 0.8 % (`latencies`)."""
        if len(self.pieces) == 1:
            rows, begin, end = self.pieces[0]
            if rows.width == 1 and end - begin == 1:
                (value,) = rows.column(name, begin, end)
                return None if isnan(value) else value
        return quantile(self.track.latencies(self), PERCENTS[name])


class Track:
    """One subject. `seconds` are kept for at least `live` seconds; older ones are in `blocks`, for `kept` seconds.

    Where these are the same there are no blocks: nobody asks for what is older.
    """

    def __init__(self, counts: tuple[str, ...], means: tuple[str, ...], live: int = LIVE, kept: int = KEPT) -> None:
        self._live = live
        self._kept = kept
        self.seconds = Rows(1, counts, (*means, *PERCENTS))
        self.blocks = Rows(BLOCK, counts, means)
        self._sharp: list[Latencies] = []
        self._sharp_first = 0
        self._coarse: list[Latencies | None] = []

    @property
    def upto(self) -> int:
        """So many seconds are in it."""
        return self.seconds.end

    def add(self, cells: tuple[float, ...], causes: Causes, latencies: array[int]) -> None:
        """The next second: counts, means, and at the end the quantiles, NaN where there are none.

        `latencies` in µs, ascending.
        """
        self.seconds.add(cells, causes)
        self._sharp.append(pack(latencies))

    def gauge(self, name: str, value: float | None) -> None:
        """What else is known of the second that was added last. Of a name once known, every second must say."""
        if value is not None or name in self.seconds.gauges:
            self.seconds.fill(name, nan if value is None else value)

    def settle(self) -> None:
        """After each second, or every ten: what has become old goes into blocks, and what is too old goes."""
        upto = self.upto
        if upto % BLOCK:
            return
        self._coarse.append(None)
        if self._kept > self._live and upto - self._live >= self.blocks.end + BLOCK:
            self._close_block()
        if upto - self.seconds.first >= self._live + TIDY:
            self.seconds.forget(TIDY)
        if upto - self.blocks.first >= self._kept + TIDY:
            self.blocks.forget(TIDY // BLOCK)
            del self._coarse[: TIDY // BLOCK]
        if self._kept > SHARP and upto - SHARP > self.blocks.first:
            # A block at a time, well before its seconds go: hundreds at once would be felt in a live game.
            self._block((upto - SHARP - self.blocks.first) // BLOCK - 1)
        if upto - self._sharp_first >= SHARP + TIDY:
            del self._sharp[:TIDY]
            self._sharp_first += TIDY

    def cut(self, begin: int, end: int, lost: Lost | None = None) -> Cut | None:
        """From second `begin` to second `end`, without those that are `lost`; None where nothing of it is known."""
        pieces: list[tuple[Rows, int, int]] = []
        young, old = self.seconds, self.blocks
        end = min(end, young.end)
        if lost is None and young.first <= begin < end:
            return Cut(self, ((young, begin - young.first, end - young.first),), end - begin)
        begin = max(begin, min(old.first, young.first))
        if begin < min(end, young.first):
            first = (begin - old.first) // BLOCK
            last = -((old.first - min(end, young.first)) // BLOCK)
            pieces.append((old, first, last))
        begin = max(begin, young.first)
        pieces += [(young, run - young.first, stop - young.first) for run, stop in _runs(begin, end, lost)]
        seconds = sum(rows.width * (stop - start) for rows, start, stop in pieces)
        return Cut(self, tuple(pieces), seconds) if seconds else None

    def latencies(self, cut: Cut) -> Iterator[Latencies]:
        """Those of a cut: whole blocks wherever there are any, else seconds; the old ones in whole blocks only."""
        done = -1
        for rows, start, stop in cut.pieces:
            second, end = rows.first + rows.width * start, rows.first + rows.width * stop
            while second < end:
                whole = second % BLOCK == 0 and second + BLOCK <= end
                if not whole and second >= self._sharp_first:
                    yield self._sharp[second - self._sharp_first]
                    second += 1
                    continue
                block = (second - self.blocks.first) // BLOCK
                if block != done:
                    yield self._block(block)
                done = block
                second += BLOCK - second % BLOCK

    def row(self, second: int) -> tuple[Rows, int] | None:
        """The row in which the second that begins at `second` lies; None for what is not known."""
        for rows in (self.seconds, self.blocks):
            if rows.first <= second < rows.end:
                return rows, (second - rows.first) // rows.width
        return None

    def _block(self, place: int) -> Latencies:
        """Its latencies, put together when they are first asked for: most never are."""
        block = self._coarse[place]
        if block is None:
            begin = self.blocks.first + place * BLOCK - self._sharp_first
            block = self._coarse[place] = merge(self._sharp[begin : begin + BLOCK])
        return block

    def _close_block(self) -> None:
        """The block that follows the last one, while its seconds are still there."""
        young, old = self.seconds, self.blocks
        begin = old.end - young.first
        cut = Cut(self, ((young, begin, begin + BLOCK),), BLOCK)
        old.add((*map(cut.count, old.counts), *map(cut.mean, old.means)), cut.causes())
        for name in young.gauges:
            value = cut.gauge(name)
            old.fill(name, nan if value is None else value)


def _runs(begin: int, end: int, lost: Lost | None) -> Iterator[tuple[int, int]]:
    """The unbroken stretches of what is not lost."""
    if lost is None:
        if begin < end:
            yield begin, end
        return
    start = begin
    for second in range(begin, end):
        if lost(second):
            if start < second:
                yield start, second
            start = second + 1
    if start < end:
        yield start, end

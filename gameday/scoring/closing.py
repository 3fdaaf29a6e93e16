"""When the incident was closed, and whether it was over then as customers felt it.

Judged by what was so up to the closing: what came later is told, and does not decide. Does not own when a service has
recovered (`gameday.scoring.times`), which asks for backlogs too.
"""

from __future__ import annotations

from gameday.core.events import IncidentReopened, IncidentResolved
from gameday.core.units import MICRO, format_clock, format_duration
from gameday.scoring.dimension import Case, Check
from gameday.scoring.sources import PAGERDUTY_COMMAND
from gameday.scoring.windows import WINDOW, entries_missed, window_of
from gameday.session.record import SessionRecord


def closed_at(record: SessionRecord) -> int | None:
    """When the incident was resolved (microseconds), if nobody opened it again after that."""
    closed: int | None = None
    for event in record.events:
        if isinstance(event, IncidentResolved):
            closed = event.at
        elif isinstance(event, IncidentReopened):
            closed = None
    return closed


def closed_when_held(case: Case) -> Check:
    """Whoever resolved did so when every objective had been met for the hold window; falls due with each closing.

    What somebody simulated closed is not the players' to have closed too early.
    """
    record = case.record
    closings = [event.at for event in record.events if isinstance(event, IncidentResolved)]
    ours = [event.at for event in record.events if isinstance(event, IncidentResolved) and event.by in record.players]
    early = next(((at, missed) for at in ours if (missed := not_held(record, at))), None)
    detail = f"at {format_clock(closings[-1])}" if closings else ""
    if early is not None:
        detail = _told(case, *early)
    text = "the incident is closed when what customers feel has held"
    return Check(text, bool(ours), early is None, detail, source=PAGERDUTY_COMMAND)


def not_held(record: SessionRecord, at: int) -> tuple[str, ...]:
    """The entries whose objective had not been met for the hold window before an instant (microseconds).

    By whole windows: the newest has to be good by itself, before that one missed window alone breaks nothing.
    """
    newest = window_of(at) - 1
    oldest = max(0, newest + 1 - -(-record.exercise.scenario.scoring.hold // (WINDOW * MICRO)))
    found = []
    for name, missed in entries_missed(record).items():
        windows = [*reversed(missed[oldest : newest + 1])]
        if any(one and before for one, before in zip(windows, [True, *windows], strict=False)):
            found.append(name)
    return tuple(found)


def _told(case: Case, at: int, entries: tuple[str, ...]) -> str:
    """When it was closed, what was still bad then, and when it was over."""
    bad = [f"{name} was still {share:.0%} bad" for name in entries if (share := _bad(case.record, name, at)) > 0.0]
    hold = format_duration(case.record.exercise.scenario.scoring.hold)
    what = ", ".join(bad) or f"{' and '.join(entries)} had not held for {hold}"
    return f"closed at {format_clock(at)}: {what}{_later(case, at)}"


def _later(case: Case, at: int) -> str:
    mitigated = case.times.instant("mitigated")
    if mitigated is None:
        return "; it was never mitigated"
    if mitigated <= at:
        return ""
    return f"; it was mitigated {format_duration(-(-(mitigated - at) // MICRO) * MICRO)} later"


def _bad(record: SessionRecord, entry: str, at: int) -> float:
    """The share of an entry's requests that went bad in the last whole window before an instant."""
    history, end = record.entries[entry], window_of(at) * WINDOW
    judged = sum(history.judged[max(0, end - WINDOW) : end])
    return sum(history.bad[max(0, end - WINDOW) : end]) / judged if judged else 0.0

"""What it means to resolve now, from what can be seen: what is still bad, and what becomes of the time.

Never from the truth. Who may resolve stands in `gameday.session.access`, how whoever leads closes in `closing`.
"""

from __future__ import annotations

from gameday.core.units import format_duration
from gameday.response.command.wall import Wall

AGAIN = "declare opens it again"


def foreseen(wall: Wall) -> str:
    """What to tell whoever is about to resolve."""
    still = not_held(wall)
    if still:
        return f"{still}; this closes the incident, time goes on at its pace, and {AGAIN}"
    return "all objectives have held; this closes the incident, and the rest of the time passes at once"


def not_held(wall: Wall) -> str:
    """What speaks against it: `login is still 100% bad`; empty where every objective has held for the hold window."""
    missing, unseen = wall.missing(), wall.unseen()
    lately = [entry for entry in wall.not_held() if entry not in (*missing, *unseen)]
    parts = [f"{entry} is still {100 * wall.bad(entry):.3g}% bad" for entry in missing]
    parts += [f"nothing is seen of {entry}" for entry in unseen if entry not in missing]
    if lately:
        has = "has met its objective" if len(lately) == 1 else "have met their objectives"
        parts.append(f"{' and '.join(lately)} {has} for less than {format_duration(wall.hold)}")
    return ", ".join(parts)

"""Numbers as the screens show them: short, and a dash where there was no data."""

from __future__ import annotations

NOTHING = "–"


def short(value: float | None) -> str:
    """At most four characters: `0.3`, `42`, `310`, `1.1k`, `25k`, `3.2M`."""
    if value is None:
        return NOTHING
    for size, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= 0.9995 * size:
            scaled = value / size
            return f"{scaled:.1f}{suffix}" if scaled < 9.95 else f"{scaled:.0f}{suffix}"
    return f"{value:.1f}" if 0 < value < 9.95 else f"{value:.0f}"


def percent(ratio: float | None, decimals: int = 1) -> str:
    """A ratio as a percentage without its sign, `41.0`; `100` and `0` lose their decimals."""
    if ratio is None:
        return NOTHING
    hundred = 100.0 * ratio
    return f"{hundred:.0f}" if hundred == 0 or hundred >= 99.95 else f"{hundred:.{decimals}f}"


def latency(seconds: float | None) -> str:
    """`0.4ms`, `80ms`, `1.3s`, `12s`, `3m`."""
    if seconds is None:
        return NOTHING
    if seconds < 0.00095:
        return f"{1e3 * seconds:.1f}ms"
    if seconds < 0.9995:
        return f"{1e3 * seconds:.0f}ms"
    if seconds < 9.95:
        return f"{seconds:.1f}s"
    return f"{seconds:.0f}s" if seconds < 600 else f"{seconds / 60:.0f}m"

"""What happened, second by second, as metrics: the store, its columns, and quantiles that can be put together."""

from gameday.engine.signals.store import SignalStore

__all__ = ["SignalStore"]

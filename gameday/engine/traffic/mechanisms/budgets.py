"""Retry budgets: retries are paid from what successes bring in. Source: Brooker, 2022-02-28, as a token bucket."""

from __future__ import annotations

from gameday.engine.traffic.specs import BudgetSpec


class Budget:
    """A token bucket that retries are paid from and successes pay into. `enforced` may be switched at any time."""

    __slots__ = ("enforced", "spec", "tokens")

    def __init__(self, spec: BudgetSpec) -> None:
        self.spec = spec
        self.tokens = spec.initial
        self.enforced = True

    def earn(self) -> None:
        """One success."""
        self.tokens = min(self.spec.capacity, self.tokens + self.spec.per_success)

    def grants(self) -> bool:
        """Whether one more retry may be sent; it is paid for then."""
        if not self.enforced:
            return True
        if self.tokens < self.spec.cost:
            return False
        self.tokens -= self.spec.cost
        return True

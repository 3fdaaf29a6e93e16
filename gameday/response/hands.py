"""How simulated people reach the world: the one way out of the response, which the session hands it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from gameday.core.commands import Command, Verdict
from gameday.scenario.models.injects import Inject


@dataclass(frozen=True, slots=True)
class Hurt:
    """So many requests (real ones: scaled) of customers that went wrong in the same way.

    `failed` with an error, `slow` beyond what anybody accepts, `refused` at once. `segment` is None where it is not
    known, or where the entry has none.
    """

    entry: str
    segment: str | None
    how: Literal["failed", "slow", "refused"]
    count: float


class Hands(Protocol):
    """What the response may have done to the world, and what people outside know of it.

    Nothing of it is journalled: it follows from running again.
    """

    def submit(self, command: Command) -> Verdict:
        """Judge a command of somebody simulated by the same rules as a player's, and do it where it is allowed."""

    def cost(self, command: Command) -> str:
        """What an action costs while it runs and what it risks, in words; empty for nothing, and for no action."""

    def enact(self, inject: Inject) -> None:
        """Let a deploy or a fault of the script happen now."""

    def hurt(self, seconds: int) -> tuple[Hurt, ...]:
        """Which customers were hurt in the last whole seconds, and how; the truth, as they felt it."""

    def vendor(self, service: str) -> str:
        """What a third party sees of its own service now, in words; never why."""

"""The hands of simulated people: their commands are judged by the same rules as a player's, and done at once.

Nothing of it is journalled, since a session that is run again does it again.
"""

from __future__ import annotations

from gameday.core.commands import Command, Verdict
from gameday.core.verbs import VERBS
from gameday.engine.actions.vendor import word_of
from gameday.response.hands import Hurt
from gameday.scenario.models.injects import Inject
from gameday.session import rules
from gameday.session.hurt import hurt
from gameday.session.names import Game


class SimulatedHands:
    """What the response may do to the world of a game."""

    def __init__(self, game: Game) -> None:
        self._game = game

    def submit(self, command: Command) -> Verdict:
        """Judges and does a command of somebody simulated."""
        command = rules.settle(command, self._game)
        problem = rules.deed_problem(command, self._game)
        if problem is not None:
            return Verdict(False, problem)
        part = self._game.world if rules.belongs_to_world(command) else self._game.response
        return Verdict(True, part.perform(command))

    def cost(self, command: Command) -> str:
        """What an action costs and risks, as players are told before they give it."""
        command = rules.settle(command, self._game)
        is_action = VERBS[command.verb].group == "act"
        return self._game.world.operations.cost(command) if is_action else ""

    def enact(self, inject: Inject) -> None:
        """A deploy or a fault of the script, now."""
        self._game.world.enact(inject)

    def hurt(self, seconds: int) -> tuple[Hurt, ...]:
        """Which customers were hurt in the last seconds."""
        return hurt(self._game.world, seconds)

    def vendor(self, service: str) -> str:
        """What a third party says of its own service."""
        return word_of(self._game.world, service)

"""What the playbook asks for next, where somebody says it in own words."""

from __future__ import annotations

from gameday.core.commands import parse_command
from gameday.core.units import MICRO
from gameday.scenario.load import load
from gameday.session.pace import Pace
from gameday.tui.live import open_game
from gameday.tui.playbook_steps import next_command, unsent_command


def test_customers_told_in_own_words_have_been_told() -> None:
    live = open_game(load("retry-storm"), seed=7, pace=Pace(1.0, clock=lambda: 0.0))
    live.session.run_to(100 * MICRO)
    for text in ("ack", "step done", "declare SEV-2", "step done"):
        assert live.submit(parse_command(text)).accepted
    wanted = unsent_command(live)
    assert wanted is not None
    assert wanted.startswith("status We are investigating")
    assert live.submit(parse_command("status Logins fail for everyone. Next update in 8 minutes.")).accepted
    assert unsent_command(live) is None
    assert next_command(live) == "step done"

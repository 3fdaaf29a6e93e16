"""What colleagues and playbooks make of an alert, or a check, that asks an edge."""

from __future__ import annotations

from gameday.core.events import LookStarted
from gameday.core.expressions import comparisons, parse_condition
from gameday.response.walk import describe


class Open:
    """Signals of a breaker that is open."""

    def value(self, subject, metric, second, length=1):
        return 1.0 if metric == "breaker" else 25.0


def test_whom_an_alert_on_an_edge_paged_looks_at_its_caller(make_game):
    asks = {"when": "web>db.retries > 5/s over 10s", "policy": "shop", "summary": "web retries"}
    game = make_game(alerts={"retries": asks})
    game.run(120)
    (look,) = game.of(LookStarted, person="eve")
    assert look.command == "metrics web"


def test_a_check_says_what_is_seen_of_an_edge_in_its_own_words():
    leaves = comparisons(parse_condition("web>db.breaker == closed and web>db.retries < 1/s"))
    assert [describe(leaf, Open(), 9) for leaf in leaves] == ["web>db.breaker open", "web>db.retries 25"]

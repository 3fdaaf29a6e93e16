"""Conditions over signals, as alerts and playbooks write them: a tokenizer, a parser, an evaluator; never `eval`.

    condition  := all ("or" all)*
    all        := unit ("and" unit)*
    unit       := "not" unit | ( "(" condition ")" | deed | signal ) ["for" duration]
    deed       := ( "nobody" | "somebody" ) "has" ( "declared" | "told" "customers" | ... )
    signal     := subject "." metric [operator quantity] ["over" duration]
    subject    := service | entry | edge | state        edge     := caller ">" callee ["#" label]
    operator   := < <= > >= == !=                       quantity := 5% | 250ms | 12 | 0.5 | 30/s | open

An edge is one word, as everywhere else: `web>db.errors > 5%`; with a space before it, `>` compares. A deed is another
way to write a state: `nobody has declared` is `not incident.declared`, and is shown so. `over 1m` takes the metric over
the last minute; `for 1m` demands that the condition held at every second of it. A metric without data compares false; a
state (incident, alerts, people, ...) is read as it is now, at whichever second.
Owns syntax and meaning; which names exist is checked by `gameday.scenario`.
"""

from gameday.core.expressions.amounts import RATE_METRICS
from gameday.core.expressions.parser import DEEDS, parse_condition
from gameday.core.expressions.tokens import ConditionError
from gameday.core.expressions.tree import Comparison, Condition, Every, Lasting, Not, Some, comparisons

__all__ = [
    "DEEDS",
    "RATE_METRICS",
    "Comparison",
    "Condition",
    "ConditionError",
    "Every",
    "Lasting",
    "Not",
    "Some",
    "comparisons",
    "parse_condition",
]

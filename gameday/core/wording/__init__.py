"""Plain patterns over what people write in an incident: public updates, CAN reports, asks.

They are rules that a person could check by hand, in English, with a stated vocabulary (`vocabulary`); no judgement
of style. Pure: a text in, findings out. Deadlines stand in `gameday.response.updates`, what is true and what it is
worth in `gameday.scoring.communication`.
"""

from __future__ import annotations

from gameday.core.wording.asks import AskReading, is_vague, read_ask, time_limit
from gameday.core.wording.can import CanReading, read_can
from gameday.core.wording.denials import is_denied
from gameday.core.wording.names import Words
from gameday.core.wording.rules import RULES, Rule
from gameday.core.wording.updates import UpdateReading, read_update

__all__ = [
    "RULES",
    "AskReading",
    "CanReading",
    "Rule",
    "UpdateReading",
    "Words",
    "is_denied",
    "is_vague",
    "read_ask",
    "read_can",
    "read_update",
    "time_limit",
]

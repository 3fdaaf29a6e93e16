"""What hats and modifiers there are, in words: light enough for the help of a verb, which loads no models.

What they do stands in `hats` and `modifiers`.
"""

from __future__ import annotations

from collections.abc import Mapping

HAT_WORDS: Mapping[str, str] = {
    "commander": "you lead and touch no keyboard; colleagues look and act for you",
    "responder": "you work under a simulated commander, who wants CAN reports on time",
    "alone": "colleagues are hard to reach: they come late, and most of them hardly ever",
}

MODIFIER_WORDS: Mapping[str, str] = {
    "key-person-absent": "somebody whom you would need is not to be had",
    "first-page-to-nobody": "the first page goes to somebody who left",
    "locked-out": "your own access does not work: ask others, or break the glass",
    "status-page-down": "the status page fails with what it should tell of",
    "monitoring-shares-fate": "signals near the cause go missing or stale",
    "executive-swoop": "executives order, press, ask and dispute",
    "journalist": "a journalist calls at the worst moment",
    "tickets": "support passes on what customers write",
}
"""In the order in which they are put on."""

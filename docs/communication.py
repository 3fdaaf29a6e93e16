"""Writes the generated part of docs/communication.md: rules, vocabulary, templates, and how well the rules read.

python docs/communication.py            write it
python docs/communication.py --check    say whether it is what the code and the corpus say (exit 1 where it is not)
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from gameday.core.wording import RULES, UpdateReading, read_ask, read_can, read_update
from gameday.core.wording.asks import INTENTS, NEEDS_SUBJECT
from gameday.core.wording.can import PARTS
from gameday.core.wording.templates import BUILT_IN, PLACEHOLDERS
from gameday.core.wording.vocabulary import WORD_LISTS, WordList

DOCS = Path(__file__).parent
PAGE = DOCS / "communication.md"
CORPUS = DOCS.parent / "tests" / "data" / "updates"
BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"

_CLAIMS: dict[str, tuple[str, Callable[[UpdateReading], bool]]] = {
    "impact": ("says what or whom it hurts", lambda reading: reading.states_impact),
    "next": ("says when the next update comes", lambda reading: reading.names_next_update),
    "eta": ("promises a time for the repair", lambda reading: reading.promises_eta),
    "recovered": ("says that it is over", lambda reading: reading.says_recovered),
}


def generated() -> str:
    """Everything between the two marks."""
    return "\n\n".join([_rules(), _figures(), _vocabulary(), _intents(), _templates()])


def page() -> str:
    """The whole page as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{generated()}\n{END}{after}"


def _rules() -> str:
    rows = [
        (rule.text, "until one says that it is over" if rule.while_it_lasts else "always",
         "yes" if rule.scored else "no, shown while writing", rule.source)
        for rule in RULES
    ]  # fmt: skip
    return "## What every update is held to\n\n" + _table(("a good update", "asked", "scored", "source"), rows)


def _figures() -> str:
    """Precision and recall over the corpus, as the rules read it today."""
    corpus = _read("updates")
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for case in corpus["updates"]:
        reading = read_update(case["text"], corpus["system"])
        for name, (_, claims) in _CLAIMS.items():
            counts[name, name in case["says"], claims(reading)] += 1
    rows = []
    for name, (text, _) in _CLAIMS.items():
        right, wrong, missed = counts[name, True, True], counts[name, False, True], counts[name, True, False]
        rows.append(
            (text, right + missed, right, wrong, missed, _share(right, right + wrong), _share(right, right + missed))
        )
    heads = ("an update", "there", "found", "found wrongly", "missed", "precision", "recall")
    others = _other_figures(len(corpus["updates"]))
    return f"## How well the rules read\n\n{others}\n\n{_table(heads, rows)}"


def _other_figures(updates: int) -> str:
    reports, asks = _read("can")["reports"], _read("asks")
    whole = sum(all(getattr(read_can(case["text"]), part) == case.get(part, "") for part in PARTS) for case in reports)
    vague = sum(read_ask(case["text"], asks["names"]).vague is case.get("vague", False) for case in asks["asks"])
    return (
        f"Today, over the corpus in `tests/data/updates/`: {updates} updates (the table), {len(reports)} CAN reports "
        f"({whole} taken apart as a careful\nreader does), "
        f"{len(asks['asks'])} asks ({vague} rightly called vague or not)."
    )


def _vocabulary() -> str:
    rows = [(words.name, words.meaning, _words(words)) for words in WORD_LISTS]
    return "## Vocabulary of updates\n\n" + _table(("list", "meaning", "words (`*` is any ending)"), rows)


def _intents() -> str:
    rows = [
        (intent.name, intent.meaning, "yes" if intent.name in NEEDS_SUBJECT else "", _words(intent))
        for intent in INTENTS
    ]
    return "## What an ask can want\n\n" + _table(("intent", "meaning", "vague without a name", "words"), rows)


def _templates() -> str:
    rows = [(f"`{name}`", text) for name, text in BUILT_IN.items()]
    holes = "; ".join(f"`{{{name}}}` {meaning}" for name, meaning in PLACEHOLDERS.items())
    return f"## Built-in templates\n\nPlaceholders: {holes}.\n\n" + _table(("`status --template`", "text"), rows)


def _words(words: WordList) -> str:
    return ", ".join(words.words).replace("*", r"\*")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((CORPUS / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit code."""
    wanted = page()
    if PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    if "--check" in arguments:
        sys.stdout.write(f"{PAGE.name} is not what the code says; run: python docs/communication.py\n")
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

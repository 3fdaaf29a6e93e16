"""What a verb of the command language is: its parameters, its usage, how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["act", "look", "coordinate", "walk"]
Kind = Literal[
    "service",
    "edge",
    "entry",
    "flag",
    "person",
    "page",
    "action",
    "role",
    "severity",
    "share",
    "count",
    "duration",
    "on-off",
    "text",
    "subject",
    "component",
    "mechanism",
    "sustaining",
    "step-move",
    "means",
    "target",
    "scope",
    "drainable",
    "setting",
    "value",
    "rate",
    "replica",
    "version",
    "certificate",
    "credential",
    "procedure",
    "word",
    "command",
    "switch",
]
"""What an argument names; the screens complete by it and the rules check by it.

`target`: a service, edge or entry. `scope`: a service, or all. `drainable`: a zone or a service. `word`: one of the
parameter's own words. `command`: another command. `switch`: an option that is there or not and takes no value.
"""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a verb. `rest` takes all that follows as one text; `words` are all it can be, with meanings."""

    name: str
    kind: Kind
    required: bool = True
    rest: bool = False
    words: tuple[tuple[str, str], ...] = ()

    @property
    def usage(self) -> str:
        """`SERVICE`, `[ENTRY]`, `pause|resume` or, of an option, `[--entry ENTRY]`."""
        written = "|".join(word for word, _ in self.words) or self.name.upper()
        return written if self.required else f"[{written}]"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the command language. `takes` is the default duration in seconds of an action or a look."""

    name: str
    group: Group
    summary: str
    parameters: tuple[Parameter, ...] = ()
    options: tuple[Parameter, ...] = ()
    takes: int = 0

    @property
    def usage(self) -> str:
        """`shed SERVICE SHARE [--entry ENTRY]`."""
        words = [self.name, *(parameter.usage for parameter in self.parameters)]
        words += [f"[--{p.name}]" if p.kind == "switch" else f"[--{p.name} {p.kind.upper()}]" for p in self.options]
        return " ".join(words)

    def option(self, name: str) -> Parameter | None:
        """The option called `name`, without its dashes."""
        return next((option for option in self.options if option.name == name), None)


def argument(name: str, kind: Kind, *, required: bool = True, rest: bool = False) -> Parameter:
    return Parameter(name, kind, required, rest)


def one_of(name: str, *, required: bool = True, **words: str) -> Parameter:
    return Parameter(name, "word", required, words=tuple(words.items()))

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
    "colleague",
    "question",
    "page",
    "alert",
    "action",
    "role",
    "severity",
    "share",
    "count",
    "duration",
    "duration-or-off",
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
        """`shed SERVICE SHARE [--entry ENTRY]`; options stand before free text."""
        options = [_option_usage(option) for option in self.options]
        before = [parameter.usage for parameter in self.parameters if not parameter.rest]
        after = [parameter.usage for parameter in self.parameters if parameter.rest]
        return " ".join([self.name, *before, *options, *after])

    def option(self, name: str) -> Parameter | None:
        """The option called `name`, without its dashes."""
        return next((option for option in self.options if option.name == name), None)


def _option_usage(option: Parameter) -> str:
    if option.kind == "switch":
        return f"[--{option.name}]"
    return f"[--{option.name} {'|'.join(word for word, _ in option.words) or option.kind.upper()}]"


def argument(name: str, kind: Kind, *, required: bool = True, rest: bool = False) -> Parameter:
    return Parameter(name, kind, required, rest)


def one_of(name: str, *, required: bool = True, **words: str) -> Parameter:
    return Parameter(name, "word", required, words=tuple(words.items()))

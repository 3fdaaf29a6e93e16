"""The exercise: a checked scenario with its playbooks and their common digest; what a session is made from.

Owns the canonical JSON form that journals carry. Does not own reading YAML (`gameday.scenario.load`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

from gameday.core.draws import draw_name, uniform
from gameday.scenario.hats import HATS
from gameday.scenario.models import Playbook, Scenario
from gameday.scenario.modifiers import in_order, modified

JsonObject = dict[str, object]


@dataclass(frozen=True)
class Exercise:
    """A scenario and its playbooks, immutable and valid. `name` is the library name or the file's stem.

    `scenario` is what is played: that of the file (`plain`), with a hat and modifiers where somebody chose them.
    """

    name: str
    scenario: Scenario
    playbooks: Mapping[str, Playbook]
    hat: str = ""
    modifiers: tuple[str, ...] = ()
    written: Scenario | None = None

    @property
    def plain(self) -> Scenario:
        """The scenario as it is written."""
        return self.written or self.scenario

    @cached_property
    def digest(self) -> str:
        """blake2b (128 bits) of the canonical JSON of scenario, playbooks, hat, modifiers; the name does not enter."""
        return blake2b(canonical(self.to_json()), digest_size=16).hexdigest()

    @cached_property
    def plain_digest(self) -> str:
        """The digest without hat and modifiers: what a proof is of."""
        return blake2b(canonical(self._plain_json()), digest_size=16).hexdigest()

    def dressed(self, hat: str = "", modifiers: Sequence[str] = ()) -> Exercise:
        """The same exercise with another hat and other modifiers. Raises KeyError for a name that there is not."""
        modifiers = in_order(modifiers)
        scenario = modified(self.plain, modifiers)
        if hat:
            scenario = HATS[hat].apply(scenario)
        return replace(self, scenario=scenario, hat=hat, modifiers=modifiers, written=self.plain)

    @property
    def reference_playbook(self) -> Playbook:
        """What the reference responder follows: the first that the scenario names."""
        return self.playbooks[self.scenario.playbooks[0]]

    @property
    def player(self) -> str:
        """The person whom a single player plays."""
        return self.scenario.seats[0].person

    def to_json(self) -> JsonObject:
        """Everything, as plain data that `from_json` reads back."""
        dress: JsonObject = {"hat": self.hat} if self.hat else {}
        if self.modifiers:
            dress["modifiers"] = list(self.modifiers)
        return {**self._plain_json(), **dress}

    def _plain_json(self) -> JsonObject:
        return {
            "scenario": self.plain.model_dump(mode="json", by_alias=True, exclude_none=True),
            "playbooks": {
                name: book.model_dump(mode="json", by_alias=True, exclude_none=True)
                for name, book in self.playbooks.items()
            },
        }

    @classmethod
    def from_json(cls, name: str, data: Mapping[str, object]) -> Exercise:
        """Raises pydantic's ValidationError or KeyError where the data is not an exercise."""
        playbooks = data["playbooks"]
        if not isinstance(playbooks, Mapping):
            raise KeyError("playbooks")
        plain = cls(
            name,
            Scenario.model_validate(data["scenario"]),
            {str(key): Playbook.model_validate(book) for key, book in playbooks.items()},
        )
        modifiers = data.get("modifiers", ())
        if not isinstance(modifiers, Sequence) or isinstance(modifiers, str):
            raise KeyError("modifiers")
        hat = str(data.get("hat", ""))
        return plain.dressed(hat, [str(name) for name in modifiers]) if hat or modifiers else plain

    def draw_variant(self, seed: int) -> str:
        """The variant that this seed draws, by weight."""
        variants = self.scenario.variants
        total = 0.0
        for variant in variants.values():
            total += variant.weight
        left = uniform(draw_name(seed, "variant")) * total
        for name, variant in variants.items():
            left -= variant.weight
            if left < 0.0:
                return name
        return next(reversed(variants))


def canonical(data: object) -> bytes:
    """JSON with sorted keys and no spaces: the same bytes for the same data."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

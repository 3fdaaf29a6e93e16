"""The exercise: a checked scenario with its playbooks and their common digest; what a session is made from.

Owns the canonical JSON form that journals carry. Does not own reading YAML (`gameday.scenario.load`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from gameday.core.draws import draw_name, uniform
from gameday.scenario.models import Playbook, Scenario

JsonObject = dict[str, object]


@dataclass(frozen=True)
class Exercise:
    """A scenario and its playbooks, immutable and valid. `name` is the library name or the file's stem."""

    name: str
    scenario: Scenario
    playbooks: Mapping[str, Playbook]

    @cached_property
    def digest(self) -> str:
        """blake2b (128 bits) of the canonical JSON of scenario and playbooks; the name does not enter."""
        return blake2b(canonical(self.to_json()), digest_size=16).hexdigest()

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
        return {
            "scenario": self.scenario.model_dump(mode="json", by_alias=True, exclude_none=True),
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
        return cls(
            name,
            Scenario.model_validate(data["scenario"]),
            {str(key): Playbook.model_validate(book) for key, book in playbooks.items()},
        )

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

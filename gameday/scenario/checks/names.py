"""What names mean in a scenario: the tables that references, commands and conditions are checked against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gameday.scenario.copies import may_follow
from gameday.scenario.models import Scenario
from gameday.scenario.models.system import Dependency, System


@dataclass(frozen=True)
class Names:
    """Every name of a scenario by kind, in the order of the file. `pairs` are `caller-callee`, as credentials go.

    What conditions are checked against besides: each dependency by its name, the services that have a metric which not
    every one has, and how long the session lasts, in µs.
    """

    services: tuple[str, ...]
    entries: tuple[str, ...]
    edges: tuple[str, ...]
    flags: tuple[str, ...]
    segments: tuple[str, ...]
    people: tuple[str, ...]
    teams: tuple[str, ...]
    schedules: tuple[str, ...]
    policies: tuple[str, ...]
    alerts: tuple[str, ...]
    playbooks: tuple[str, ...]
    variants: tuple[str, ...]
    zones: tuple[str, ...]
    certificates: tuple[str, ...]
    credentials: tuple[str, ...]
    procedures: tuple[str, ...]
    pairs: tuple[str, ...]
    dependencies: Mapping[str, Dependency]
    having: Mapping[str, tuple[str, ...]]
    lasts: int

    @classmethod
    def of(cls, scenario: Scenario) -> Names:
        system = scenario.system
        entries = system.traffic.entries
        return cls(
            services=tuple(system.services),
            entries=tuple(entries),
            edges=tuple(dict.fromkeys(edge.name for edge in system.dependencies)),
            flags=tuple(system.flags),
            segments=tuple(dict.fromkeys(name for entry in entries.values() for name in entry.segments)),
            people=tuple(scenario.people),
            teams=tuple(scenario.teams),
            schedules=tuple(scenario.schedules),
            policies=tuple(scenario.escalation_policies),
            alerts=tuple(scenario.alerts),
            playbooks=tuple(scenario.playbooks),
            variants=tuple(scenario.variants),
            zones=tuple(
                dict.fromkeys(
                    (*(system.zones or ()), *(zone for one in system.services.values() for zone in one.zones or ()))
                )
            ),
            certificates=tuple(system.certificates or ()),
            credentials=tuple(system.credentials or ()),
            procedures=tuple(scenario.procedures or ()),
            pairs=tuple(dict.fromkeys(f"{edge.caller}-{edge.callee}" for edge in system.dependencies)),
            dependencies={edge.name: edge for edge in system.dependencies},
            having=_having(system),
            lasts=scenario.duration,
        )

    @property
    def subjects(self) -> tuple[str, ...]:
        """Whose signals can be read."""
        return (*self.services, *self.entries)

    @property
    def components(self) -> tuple[str, ...]:
        """What can be at fault."""
        return (*self.services, *self.edges, *self.flags, *self.entries)


def _having(system: System) -> dict[str, tuple[str, ...]]:
    """Metric -> the services that have it, of the metrics that only some have (the engine reads them: `gauges`)."""
    services, edges = system.services, system.dependencies
    pulled = [edge.caller for edge in edges if edge.mode == "pull"]
    cached = [(edge.caller, edge.cache.at or edge.caller) for edge in edges if edge.cache is not None]
    found = {
        "backlog": pulled,
        "lag": [name for name in services if may_follow(system, name)],
        "healthy": [name for name, one in services.items() if one.per_replica is not None],
        "pool": [edge.caller for edge in edges if edge.pool is not None],
        "cache_hits": [name for pair in cached for name in pair],
    }
    return {metric: tuple(dict.fromkeys(names)) for metric, names in found.items()}

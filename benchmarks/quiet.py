"""A scenario in which nothing fails: what sessions cost besides the traffic is measured on it."""

from __future__ import annotations

from dataclasses import replace

from gameday.scenario.exercise import Exercise
from gameday.scenario.load import load


def quiet(name: str, *, duration: int, demand: float = 1.0, replicas: int = 1) -> Exercise:
    """A built-in scenario or that of a file, without its faults and injects, `duration` µs long.

    With so many times the demand and the replicas.
    """
    exercise = load(name)
    scenario = exercise.scenario
    system, traffic = scenario.system, scenario.system.traffic
    entries = {
        entry: one.model_copy(update={"rate": one.rate * demand, "shape": None})
        for entry, one in traffic.entries.items()
    }
    services = {
        service: one.model_copy(update={"replicas": one.replicas * replicas})
        for service, one in system.services.items()
    }
    variants = {variant: one.model_copy(update={"faults": ()}) for variant, one in scenario.variants.items()}
    traffic = traffic.model_copy(update={"entries": entries, "shape": ()})
    update = {
        "system": system.model_copy(update={"services": services, "traffic": traffic}),
        "variants": variants,
        "injects": (),
        "duration": duration,
        "horizon": None,
    }
    return replace(exercise, scenario=scenario.model_copy(update=update))

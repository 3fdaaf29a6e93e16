"""An autoscaler that shrinks on falling CPU while everything waits."""

from __future__ import annotations

from functools import cache

import pytest
import simpy

from gameday.engine.world import World
from gameday.scenario.exercise import Exercise
from gameday.scenario.models import Scenario
from tests.laws.estimates import SECOND
from tests.laws.tables import Line, Table

HANGS, BACK, END = 90, 270, 390
METRICS = {"load (own work, as CPU)": ("load", 0.4), "saturation (busy workers)": ("saturation", 0.6)}


def shop(metric: str, target: float) -> Scenario:
    """A web tier of four replicas at its target before a database that hangs for three minutes."""
    return Scenario.model_validate(
        {
            "gameday": 1,
            "title": "Autoscaled",
            "summary": "a web tier with an autoscaler",
            "duration": f"{END}s",
            "briefing": "watch",
            "system": {
                "services": {
                    "web": {
                        "team": "web",
                        "service_time": "60ms",
                        "replicas": 4,
                        "workers": 8,
                        "start_up": "20s",
                        "autoscaling": {
                            "metric": metric,
                            "target": target,
                            "least": 1,
                            "most": 10,
                            "down_cooldown": "60s",
                        },
                    },
                    "db": {"kind": "database", "team": "web", "service_time": "20ms", "workers": 400},
                },
                "dependencies": [{"from": "web", "to": "db", "timeout": "5s"}],
                "traffic": {"entries": {"order": {"to": "web", "rate": "200/s", "timeout": "2s"}}},
            },
            "slos": {"order": {"good": "99%", "within": "1s"}},
            "people": {"ana": {"team": "web"}},
            "teams": {"web": {}},
            "seats": [{"person": "ana"}],
            "variants": {
                "hang": {
                    "cause": {"component": "db", "mechanism": "slow"},
                    "faults": [
                        {
                            "kind": "latency",
                            "at": f"{HANGS}s",
                            "lasts": f"{BACK - HANGS}s",
                            "service": "db",
                            "factor": 50,
                        }
                    ],
                }
            },
            "playbooks": ["watch"],
        }
    )


@cache
def scaled(name: str) -> dict[str, float]:
    """Replicas before, at the least and when the database is back; requests that failed in the two minutes after."""
    env = simpy.Environment(initial_time=0)
    world = World(env, Exercise("autoscaled", shop(*METRICS[name]), {}), "hang", 7, lambda _: None)
    web, entry = world.traffic.services["web"], world.traffic.entries["order"]
    env.run(until=HANGS * SECOND)
    before, least = web.replicas, web.replicas
    for second in range(HANGS, BACK):
        env.run(until=(second + 1) * SECOND)
        least = min(least, world.traffic.services["web"].replicas)
    back, failed, calm = web.replicas, sum(entry.outcomes[1:]), BACK
    for second in range(BACK, END):
        gone = sum(entry.outcomes[1:])
        env.run(until=(second + 1) * SECOND)
        if sum(world.traffic.entries["order"].outcomes[1:]) > gone:
            calm = second + 1
    return {
        "before": before,
        "least": least,
        "back": back,
        "failed": sum(entry.outcomes[1:]) - failed,
        "calm": calm - BACK,
    }


def line(name: str) -> Line:
    """What the autoscaler makes of three minutes in which every worker waits."""
    seen = scaled(name)
    shrinks = seen["least"] < seen["before"] / 2
    holds = (shrinks and seen["failed"] > 1000) if METRICS[name][0] == "load" else not shrinks
    cells = [f"{seen[key]:.0f}" for key in ("before", "least", "back", "failed")]
    return Line((*cells, f"{seen['calm']:.0f} s"), holds)


AUTOSCALER = Table(
    "Autoscaler on the wrong metric",
    "200 requests a second need four replicas; for three minutes the database takes 50 times as long, so that workers "
    "wait and do little work of their own. The autoscaler's metric is its line's name.",
    (
        "metric",
        "replicas before",
        "fewest meanwhile",
        "when the database is back",
        "requests that fail in the two minutes after",
        "last failure after",
    ),
    tuple(METRICS),
    line,
    tuple(METRICS),
)


@pytest.mark.parametrize("metric", AUTOSCALER.checked)
def test_an_autoscaler_on_cpu_takes_away_what_is_needed_when_the_database_is_back(metric):
    AUTOSCALER.check(metric)

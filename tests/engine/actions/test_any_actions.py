"""Whatever is done, in whatever order: no world breaks, costs are said, the same is the same again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gameday.core.arguments import REVERT, SETTINGS, value_problem
from gameday.core.commands import Command, command_problem, parse_command
from gameday.core.draws import draw_name, uniform
from gameday.core.verbs import VERBS
from tests.engine.actions.conftest import CACHE, DEPENDENCIES, SERVICES

API = {"autoscaling": {"target": 0.5, "most": 8}, "per_replica": {}, "warm_up": {"lasts": "20s"}}
SYSTEM = {
    "services": {**SERVICES, "api": {**SERVICES["api"], **API}},
    "dependencies": [
        {**edge, "cache": CACHE} if edge["to"] == "db" and edge["from"] == "api" else edge for edge in DEPENDENCIES
    ],
    "quota": 30,
    "certificates": {"paper": {"service": "api", "expires": "30s"}},
    "credentials": {"key": {"service": "db", "caller": "api", "expires": "50s"}},
    "flags": {"birch": {"effects": [{"service": "db", "latency": "30ms"}]}},
}
FAULTS = (
    {
        "kind": "bad-deploy",
        "at": "5s",
        "service": "api",
        "version": "v2",
        "migration": True,
        "effects": [{"service": "api", "errors": "10%"}],
    },
    {"kind": "poison-message", "at": "5s", "service": "jobs", "share": "10%", "crashes": True},
    {"kind": "disk-full", "at": "20s", "service": "db", "fills_in": "20s"},
    {"kind": "dns", "at": "40s", "service": "maps"},
    {
        "kind": "bad-config",
        "at": "9s",
        "service": "api",
        "setting": "threads 3",
        "effects": [{"service": "api", "workers": 3}],
    },
    {"kind": "crash", "at": "30s", "service": "worker"},
)
RULES = [
    {"verb": "restart", "fails": "30%"},
    {"verb": "drain", "fails": "30%", "meanwhile": [{"service": "db", "latency": "5ms"}]},
    {"verb": "restore", "takes": "20s"},
    {"verb": "scale", "approval": True},
]
EDGES = [f"{edge['from']}>{edge['to']}" for edge in DEPENDENCIES]
WORDS = {
    "service": list(SERVICES),
    "edge": EDGES,
    "entry": ["read", "write"],
    "flag": ["birch"],
    "share": ["0%", "20%", "100%"],
    "count": ["1", "2", "5"],
    "duration": ["50ms", "2s"],
    "on-off": ["on", "off"],
    "subject": [*SERVICES, "read", "write"],
    "target": [*SERVICES, *EDGES, "read", "write"],
    "scope": [*SERVICES, "all"],
    "drainable": ["north", "south", *SERVICES],
    "setting": [*SETTINGS, REVERT],
    "value": ["1", "2", "50", "5s", "20/s"],
    "rate": ["off", "20/s", "1000/s"],
    "replica": ["db-copy"],
    "version": ["v1", "v2", "v3"],
    "certificate": ["paper", "api", "db"],
    "credential": ["key", "api-db"],
    "procedure": ["tidy"],
    "text": ["abroad"],
    "action": ["X1", "X3", "X5", "X9", "X12", "X20"],
}
DOERS = [verb for verb in VERBS.values() if verb.group == "act" and verb.name != "breakglass"]
DOERS += [VERBS["cancel"], VERBS["approve"]]


def drawn(number, seed):
    """A command, and how it is drawn: by its number alone."""

    def pick(choices, *names):
        return choices[int(uniform(draw_name(seed, *names, str(number))) * len(choices))]

    verb = pick(DOERS, "verb")
    arguments = [
        pick([word for word, _ in parameter.words] or WORDS[parameter.kind], "argument", parameter.name)
        for parameter in verb.parameters
        if parameter.required or pick([True, False], "given", parameter.name)
    ]
    options = [
        (option.name, "on" if option.kind == "switch" else pick(WORDS[option.kind], "value", option.name))
        for option in verb.options
        if pick([True, False], "option", option.name)
    ]
    command = Command(verb.name, tuple(arguments), tuple(options), "ana")
    past_guard = verb.group == "act" and pick(range(5), "glass") == 0
    return Command("breakglass", (command.body,), (), "ana") if past_guard else command


def is_sensible(command):
    command = command.inner or command
    wrong = any(value_problem(command.verb, parameter, value) for _, parameter, value in command.given())
    return not wrong and command_problem(command) is None


def played(plant, seed, seconds=90):
    """Two commands a second; how many were accepted, and the state of the world each second."""
    tidy = {"summary": "tidy up", "takes": "5s", "lasts": "20s", "cleans": ["db"]}
    rig = plant(
        *FAULTS,
        system=SYSTEM,
        actions=RULES,
        procedures={"tidy": tidy | {"effects": [{"service": "api", "workers": 2}]}},
        releases=[{"service": "api", "version": "v3"}],
    )
    accepted, states = 0, []
    for number in range(2 * seconds):
        command = drawn(number, seed)
        assert parse_command(command.body) == replace(command, author="")
        if is_sensible(command) and rig.world.problem(command) is None:
            if VERBS[command.verb].group == "act":
                assert isinstance(rig.world.operations.cost(command), str)
            rig.world.perform(command)
            accepted += 1
        rig.run_to((number + 1) / 2)
        states.append(rig.world.digest_parts())
    return accepted, states


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_done_no_world_breaks_and_the_same_is_the_same_again(plant, seed):
    accepted, states = played(plant, seed)
    assert accepted > 60
    assert played(plant, seed) == (accepted, states)

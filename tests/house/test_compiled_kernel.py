"""The compiled kernel does what the interpreted one does. Compiling takes half a minute, and needs a C compiler."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

STORM = """
from gameday.core.draws import mix, unsigned, uniform, word
from gameday.engine.build import traffic_spec
from gameday.engine.traffic import kernel
from gameday.scenario.load import load

traffic = kernel.Traffic(traffic_spec(load("otel-shop").scenario), 2**64 - 3, trace_share=0.2)
traffic.advance(5_000_000)
for station in traffic.services.values():
    station.scale = [6.0] * len(traffic.classes)
traffic.advance(30_000_000)
keys = [mix(word(n**9 << 17), n) for n in range(1000)]
print(kernel.__file__)
print(traffic.digest_state())
print([unsigned(key) for key in keys], [uniform(key) for key in keys])
print(list(traffic.sampler.failed_traces), list(traffic.sampler.failures))
"""

LEFT = """
import gc
from gameday.engine.traffic import kernel
from gameday.scenario.load import load
from gameday.trials.job import run_one

run_one(load("retry-storm"), 7, "deploy", "idle")
gc.collect()
print(sum(isinstance(one, kernel.Traffic) for one in gc.get_objects()))
"""


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def compiled(tmp_path_factory) -> Path:
    """A folder with the package as a compiled wheel holds it."""
    if find_spec("mypyc") is None or find_spec("setuptools") is None:
        pytest.skip("compiling needs mypy and setuptools")
    if sys.platform != "win32" and shutil.which((sysconfig.get_config_var("CC") or "cc").split()[0]) is None:
        pytest.skip("compiling needs a C compiler")
    folder = tmp_path_factory.mktemp("compiled")
    for part in ("gameday", "scenarios", "playbooks"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd"))
    build = [sys.executable, "hatch_build.py", str(folder), "0"]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_a_storm_is_the_same_to_the_last_bit(compiled):
    where, *interpreted = run(ROOT, "-c", STORM).splitlines()
    whereabouts, *same = run(compiled, "-c", STORM).splitlines()
    assert where.endswith(".py")
    assert not whereabouts.endswith(".py")
    assert same == interpreted


def test_a_whole_game_has_the_same_digest_and_score(compiled):
    game = ("-m", "gameday", "run", "retry-storm", "--responder", "playbook", "--seed", "7", "--json")
    interpreted, same = (json.loads(run(folder, *game)) for folder in (ROOT, compiled))
    assert same == interpreted


def test_the_version_says_which_kernel_runs(compiled):
    assert run(compiled, "-m", "gameday", "--version").endswith("(compiled kernel)\n")


def test_a_game_that_is_over_leaves_nothing_behind(compiled):
    assert run(compiled, "-c", LEFT) == "0\n"

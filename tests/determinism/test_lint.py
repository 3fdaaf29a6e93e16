from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from gameday.core.units import MICRO
from gameday.response.responder import make_policy
from gameday.session.drive import drive
from gameday.session.session import Session
from tests.determinism.lint import float_names, lint
from tests.session.small import tiny

ROOT = Path(__file__).parent.parent.parent
REPLAYED = ("gameday/core", "gameday/engine", "gameday/response", "gameday/session")


def replayed_files() -> dict[str, str]:
    """Path -> source of everything that a replay runs."""
    files = [ROOT / "gameday/scenario/exercise.py"]
    for folder in REPLAYED:
        files += sorted((ROOT / folder).rglob("*.py"))
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_nothing_that_is_replayed_uses_what_breaks_determinism() -> None:
    files = replayed_files()
    assert len(files) > 60
    floats = float_names(ast.parse(source) for source in files.values())
    findings = [finding for path, source in files.items() for finding in lint(source, path, floats)]
    assert not findings, "\n".join(str(finding) for finding in findings)


PLANTED = {
    "hash": "key = hash(name) % 7",
    "id": "order = sorted(things, key=lambda thing: id(thing))",
    "set": "for name in {'a', 'b'}:\n    pass",
    "random": "import random",
    "secrets": "from secrets import token_hex",
    "uuid": "import uuid",
    "time": "from time import monotonic",
    "datetime": "import datetime as d",
    "numpy": "import numpy.random",
    "threading": "import threading",
    "concurrent": "from concurrent.futures import ThreadPoolExecutor",
    "multiprocessing": "import multiprocessing",
    "asyncio": "import asyncio",
    "locale": "import locale",
    "environ": "import os\nhome = os.environ['HOME']",
    "sum": "total = sum(value / 2 for value in values)",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_bug_of_each_kind_is_found(rule: str) -> None:
    assert [finding.rule for finding in lint(PLANTED[rule], "gameday/engine/planted.py")] == [rule]


@pytest.mark.parametrize(
    "source",
    [
        "names = [name for name in set(given)]",
        "names = list({one.name for one in given})",
        "names = tuple(frozenset(given))",
        "text = ', '.join({'a', 'b'})",
        "first = next(iter({1, 2}))",
        "call(*{1, 2})",
        "chosen = sorted({1, 2}, key=abs)",
        "chosen = min(set(given), key=len)",
        "both = [name for name in before.keys() | after.keys()]",
        "gone = [name for name in before.keys() - after.keys()]",
        "def f(names: set[str]) -> list[str]:\n    return [name for name in names]",
        "def f():\n    seen = set()\n    for one in seen:\n        pass",
        "def f():\n    seen: frozenset[str] = make()\n    yield from seen",
        "class A:\n    def a(self):\n        self.open = set()\n    def f(self):\n        return list(self.open)",
        "class A:\n    def f(self):\n        return self.open.pop()\n    def g(self):\n        self.open = {1}",
        "def f():\n    seen = {1}\n    for one in seen.union(other):\n        pass",
        "def f(some):\n    for one in ({1} if some else [1]):\n        pass",
    ],
)
def test_sets_are_found_wherever_their_order_would_matter(source: str) -> None:
    assert [finding.rule for finding in lint(source, "gameday/engine/planted.py")] == ["set"]


@pytest.mark.parametrize(
    "source",
    [
        "total = sum([0.1, 0.2])",
        "total = sum(float(one) for one in given)",
        "total = sum(weights)\nweights: list[float] = []",
        "class A:\n    mean: float\ndef f(windows):\n    return sum(window.mean for window in windows)",
        "class A:\n    shares: dict[str, float]\n    def f(self):\n        return sum(self.shares.values())",
        "def f(times: list[float]) -> float:\n    return sum(times)",
        "def cost(one) -> float: ...\ntotal = sum(cost(one) for one in given)",
        "total = sum(2 * -one * 0.5 for one in given)",
    ],
)
def test_sums_of_what_is_evidently_a_float_are_found(source: str) -> None:
    floats = float_names([ast.parse(source)])
    assert [finding.rule for finding in lint(source, "gameday/engine/planted.py", floats)] == ["sum"]


@pytest.mark.parametrize(
    "source",
    [
        "if name in {'a', 'b'}:\n    pass",
        "names = sorted({'b', 'a'})",
        "def f():\n    seen: set[str] = set()\n    seen.add('a')\n    return len(seen)",
        "def f():\n    names = {1}\n    return names\ndef g(names: list[int]):\n    return [name for name in names]",
        "count = sum(1 for one in given)",
        "class A:\n    judged: int\ndef f(windows):\n    return sum(window.judged for window in windows)",
        "both = a | b\nfor flag in both:\n    pass",
        "for key in table.keys():\n    pass",
        "thing.id(3); self.hash('a')",
        "last = names.pop()",
        "from gameday.core.time import x",
    ],
)
def test_what_is_harmless_is_left_alone(source: str) -> None:
    assert lint(source, "gameday/engine/planted.py", float_names([ast.parse(source)])) == []


def test_only_the_pace_reads_a_clock_and_only_the_places_a_date() -> None:
    assert lint("import time", "gameday/session/pace.py") == []
    assert lint("from datetime import UTC\nimport os\nos.environ", "gameday/session/places.py") == []
    assert [finding.rule for finding in lint("import time", "gameday/session/places.py")] == ["time"]
    assert [finding.rule for finding in lint("import datetime", "gameday/session/session.py")] == ["datetime"]


def guarded_sum(values: Iterable[float], /, start: float = 0) -> float:
    """`sum`, but nothing of what is replayed may hand it a float."""
    numbers = list(values)
    caller = sys._getframe(1).f_globals.get("__name__", "").replace(".", "/")
    if caller.startswith(REPLAYED) and any(isinstance(number, float) for number in numbers):
        raise AssertionError(f"{caller} sums floats with sum()")
    return REAL_SUM(numbers, start)


REAL_SUM = builtins.sum


def test_no_float_meets_sum_while_a_session_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "sum", guarded_sum)
    session = Session(tiny(), 7, variant="deploy")
    drive(session, make_policy("random", session.exercise, 7), until=30 * MICRO)
    for subject in ("web", "order"):
        for metric in ("rate", "goodput", "errors", "mean", "p95", "saturation", "queue", "retries", "bad"):
            session.signals.value(subject, metric, 30, 10)
    assert session.now == 30 * MICRO


def test_the_guard_on_sum_would_find_a_float(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "sum", guarded_sum)
    planted: dict[str, object] = {"__name__": "gameday.engine.planted"}
    with pytest.raises(AssertionError, match="gameday/engine/planted sums floats"):
        exec("sum([0.5, 1])", planted)

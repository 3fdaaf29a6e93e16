"""Run as a module: plants bugs of non-determinism, one in each child, and records sessions or simulates them again.

python -m tests.determinism.planted record FOLDER    a journal of the tiny exercise with each bug
python -m tests.determinism.planted verify FOLDER    simulates each again, with the same bug; prints what it found

A bug is code at the end of a module, which is then imported from its source: in a compiled build the source is there
too. Whoever records looks at the session as a screen does, and whoever verifies has played another session before.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

FROM = 20
"""The second in which most of the bugs begin."""

LATER = """
_next_time = Stream.next_time
def _planted(stream):
    due = _next_time(stream)
    return due if due is None or due < 20_000_000 else due + {noise}
Stream.next_time = _planted
"""
ARRIVALS, DRAWS = "gameday.engine.traffic.arrivals", "gameday.core.draws"
KERNEL, STATIONS = "gameday.engine.traffic.kernel", "gameday.engine.traffic.stations"

BUGS: dict[str, tuple[str, str]] = {
    "a key from hash()": (DRAWS, "def key_of(text):\n    return hash(text) & _MASK\n"),
    "an address from id()": (ARRIVALS, LATER.format(noise="id(stream) // 16 % 9973")),
    "a set of names walked through": (
        KERNEL,
        "_init = Traffic.__init__\n"
        "def _planted(traffic, *given, **named):\n"
        "    _init(traffic, *given, **named)\n"
        "    for number, name in enumerate(set(traffic.edges) | {'one', 'two', 'three', 'four', 'five'}):\n"
        "        if name in traffic.edges:\n"
        "            traffic.edges[name].latency = 100 * number\n"
        "Traffic.__init__ = _planted\n",
    ),
    "a set of objects walked through": (
        STATIONS,
        "_work_of = Station.work_of\n"
        "def _planted(station, visit):\n"
        "    others = set(station.visits)\n"
        "    return _work_of(station, visit) + (next(iter(others)).key % 7 if len(others) > 1 else 0)\n"
        "Station.work_of = _planted\n",
    ),
    "the monotonic clock": (ARRIVALS, "import time\n" + LATER.format(noise="time.monotonic_ns() % 1000")),
    "the date": (ARRIVALS, "import datetime\n" + LATER.format(noise="datetime.datetime.now().microsecond % 1000")),
    "an unseeded generator": (ARRIVALS, "import random\n" + LATER.format(noise="random.Random().randrange(100)")),
    "a shared generator that a screen draws from too": (
        "gameday.engine.signals",
        "import random\n"
        "GENERATOR = random.Random(7)\n"
        "_history = SignalStore.history\n"
        "def _planted(store, *given):\n"
        "    GENERATOR.random()\n"
        "    return _history(store, *given)\n"
        "SignalStore.history = _planted\n"
        "_close = SignalStore.close\n"
        "def _shuffled(store, window):\n"
        "    draw = GENERATOR.randrange(1000)\n"
        "    first = next(iter(window.services))\n"
        "    changed = window.services[first]._replace(queue=float(draw))\n"
        "    _close(store, window._replace(services={**window.services, first: changed}))\n"
        "SignalStore.close = _shuffled\n",
    ),
    "the system's entropy": (ARRIVALS, "import os\n" + LATER.format(noise="os.urandom(1)[0]")),
    "the process id": (ARRIVALS, "import os\n" + LATER.format(noise="os.getpid() % 1009")),
    "an environment variable": (
        ARRIVALS,
        "import os\n" + LATER.format(noise="len(os.environ['PYTHONHASHSEED']) * 100"),
    ),
    "a sum of floats in the order of a set": (
        ARRIVALS,
        "def _sum():\n"
        "    parts, total = {'one': 1e21, 'two': -1e21, 'three': 1e5, 'four': 1e3, 'five': 7.0}, 0.0\n"
        "    for name in set(parts):\n"
        "        total += parts[name]\n"
        "    return int(total)\n" + LATER.format(noise="_sum() % 100_000"),
    ),
    "a counter that outlives its session": (
        ARRIVALS,
        "COUNT = [0]\n"
        "_init = Stream.__init__\n"
        "def _counted(stream, *given, **named):\n"
        "    COUNT[0] += 1\n"
        "    _init(stream, *given, **named)\n"
        "Stream.__init__ = _counted\n" + LATER.format(noise="COUNT[0]"),
    ),
    "the state of the garbage collector": (ARRIVALS, "import gc\n" + LATER.format(noise="gc.get_count()[0] % 100")),
    "no bug at all": (ARRIVALS, ""),
}


class Planter(MetaPathFinder):
    """Imports gameday from its sources, one of them with more at its end."""

    def __init__(self, module: str, code: str) -> None:
        self.module, self.code = module, code

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith("gameday."):
            return None
        found = PathFinder.find_spec(fullname, path, target)
        if found is None or found.origin is None:
            return None
        folder = Path(found.origin).parent
        if found.submodule_search_locations is not None:
            source = folder / "__init__.py"
        else:
            source = folder / f"{fullname.rpartition('.')[2]}.py"
        more = self.code if fullname == self.module else ""
        return spec_from_file_location(
            fullname,
            source,
            loader=_Planted(fullname, str(source), more),
            submodule_search_locations=found.submodule_search_locations,
        )


class _Planted(SourceFileLoader):
    def __init__(self, fullname: str, path: str, more: str) -> None:
        super().__init__(fullname, path)
        self._more = more

    def get_code(self, fullname: str) -> CodeType | None:
        if not self._more:
            return super().get_code(fullname)
        return compile(Path(self.path).read_text(encoding="utf-8") + "\n\n" + self._more, self.path, "exec")


def record(path: Path) -> None:
    """The journal of a session that is looked at as a screen looks at it."""
    from gameday.session.journal import Writer
    from gameday.session.session import Session
    from tests.session.small import MemoryFile, play, tiny

    file = MemoryFile()
    session = Session(tiny(), 7, variant="deploy", journal=Writer(file))
    session.on_second(lambda _: session.signals.history("web", "queue", 5))
    play(session)
    session.finish()
    path.write_bytes(file.written)


def verify(path: Path) -> dict[str, object]:
    """What simulating it again finds, in a process that has played another session before."""
    from gameday.session.journal import read_journal
    from gameday.session.replay import verify
    from tests.session.small import played, tiny

    played(tiny(), seed=8)
    found = verify(read_journal(path))
    difference = found.difference
    return {
        "outcome": found.outcome,
        "second": None if difference is None else difference.second,
        "where": None if difference is None else difference.where,
    }


def main(what: str, folder: Path) -> None:
    """Each bug in a child of its own, whose first gameday it is; what all of them share is imported before."""
    import networkx  # noqa: F401
    import pydantic  # noqa: F401
    import simpy  # noqa: F401
    import yaml  # noqa: F401

    for number, (module, code) in enumerate(BUGS.values()):
        child = os.fork()
        if child:
            assert os.waitpid(child, 0)[1] == 0, module
            continue
        sys.meta_path.insert(0, Planter(module, code))
        path = folder / f"{number}.jsonl"
        if what == "record":
            record(path)
        else:
            (folder / f"{number}.json").write_text(json.dumps(verify(path)))
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

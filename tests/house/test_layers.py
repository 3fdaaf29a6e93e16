"""What the import contracts cannot see: what really comes along when a headless package is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEADLESS = ("core", "scenario", "engine", "response", "session", "scoring", "trials", "evaluate")


def modules_after(code: str) -> set[str]:
    program = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    finished = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return set(finished.stdout.split())


@pytest.mark.parametrize("package", HEADLESS)
def test_headless_packages_bring_no_screen_along(package):
    code = (
        "import importlib, pkgutil\n"
        f"package = importlib.import_module('gameday.{package}')\n"
        "for found in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(found.name)"
    )
    loaded = modules_after(code)
    assert not {"textual", "rich", "asyncio", "numpy"} & loaded


def test_help_pays_for_nothing_that_it_does_not_use():
    code = (
        "import contextlib, io, sys\n"
        "sys.argv = ['gameday', '--help']\n"
        "from gameday.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main()"
    )
    loaded = modules_after(code)
    assert not {"textual", "rich", "simpy", "networkx", "pydantic", "yaml", "asyncio"} & loaded

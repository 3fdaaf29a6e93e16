"""What decides whether a wheel is pure Python, and what is compiled where it is not."""

from __future__ import annotations

import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """hatch_build.py, which is no part of a package."""
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def hook(build):
    return build.CompiledKernel(str(ROOT), _configuration(), None, None, str(ROOT), "wheel")


def _configuration() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]


def test_every_module_of_the_kernel_is_compiled_unless_it_is_named(build):
    configuration = _configuration()
    chosen = build.modules(ROOT, configuration)
    assert chosen == sorted(chosen)
    assert "gameday/core/draws.py" in chosen
    kernel = {path.relative_to(ROOT).as_posix() for path in (ROOT / "gameday/engine/traffic").rglob("*.py")}
    assert all(path.endswith(("/__init__.py", "/specs.py")) for path in kernel - set(chosen))


@pytest.mark.parametrize("value", [None, "", "0"])
def test_unless_it_is_asked_for_a_build_needs_no_compiler_and_stays_pure(hook, monkeypatch, value):
    monkeypatch.delenv("GAMEDAY_COMPILE", raising=False)
    if value is not None:
        monkeypatch.setenv("GAMEDAY_COMPILE", value)
    data: dict[str, object] = {}
    hook.initialize("standard", data)
    hook.finalize("standard", data, "")
    assert (hook.dependencies(), data) == ([], {})


def test_asked_for_it_names_what_it_needs_but_leaves_editable_installs_alone(hook, monkeypatch):
    monkeypatch.setenv("GAMEDAY_COMPILE", "1")
    data: dict[str, object] = {}
    hook.initialize("editable", data)
    assert data == {}
    assert [need.split(">")[0] for need in hook.dependencies()] == ["mypy", "setuptools", "pydantic"]
    assert "mypyc.build" not in sys.modules

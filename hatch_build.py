"""Builds the kernel into the wheel with mypyc where GAMEDAY_COMPILE=1 asks for it; else wheels are pure Python.

Owns how modules are compiled. Which ones: `[tool.hatch.build.targets.wheel.hooks.custom]` in pyproject.toml.
`python hatch_build.py DIRECTORY [LEVEL]` compiles into a directory, for benchmarks and tests (which do with level 0).
"""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SWITCH = "GAMEDAY_COMPILE"
LEVEL = "1"
"""Of optimisation: the kernel is as fast as with the third, and is built in half the time."""

MYPY = ("--strict", "--follow-imports=silent", "--config-file=", f"--cache-dir={os.devnull}")
# A fused multiply-add rounds once where the interpreter rounds twice; and keys are mixed modulo 2**64.
SAME_NUMBERS = ("-ffp-contract=off", "-fwrapv")


class CompiledKernel(BuildHookInterface[Any]):
    """Hatchling's hook. An editable install stays interpreted: it is for those who edit the source."""

    _built: TemporaryDirectory[str] | None = None

    def dependencies(self) -> list[str]:
        """What compiling needs, only where it is asked for. pydantic is there for its types."""
        return ["mypy>=1.15", "setuptools>=70", "pydantic>=2.8"] if _wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Put the compiled modules beside their source, which tracebacks show."""
        if version == "editable" or not _wanted():
            return
        self._built = TemporaryDirectory(prefix="gameday-")
        into = Path(self._built.name)
        built = compile_modules(modules(Path(self.root), self.config), into)
        build_data["force_include"].update({str(into / name): name for name in built})
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """All is in the wheel: what was built can go."""
        del version, build_data, artifact_path
        if self._built is not None:
            self._built.cleanup()


def modules(root: Path, config: dict[str, Any]) -> list[str]:
    """Paths from the root, in order: what `compiled` matches and `interpreted` does not."""
    left_out = {path for pattern in config["interpreted"] for path in root.glob(pattern)}
    chosen = {path for pattern in config["compiled"] for path in root.glob(pattern)} - left_out
    return sorted(path.relative_to(root).as_posix() for path in chosen)


def compile_modules(paths: list[str], into: Path, level: str = LEVEL) -> list[str]:
    """Compiles and returns what was built, as paths from `into`. The working directory is the project's root."""
    from mypyc.build import mypycify
    from setuptools import Distribution

    extensions = mypycify(
        [*MYPY, *paths], opt_level=level, group_name="gameday", target_dir=str(into / "c"), strip_asserts=False
    )
    for extension in extensions:
        if sys.platform != "win32":
            extension.extra_compile_args = [*extension.extra_compile_args, *SAME_NUMBERS]
    build = Distribution({"name": "gameday", "ext_modules": extensions}).get_command_obj("build_ext")
    build.build_lib, build.build_temp = str(into), str(into / "o")
    build.ensure_finalized()
    build.run()
    return sorted(Path(path).relative_to(into).as_posix() for path in build.get_outputs())


def _wanted() -> bool:
    return os.environ.get(SWITCH, "0") not in ("", "0")


if __name__ == "__main__":
    root = Path(__file__).resolve().parent
    hooks = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    os.chdir(root)
    compile_modules(modules(root, hooks["hooks"]["custom"]), Path(sys.argv[1]).resolve(), *sys.argv[2:])

"""The library: where the scenarios and playbooks are that come with gameday, in the wheel or in a checkout.

Owns names and paths. Does not own reading them (`gameday.scenario.load`) or what a list says (`listing`).
"""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".yaml", ".yml")


def library_dir() -> Path:
    """The folder that holds `scenarios/` and `playbooks/`."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / "library"
    return bundled if bundled.is_dir() else package.parent


def scenarios_dir() -> Path:
    """The folder of the built-in scenarios, whose proofs stand beside them."""
    return library_dir() / "scenarios"


def playbooks_dir() -> Path:
    """The folder of the built-in playbooks."""
    return library_dir() / "playbooks"


def library_names() -> list[str]:
    """The names of the built-in scenarios, in order."""
    return sorted(path.stem for suffix in SUFFIXES for path in scenarios_dir().glob(f"*{suffix}"))


def library_path(name: str) -> Path | None:
    """The file of a built-in scenario, or None where there is none of that name."""
    found = (scenarios_dir() / f"{name}{suffix}" for suffix in SUFFIXES if name in library_names())
    return next((path for path in found if path.is_file()), None)


def proof_path(scenario_path: Path) -> Path:
    """Where the proof of a scenario's file stands: NAME.yaml -> NAME.proof.json."""
    return scenario_path.with_suffix(".proof.json")

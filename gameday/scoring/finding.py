"""Finding the proof that a session is scored against: beside the scenario's file, or beside the library's scenario.

Owns the one way in which the command line and the screens look for it. A proof that is missing, unreadable or of
something else never stops a session: it is said, and part of the score stays open.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gameday.core.text import clean_line
from gameday.scenario.exercise import Exercise
from gameday.scenario.library import library_path, proof_path
from gameday.scoring.proof import Proof, ProofUnreadable, horizon_of, staleness


@dataclass(frozen=True)
class Found:
    """A proof of today, or None and in `reason` why there is none."""

    proof: Proof | None
    reason: str = ""

    @property
    def note(self) -> str:
        """What to tell whoever plays; empty where all can be scored."""
        return f"{self.reason}; without it recovery time and customer impact are not scored" if self.reason else ""


def source_of(scenario_path: Path) -> str:
    """What a journal's header keeps of where a scenario came from: its absolute path, nothing for a built-in one."""
    return "" if scenario_path == library_path(scenario_path.stem) else str(scenario_path.absolute())


def find_proof(exercise: Exercise, source: str = "", *, horizon: int | None = None) -> Found:
    """The proof of an exercise that came from `source` (see `source_of`), which may no longer be there.

    A session that goes on brings the `horizon` (µs) with which it began; only a proof with that one can judge it.
    """
    path = Path(source) if source else library_path(exercise.name)
    if path is None or not path.is_absolute() or not path.name:
        return Found(None, f"there is no proof of {exercise.name}")
    found = _beside(path, exercise)
    if found.proof is None and source and not path.is_file():
        return Found(None, f"{exercise.name} is no longer at {clean_line(source, 300)}; its proof went with it")
    if found.proof is not None and horizon not in (None, horizon_of(exercise.scenario, found.proof)):
        return Found(None, f"the proof of {exercise.name} was made after this session began")
    return found


def _beside(scenario_path: Path, exercise: Exercise) -> Found:
    path = proof_path(scenario_path)
    if not path.is_file():
        return Found(None, f"there is no proof of {exercise.name}; run gameday prove")
    try:
        proof = Proof.read(path)
    except ProofUnreadable as error:
        return Found(None, str(error))
    except OSError as error:
        return Found(None, f"the proof of {exercise.name} cannot be read ({error.strerror or error})")
    reason = staleness(proof, exercise)
    return Found(None, reason) if reason is not None else Found(proof)

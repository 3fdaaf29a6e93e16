"""What is shipped works without the checkout and without the tools of its developers."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_carries_the_library(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for path in (*ROOT.glob("scenarios/*"), *ROOT.glob("playbooks/*")):
        assert f"gameday/library/{path.parent.name}/{path.name}" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_the_library_is_found_from_an_empty_folder(wheel, tmp_path):
    unpacked = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(unpacked)
    empty = tmp_path / "empty"
    empty.mkdir()
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r}); sys.argv = ['gameday', 'library']\n"
        "from gameday.cli.main import main\n"
        "main()"
    )
    finished = subprocess.run([sys.executable, "-c", code], cwd=empty, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert "retry-storm" in finished.stdout

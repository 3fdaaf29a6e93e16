from __future__ import annotations

from gameday import __version__
from gameday.cli.version import version_line
from tests.cli.shell import gameday


def test_the_version_says_that_a_checkout_runs_interpreted():
    assert version_line() == f"gameday {__version__} (interpreted kernel)"


def test_the_option_prints_that_line_and_nothing_else():
    done = gameday("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, version_line() + "\n", "")

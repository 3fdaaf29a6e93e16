"""Recordings of every release play back for ever, and come out the same again with the release that made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameday import __version__
from gameday.session.journal import read_journal
from gameday.session.playback import playback
from gameday.session.replay import verify

JOURNALS = sorted((Path(__file__).parents[1] / "data" / "journals").glob("*.jsonl"))


def test_there_is_a_recording_of_this_release():
    assert any(path.name.startswith(f"{__version__}-") for path in JOURNALS)


@pytest.mark.parametrize("path", JOURNALS, ids=[path.stem for path in JOURNALS])
def test_what_people_saw_can_be_shown_with_every_later_release(path):
    frames = list(playback(read_journal(path)))
    assert [frame.observation.second for frame in frames] == list(range(len(frames)))
    assert len(frames) > 30
    assert sum(len(frame.commands) for frame in frames) >= 5
    assert frames[-1].observation.services


@pytest.mark.parametrize("path", JOURNALS, ids=[path.stem for path in JOURNALS])
def test_the_release_that_made_it_makes_it_again(path):
    found = verify(read_journal(path))
    assert found.outcome == "equal" or (found.foreign and found.outcome == "not comparable"), found

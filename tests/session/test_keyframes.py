"""Keyframes name their columns, so that journals from before a column, and seconds without data, still play back."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from gameday.core.errors import JournalError
from gameday.core.signals import ENTRY_COLUMNS, EntryReading, Observation, ServiceReading
from gameday.session.keyframes import NUMBER_COLUMNS, Decoder, Encoder

STATE = ("a", "b", "c")
SERVICE = ServiceReading(81.5, 79.25, 0.01, 0.02, 0.01, 0.04, None, 0.61, 12.35, 3.25, 4, "2.8")
ENTRY = EntryReading(54.5, 56.25, 0.01, 0.01, 0.01, 0.03, 0.04, 0.01)


def header(columns=NUMBER_COLUMNS, services=("api", "db")):
    return SimpleNamespace(services=services, entries=("read",), service_columns=columns, entry_columns=ENTRY_COLUMNS)


def tick(encoder, second, services):
    return encoder.tick(Observation(second, services, {"read": ENTRY}), STATE, ())


def test_columns_that_nobody_has_take_no_room_and_come_back_as_no_data():
    row = tick(Encoder(), 1, {"api": SERVICE, "db": SERVICE}).s[0]
    assert len(row) == 10
    decoded = Decoder(header()).observation(tick(Encoder(), 1, {"api": SERVICE, "db": SERVICE}))
    assert decoded.services == {"api": SERVICE, "db": SERVICE}


def test_the_columns_of_a_mechanism_come_back():
    pooled = ServiceReading(*(getattr(SERVICE, name) for name in SERVICE._fields[:12]), pool=0.5, lag=1.5)
    decoded = Decoder(header()).observation(tick(Encoder(), 1, {"api": pooled, "db": SERVICE}))
    assert decoded.services == {"api": pooled, "db": SERVICE}


def test_a_journal_from_before_these_columns_still_plays_back():
    old = tick(Encoder(), 1, {"api": SERVICE, "db": SERVICE})
    decoded = Decoder(header(columns=NUMBER_COLUMNS[:10])).observation(old)
    assert decoded.services["api"] == SERVICE


def test_columns_that_are_not_known_or_missing_are_refused():
    for columns in (NUMBER_COLUMNS[:9], (*NUMBER_COLUMNS, "mood"), NUMBER_COLUMNS[::-1]):
        with pytest.raises(JournalError, match="columns"):
            Decoder(header(columns=columns))


def test_a_row_with_more_cells_than_columns_is_refused():
    long = tick(Encoder(), 1, {"api": SERVICE, "db": SERVICE})
    with pytest.raises(JournalError, match="second 1"):
        decoder = Decoder(header(columns=NUMBER_COLUMNS[:10]))
        decoder.observation(long.model_copy(update={"s": ((*long.s[0], 1.0), long.s[1])}))


def test_a_second_without_data_shows_no_reading_and_keeps_what_ran():
    encoder, decoder = Encoder(("api", "db"), ("read",)), Decoder(header())
    for second, shown in ((1, {"api": SERVICE, "db": SERVICE}), (2, {"db": SERVICE}), (3, {"api": SERVICE})):
        recorded = tick(encoder, second, shown)
        assert decoder.observation(recorded).services == shown
        assert second == 1 or recorded.x.versions is None

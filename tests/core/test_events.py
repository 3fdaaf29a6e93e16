from __future__ import annotations

import dataclasses

from gameday.core import events
from gameday.core.events import Event


def kinds():
    return [
        kind
        for kind in vars(events).values()
        if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
    ]


def sample(kind):
    values = {"str": "x", "int": 90_000_000, "int | None": 90_000_000, "bool": True, "tuple[str, ...]": ("line",)}
    return kind(**{field.name: values[str(field.type)] for field in dataclasses.fields(kind)})


def test_every_event_has_a_line_of_its_own():
    texts = [sample(kind).text() for kind in kinds()]
    assert len(texts) > 20
    assert all(texts)
    assert all("\n" not in text for text in texts)


def test_events_carry_their_time():
    event = events.PageAcknowledged(90_500_000, "A1", "ana")
    assert (event.second, event.kind, str(event)) == (90, "PageAcknowledged", "01:30 A1 acknowledged by ana")


def test_a_fault_is_told_without_a_word_twice():
    nowhere = "status-page-down status-page-down status-page-down 0"
    assert events.FaultBegan(0, nowhere, "status-page-down").text() == "fault status-page-down 0 began"
    assert events.FaultEnded(0, "latency db 0", "db").text() == "fault latency db 0 ended at db"


def test_the_truth_is_hidden_and_the_rest_is_seen():
    hidden = {kind.__name__ for kind in kinds() if not kind.visible}
    assert hidden == {
        "AskForgotten",
        "ConclusionDrawn",
        "FalseAlarmBegan",
        "FaultBegan",
        "FaultEnded",
        "InjectCame",
        "InjectSettled",
        "ObjectiveMissed",
        "ObjectiveRestored",
        "UpdateRead",
    }

"""The kernel as the world sees it."""

from __future__ import annotations

import gc
import os
import pickle
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from gameday.engine.traffic.kernel import Traffic
from gameday.engine.traffic.specs import EdgeSpec, EntrySpec, SegmentSpec, ServiceSpec, TrafficSpec
from tests.engine.traffic.scripted import SECOND
from tests.reference.shop import SHOP

END = 1500 * SECOND  # the shop counts in thousandths of a µs


def test_the_same_seed_gives_the_same_state_and_another_seed_another():
    states = []
    for seed in (1, 1, 2):
        traffic = Traffic(SHOP, seed)
        traffic.advance(END)
        states.append(traffic.digest_state())
    assert states[0] == states[1] != states[2]


def test_the_state_can_be_packed_as_unsigned_words():
    traffic = Traffic(SHOP, 1)
    traffic.advance(END)
    words = traffic.digest_state()
    assert len(struct.pack(f"<{len(words)}Q", *words)) == 8 * len(words)


def test_one_event_at_another_microsecond_is_another_state():
    states = []
    for delay in (0, 1):
        traffic = Traffic(SHOP, 1)
        traffic.advance(END)
        traffic.services["mail"].delay = [delay] * 3
        traffic.advance(END + 400 * SECOND)
        states.append(traffic.digest_state())
    assert states[0] != states[1]


def test_time_does_not_run_backwards():
    traffic = Traffic(SHOP, 1)
    traffic.advance(5)
    traffic.advance(5)
    with pytest.raises(ValueError, match=r"advance\(to=4\) must be >= now\(=5\)"):
        traffic.advance(4)


def test_classes_are_the_pairs_of_entry_and_segment():
    traffic = Traffic(SHOP, 1)
    assert traffic.classes == [("browse", ""), ("buy", "at"), ("buy", "de")]
    assert traffic.class_indices("buy") == [1, 2]
    assert traffic.class_indices("buy", "de") == [2]


def test_requests_leave_no_garbage_for_the_collector():
    traffic = Traffic(SHOP, 1, trace_share=1.0, trace_limit=3)
    gc.collect()
    traffic.advance(END)
    assert traffic.entries["browse"].arrived > 50
    assert gc.collect() == 0


def test_a_kernel_in_full_flight_can_be_copied_and_both_go_on_alike():
    traffic = Traffic(SHOP, 1)
    traffic.advance(END)
    copy = pickle.loads(pickle.dumps(traffic))
    for one in (traffic, copy):
        one.advance(2 * END)
    assert copy.digest_state() == traffic.digest_state()


A = ServiceSpec("a")
ALL = EntrySpec("all", "a", ((0, 1.0),))


@pytest.mark.parametrize(
    "services, edges, entries, message",
    [
        ((A, A), (), (), 'service "a" is defined twice'),
        ((A,), (EdgeSpec("e", "a", "b"),), (), 'edge "e": service "b" is not defined'),
        ((A,), (EdgeSpec("e", "a", "a", ("x",)),), (ALL,), 'edge "e": entry "x" is not defined'),
        ((A,), (EdgeSpec("e", "a", "a", timeout=0),), (), 'edge "e": timeout'),
        ((A,), (), (EntrySpec("all", "b", ((0, 1.0),)),), 'entry "all": service "b" is not defined'),
        ((A,), (), (EntrySpec("all", "a", ()),), 'entry "all": its shape has no point'),
        ((A,), (), (EntrySpec("all", "a", ((5, 1.0), (4, 1.0))),), 'entry "all": the times of its shape must not fall'),
        (
            (A,),
            (),
            (EntrySpec("all", "a", ((0, 1.0),), segments=(SegmentSpec("x", 1), SegmentSpec("x", 1))),),
            'segment "x" is defined twice',
        ),
    ],
)
def test_names_that_do_not_fit_together_are_an_error(services, edges, entries, message):
    with pytest.raises(ValueError, match=message):
        TrafficSpec(services, edges, entries)


def test_state_is_the_same_in_other_processes_with_other_hash_seeds():
    code = (
        "from gameday.engine.traffic.kernel import Traffic\n"
        "from tests.reference.shop import SHOP\n"
        f"traffic = Traffic(SHOP, 1)\ntraffic.advance({END})\nprint(traffic.digest_state())"
    )
    root = Path(__file__).resolve().parents[3]
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1] != b""

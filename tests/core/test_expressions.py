from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameday.core.expressions import ConditionError, comparisons, parse_condition


class Readings:
    """Signals from a function of (subject, metric, second)."""

    def __init__(self, read):
        self.read = read
        self.asked = []

    def value(self, subject, metric, second, length=1):
        self.asked.append((subject, metric, second, length))
        return self.read(subject, metric, second)


def holds(text, read, second=100):
    return parse_condition(text).holds(Readings(read), second)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("a.errors > 5%", 0.06, True),
        ("a.errors > 5%", 0.05, False),
        ("a.errors >= 5%", 0.05, True),
        ("a.p99 < 250ms", 0.2, True),
        ("a.p99 < 250ms", 0.3, False),
        ("a.rate >= 30/s", 30.0, True),
        ("a.queue == 0", 0.0, True),
        ("a.queue != 0", 0.0, False),
        ("people.dan", 1.0, True),
        ("people.dan", 0.0, False),
        ("not people.dan", 0.0, True),
    ],
)
def test_comparisons_mean_what_they_say(text, value, expected):
    assert holds(text, lambda *_: value) is expected


def test_without_data_nothing_holds():
    assert holds("a.errors > 0", lambda *_: None) is False
    assert holds("a.errors <= 1", lambda *_: None) is False


def test_for_demands_every_second():
    assert holds("a.errors > 5% for 10s", lambda *_: 0.5)
    assert not holds("a.errors > 5% for 10s", lambda s, m, second: 0.0 if second == 93 else 0.5)
    assert not holds("a.errors > 5% for 200s", lambda *_: 0.5), "it has not been that long"


def test_over_asks_for_the_metric_over_a_window():
    readings = Readings(lambda *_: 0.5)
    parse_condition("a.errors > 5% over 1m").holds(readings, 100)
    assert readings.asked == [("a", "errors", 100, 60)]


def test_and_binds_closer_than_or():
    one = {"a": 1.0, "b": 0.0, "c": 0.0}
    assert holds("a.on or b.on and c.on", lambda s, m, t: one[s])
    assert not holds("(a.on or b.on) and c.on", lambda s, m, t: one[s])


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("", "expected a signal such as checkout.errors, found the end", 0),
        ("errors > 5%", '"errors" names no metric', 0),
        ("a.errors > ", "expected a number, found the end", 11),
        ("a.errors > x", 'expected a number, found "x"', 11),
        ("a.errors > 5% and", "expected a signal", 17),
        ("(a.errors > 5%", 'expected ")"', 14),
        ("a.errors > 5%)", 'expected "and", "or" or the end, found ")"', 13),
        ("a.p99 > 250", '"250" has no unit', 8),
        ("a.errors > 5", '"5" is above 1', 11),
        ("a.errors > 5% for 2", '"2" has no unit', 18),
        ("a.errors > 5% for 100ms", "not a whole number of seconds", 18),
        ("a.errors > 5% $", '"$" is not part of a condition', 14),
        ("__import__('os')", "is not part of a condition", 11),
        ("not " * 60 + "a.on", "nested more than 40 deep", None),
    ],
)
def test_what_cannot_be_read_says_why_and_where(text, message, offset):
    with pytest.raises(ConditionError) as caught:
        parse_condition(text)
    assert message in str(caught.value)
    assert offset is None or caught.value.offset == offset


comparison = st.builds(
    "{}.{} {} {}".format,
    st.sampled_from(["checkout", "sessions-db", "auth"]),
    st.sampled_from(["errors", "saturation"]),
    st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
    st.sampled_from(["5%", "0.5", "99.9%"]),
)
condition = st.recursive(
    comparison | st.just("people.dan"),
    lambda inner: st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("({}) for 30s".format, inner),
    ),
    max_leaves=8,
)


@given(condition)
def test_a_condition_reads_back_as_itself(text):
    parsed = parse_condition(text)
    assert parse_condition(str(parsed)) == parsed
    assert comparisons(parsed)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        parse_condition(text)
    except ConditionError as error:
        assert 0 <= error.offset <= len(text)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("web.bad > 500%", "above 100%; bad is a share"),
        ("web.bad > 5", "write 5%"),
        ("web.bad > -5%", "never negative"),
        ("web.bad > 100%", "never above 100%"),
        ("web.errors < 0", "never below 0"),
        ("web.queue < 0", "never below 0"),
        ("web.p95 > 5%", "p95 is a time: write for example 250ms"),
        ("web.errors > 250ms", "errors is a share: write for example 5%"),
        ("web.rate > 5%", "rate is a number a second"),
        ("web.queue > 5s", "queue is a number: write for example 12"),
        ("web.p99 > 30/s", "p99 is a time"),
        ("incident.declared > 5", "incident.declared is a state"),
        ("people.dba == 50%", "people.dba is a state"),
        ("alerts.firing > 1", "never above 1"),
        ("not (web.rate > 1/s and web.bad > 101%)", "above 100%"),
    ],
)
def test_what_no_signal_can_ever_be_is_refused_and_says_why(condition, words):
    with pytest.raises(ConditionError, match=re.escape(words)):
        parse_condition(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "web.bad >= 100%",
        "web.bad > 0",
        "web.bad == 1",
        "web.p95 > 0",
        "web.rate > 30",
        "people.dba == 1",
        "web.zzz > 7%",
    ],
)
def test_what_a_signal_can_be_is_taken_also_at_its_limits(condition):
    assert str(parse_condition(condition)) == condition

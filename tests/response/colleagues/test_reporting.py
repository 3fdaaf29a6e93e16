from __future__ import annotations

from gameday.response.colleagues import reporting
from gameday.response.colleagues.concluding import Conclusion
from gameday.response.colleagues.findings import Evidence, Numbers, read_changes, read_log
from gameday.response.colleagues.knowing import Knowledge


def one(subject, now, before):
    return Numbers(subject, 100, now, before, {}, None)


def test_numbers_are_told_with_what_they_were_worst_first():
    found = Evidence(
        {
            "mail": one("mail", {"errors": 0.0, "p95": 0.02}, {"p95": 0.02}),
            "db": one("db", {"errors": 0.85, "p95": 2.0, "saturation": 1.0, "load": 1.0}, {"errors": 0.0, "p95": 0.05}),
        }
    )
    assert reporting.conditions(found, cut_short=False) == (
        "db: 85% errors (was 0%), p95 2 s (was 50 ms), 100% busy, load 100%; mail: fine, p95 20 ms."
    )


def test_what_shows_no_data_is_said_to_show_none():
    assert reporting.one_line(one("db", {}, {})) == "db shows no data."


def test_changes_are_read_as_they_stand_in_the_feed():
    lines = (
        "01:00 deploy db 8 (pipeline)",
        "00:50 flag cedar on (delivery release)",
        "00:10 retries of web>db: 0 (ana)",
    )
    found = read_changes(lines, ("db", "web", "cedar"))
    assert [(change.second, change.component, change.mechanism) for change in found] == [
        (60, "db", "bad-deploy"),
        (50, "cedar", "flag"),
        (10, "web", "bad-deploy"),
    ]


def test_a_log_is_told_by_its_newest_line():
    log = read_log(
        "db", ("2 lines of the last 60 s, sampled", "00:59.1 WARN slow", "01:00.2 ERROR full", "... more like this")
    )
    assert (log.count, log.example) == (2, "ERROR full")
    assert read_log("db", ("db logged no failure in the last 60 s",)).count == 0


def test_actions_name_what_was_done_and_what_there_was_no_time_for():
    looked = ["the metrics of web", "the metrics of db", "the changes"]
    text = reporting.actions(looked, ["rollback db"], ["the logs of db"])
    assert text == "looked at the metrics of web and db and the changes; did rollback db; not yet: the logs of db."


def test_needs_follow_from_the_conclusion(small_exercise):
    knowledge = Knowledge(small_exercise().scenario)
    deploy = Conclusion("db", "bad-deploy", "why", 0.7, sustaining="retry-storm")
    below = Conclusion("db", "slow", "why", 0.5, below="db")
    assert reporting.needs(None, knowledge, "eve") == "nothing for now."
    assert reporting.needs(deploy, knowledge, "eve") == "a go to roll db back, and fewer retries."
    assert reporting.needs(below, knowledge, "eve") == "somebody of data to look at db."

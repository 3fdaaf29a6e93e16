from __future__ import annotations


def away(name, read):
    """Signals as `read` gives them, in which somebody cannot be reached."""

    def value(subject, metric, second):
        return read(subject, metric, second) if subject != "reachable" else float(metric != name)

    return value


def test_whoever_is_away_answers_no_page(make_stage, logins_fail_from, people):
    people["bo"]["responds"] = {"delay": "90s", "spread": 0}
    stage = make_stage(away("bo", logins_fail_from(0)), people=people)
    stage.run(500)
    assert stage.response.joined() == ("ana",)
    assert stage.log[1] == (31, "A1 bo paged: logins fail")


def test_whoever_is_away_does_not_pick_up_the_phone(make_stage, logins_fail_from, people):
    people["bo"]["phone"] = {"delay": "20s", "spread": 0}
    stage = make_stage(away("bo", logins_fail_from(0)), people=people)
    stage.run(10)
    stage.say("page bo --by phone")
    stage.run(200)
    assert any("does not pick up" in text for _, text in stage.log)
    assert stage.response.joined() == ("ana",)

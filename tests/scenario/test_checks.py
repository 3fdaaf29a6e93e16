"""What the checks say: each test varies one thing of a sound scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameday.scenario.load import check_paths
from tests.scenario.small import PLAYBOOK, SCENARIO, codes, problems_of, problems_of_playbook, write


def test_a_sound_scenario_has_no_problems(tmp_path: Path):
    assert check_paths([write(tmp_path)]) == ([], False)


def test_a_folder_is_taken_whole_and_each_problem_is_told_once(tmp_path: Path):
    write(tmp_path, playbook=PLAYBOOK.replace("within: 2m", "within: 2m, otherwise: nowhere"))
    problems, fatal = check_paths([tmp_path])
    assert codes(problems) == ["unknown-step"]
    assert not fatal


UNKNOWN = [
    ("to: store, timeout", "to: stoer, timeout", "unknown-service", 'service "stoer" is not defined; did you mean'),
    ("orders: {to: shop", "orders: {to: shoop", "unknown-service", "shop"),
    ("timeout: 100ms}", "timeout: 100ms, for: [order]}", "unknown-entry", "orders"),
    ("slos:\n  orders", "slos:\n  order", "unknown-entry", "orders"),
    ("shop: {team: web", "shop: {team: wep", "unknown-team", "web"),
    ("ana: {team: web", "ana: {team: wep", "unknown-team", "web"),
    ("web: {policy: web", "web: {policy: wep", "unknown-policy", "web"),
    ("targets: [ana]", "targets: [anna]", "unknown-target", "ana"),
    ("- {person: ana}", "- {person: anna}", "unknown-person", "ana"),
    ("policy: web, summary", "policy: wep, summary", "unknown-policy", "web"),
    ("playbook: small", "playbook: smal", "unknown-playbook", "small"),
    ("playbooks: [small]", "playbooks: [small, smaller]", "unknown-playbook", "small"),
    ("component: store", "component: stor", "unknown-component", "store"),
    ("mechanism: slow", "mechanism: slowly", "unknown-mechanism", "slow"),
    ("mechanism: slow", "mechanism: slow, sustaining: retrystorm", "unknown-sustaining", "retry-storm"),
    ("service: store, factor", "service: stor, factor", "unknown-service", "store"),
    ("factor: 50", "factor: 50, segment: abroad", "unknown-segment", "there is none"),
    ("labels: {slow", "labels: {slow: useless, slo", "unknown-variant", "slow"),
    ("[restart store]", "[restart stor]", "unknown-service", "store"),
    ("[restart store]", "[page anna]", "unknown-person", "ana"),
    ("[restart store]", "['retries shop>stor 0']", "unknown-edge", "shop>store"),
    ("[restart store]", "[restrt store]", "bad-command", "restart"),
    ("[restart store]", "[scale store many]", "bad-command", "whole number"),
    ("[restart store]", "[shed shop 300]", "bad-command", "300"),
    ("[restart store]", "[diagnose store slo]", "unknown-mechanism", "slow"),
    ("playbooks: [small]", "playbooks: [small]\nactions: [{verb: restrt}]", "unknown-action", "restart"),
    ("playbooks: [small]", "playbooks: [small]\nactions: [{verb: scale, on: shp}]", "unknown-target", "shop"),
    ("playbooks: [small]", "playbooks: [small]\nactions: [{verb: scale, needs: anna}]", "unknown-person", "ana"),
    (
        "playbooks: [small]",
        "playbooks: [small]\ninjects: [{at: 1m, kind: deploy, service: s}]",
        "unknown-service",
        "shop",
    ),
    ("orders.errors > 5%", "order.errors > 5%", "unknown-subject", "orders"),
    ("orders.errors > 5%", "orders.queue > 5", "unknown-metric", "no metric of an entry"),
    ("orders.errors > 5%", "store.bad > 5%", "unknown-metric", "no metric of a service"),
    ("orders.errors > 5%", "people.anna", "unknown-state", "ana"),
    ("orders.errors > 5%", "orders.errors >", "bad-condition", "expected a number"),
]


@pytest.mark.parametrize(("old", "new", "code", "words"), UNKNOWN, ids=[f"{new[:40]}" for _, new, _, _ in UNKNOWN])
def test_a_name_that_nothing_has_is_an_error_with_the_nearest_name(tmp_path: Path, old, new, code, words):
    problems = [problem for problem in problems_of(tmp_path, old, new) if problem.severity == "error"]
    assert code in codes(problems), problems
    assert any(words in problem.message for problem in problems), problems


def test_a_problem_in_a_condition_points_into_it(tmp_path: Path):
    (problem,) = problems_of(tmp_path, "orders.errors > 5% for 30s", "not (orders.errors < 1% or orders.eror > 5%)")
    line = problem.excerpt
    assert line[problem.column - 1 : problem.column - 1 + problem.width] == "orders.eror"


def test_in_a_folded_condition_the_whole_value_is_pointed_at(tmp_path: Path):
    text = "orders-fail:\n    when: >-\n      orders.errors > 5%\n      and orders.eror > 5%\n    "
    scenario = SCENARIO.replace(
        "orders-fail: {when: orders.errors > 5% for 30s, policy: web, summary: Orders fail, playbook: small}",
        text + "policy: web\n    summary: Orders fail",
    )
    (problem,) = check_paths([write(tmp_path, scenario)])[0]
    assert problem.code == "unknown-metric"
    assert problem.excerpt.strip() == "when: >-"


CONTRADICTIONS = [
    ("orders: {to: shop", "shop: {to: shop", "duplicate-name"),
    ("{from: shop, to: store, timeout: 100ms}", "{from: shop, to: shop, timeout: 100ms}", "self-call"),
    ("timeout: 100ms}", "timeout: 100ms}\n    - {from: shop, to: store, timeout: 1s}", "duplicate-edge"),
    ("timeout: 100ms}", "timeout: 100ms}\n    - {from: store, to: shop, timeout: 1s}", "circular-calls"),
    ("timeout: 100ms}", "timeout: 100ms, for: []}", "empty-route"),
    ("slos:\n  orders: {good: 99%, within: 500ms}", "slos: {}", "no-objective"),
    ("at: 60s", "at: 6m", "beyond-the-end"),
    ("duration: 5m", "duration: 5m\nhorizon: 6m", "beyond-the-end"),
    (
        "playbooks: [small]",
        "playbooks: [small]\ninjects: [{at: 5m, kind: message, from: x, text: y}]",
        "beyond-the-end",
    ),
    ("playbooks: [small]", "playbooks: [small]\nscoring: {hold: 5m}", "beyond-the-end"),
    ("playbooks: [small]", "playbooks: [small, small]", "duplicate-name"),
    ("playbooks: [small]", "playbooks: [small]\ninjects: [{at: 1m, kind: deploy, service: shop}]", "missing-key"),
    ("- {person: ana}", "- {person: ana}\n  - {person: ana}", "duplicate-name"),
    ("labels: {slow: useless}", "labels: {}", "missing-label"),
    ("rate: 20/s", "rate: 1000/s", "overloaded"),
    ("[{id: bounce,", "[{id: bounce, text: Once}, {id: bounce,", "duplicate-step"),
]


@pytest.mark.parametrize(("old", "new", "code"), CONTRADICTIONS, ids=[f"{new[:50]}" for _, new, _ in CONTRADICTIONS])
def test_what_cannot_be_so_is_an_error(tmp_path: Path, old, new, code):
    problems = problems_of(tmp_path, old, new)
    assert code in codes([problem for problem in problems if problem.severity == "error"]), problems


ADVICE = [
    ("timeout: 1s}", "timeout: 50ms}", "timeout-order"),
    ("rate: 20/s", "rate: 700/s", "nearly-overloaded"),
    ("store: {kind", "idle: {team: web, service_time: 1ms}\n    store: {kind", "unused-service"),
    ("shop: {team: web, ", "shop: {", "no-team"),
    ("within: 500ms", "within: 2s", "objective-beyond-timeout"),
    ("ana: {team: web}", "ana: {team: web}\n  bo: {team: web, responds: {p: 0%}}", "nobody-answers"),
]


@pytest.mark.parametrize(("old", "new", "code"), ADVICE, ids=[code for _, _, code in ADVICE])
def test_what_is_only_doubtful_is_a_warning(tmp_path: Path, old, new, code):
    scenario = SCENARIO.replace(old, new, 1)
    if code == "nobody-answers":
        scenario = scenario.replace("targets: [ana]", "targets: [bo]")
    problems, _ = check_paths([write(tmp_path, scenario)])
    assert (code, "warning") in [(problem.code, problem.severity) for problem in problems]
    assert all(problem.severity == "warning" for problem in problems)


def test_a_playbook_is_checked_against_the_scenario_that_names_it(tmp_path: Path):
    (problem,) = problems_of_playbook(tmp_path, "[metrics store]", "[metrics stor]")
    assert problem.path.endswith("playbooks/small.yaml")
    assert problem.message == 'in tiny.yaml: subject "stor" is not defined; did you mean "store"?'
    assert problem.excerpt[problem.column - 1 : problem.column - 1 + problem.width] == "stor"


def test_a_step_that_nothing_leads_to_is_a_warning(tmp_path: Path):
    problems = problems_of_playbook(tmp_path, "run: [metrics store]", "run: [metrics store], branches: [{goto: end}]")
    assert [(problem.code, problem.severity) for problem in problems] == [("unreachable-step", "warning")]


def test_a_step_is_reached_by_a_time_limit_that_runs_out(tmp_path: Path):
    problems = problems_of_playbook(
        tmp_path, "run: [metrics store]", "check: orders.bad < 1%, within: 1m, branches: [{goto: end}]"
    )
    assert problems == []


def test_branches_behind_one_that_is_always_taken_are_a_warning(tmp_path: Path):
    branches = "run: [metrics store], branches: [{goto: bounce}, {when: orders.bad > 1%, goto: end}]"
    problems = problems_of_playbook(tmp_path, "run: [metrics store]", branches)
    assert codes(problems) == ["dead-branch"]


def test_all_problems_of_all_files_come_at_once(tmp_path: Path):
    scenario = SCENARIO.replace("service: store, factor", "service: stor, factor").replace(
        "{person: ana}", "{person: x}"
    )
    playbook = PLAYBOOK.replace("metrics store", "metrics stor")
    problems, _ = check_paths([write(tmp_path, scenario, playbook)])
    assert codes(problems) == ["unknown-person", "unknown-service", "unknown-subject"]


def test_a_session_lasts_a_day_at_most(tmp_path: Path):
    assert "too-long" not in codes(problems_of(tmp_path, "duration: 5m", "duration: 24h"))
    problem = problems_of(tmp_path, "duration: 5m", "duration: 25h")[0]
    assert (problem.code, problem.message) == ("too-long", "a session lasts 24h at most, found 25h")


@pytest.mark.parametrize(("rate", "severity"), [("2000/s", "warning"), ("50000/s", "error")])
def test_traffic_that_takes_too_long_to_simulate_is_told_with_its_cost(tmp_path: Path, rate: str, severity: str):
    text = SCENARIO.replace("rate: 20/s", f"rate: {rate}").replace("duration: 5m", "duration: 1h")
    text = text.replace("service_time: 5ms}", "service_time: 1ms, workers: 1000}")
    (problem,) = check_paths([write(tmp_path, text)])[0]
    assert problem.severity == severity
    assert "million visits" in problem.message
    assert "CPU seconds; use traffic.scale" in problem.message
    assert problem.excerpt.strip() == "traffic:"


@pytest.mark.parametrize(
    ("second", "words"),
    [("30s", "two points of a shape at 30s; for a step let this point come 1ms later, at 30s1ms"), ("5s", "at 30s")],
)
def test_points_of_a_shape_out_of_order_are_shown_at_the_point(tmp_path: Path, second: str, words: str):
    shape = f"timeout: 1s, shape: [{{at: 30s, factor: 1}}, {{at: {second}, factor: 2}}]}}"
    (problem,) = problems_of(tmp_path, "timeout: 1s}", shape)
    assert problem.code == "bad-order"
    assert words in problem.message
    assert problem.excerpt[problem.column - 1 :].startswith(f"{second}, factor: 2")


def test_a_step_in_a_shape_is_two_points_a_millisecond_apart(tmp_path: Path):
    shape = "timeout: 1s, shape: [{at: 30s, factor: 1}, {at: 30s1ms, factor: 2}]}"
    assert problems_of(tmp_path, "timeout: 1s}", shape) == []


def test_a_file_of_a_newer_format_is_told_so(tmp_path: Path):
    (problem,) = problems_of(tmp_path, "gameday: 1", "gameday: 2")
    assert problem.code == "newer-format"
    assert "of version 2 of the format, newer than the 1 that this gameday reads" in problem.message


@pytest.mark.parametrize("number", ["1e300", "1_000", "+5", "0x10"])
def test_numbers_are_written_plainly(tmp_path: Path, number: str):
    (problem,) = problems_of(tmp_path, "factor: 50", f"factor: {number}")
    assert problem.code == "wrong-type"
    assert "numbers are written plainly: up to 18 digits, no exponent" in problem.message


def test_errors_come_before_advice_and_advice_that_an_error_explains_not_at_all(tmp_path):
    folder = tmp_path
    assert codes(problems_of(folder, "timeout: 100ms}", "timeout: 100ms, for: [bok]}")) == ["unknown-entry"]
    assert codes(problems_of(folder, "to: store, timeout", "to: storr, timeout")) == ["unknown-service"]
    lonely = SCENARIO.replace("    shop: {team", "    lonely: {team: web, service_time: 5ms}\n    shop: {team")
    both = check_paths([write(folder, lonely.replace("restart store", "restart stor"))])[0]
    assert codes(both) == ["unknown-service", "unused-service"]
    assert both[0].line > both[1].line
    book = PLAYBOOK.replace("restart store", "restart stor")
    files = check_paths([write(folder, lonely, book)])[0]
    assert [problem.path[-10:] for problem in files] == ["small.yaml", "/tiny.yaml"]


def test_two_steps_of_one_name_are_one_problem_whatever_led_to_the_other(tmp_path):
    again = "  - {id: again, text: Again, run: [metrics shop], branches: [{when: shop.queue > 5, goto: again}]}\n"
    twice = (PLAYBOOK + again).replace("id: again", "id: bounce")
    assert codes(check_paths([write(tmp_path, playbook=twice)])[0]) == ["duplicate-step"]

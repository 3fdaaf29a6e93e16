"""What the panels show of services and entries."""

from __future__ import annotations

from gameday.core.signals import ActionView, EntryReading, Observation, ServiceReading
from gameday.scenario.exercise import Exercise
from gameday.tui.snapshot import Seen, figure


def service(
    errors: float | None = 0.0, saturation: float = 0.2, replicas: int = 2, retries: float = 0.0, mean: float = 0.01
) -> ServiceReading:
    return ServiceReading(20.0, 20.0, errors, mean, 0.01, 0.02, 0.03, saturation, 0.0, retries, replicas, "v1")


def entry(bad: float | None = 0.0) -> EntryReading:
    return EntryReading(20.0, 20.0, bad, 0.01, 0.01, 0.02, 0.03, bad)


def seen_of(exercise: Exercise, *seconds: tuple[ServiceReading, EntryReading], **more: object) -> Seen:
    seen = Seen(exercise.scenario)
    for second, (reading, outer) in enumerate(seconds, start=1):
        seen.take(Observation(second, {"web": service(), "db": reading}, {"buy": outer}, **more))  # type: ignore[arg-type]
    return seen


def test_an_entry_is_degraded_from_the_first_window_that_misses_its_objective(exercise: Exercise) -> None:
    assert seen_of(exercise, *[(service(), entry(0.01))] * 10).entry_status("buy") == "ok"
    assert seen_of(exercise, *[(service(), entry(0.02))] * 10).entry_status("buy") == "degraded"
    assert seen_of(exercise, *[(service(), entry(0.5))] * 10).entry_status("buy") == "down"
    assert seen_of(exercise, (service(), entry(None))).entry_status("buy") == "nodata"


def test_a_service_is_judged_by_errors_full_workers_and_replicas(exercise: Exercise) -> None:
    assert seen_of(exercise, (service(), entry())).service_status("db") == "ok"
    assert seen_of(exercise, (service(errors=0.1), entry())).service_status("db") == "degraded"
    assert seen_of(exercise, (service(saturation=1.0), entry())).service_status("db") == "degraded"
    assert seen_of(exercise, (service(errors=0.6), entry())).service_status("db") == "down"
    assert seen_of(exercise, (service(replicas=0), entry())).service_status("db") == "down"
    assert seen_of(exercise, (service(errors=None), entry())).service_status("db") == "nodata"


def test_a_service_that_answers_far_later_than_usual_is_not_well_though_nothing_fails(exercise: Exercise) -> None:
    usual = [(service(mean=0.12), entry())] * 60
    seen = seen_of(exercise, *usual, *[(service(mean=1.76), entry())] * 10)
    assert seen.service_status("db") == "degraded"
    assert seen.map_state().notes == (("db", "1.8s, was 120ms"),)
    for second in range(71, 85):
        seen.take(Observation(second, {"web": service(), "db": service(mean=0.13)}, {"buy": entry()}))
    assert seen.service_status("db") == "ok"
    assert seen.map_state().notes == ()


def test_one_slow_second_now_and_then_changes_no_status(exercise: Exercise) -> None:
    seen = Seen(exercise.scenario)
    for second in range(1, 200):
        slow = second % 4 == 0
        seen.take(Observation(second, {"web": service(), "db": service(mean=2.0 if slow else 0.1)}, {"buy": entry()}))
        assert seen.service_status("db") == "ok"


def test_between_late_and_usual_a_status_stays_what_it_was(exercise: Exercise) -> None:
    usual, between = [(service(mean=0.1), entry())] * 60, [(service(mean=0.35), entry())] * 20
    late = [(service(mean=1.0), entry())] * 20
    assert seen_of(exercise, *usual, *between).service_status("db") == "ok"
    assert seen_of(exercise, *usual, *late, *between).service_status("db") == "degraded"


def test_where_nothing_is_usual_yet_the_map_says_how_long_answers_take_beside_half_a_timeout(
    exercise: Exercise,
) -> None:
    seen = seen_of(exercise, *[(service(mean=0.15), entry())] * 8)
    assert seen.service_status("db") == "ok"
    assert seen.map_state().notes == (("db", "150ms"),)
    assert seen_of(exercise, *[(service(mean=0.09), entry())] * 8).map_state().notes == ()


def test_before_the_first_second_nothing_is_known(exercise: Exercise) -> None:
    seen = Seen(exercise.scenario)
    assert dict(seen.map_state().statuses) == {"buy": "nodata", "web": "nodata", "db": "nodata"}
    assert seen.table().services == ()
    assert seen.signals("web").series == ()


def test_hurt_counts_the_seconds_in_which_an_objective_is_missed(exercise: Exercise) -> None:
    seen = seen_of(exercise, *[(service(), entry())] * 20, *[(service(), entry(1.0))] * 5)
    assert seen.hurt_seconds == 5


def test_edges_that_retry_are_hot_only_towards_a_callee_that_is_not_well(exercise: Exercise) -> None:
    seen = Seen(exercise.scenario)
    seen.take(Observation(1, {"web": service(retries=10.0), "db": service(errors=1.0)}, {"buy": entry()}))
    assert seen.map_state().hot == (("web", "db"),)
    seen.take(Observation(2, {"web": service(retries=10.0), "db": service()}, {"buy": entry()}))
    for second in range(3, 30):
        seen.take(Observation(second, {"web": service(), "db": service()}, {"buy": entry()}))
    assert seen.map_state().hot == ()


def test_the_nodes_of_an_action_are_marked(exercise: Exercise) -> None:
    action = ActionView("X1", "retries web>db 0", "ana", "running", 1, 30)
    seen = seen_of(exercise, (service(), entry()), actions=(action,))
    assert seen.map_state().acting == ("web", "db")


def test_the_usual_value_stands_beside_the_present_one(exercise: Exercise) -> None:
    seen = seen_of(exercise, *[(service(), entry())] * 45, (service(errors=0.9), entry(0.9)))
    errors = next(series for series in seen.signals("db").series if series.label == "errors")
    assert (errors.current, errors.baseline, errors.style) == ("90.0%", "was 0%", "down")
    signals = seen.signals("buy")
    assert signals.objective == "99% within 500ms"
    assert signals.budget is not None
    assert 0.99 < signals.budget < 1.0


def test_figures_have_the_units_that_people_read() -> None:
    assert figure("p99", 0.25) == "250ms"
    assert figure("errors", 0.382) == "38.2%"
    assert figure("rate", 1180.0) == "1.2k"
    assert figure("p50", None) == "–"


def test_what_a_services_mechanisms_show_is_said_in_a_line(exercise: Exercise) -> None:
    assert seen_of(exercise, (service(), entry())).mechanisms("db") == ""
    reading = service(replicas=4)._replace(healthy=3.0, pool=0.8, cache_hits=0.914, backlog=120.0, lag=2.04)
    said = "3 of 4 replicas healthy · pool 80% · cache hits 91% · backlog 120 · lag 2.0s"
    assert seen_of(exercise, (reading, entry())).mechanisms("db") == said
    assert Seen(exercise.scenario).mechanisms("db") == ""

from __future__ import annotations

from gameday.core.events import LookCompleted
from gameday.core.verbs import VERBS
from gameday.engine.looks import LOOKS


def found(rig) -> tuple[str, ...]:
    return next(event.lines for event in reversed(rig.events) if isinstance(event, LookCompleted))


def test_a_look_occupies_its_person_for_its_time(rig):
    rig = rig()
    rig.run_to(20)
    assert rig.do("logs api") == "ana looks for 15s"
    assert rig.do("metrics api") == "ana is looking at logs api until 00:35"
    assert rig.do("metrics api", author="dan") == "dan looks for 5s"
    rig.run_to(36)
    assert [at for at, _ in rig.log] == [20.0, 20.0, 25.0, 35.0]
    assert rig.do("metrics api") == "ana looks for 5s"


def test_metrics_show_now_and_before(rig):
    rig = rig("slow")
    rig.run_to(130)
    rig.do("metrics db")
    rig.run_to(136)
    lines = found(rig)
    assert lines[0].split() == ["db", "now", "-1m"]
    assert any(line.startswith("saturation") and line.count("%") == 2 for line in lines)


def test_logs_tell_causes_in_the_words_of_the_service_and_can_be_searched(with_fault):
    rig = with_fault({"kind": "edge-loss", "at": "10s", "edge": "api>db"})
    rig.run_to(30)
    rig.do('logs api --grep "no answer within"')
    rig.run_to(46)
    lines = found(rig)
    assert "sampled" in lines[0]
    assert all("api>db: no answer within 500ms" in line for line in lines[1:])
    rig.do("logs front --grep nothing-like-this")
    rig.run_to(62)
    assert found(rig) == ('front logged no failure with "nothing-like-this" in the last 60 s',)


def test_traces_show_spans_with_waits_and_retries(with_fault):
    rig = with_fault({"kind": "edge-loss", "at": "10s", "edge": "api>db", "share": "90%"})
    rig.run_to(60)
    rig.do("traces read")
    rig.run_to(91)
    text = "\n".join(found(rig))
    assert "read" in text
    assert "attempt 2" in text


def test_logs_agree_with_the_metrics_of_the_same_second(with_fault):
    rig = with_fault({"kind": "errors", "at": "10s", "service": "db", "share": "50%"})
    rig.run_to(30)
    noted = {
        group.second // 1_000_000: group.count
        for group in rig.world.traffic.sampler.failures
        if group.service == "db" and group.cause == "error"
    }
    counted = {
        second: round(
            rig.world.signals.value("db", "errors", second + 1) * rig.world.signals.value("db", "rate", second + 1)
        )
        for second in noted
    }
    assert noted
    assert all(abs(noted[second] - counted[second]) <= 2 for second in noted)


def test_changes_tell_deploys_flags_and_actions_newest_first(with_fault):
    rig = with_fault({"kind": "deploy", "at": "10s", "service": "api", "version": "v2", "by": "bot"})
    rig.run_to(20)
    rig.do("flag birch on")
    rig.run_to(50)
    rig.do("changes")
    rig.run_to(56)
    assert found(rig) == ("00:40 flag birch on (ana)", "00:10 deploy api v2 (bot)")


def test_what_is_always_at_hand_is_there_at_once(rig):
    rig = rig()
    assert rig.do("oncall") == "here it is"
    assert found(rig) == ("no escalation policies",)


def test_dependencies_show_timeouts_as_they_are_now(rig):
    rig = rig()
    rig.do("timeout api>db 2s")
    rig.run_to(31)
    rig.do("deps db")
    rig.run_to(37)
    assert found(rig) == ("api>db: timeout 2s, 1 retry",)


def test_every_verb_that_looks_is_in_the_registry():
    assert set(LOOKS) == {name for name, verb in VERBS.items() if verb.group == "look"}


def look(rig, text: str, seconds: int) -> tuple[str, ...]:
    """What a look finds that is begun now."""
    rig.do(text)
    rig.run_to(rig.env.now / 1_000_000 + seconds + 1)
    return found(rig)


def changed(rig, **of_api_to_db):
    """The shop, with something more on the edge from api to db."""
    system = rig().world.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)["system"]
    system["dependencies"][1].update(of_api_to_db)
    return system


def test_metrics_show_each_call_as_the_caller_sees_it(with_fault):
    rig = with_fault({"kind": "edge-loss", "at": "10s", "edge": "api>db", "share": "50%"})
    rig.run_to(60)
    lines = look(rig, "metrics api", 5)
    heads = next(line for line in lines if line.startswith("calls of the last 10s"))
    (call,) = [line for line in lines if line.startswith("api>db")]
    assert heads.split()[-4:] == ["rate", "errors", "retries", "p95"]
    assert "timeout" in call and "ms" in call and "%" in call
    assert not any(line.startswith("errors_") for line in lines)
    assert not any(line.startswith("calls") for line in look(rig, "metrics db", 5))


def test_logs_name_who_was_asked_while_two_think_that_they_are_primary(broken):
    copy = {"kind": "database", "service_time": "10ms", "workers": 4, "replication": {"of": "db"}}
    rig = broken(
        {"kind": "failover", "at": "10s", "service": "db2", "split_brain": "2m"},
        {"kind": "dns", "at": "10s", "service": "db", "ttl": "2s"},
        services={"db2": copy},
        edges={"api>db": {"writes": True}},
    )
    rig.run_to(30)
    lines = look(rig, "logs api --grep lookup", 15)[1:]
    assert lines
    assert all("api>db: lookup db: no such host" in line for line in lines)


def test_logs_name_the_version_until_another_one_runs(with_fault):
    rig = with_fault({"kind": "errors", "at": "10s", "service": "db", "share": "50%"})
    rig.run_to(30)
    assert all(line.endswith(" version=v1") for line in look(rig, "logs db --grep statement", 15)[1:])
    rig.do("logs db --grep statement")
    rig.run_to(57)
    rig.world.changes.deploy(int(rig.env.now), "db", "v2", "bot")
    rig.run_to(63)
    lines = found(rig)[1:]
    assert "version" not in lines[0]
    assert lines[-1].endswith(" version=v2")


def test_logs_name_the_replica_behind_a_balancer(rig):
    system = rig().world.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)["system"]
    system["services"]["db"] |= {"replicas": 3, "per_replica": {}}
    fault = {"kind": "errors", "at": "10s", "service": "db", "share": "50%"}
    cause = {"component": "db", "mechanism": "errors"}
    rig = rig("it", system=system, variants={"it": {"cause": cause, "faults": [fault]}})
    rig.run_to(30)
    named = {line.split("replica=")[1] for line in look(rig, "logs db --grep statement", 15) if "replica=" in line}
    assert named == {"1", "2", "3"}


def test_a_trace_shows_who_waited_for_a_connection(rig):
    system = changed(rig, pool={"size": 1})
    system["services"]["db"]["service_time"] = "25ms"
    rig = rig(system=system)
    rig.run_to(200)
    text = "\n".join(line for _ in range(3) for line in look(rig, "traces", 30))
    assert "a connection came free" in text
    assert "on the way" in text


def test_a_trace_shows_what_a_cache_answered(rig):
    rig = rig(system=changed(rig, cache={"keys": 10}))
    rig.run_to(60)
    assert any("- api>db: answered from the cache" in line for line in look(rig, "traces", 30))


def test_a_trace_says_when_the_caller_gave_up_and_that_the_work_went_on(rig):
    system = changed(rig)
    system["services"]["api"]["workers"] = system["services"]["db"]["workers"] = 100
    fault = {"kind": "latency", "at": "10s", "service": "db", "add": "700ms"}
    rig = rig(
        "it", system=system, variants={"it": {"cause": {"component": "db", "mechanism": "slow"}, "faults": [fault]}}
    )
    rig.run_to(60)
    lines = look(rig, "traces read", 30)
    assert any("db" in line and "caller gave up at +5" in line and "it went on until +7" in line for line in lines)
    given_up = [line for line in lines if "caller gave up" in line]
    assert all("total" not in line for line in given_up)  # what the caller waited is said, then what was there
    assert any("after 500ms; there: waited " in line and line.endswith("(ok)") for line in given_up)


def test_describe_and_deps_name_every_mechanism_as_it_stands(rig):
    system = changed(rig, pool={"size": 3}, breaker={}, throttle={}, limit={"rate": "9/s"}, cache={"ttl": "5s"})
    system["zones"] = ["a", "b"]
    system["services"]["db"] |= {
        "replicas": 2,
        "zones": ["a", "b"],
        "per_replica": {"balancing": "random", "ejection": {}, "health": {}},
        "discipline": "lifo",
        "limit": {"rate": "800/s"},
        "autoscaling": {"target": 0.5, "least": 2, "most": 4},
        "memory": {},
        "warm_up": {"lasts": "9s"},
        "crash_loop": {},
    }
    rig = rig(system=system)
    rig.do("drain a")
    rig.do("freeze autoscaler db on")
    rig.do("breaker api>db open")
    rig.run_to(40)
    described, deps = look(rig, "describe db", 5), look(rig, "deps db", 5)
    assert described[4:] == (
        "the newest is served first; lets in 800/s",
        "a queue for each replica, balanced by random; health checks each 5s",
        "a replica that fails 5 times in a row gets nothing for 30s",
        "replicas: 1 (a) drained, 2 (b) ok",
        "autoscaling from 2 to 4 replicas by load, target 50%, each 15s, frozen",
        "5 times slower after a start, for 9s",
        "memory: 30% used after a start; full, it is killed and starts again",
        "after crashes it waits 10s, doubled up to 5m, before it starts",
    )
    assert deps[0].endswith("breaker held open, pool of 3 a replica, limit 9/s, throttles itself, caches for 5s")


def test_describe_tells_how_full_each_replica_is_where_each_fills_by_itself(rig):
    system = changed(rig)
    system["services"]["api"] |= {"replicas": 3, "memory": {"used": "30%", "spread": "90%"}}
    leak = {"kind": "memory-leak", "at": "10s", "service": "api", "fills_in": "10h"}
    cause = {"component": "api", "mechanism": "memory"}
    rig = rig("it", system=system, variants={"it": {"cause": cause, "faults": [leak]}})
    before = look(rig, "describe api", 5)
    assert "memory: 30% used after a start; full, a replica is killed alone and starts again" in before
    rig.run_to(20)
    rig.do("restart api --replica 2")
    first, _, third = (format(used, ".0%") for used in rig.world.memories.by_replica("api"))
    told = next(line for line in look(rig, "describe api", 5) if line.startswith("memory"))
    assert told == (
        f"memory: 30% used after a start; by replica now: 1 {first}, 2 down, 3 {third}; "
        "full, a replica is killed alone and starts again"
    )


FOREIGN = {"kind": "external", "service_time": "5ms", "workers": 20, "limit": {"rate": "900/s"}}


def foreign(rig, **of_api_to_db):
    """The shop, whose database is somebody else's, and fails half of the time."""
    system = changed(rig, **of_api_to_db)
    system["services"]["db"] = FOREIGN
    cause, fault = {"component": "db", "mechanism": "errors"}, {"kind": "errors", "service": "db", "share": "50%"}
    return rig("it", system=system, variants={"it": {"cause": cause, "faults": [{**fault, "at": "10s"}]}})


def test_of_what_belongs_to_somebody_else_one_sees_what_its_callers_see(rig):
    rig = foreign(rig)
    rig.run_to(60)
    metrics = look(rig, "metrics db", 5)
    assert metrics[0] == "db belongs to somebody else: this is what our calls to it see"
    assert metrics[1].split() == ["api>db", "now", "-1m"][: len(metrics[1].split())]
    assert {line.split()[0] for line in metrics[2:-1]} == {
        *("rate", "errors", "success", "mean", "p50", "p95", "p99", "retries")
    }
    assert metrics[-1].startswith("calls of the last 10s that ended badly: error ")
    heading, *logs = look(rig, "logs db", 15)
    assert heading.endswith("of those who call db: its own log is not ours")
    assert all("api>db: 500 from db" in line or "more like this" in line for line in logs)
    described = look(rig, "describe db", 5)
    assert described == (
        "db: external; belongs to somebody else, vendor db calls them",
        "it takes 900/s of us, as agreed",
        "api>db: timeout 500ms, 1 retry",
    )
    assert not any("own work" in line and " db" in line for line in look(rig, "traces read", 30))


def test_the_log_of_what_belongs_to_somebody_else_is_theirs(rig):
    rig = foreign(rig)
    rig.run_to(1)
    (line,) = look(rig, "logs db --grep nothing-like-this", 15)
    assert line.startswith("db belongs to somebody else, its log is theirs; nobody who calls it logged a failure of it")


def test_a_log_says_which_call_has_failed_a_request_and_how(with_fault):
    rig = with_fault({"kind": "errors", "at": "10s", "service": "db", "share": "90%"})
    rig.run_to(30)
    (line,) = look(rig, 'logs api --grep "failed after"', 15)[1:2]
    assert "api>db failed (error)" in line


def test_what_its_callers_took_back_stands_apart_from_the_failures(rig):
    system = changed(rig, cancels=True, hedge={"after": "2ms", "most": "100%"})
    rig = rig(system=system)
    rig.run_to(60)
    lines = look(rig, "metrics db", 5)
    assert any(line.startswith("no failures, taken back by who asked: cancelled ") for line in lines)
    assert not any(line.startswith("failures") for line in lines)
    assert next(line for line in lines if line.startswith("errors")).split()[1] == "0.0%"

"""A CAN report out of what somebody really saw: conditions with their numbers, what was done, what is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gameday.response.colleagues.concluding import Conclusion
from gameday.response.colleagues.findings import Evidence, Log, Numbers
from gameday.response.colleagues.knowing import Knowledge, both
from gameday.response.colleagues.wording import duration, percent, rate

_MOST_CHANGES = 3
_LONGEST = 110


def conditions(evidence: Evidence, cut_short: bool) -> str:
    """What was seen, worst first."""
    parts = [_numbers(numbers) for numbers in sorted(evidence.numbers.values(), key=lambda one: not one.is_unwell)]
    if evidence.changes:
        newest = [f"{change.text} ({change.clock})" for change in evidence.changes[:_MOST_CHANGES]]
        parts.append("lately changed: " + ", ".join(newest))
    parts += [_log(log) for log in evidence.logs.values()]
    parts += [line.strip()[:_LONGEST] for line in evidence.others]
    text = "; ".join(parts) or "nothing seen yet"
    return f"so far: {text}." if cut_short else f"{text}."


def actions(looked: Sequence[str], done: Sequence[str], left: Sequence[str]) -> str:
    """What was done: looks, commands, and what there was no time for."""
    parts = [f"looked at {both(_grouped(looked))}"] if looked else []
    parts += [f"did {both(done[-3:])}"] if done else []
    parts += [f"not yet: {both(_grouped(left))}"] if left else []
    return ("; ".join(parts) or "none yet") + "."


def _grouped(looks: Sequence[str]) -> list[str]:
    """`the metrics of a`, `the metrics of b` -> `the metrics of a and b`; what has no subject stays as it is."""
    groups: dict[str, list[str]] = {}
    for look in looks:
        what, _, subject = look.partition(" of ")
        groups.setdefault(what, []).append(subject)
    return [f"{what} of {both(subjects)}" if any(subjects) else what for what, subjects in groups.items()]


def needs(conclusion: Conclusion | None, knowledge: Knowledge, person: str) -> str:
    """What they need from others, by what they take for the cause."""
    if conclusion is None:
        return "nothing for now."
    component = conclusion.component
    if conclusion.below and not knowledge.knows(person, conclusion.below):
        team = knowledge.team_of(conclusion.below)
        return f"somebody of {team} to look at {component}." if team else f"somebody who knows {component}."
    what = _NEEDS.get(conclusion.mechanism, "somebody to decide what we do about {0}").format(component)
    return f"{what}, and fewer retries." if conclusion.sustaining == "retry-storm" else f"{what}."


_NEEDS = {
    "bad-deploy": "a go to roll {0} back",
    "config": "a go to take back the setting of {0}",
    "flag": "a go to turn {0} off",
    "traffic": "a decision: let less in, or more of {0}",
    "capacity": "a decision: less load on {0}, or more of it",
    "certificate": "a new certificate for {0}",
    "credentials": "new credentials for {0}",
    "dns": "somebody who can mend the name of {0}",
    "pool-leak": "a go to restart {0}",
    "crash": "somebody to see why {0} dies",
    "cache": "less traffic until the cache of {0} is warm",
    "third-party": "somebody to call {0}",
    "poison": "a go to take that message out of {0}",
    "stall": "somebody to look at who takes from {0}",
}


def _numbers(numbers: Numbers) -> str:
    """The numbers that somebody would name: what is bad, and what it was."""
    now, before = numbers.now, numbers.before
    if not now:
        return f"{numbers.subject} shows no data"
    parts: list[str] = []
    for metric, name in (("bad", "bad requests"), ("errors", "errors")):
        if now.get(metric, 0.0) > 0.005:
            parts.append(f"{percent(now[metric])} {name}{_was(percent(before[metric])) if metric in before else ''}")
    if "p95" in now and numbers.rose("p95", 1.5, 0.05):
        parts.append(f"p95 {duration(now['p95'])}{_was(duration(before['p95'])) if 'p95' in before else ''}")
    if now.get("saturation", 0.0) >= 0.8:
        load = f", load {percent(now['load'])}" if "load" in now else ""
        parts.append(f"{percent(now['saturation'])} busy{load}")
    if now.get("queue", 0.0) >= 5.0:
        parts.append(f"{now['queue']:,.0f} waiting")
    if now.get("retries", 0.0) >= 1.0 and now["retries"] >= 0.2 * now.get("goodput", 0.0):
        parts.append(f"{rate(now['retries'])} retries for {rate(now.get('goodput', 0.0))} that succeed")
    if numbers.rose("rate", 1.5, 1.0) or now.get("rate", 0.0) < 0.7 * before.get("rate", 0.0):
        parts.append(f"{rate(now.get('rate', 0.0))} come in{_was(rate(before['rate'])) if 'rate' in before else ''}")
    parts += _mechanisms(numbers)
    if not numbers.is_unwell and not any("p95" in part for part in parts):
        parts.insert(0, f"fine, p95 {duration(now['p95'])}" if "p95" in now else "fine")
    return f"{numbers.subject}: {', '.join(parts) or 'not well'}"


def _mechanisms(numbers: Numbers) -> list[str]:
    now, before = numbers.now, numbers.before
    parts = []
    if "cache_hits" in now and now["cache_hits"] < before.get("cache_hits", 0.0) - 0.1:
        parts.append(f"cache hits {percent(now['cache_hits'])}{_was(percent(before['cache_hits']))}")
    if now.get("pool", 0.0) >= 0.9:
        parts.append(f"pool {percent(now['pool'])} full")
    if numbers.rose("backlog", 1.5, 50.0):
        parts.append(f"backlog {now['backlog']:,.0f}{_was(format(before.get('backlog', 0.0), ',.0f'))}")
    if now.get("replicas", 0.0) < before.get("replicas", 0.0) - 0.5:
        parts.append(f"{now.get('replicas', 0.0):.0f} replicas{_was(format(before['replicas'], '.0f'))}")
    if now.get("healthy", 1e9) < now.get("replicas", 0.0) - 0.5:
        parts.append(f"{now['healthy']:.0f} healthy")
    return parts


def one_line(numbers: Numbers) -> str:
    """The numbers of one subject as one would say them at once."""
    return _numbers(numbers) + "."


def compared(then: Numbers, now: Numbers) -> str:
    """What is bad of one subject, or was, with both numbers: `auth: 40% errors (52% before)`."""
    if not now.now:
        return f"{now.subject} shows no data"
    seen = [one for one in _SYMPTOMS if one[0] in now.now and not ("bad" in now.now and one[0] == "errors")]
    parts = [
        f"{text.format(say(now.now[metric]))} ({_before(then, metric, say)})"
        for metric, least, say, text in seen
        if max(then.now.get(metric, 0.0), now.now[metric]) >= least
    ]
    return f"{now.subject}: {', '.join(parts)}" if parts else f"{now.subject} is fine"


def _before(then: Numbers, metric: str, say: Callable[[float], str]) -> str:
    return f"{say(then.now[metric])} before" if metric in then.now else "nothing seen before"


def _count(number: float) -> str:
    return f"{number:,.0f}"


_SYMPTOMS: tuple[tuple[str, float, Callable[[float], str], str], ...] = (
    ("bad", 0.005, percent, "{} bad requests"),
    ("errors", 0.02, percent, "{} errors"),
    ("p95", 0.5, duration, "p95 {}"),
    ("saturation", 0.8, percent, "{} busy"),
    ("queue", 5.0, _count, "{} waiting"),
    ("backlog", 50.0, _count, "backlog {}"),
)
"""What is told of a subject where it is so much, or was; how its number is said, and in which words."""


def _was(text: str) -> str:
    return f" (was {text})"


def _log(log: Log) -> str:
    if log.count == 0:
        return f"the log of {log.service} has no failure"
    return f"the log of {log.service} says: {log.example[:_LONGEST]}"

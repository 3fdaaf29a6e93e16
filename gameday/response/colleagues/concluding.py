"""What a colleague takes for the cause, by rules that stand here and nowhere else.

The one whom everybody waits for is looked for first: from what is unwell along the worst call, as far as was looked.
Then the first rule that fits says what is the matter with it. Nothing here knows the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gameday.core.draws import uniform
from gameday.response.colleagues.findings import Change, Evidence, Numbers
from gameday.response.colleagues.knowing import Knowledge
from gameday.response.colleagues.wording import age, percent, rate

RECENT = 600
"""Seconds for which a change is suspect."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is likely the matter, why in words, and how sure they are (0..1).

    `below` names a service that has to be looked at to know more; `sustaining` what keeps it up.
    """

    component: str
    mechanism: str
    why: str
    sure: float
    sustaining: str = ""
    below: str = ""
    astray: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule judges: the suspect, what else was found, the system as everybody knows it."""

    suspect: Numbers
    evidence: Evidence
    knowledge: Knowledge


Rule = Callable[[Case], Conclusion | None]

_TRUST = {"certificate": "certificate", "dns": "dns", "unauthorized": "credentials"}
_TRUST_WORDS = {
    "certificate": "calls to {0} do not trust its certificate",
    "dns": "the name of {0} does not resolve",
    "unauthorized": "{0} turns the credentials away",
}


def conclude(evidence: Evidence, knowledge: Knowledge) -> Conclusion | None:
    """The cause as far as the evidence goes; None where nothing looked at is unwell."""
    suspect = _suspect(evidence)
    if suspect is None:
        return None
    for rule in _RULES:
        conclusion = rule(Case(suspect, evidence, knowledge))
        if conclusion is not None:
            return _with_retries(conclusion, evidence)
    return Conclusion(suspect.subject, "slow", f"{suspect.subject} is where it gets slow", 0.4)


def astray(evidence: Evidence, knowledge: Knowledge, right: Conclusion | None, key: int) -> Conclusion | None:
    """A wrong cause, and sure of it: the newest change of something else, or else a neighbour. None: none at hand."""
    avoid = right.component if right is not None else ""
    settled = ["", avoid]
    for change in evidence.changes:
        if not change.is_release:
            settled.append(change.component)  # what was rolled back or scaled since is not the newest news
        elif change.component not in settled:
            why = f"{change.text} at {change.clock} is what I would take back, it fits"
            return Conclusion(change.component, change.mechanism, why, 0.9, astray=True)
    near = knowledge.neighbours(avoid) if avoid else ()
    if not near:
        return None
    blamed = near[int(uniform(key) * len(near))]
    return Conclusion(blamed, "slow", f"it is {blamed}, I have seen exactly this before", 0.9, astray=True)


def _suspect(evidence: Evidence) -> Numbers | None:
    """From the first that is unwell along the worst calls, as far as numbers were read."""
    found = next(
        (one for one in evidence.numbers.values() if one.is_unwell and one.now.get("saturation") is not None), None
    )
    seen: list[str] = []
    while found is not None and found.waits and found.subject not in seen:
        seen.append(found.subject)
        call = found.worst_call
        below = evidence.numbers.get(call.callee) if call is not None else None
        if below is None or not below.is_unwell:
            break
        found = below
    return found or next((one for one in evidence.numbers.values() if one.is_unwell), None)


def _trust(case: Case) -> Conclusion | None:
    for call in case.suspect.calls:
        for cause, mechanism in _TRUST.items():
            if call.causes.get(cause, 0.0) > 0.05:
                return Conclusion(call.callee, mechanism, _TRUST_WORDS[cause].format(call.callee), 0.85)
    return None


def _waiting(case: Case) -> Conclusion | None:
    """All its workers wait for somebody below who was not looked at."""
    call = case.suspect.worst_call
    if not case.suspect.waits or call is None:
        return None
    below = case.evidence.numbers.get(call.callee)
    if below is not None and not below.is_unwell:
        return None
    how = (
        f"{percent(call.errors)} of its calls to {call.callee} fail"
        if call.errors > 0.02
        else (f"its calls to {call.callee} take {call.p95:.2g} s")
    )
    if case.knowledge.kind_of(call.callee) == "external":
        return Conclusion(call.callee, "third-party", f"{case.suspect.subject} is fine, but {how}", 0.65)
    why = f"{case.suspect.subject} only waits: {how}, so I would look at {call.callee}"
    return Conclusion(call.callee, "slow", why, 0.5, below=call.callee)


def _foreign(case: Case) -> Conclusion | None:
    """It is somebody else's, and it does badly."""
    subject = case.suspect.subject
    if case.knowledge.kind_of(subject) != "external":
        return None
    return Conclusion(subject, "third-party", f"{subject} itself does badly, and it is not ours", 0.7)


def _deploy(case: Case) -> Conclusion | None:
    """It was deployed lately, and has been worse since."""
    if case.suspect.deploy_age is None or case.suspect.deploy_age > RECENT:
        return None
    then, now = case.suspect.at_deploy, case.suspect.now
    worse = (
        now.get("errors", 0.0) > then.get("errors", 0.0) + 0.02
        or now.get("p95", 0.0) > 1.5 * then.get("p95", 0.0)
        or now.get("saturation", 0.0) > then.get("saturation", 0.0) + 0.3
    )
    if not worse:
        return None
    versions = [change for change in case.evidence.changes if change.is_version]
    change = next((change for change in versions if change.component == case.suspect.subject), None)
    what = change.text if change is not None else f"the deploy of {case.suspect.subject}"
    if what.startswith("rollback"):
        return None
    why = f"{what} is {age(case.suspect.deploy_age)} old, and {case.suspect.subject} has been bad since"
    return Conclusion(case.suspect.subject, "bad-deploy", why, 0.75)


def _setting(case: Case) -> Conclusion | None:
    """Its configuration was changed lately, or a flag by the team whose it is."""
    team = case.knowledge.team_of(case.suspect.subject)
    for change in case.evidence.changes:
        recent = case.suspect.second - change.second <= RECENT
        if recent and change.mechanism == "config" and change.component == case.suspect.subject:
            return Conclusion(
                case.suspect.subject, "config", f"{change.text} was at {change.clock}, and it got worse then", 0.7
            )
        if recent and change.mechanism == "flag" and _is_near(change, team, case.suspect.subject, case.knowledge):
            why = f"{change.text} at {change.clock} ({change.author}) is about when {case.suspect.subject} got slow"
            return Conclusion(change.component, "flag", why, 0.6)
    return None


def _is_near(change: Change, team: str, service: str, knowledge: Knowledge) -> bool:
    text = f"{change.author} {knowledge.summary_of(change.component)}"
    return bool(team) and (team in text or service in text)


def _cache(case: Case) -> Conclusion | None:
    """Cache hits fell, so that what the cache kept away comes through; the cache itself rather than who uses it."""
    fell = [
        one
        for one in case.evidence.numbers.values()
        if one.now.get("cache_hits", 1.0) < one.before.get("cache_hits", 0.0) - 0.2
    ]
    if not fell:
        return None
    cold = next((one for one in fell if case.knowledge.kind_of(one.subject) == "cache"), fell[0])
    now, before = percent(cold.now["cache_hits"]), percent(cold.before["cache_hits"])
    why = f"cache hits of {cold.subject} fell from {before} to {now}, and all the rest goes through"
    return Conclusion(cold.subject, "cache", why, 0.75)


def _caller(case: Case) -> Conclusion | None:
    """It gets more since one of its callers was deployed, and that caller does not."""
    if not case.suspect.rose("rate", 1.5, 1.0):
        return None
    for caller in case.evidence.numbers.values():
        calls_it = any(call.callee == case.suspect.subject for call in caller.calls)
        if not calls_it or caller.deploy_age is None or caller.deploy_age > RECENT or caller.rose("rate", 1.3, 1.0):
            continue
        more = f"{rate(case.suspect.now['rate'])} and not {rate(case.suspect.before.get('rate', 0.0))}"
        why = f"{caller.subject} was deployed {age(caller.deploy_age)} ago, and {case.suspect.subject} now gets {more}"
        return Conclusion(caller.subject, "bad-deploy", why, 0.65)
    return None


def _gone(case: Case) -> Conclusion | None:
    now, before = case.suspect.now.get("replicas", 0.0), case.suspect.before.get("replicas", 0.0)
    healthy = case.suspect.now.get("healthy")
    if now < before - 0.5:
        return Conclusion(
            case.suspect.subject, "crash", f"{case.suspect.subject} has {now:.0f} replicas, and had {before:.0f}", 0.8
        )
    if healthy is not None and healthy < now - 0.5:
        return Conclusion(
            case.suspect.subject,
            "crash",
            f"only {healthy:.0f} of {now:.0f} replicas of {case.suspect.subject} are healthy",
            0.7,
        )
    return None


def _pool(case: Case) -> Conclusion | None:
    if case.suspect.now.get("pool", 0.0) < 0.97:
        return None
    before = percent(case.suspect.before.get("pool", 0.0))
    why = f"the connection pool of {case.suspect.subject} is full, and it was at {before}"
    return Conclusion(case.suspect.subject, "pool-leak", why, 0.6)


def _backlog(case: Case) -> Conclusion | None:
    if not case.suspect.rose("backlog", 2.0, 100.0):
        return None
    now, before = case.suspect.now["backlog"], case.suspect.before.get("backlog", 0.0)
    why = f"the backlog of {case.suspect.subject} grows, from {before:,.0f} to {now:,.0f} messages"
    if any("could not process a message" in change.text for change in case.evidence.changes):
        return Conclusion(case.suspect.subject, "poison", f"{why}, and one of them kills whoever takes it", 0.75)
    return Conclusion(case.suspect.subject, "stall", why, 0.6)


def _traffic(case: Case) -> Conclusion | None:
    """More demand than ten minutes ago, and it is not retries."""
    if not case.suspect.rose("rate", 1.5, 1.0) or _retries_into(case.suspect.subject, case.evidence) > 0.0:
        return None
    now, before = case.suspect.now["rate"], case.suspect.before.get("rate", 0.0)
    why = f"{case.suspect.subject} gets {rate(now)}, and it was {rate(before)}"
    return Conclusion(case.suspect.subject, "traffic", why, 0.65)


def _own(case: Case) -> Conclusion | None:
    """Its own work fails, or takes all that it has."""
    if case.suspect.now.get("errors_error", 0.0) > 0.05:
        return Conclusion(
            case.suspect.subject,
            "errors",
            f"{case.suspect.subject} fails by itself, {percent(case.suspect.now['errors_error'])} of the time",
            0.6,
        )
    if case.suspect.now.get("load", 0.0) >= 0.8:
        why = f"{case.suspect.subject} is worked to the limit ({percent(case.suspect.now['load'])} load)"
        return Conclusion(case.suspect.subject, "capacity", why, 0.5)
    return None


_RULES: tuple[Rule, ...] = (
    _trust,
    _cache,
    _waiting,
    _foreign,
    _deploy,
    _caller,
    _setting,
    _pool,
    _gone,
    _backlog,
    _traffic,
    _own,
)
"""In the order in which they are tried."""


def _retries_into(service: str, evidence: Evidence) -> float:
    """The retries a second that callers which were looked at send to a service."""
    total = 0.0
    for numbers in evidence.numbers.values():
        for call in numbers.calls:
            if call.callee == service:
                total += call.retries
    return total


def _with_retries(conclusion: Conclusion, evidence: Evidence) -> Conclusion:
    """Retries that are twice what gets through keep it down, whatever began it."""
    for numbers in evidence.numbers.values():
        retries, goodput = numbers.now.get("retries", 0.0), numbers.now.get("goodput", 0.0)
        calls_it = any(call.callee == conclusion.component for call in numbers.calls)
        if calls_it and retries > 1.0 and retries >= 2.0 * goodput:
            how = f"{rate(retries)} for {rate(goodput)} that get through"
            more = f"; and {numbers.subject} retries {how}, which keeps it down"
            return replace(conclusion, why=conclusion.why + more, sustaining="retry-storm")
    return conclusion

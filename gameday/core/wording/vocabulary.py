"""The words by which texts are read, stated as lists that the documentation shows.

A word matches whole words in any case; `*` stands for any ending, a space for one space or a hyphen. What is made of
them stands in the module of each idea. Owns the lists and their translation into patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class WordList:
    """Words with one meaning."""

    name: str
    meaning: str
    words: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches any of the words."""
        return _compiled(self.words)

    @property
    def choice(self) -> str:
        """The source of that pattern, to build others from."""
        return alternatives(self.words)

    def found(self, text: str) -> bool:
        return self.pattern.search(text) is not None


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for whole words, the longest first."""
    return rf"\b(?:{'|'.join(_written(word) for word in sorted(words, key=lambda word: (-len(word), word)))})"


def _written(word: str) -> str:
    body = re.escape(word.removesuffix("*")).replace(r"\ ", "[ -]")
    return body + (r"\w*" if word.endswith("*") else r"\b")


@cache
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(alternatives(words), re.IGNORECASE)


def _list(name: str, meaning: str, words: str) -> WordList:
    return WordList(name, meaning, tuple(" ".join(word.split()) for word in words.split(",")))


HURT = _list(
    "hurt",
    "something does not work",
    """fail*, cannot, can't, can not, could not, couldn't, unable, not able, slow*, delay*, unavailable, down,
    degrad*, affects, affected, affecting, impacts, impacted, impacting, time out, times out, timed out,
    timing out, timeout*, broken, breaks, reject*, refus*, declin*, turned away, turning away, turns away,
    turn away, blank, no results, no answer*, nothing, late, incomplete, broke, break, impossible, nobody can,
    no one can, nobody could, no one could, none of, not all, not every*, heavy load, high load, overloaded,
    closed, logged out, kicked out, throttl*, stuck, hang, hangs, hanging, crash*, freez*, offline,
    inaccessible, unreachable, unresponsive, intermittent*, longer than usual, longer than normal, take longer,
    takes longer, taking longer, stopped working, stops working, lost, missing, incorrect*, wrong, duplicate*,
    out of date, stale, interrupted, disrupted""",
)
NOT_DONE = _list(
    "not done",
    "after `not`, `no longer` or `n't`: something does not work",
    """able, work*, load*, open*, start*, run*, respond*, complet*, arriv*, receiv*, send*, sent, process*, reach*,
    go through, going through, get, getting, available, possible, finish*, show*, sync*, connect*, deliver*,
    save*, saving, return*, see, find, use, do""",
)
TROUBLE = _list(
    "trouble",
    "something is wrong, but not what; counts as impact only beside what is hurt, or beside people who have it",
    """issue*, problem*, trouble*, difficult*, incident*, outage*, disruption*, interruption*, error*, impact,
    degradation""",
)
EXPERIENCE = _list(
    "experience",
    "how people have a trouble",
    """have, has, having, see, sees, seeing, experienc*, encounter*, face, facing, get, gets, getting, receiv*,
    run into, running into, notic*, affect*, impact*""",
)
PEOPLE = _list(
    "people",
    "whom it hurts",
    """customer*, user*, people, shopper*, visitor*, everyone, everybody, nobody, no one, a few, others, several,
    the rest, client*, account holder*, member*, merchant*, seller*, buyer*, guest*, subscriber*, player*,
    driver*, passenger*, patient*, percent""",
)
FUNCTIONS = _list(
    "functions",
    "what customers do; besides them, the names and summaries of the scenario's entries and its services",
    """login*, card, cards, log in, logging in, sign in, signing in, sign ins, sign up*, checkout*, check out,
    checking out, payment*, paying, order*, cart*, basket*, search*, site, website, web site, homepage,
    storefront*, app, apps, mobile app, shop, store, api, dashboard*, upload*, download*, e mail*, email*,
    notification*, booking*, video*, image*, file*, product*, catalog*, transaction*, buy, buying, reach, pages,
    transfer*, deliver*, request*, purchase*, account*, session*, password*""",
)
WORKS = _list(
    "works",
    "something works now",
    """work, works, working, fine, unaffected, not affected, not impacted, operational, operate normally,
    operates normally, operating normally, normal, normally, healthy, as usual, available, stable, accepted,
    is ok, are ok, ok again, ok now""",
)
NOT_HURT = _list(
    "not hurt",
    "taken out of a text before it is asked what is hurt",
    """unaffected, not affected, not impacted, isn't affected, aren't affected, isn't impacted, aren't impacted,
    no issue*, no problem*, no error*, no fail*, no impact, no customer is affected, no customers are affected,
    nobody is affected, no one is affected, no user is affected, no users are affected,
    no customers were affected, nothing is lost, no data was lost, no data is lost, no data has been lost,
    not lost, in order to, status page, slow down, incident closed, incident is closed""",
)
AHEAD = _list(
    "ahead",
    "of the future, before a word of repair",
    """will, shall, should, expect*, going to, estimat*, anticipat*, hope*, hoping, plan, plans, planning, aim*,
    promis*, we'll, it'll, they'll, that'll, ought to, on track, confident, predict*, likely""",
)
MENDED = _list(
    "mended",
    "repair and recovery",
    """fix, fixed, fixes, fixing, resolve, resolved, resolving, resolution, restore, restored, restoring, recover,
    recovered, recovery, recovering, back, solved, solve, over, normal, normally, repaired, repair, mended,
    available, up and running, up again, operational, work, works, working, return, returns, live, through this,
    flow, run, succeed, good, fine, done, sorted""",
)
NOT_MENDED = _list(
    "not mended",
    "taken out before it is asked whether a repair is promised",
    """as soon as, roll back, rolling back, rolled back, rolls back, back to you, back here, get back, report back,
    come back to you, back with more, back with news, look back, working on, work on, working to, work to,
    working with, working towards, work towards, work around, workaround*, over the next, over the last,
    hand over, over to, fail over, failing over, switch over, scale back, falling back, fall back, back up copy,
    backing up, back off""",
)
SOON = _list(
    "soon",
    "a time for a repair, but none for the next update",
    """soon, shortly, momentarily, any minute, any minute now, any moment, any second, in no time, before long,
    tonight, tomorrow, today, this afternoon, this evening, this morning, in a bit, in a moment, by then,
    by the end of, by noon, by midnight, by lunchtime, imminent*""",
)
NEXT = _list(
    "next",
    "an update to come",
    """next update, next updates, next post, next message, next report, next news, next information,
    another update, another post, further update, further updates, further information, further news,
    more update*, more information, more details, more news, more info, new update, update you,
    update this page, update this post, update here, update again, update our customers, update customers,
    update everyone, post again, post an update, post news, post more, post another, post here, report back,
    report again, share more, share an update, share another, write again, tell you more, inform you,
    let you know, keep you posted, keep you updated, keep you informed, be back here, be back with,
    come back to you, follow up, hear from us, hear more, back with more, back with news, back with an update,
    updates every, updates will, update will, updates follow, update follows, update in, update at, update by,
    update within, updates at, update every, updated every, updates hourly, hourly update*, check back, more at,
    more in, more by, more within, status again, with more, with news""",
)
NO_NEXT = _list(
    "no next",
    "says that no update comes",
    """no further update*, no more update*, no next update, last update, final update, not post again,
    no other update*""",
)
RECOVERED = _list(
    "recovered",
    "it is over",
    """recovered, is resolved, are resolved, been resolved, was resolved, were resolved, now resolved,
    fully resolved, is restored, are restored, been restored, was restored, were restored, now restored,
    fully restored, is fixed, are fixed, been fixed, was fixed, were fixed, now fixed, fully fixed, is solved,
    been solved, was solved, now solved, back to normal, returned to normal, back online, back up, up again,
    works again, work again, working again, works normally, working normally, operating normally,
    works normally again, working normally again, works as usual, work as usual, working as usual, is over,
    are over, has ended, have ended, fully operational, systems operational, systems are operational, all clear,
    can log in again, can order again, can pay again, performs normally, perform normally, performing normally,
    runs normally, run normally, running normally, closing this incident, closing the incident, green again,
    all green, incident closed, incident is closed, confirmed fixed, confirmed resolved, go through again,
    has resumed, works fine, work fine, works now, work now, closing this out, closing it out,
    recovery confirmed, recovery is complete, recovery complete, all good now, we're back, we are back,
    incident over, outage over, everything works, everything operational, everything is operational,
    everything is fine, everything is ok, everything is working, everything is normal, have resumed,
    service resumed, is back, are back""",
)
RESTORED_WHAT = _list(
    "restored what",
    "after `we (have) fixed, resolved, restored`: makes it a recovery",
    "the issue*, the problem*, the incident*, the outage*, this issue, this incident, this problem, it, this, "
    """service, services, the service, access, all services, normal service, full service, normal operation*""",
)
SUBJECTS = _list(
    "subjects",
    "before `fixed, resolved, restored, gone, over …`: makes it a recovery; besides them, functions and names",
    "service, services, system*, incident*, issue*, problem*, outage*, trouble*, access, performance, error*",
)
WHOLE = _list(
    "whole",
    "before `is fixed, gone, fine, back, working, up …`: makes it a recovery",
    "everything, all, it, this, service, services, systems, site, website, shop, store, app, platform",
)
NOT_YET = _list(
    "not yet",
    "in the same clause: it is not over",
    """not, yet, until, once, when, will, would, could, working on, working to, working towards, trying, should,
    expect*, if, before, partial*, partly, some, most, many, mostly, almost, nearly, for half, hope*, to be,
    being, soon, shortly, investigat*, try to, so that, can't, isn't, aren't, hasn't, haven't, cannot,
    no longer, half of, percent, ensure, make sure, see if, whether, beginning to, starting to, intermittently,
    mainly, then, after which, away from, we'll, it'll, they'll, except, apart from""",
)
STILL = _list("still", "with a word of hurt: it goes on", "still, remain, remains, continue, continues, continuing")
SEVERITY = _list(
    "severity",
    "how bad the writer says it is",
    "SEV 1, SEV 2, SEV 3, SEV 4, SEV 5, SEV1, SEV2, SEV3, SEV4, SEV5, P1, P2, P3, major incident, major outage, minor, "
    "critical, partial outage, full outage, complete outage",
)
BLAME = _list(
    "blame",
    "accuses somebody",
    """human error, operator error, user error, fault of, his fault, her fault, their fault, 's fault, mistake by,
    mistake of, 's mistake, to blame, blame*, careless*, negligen*, incompeten*, sloppy, stupid*, screwed up,
    messed up, an intern, the intern, junior engineer, junior developer, new hire, should have known,
    should have checked, should have tested, failed to follow, failed to notice, failed to test, forgot to,
    was forgotten by, accidentally deleted, engineer broke, developer broke, engineer deleted, engineer pushed,
    developer pushed, someone broke, somebody broke, someone pushed, rogue, responsible for this mess""",
)

WORD_LISTS = (
    HURT,
    NOT_DONE,
    TROUBLE,
    EXPERIENCE,
    PEOPLE,
    FUNCTIONS,
    WORKS,
    NOT_HURT,
    AHEAD,
    MENDED,
    NOT_MENDED,
    SOON,
    NEXT,
    NO_NEXT,
    RECOVERED,
    RESTORED_WHAT,
    SUBJECTS,
    WHOLE,
    NOT_YET,
    STILL,
    SEVERITY,
    BLAME,
)
"""Every list about public updates, in the order in which the documentation shows them."""

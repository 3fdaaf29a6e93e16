"""What somebody is at, as the team sees it: what a colleague says, or the looks and actions of whoever is played."""

from __future__ import annotations

from gameday.core.signals import Observation, PersonView


def doing(person: PersonView, seen: Observation) -> tuple[str, int | None]:
    """In a few words, empty for nothing; and the second at which it ends, where that is known."""
    look = next((look for look in seen.looks if look.person == person.name), None)
    if look is not None:
        return f"looks at {look.text}", look.ends_at
    if person.doing:
        return person.doing, person.until
    action = next((one for one in seen.actions if one.author == person.name and one.ends_at is not None), None)
    return (action.text, action.ends_at) if action is not None else ("", None)


def rung_by(person: PersonView, seen: Observation) -> tuple[str, ...]:
    """The pages that wait for this person's answer."""
    return tuple(page.ref for page in seen.pages if page.state == "triggered" and person.name in page.targets)

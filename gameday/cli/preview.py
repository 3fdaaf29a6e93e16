"""`gameday preview`: what happens if nobody acts, with the hidden truth. For facilitators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gameday.cli.output import say, say_json, tell
from gameday.cli.parameters import SEED, json_option

if TYPE_CHECKING:
    from gameday.session.session import Session

WARNING = "This tells the truth: the cause, the faults, what is still to come. For facilitators; keep it from players."


@click.command("preview")
@click.argument("scenario")
@click.option("--seed", type=SEED, default=1, show_default=True, help="The same seed gives the same session.")
@click.option("--variant", metavar="NAME", help="The cause, instead of the one that the seed draws.")
@click.option("--modifier", "modifiers", multiple=True, metavar="NAME", help="Make it harder (repeatable).")
@json_option
def command(scenario: str, seed: int, variant: str | None, modifiers: tuple[str, ...], as_json: bool) -> None:
    """Tell what happens in a scenario if nobody acts: faults, injects, alerts, pages, objectives, tickets.

    SCENARIO is a built-in name or a file. Conditions that wait for what people do stay armed. A star marks what
    responders never see.
    """
    from gameday.cli.dressing import dressed
    from gameday.cli.opening import chosen_variant, open_exercise
    from gameday.response.policy import Idle
    from gameday.session.drive import drive
    from gameday.session.session import Session

    opened = open_exercise(scenario, scored=False)
    exercise = dressed(opened.exercise, None, modifiers)
    session = Session(exercise, seed, variant=chosen_variant(exercise, variant), responder="idle")
    drive(session, Idle(), session.length)
    tell(WARNING)
    if as_json:
        say_json(_data(session))
    else:
        _print(session)


def _print(session: Session) -> None:
    from gameday.cli.dressing import dress_words
    from gameday.cli.foresight import lines, script_lines, shortened

    exercise, cause = session.exercise, session.exercise.scenario.variants[session.variant].cause
    dress = dress_words(exercise)
    kept = f", kept up by {cause.sustaining}" if cause.sustaining not in (None, "none") else ""
    say(f"{exercise.name}{f' {dress}' if dress else ''}, variant {session.variant}, seed {session.seed}")
    say(f"the cause: {cause.component}, {cause.mechanism}{kept}")
    say("\nIf nobody acts")
    for line in lines(shortened(session.events, exercise.scenario)):
        say(line)
    views = session.response.script.views()
    if views:
        say("\nInjects")
        for line in script_lines(views):
            say(line)


def _data(session: Session) -> dict[str, object]:
    from gameday.cli.foresight import script_json, timeline, timeline_json

    exercise, cause = session.exercise, session.exercise.scenario.variants[session.variant].cause
    return {
        "scenario": exercise.name,
        "variant": session.variant,
        "scenario_digest": exercise.digest,
        "seed": session.seed,
        "modifiers": list(exercise.modifiers),
        "cause": {"component": cause.component, "mechanism": cause.mechanism, "sustaining": cause.sustaining},
        "timeline": timeline_json(timeline(session.events, exercise.scenario)),
        "injects": script_json(session.response.script.views()),
    }

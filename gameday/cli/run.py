"""`gameday run`: a session that a responder plays, without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gameday.cli.dressing import EPILOG, chosen_players, dressed, dressing_options
from gameday.cli.exits import FINE, NOT_FINE
from gameday.cli.output import say, say_json, tell
from gameday.cli.parameters import SEED, json_option, usage_error

if TYPE_CHECKING:
    from gameday.response.policy import Policy
    from gameday.scenario.exercise import Exercise


@click.command("run", epilog=EPILOG)
@click.argument("scenario")
@click.option(
    "--responder",
    default="playbook",
    show_default=True,
    metavar="idle|playbook|random|FILE",
    help="Who plays: a built-in responder, mitigation:NAME, or a file of lines such as '90s restart payments'.",
)
@click.option("--seed", type=SEED, default=1, show_default=True, help="The same seed gives the same session.")
@click.option("--variant", metavar="NAME", help="The cause, instead of the one that the seed draws.")
@click.option("--journal", type=click.Path(path_type=Path), help="Record the session in this new file.")
@dressing_options
@json_option
def command(
    scenario: str,
    responder: str,
    seed: int,
    variant: str | None,
    journal: Path | None,
    hat: str | None,
    modifiers: tuple[str, ...],
    players: tuple[str, ...],
    as_json: bool,
) -> int:
    """Run a session headless and print its score card.

    SCENARIO is a built-in name or a file. Exit code 1 where the service did not recover.
    """
    from gameday.cli.opening import chosen_variant, open_exercise
    from gameday.cli.score_card import score_card
    from gameday.scoring.outcome import outcome_of
    from gameday.session.drive import drive, play_script
    from gameday.session.journal import create
    from gameday.session.script import Script
    from gameday.session.seats import roster_of
    from gameday.session.session import Session

    opened = open_exercise(scenario)
    exercise = dressed(opened.exercise, hat, modifiers)
    chosen = chosen_variant(exercise, variant) or exercise.draw_variant(seed)
    played = chosen_players(exercise, players)
    policy = policy_for(responder, exercise, seed, chosen, played)
    roster = roster_of(exercise, played)
    session = Session(
        exercise,
        seed,
        variant=chosen,
        players=played,
        responder=responder,
        journal=create(journal, source=opened.source, roster=roster) if journal is not None else None,
        horizon=opened.horizon,
    )
    if isinstance(policy, Script):
        for unheeded in play_script(session, policy):
            tell(str(unheeded))
    else:
        drive(session, policy)
    outcome = outcome_of(session.finish(), opened.proof)
    if as_json:
        say_json(outcome.to_json())
    else:
        say(score_card(outcome, exercise, opened.proof))
    return FINE if outcome.ending == "recovered" else NOT_FINE


def policy_for(
    responder: str, exercise: Exercise, seed: int, variant: str, played: tuple[str, ...] | None = None
) -> Policy[Any]:
    """The policy that a word on the command line means. Raises click.UsageError, InputError."""
    from gameday.core.text import clean_line, did_you_mean
    from gameday.response.responder import RESPONDERS
    from gameday.session.script import read_script
    from gameday.session.script_names import Cast
    from gameday.trials.job import MITIGATION, Job, policy_of

    name = responder.removeprefix(MITIGATION)
    if responder in RESPONDERS or (name != responder and name in exercise.scenario.mitigations):
        return policy_of(Job(exercise, seed, variant, responder))
    shown = clean_line(responder, 100)
    if name != responder:
        known = list(exercise.scenario.mitigations)
        hint = did_you_mean(name, known) or f"; there is {', '.join(known) or 'none'}"
        raise usage_error(f'"{shown}" is not a mitigation of {exercise.name}{hint}')
    if not Path(responder).is_file():
        hint = did_you_mean(responder, list(RESPONDERS)) or f"; there is {', '.join(RESPONDERS)}, or {MITIGATION}NAME"
        raise usage_error(f'"{shown}" is neither a responder nor a file of commands{hint}')
    return read_script(Path(responder), Cast(exercise, played))

"""The command `gameday`: a group whose verbs are imported only when they are used.

Owns the list of verbs and what happens without one. Does not own what verbs do (one module each) or exit codes
(`gameday.cli.exits`). Nothing here imports the simulation, so that `--help` is fast.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

import click

from gameday.cli.exits import guarded
from gameday.cli.output import prepare_streams
from gameday.cli.version import print_version
from gameday.session import collector


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """Where a verb's `command` is, and its line in the help."""

    module: str
    summary: str


VERBS: Mapping[str, VerbEntry] = {
    "play": VerbEntry("gameday.cli.play", "Play a scenario, live."),
    "run": VerbEntry("gameday.cli.run", "Run a session without anybody: a responder plays, the score card is printed."),
    "simulate": VerbEntry("gameday.cli.simulate", "The signals of a scenario over time, nobody responding."),
    "preview": VerbEntry("gameday.cli.preview", "What happens if nobody acts, with the truth: for facilitators."),
    "check": VerbEntry("gameday.cli.check", "Find problems in scenarios and playbooks."),
    "prove": VerbEntry("gameday.cli.prove", "Compute par and labels of scenarios, and whether their claims hold."),
    "oncall": VerbEntry("gameday.cli.oncall", "An escalation policy by itself: simulate it, or import one."),
    "schema": VerbEntry("gameday.cli.schema", "The JSON Schema of a kind of file, for editors."),
    "library": VerbEntry("gameday.cli.library", "The scenarios that come with gameday."),
    "sessions": VerbEntry("gameday.cli.sessions", "The sessions that were recorded here."),
    "replay": VerbEntry("gameday.cli.replay", "See a recorded session again, verify it, or debrief it."),
}
"""Every verb. A new one is a module with a `command`, and a line here."""


class LazyGroup(click.Group):
    """Lists verbs without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        entry = VERBS.get(cmd_name)
        command = getattr(import_module(entry.module), "command", None) if entry is not None else None
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl([(name, entry.summary) for name, entry in VERBS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from gameday.core.text import clean_line, did_you_mean

            hint = did_you_mean(args[0], list(VERBS))
            raise click.UsageError(f'there is no verb "{clean_line(args[0], 60)}"{hint}', ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=print_version,
    help="Show the version, and whether the kernel is compiled, and exit.",
)
@click.pass_context
def gameday(ctx: click.Context) -> int | None:
    """Rehearse incidents in a simulator whose physics is honest.

    Without a verb: the home screen, where a scenario is picked.
    """
    if ctx.invoked_subcommand is not None:
        return None
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        from gameday.tui.app import run_home

        return run_home()
    click.echo(ctx.get_help())
    return 0


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code. Never raises, except what ends the interpreter on purpose."""
    prepare_streams()
    return guarded(lambda: gameday.main(args=arguments, prog_name="gameday", standalone_mode=False))


def main() -> NoReturn:
    """The entry point of the shell command."""
    collector.relax()
    sys.exit(run())

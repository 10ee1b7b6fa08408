"""The `consensus` command: its group of commands, how errors are told, and which exit code they have."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from questionnaires.problems import ConsensusError, did_you_mean

COMMANDS = {
    "library": "List the bundled surveys and definitions.",
    "new": "Make the folder of a study.",
    "forms": "Write the blank questionnaire for a platform or for paper.",
    "check": "Say what a file is and list its faults.",
    "agree": "Say what people agree on.",
    "protocol": "Freeze the rule before the data.",
    "rounds": "Run the rounds of a panel.",
    "rules": "List, explain and try the rules of consensus.",
    "propose": "Derive definitions from the votes.",
    "definitions": "Show, check and compare definitions.",
    "score": "Judge patients' courses by definitions.",
    "report": "Write the report on a study.",
}
EXAMPLE = """\b
Example:
  consensus report cci-2020

From a clinician survey to agreement, a weighted definition, a scored cohort and a report. Each command explains itself:
consensus agree --help."""


class Commands(click.Group):
    """The group of commands; each is loaded only when it is asked for, and errors become sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a study needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command from `reports.commands`."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"reports.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed; UsageError with the nearest one where there is none."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = _instead(args[0]) or f"Expected one of: {', '.join(COMMANDS)}."
            raise click.UsageError(f'"{args[0]}" is no command. {hint}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands in a line each, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the user can mend is shown without a traceback, anything else as one line."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if "unexpected extra argument" in error.message:  # the shell takes a name with blanks for several
                raise click.UsageError(
                    f"{error.message}. A name with blanks in it stands in quotes.", error.ctx
                ) from None
            raise
        except ConsensusError as error:
            click.echo(_told(str(error)), err=True)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params.get("verbose"):
                raise
            click.echo(
                f"Internal error, not a fault of your files: {type(error).__name__}: {error}. Please report it; "
                "consensus -v COMMAND shows where it happened.",
                err=True,
            )
            ctx.exit(1)


def _instead(word: str) -> str:
    """Return what to type for a word that is no command; an empty text where nothing is near."""
    if word.casefold() == "help":
        return "consensus --help lists the commands, consensus score --help explains one."
    if word.casefold() == "consensus":
        return "It stands once, before the command."
    return did_you_mean(word, COMMANDS)


def _told(text: str) -> str:
    """Return an error in the language that the command speaks; a message of several lines line by line."""
    from reports.commands.console import told

    return "\n".join(told(line) for line in text.split("\n"))


def show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Show the version of the installed distribution and end; only then is it looked up, which takes a while."""
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        installed = version("clinical-consensus")
    except PackageNotFoundError:
        installed = "unknown"
    click.echo(f"consensus, version {installed}")
    ctx.exit()


def save_time() -> None:
    """Set this process up for one job that ends with it; before numpy is loaded, which reads its settings then.

    Reports make thousands of small products of matrices: threads for them wait for each other longer than they work.
    What a report is made of is kept until it is written: looking often for what could be thrown away finds nothing.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(50_000, 20, 100)


def keep_console_alive() -> None:
    """Make the console replace what its encoding lacks, so that no character of a file can stop a command."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


@click.group(cls=Commands, help=EXAMPLE, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=show_version,
    help="Show the version and exit.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show where an internal error happened.")
@click.option("-q", "--quiet", is_flag=True, help="Show results and faults only.")
@click.pass_context
def main(ctx: click.Context, verbose: bool, quiet: bool) -> None:
    """Run the `consensus` command."""
    keep_console_alive()
    save_time()
    ctx.obj = {"quiet": quiet}


if __name__ == "__main__":
    main(prog_name="consensus")

"""The `consensus` command: its group of commands, how errors are told, and which exit code they have."""

from __future__ import annotations

import contextlib
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from questionnaires.problems import ConsensusError

COMMANDS = ("library", "new", "check", "agree", "propose", "score", "report")
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

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the user can mend is shown without a traceback, anything else as one line."""
        try:
            return super().invoke(ctx)
        except ConsensusError as error:
            click.echo(str(error), err=True)
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


def installed_version() -> str:
    """Return the version of the installed distribution."""
    try:
        return version("clinical-consensus")
    except PackageNotFoundError:
        return "unknown"


def keep_console_alive() -> None:
    """Make the console replace what its encoding lacks, so that no character of a file can stop a command."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


@click.group(cls=Commands, help=EXAMPLE, no_args_is_help=True)
@click.version_option(installed_version(), prog_name="consensus")
@click.option("-v", "--verbose", is_flag=True, help="Show where an internal error happened.")
@click.option("-q", "--quiet", is_flag=True, help="Show results and faults only.")
@click.pass_context
def main(ctx: click.Context, verbose: bool, quiet: bool) -> None:
    """Run the `consensus` command."""
    keep_console_alive()
    ctx.obj = {"quiet": quiet}


if __name__ == "__main__":
    main(prog_name="consensus")

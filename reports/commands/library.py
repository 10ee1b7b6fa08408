"""`consensus library`: what is bundled, and copies of it as a model for one's own."""

from __future__ import annotations

from pathlib import Path

import click

from questionnaires.problems import ConsensusError
from reports.commands.console import HELP, say, show, show_table


@click.group(
    context_settings=HELP,
    name="library",
    invoke_without_command=True,
    help="""\b
Example:
  consensus library
  consensus library show tace-failure
  consensus library copy cci-2020 --to mine

List the bundled instruments and definitions.""",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List what is bundled, unless a subcommand does something else."""
    if ctx.invoked_subcommand is not None:
        return
    _show_instruments()
    _show_definitions()


@command.command(
    name="show",
    help="""\b
Example:
  consensus library show tace-failure

Show the codebook of a bundled instrument: every criterion, question and option in its languages, with its conditions
and with what it means for the analysis.""",
)
@click.argument("name")
def show_codebook(name: str) -> None:
    """Show the codebook of a bundled instrument."""
    from questionnaires.codebook import codebook
    from questionnaires.library import entry
    from questionnaires.xlsform import read_instrument

    found = entry(name)
    show(codebook(read_instrument(found.id)).rstrip())
    published = "Published counts are bundled." if found.published else "No counts of it are published."
    answers = " SYNTHETIC answers are bundled." if found.answers else " No answers are bundled."
    say(published + answers)


@command.command(
    name="copy",
    help="""\b
Example:
  consensus library copy cci-2020 --to mine

Copy the files of a bundled instrument (workbook, codebook, published counts, SYNTHETIC answers) into a folder. A file
that is there already is never touched.""",
)
@click.argument("name")
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to copy into."
)
def copy(name: str, folder: Path) -> None:
    """Copy a bundled instrument's files."""
    from questionnaires.files import write_bytes
    from questionnaires.library import entry

    found = entry(name)
    sources = [p for p in (found.instrument, found.codebook, found.published, found.answers) if p is not None]
    there = [folder / source.name for source in sources if (folder / source.name).exists()]
    if there:
        listed = ", ".join(str(path) for path in there)
        raise ConsensusError(f"{folder}: already holds {listed}. Nothing was copied; choose another folder.")
    for source in sources:
        show(str(write_bytes(folder / source.name, source.read_bytes())))
    say(f"Copied {len(sources)} files.")


def _show_instruments() -> None:
    from questionnaires.library import entries
    from questionnaires.xlsform import read_instrument

    rows = []
    for found in entries():
        instrument = read_instrument(found.id)
        rows.append(
            (
                found.id,
                len(instrument.questions),
                "yes" if found.published else "no",
                "SYNTHETIC" if found.answers else "no",
                found.condition or "",
                found.title,
            )
        )
    show("Instruments")
    show_table(("id", "questions", "published counts", "answers", "condition", "title"), rows, right=(1,))


def _show_definitions() -> None:
    from consensus.definitions.condition import conditions, read_condition
    from consensus.definitions.definition_file import read_definitions

    for name in conditions():
        condition = read_condition(name)
        show()
        show(f"Definitions of {condition.id} ({condition.title.text('en')})")
        rows = [
            (d.id, "on" if d.enabled else "off", d.source.standing, d.title.text("en"))
            for d in read_definitions(condition)
        ]
        show_table(("id", "by default", "standing", "title"), rows)

"""`consensus check`: what a file is and what is wrong with it, every fault with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaires.problems import ConsensusError
from reports.commands.console import (
    HELP,
    faults_line,
    say,
    show,
    show_json,
    show_problems,
    speak,
    spoken,
    told,
    working,
)

if TYPE_CHECKING:
    from reports.checking import Checked


@click.command(
    context_settings=HELP,
    name="check",
    help="""\b
Example:
  consensus check instrument.xlsx
  consensus check answers.xlsx --instrument instrument.xlsx
  consensus check courses.xlsx --strict
  consensus check mine/study.toml --propose draft.csv

Say what FILE is (an instrument, answers, patients' courses, or a study file) and list every fault with its place.""",
)
@click.argument("file")
@click.option("--instrument", metavar="NAME_OR_FILE", help="The instrument that answers belong to.")
@click.option("--dialect", metavar="NAME", help="The survey platform of answers; without it, it is found by itself.")
@click.option("--encoding", metavar="NAME", help="The encoding of a text file, such as gb18030; else found by itself.")
@click.option(
    "--condition",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a condition of your own.",
)
@click.option(
    "--problems",
    "table",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The workbook to write all problems into, one a row, and the sheets with their cells marked.",
)
@click.option(
    "--propose",
    "draft",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to draft corrections into, for answers or a study.",
)
@click.option("--language", help="The language of the messages: en or zh; else that of the study.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
@click.option(
    "--strict", is_flag=True, help="Any fault, and any warning about the file itself, is fatal (exit code 3)."
)
def command(
    file: str,
    instrument: str | None,
    dialect: str | None,
    encoding: str | None,
    condition: Path | None,
    table: Path | None,
    draft: Path | None,
    language: str | None,
    as_json: bool,
    strict: bool,
) -> None:
    """Check a file."""
    from reports.checking import check
    from reports.study_language import messages_in

    speak(messages_in(file, language))

    with working("Reading"):
        checked = check(file, instrument=instrument, condition=condition, dialect=dialect, encoding=encoding)
    if table is not None:
        from reports.problem_table import write_problems

        written = write_problems(checked.problems, table, sources=checked.sources, personal=checked.personal)
        say(f"Wrote {written}: all problems, and the sheets they are in with their cells marked.")
    if draft is not None:
        _propose(checked, draft)
    if as_json:
        show_json(_json(checked))
    else:
        for line in checked.lines:
            show(told(line))
        show_problems(checked.problems, strict=False)
        click.echo(told(faults_line(checked.problems)), err=True)
    if strict and len(checked.fatal):
        raise ConsensusError(
            f"--strict: {checked.name} is refused for the first of these: {checked.fatal.items[0].got}."
        )


def _propose(checked: Checked, path: Path) -> None:
    """Write a draft of corrections, which never replaces the file that is in force."""
    from questionnaires.cleaning.corrections import corrections_text
    from questionnaires.cleaning.proposing import propose_corrections
    from questionnaires.files import write_text
    from reports.wording.messages import said

    if checked.cleaned is None:
        raise ConsensusError(f"--propose: {checked.name} has no answers of single people, so nothing can be corrected.")
    if path.exists():
        raise ConsensusError(f"{path}: is there already. Expected a new name: a draft never replaces what was decided.")
    rows = propose_corrections(checked.cleaned, cluster=checked.cluster)
    told_rows = [replace(row, reason=said(row.reason, spoken())) for row in rows]
    write_text(path, corrections_text(told_rows), bom=True)
    say(f"Wrote {path}: {len(rows)} rows to decide. Fill in action, by and date, and save it as corrections.csv.")


def _json(checked: Checked) -> dict[str, object]:
    from consensus.provenance import provenance
    from reports.commands.console import envelope
    from reports.study import SEED

    made = provenance(checked.name, checked.inputs, seed=SEED)
    return (
        envelope(made, synthetic=checked.synthetic)
        | {"saw": checked.saw}
        | dict(checked.counts)
        | {"problems": [p.to_dict() for p in checked.problems]}
    )

"""`consensus forms`: the blank questionnaire for a survey platform, for paper, or as a workbook to fill."""

from __future__ import annotations

from pathlib import Path

import click

from questionnaires.problems import ConsensusError
from reports.commands.console import HELP, say, show, show_problems

KINDS = ("wenjuanxing", "xlsform", "redcap", "docx", "workbook")


@click.command(
    context_settings=HELP,
    name="forms",
    help="""\b
Example:
  consensus forms tace-failure --for wenjuanxing
  consensus forms instrument.xlsx --for docx --language zh --out ethics

Write the blank forms of INSTRUMENT, a file or a name that consensus library lists.

\b
wenjuanxing  a text to paste, a list of what to set by hand, question_numbers.csv
xlsform      a workbook for KoboToolbox, ODK, Ona; how options count is kept off the devices
redcap       a data dictionary
docx         a questionnaire to print, one document a language
workbook     a workbook with drop-downs, one row a person, and a codebook""",
)
@click.argument("instrument")
@click.option("--for", "kind", type=click.Choice(KINDS), required=True, help="Which form.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write into; without it out/forms."
)
@click.option("--language", metavar="CODE", help="One of the instrument's languages, such as en or zh.")
def command(instrument: str, kind: str, out: Path | None, language: str | None) -> None:
    """Write blank forms."""
    from questionnaires import read_instrument
    from questionnaires.forms import write_forms

    asked = read_instrument(instrument)
    faults = asked.problems.faults
    if len(faults):
        show_problems(faults, strict=False)
        raise ConsensusError(f"{instrument}: has {len(faults)} faults. Mend them first; no form was written.")
    written = write_forms(asked, kind, out or Path("out") / "forms", language=language)
    for path in written.files:
        show(str(path))
    show_problems(written.problems, strict=False)
    if kind == "redcap" and len(written.problems):
        say(f"{len(written.problems)} things have to be set by hand in REDCap.")

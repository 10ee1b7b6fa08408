"""`consensus report`: the whole way, from a study to a page, tables, a definition and scores."""

from __future__ import annotations

from pathlib import Path

import click

from reports.commands.console import faults_line, say, show, show_problems, working


@click.command(
    name="report",
    help="""\b
Example:
  consensus report cci-2020
  consensus report mine/study.toml --out out/mine

Write the report on STUDY (a study file or a name of the library): report.html, tables.xlsx, definition.yaml (the first
proposal, where one follows), scores.csv and provenance.json. Without --out they go to out/NAME.""",
)
@click.argument("study")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write into.")
@click.option("--formats", help="Which documents, separated by commas: html, xlsx.")
@click.option("--strict", is_flag=True, help="Any fault in the files is fatal (exit code 3).")
def command(study: str, out: Path | None, formats: str | None, strict: bool) -> None:
    """Write a study's report."""
    from dataclasses import replace

    from reports import study_keys
    from reports.study import read_study, refuse_waiting, run_study
    from reports.write import write_results

    chosen = read_study(study)
    if formats is not None:
        words = [word.strip().lower() for word in formats.split(",") if word.strip()]
        study_keys.check_words(
            words, study_keys.FORMATS, study_keys.WRITTEN_FORMATS, "--formats", "a format of reports"
        )
        waiting = tuple(pair for pair in chosen.waiting if pair[0] != "report.formats")
        chosen = replace(chosen, formats=tuple(words), waiting=waiting)
    refuse_waiting(chosen)
    with working("Reading, counting and scoring"):
        results = run_study(chosen)
    show_problems(results.problems, strict=strict)
    with working("Writing the report"):
        written = write_results(out if out is not None else Path("out") / chosen.name, results)
    for path in written:
        show(str(path))
    if results.proposals is not None and results.proposals.chosen is None:
        say("No definition follows from these answers, so definition.yaml was not written; the report says why.")
    say(faults_line(results.problems))

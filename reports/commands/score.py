"""`consensus score`: what each definition says of each patient."""

from __future__ import annotations

from collections.abc import Sequence
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
    working,
)
from reports.engine_scoring import ENGINES, score_by_engine
from reports.readings_scoring import score_all_readings
from reports.telling_scores import scores_json, show_scores

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition
    from consensus.scoring.courses import Courses
    from consensus.scoring.engine_files import Engine
    from consensus.scoring.score import Scores
    from consensus.scoring.unused import Unused

VERDICTS_ALONE = (
    "--engine gives verdicts alone: leave out --readings, --readers and --explain, and name scores with --definition."
)


@click.command(
    context_settings=HELP,
    name="score",
    help="""\b
Example:
  consensus score courses.xlsx --out scores.csv
  consensus score courses.xlsx --definition zhang-2022 --definition out/cci-2020/definition.yaml
  consensus score courses.xlsx --reading imaging_window=any --out scores.xlsx
  consensus score study.toml --explain P001
  consensus score courses.xlsx --readings all
  consensus score registry/ --engine duckdb --out scores.parquet
  consensus score courses.xlsx --definition hap --definition albi

Judge each patient of COURSES (a workbook with the sheets patients and sessions, a folder with patients.csv and
sessions.csv, a study file, or the name of a condition for its SYNTHETIC sample) by each definition: met, not_met or
unknown. Without --definition every enabled definition is used.""",
)
@click.argument("courses")
@click.option(
    "--definition", "definitions", multiple=True, metavar="ID_OR_FILE", help="A definition; may be given several times."
)
@click.option("--scores", "scales", is_flag=True, help="Also every prognostic score that the columns allow.")
@click.option(
    "--reading", "readings", multiple=True, metavar="NAME=VALUE", help="How to understand an ambiguous wording."
)
@click.option(
    "--readings", "every", type=click.Choice(["all"]), help="Every reading that a definition's text leaves open."
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="Score csv or parquet files where they are; sessions may be a folder of parts.",
)
@click.option(
    "--condition",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a condition of your own.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the scores: a .csv file with the table, or an .xlsx with your own sheet and the verdicts.",
)
@click.option("--readers", "by_reader", is_flag=True, help="Verdicts by each reader of the assessments, and flips.")
@click.option("--explain", metavar="PATIENT", help="Show one patient's course session by session instead of counts.")
@click.option("--language", help="The language of tables and messages: en or zh; else that of the study.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
@click.option("--strict", is_flag=True, help="Any fault in the files is fatal (exit code 3).")
def command(
    courses: str,
    definitions: tuple[str, ...],
    scales: bool,
    readings: tuple[str, ...],
    every: str | None,
    engine: Engine | None,
    condition: Path | None,
    out: Path | None,
    by_reader: bool,
    explain: str | None,
    language: str | None,
    as_json: bool,
    strict: bool,
) -> None:
    """Score courses by definitions."""
    from consensus.scoring.score import score
    from reports.scoring import courses_and_definitions, unwindowed, warnings_of
    from reports.study_language import messages_in

    speak(messages_in(courses, language))
    chosen = readings_of(readings)
    if engine is not None:
        if every or explain or scales or by_reader:
            raise click.UsageError(VERDICTS_ALONE)
        score_by_engine(courses, engine, definitions, chosen, condition, out, as_json)
        return
    if out is not None:
        _check_out(out, any_name=every is not None)
    with working("Reading the courses"):
        read, wanted, left_out = courses_and_definitions(courses, definitions, condition, scales=scales)
    if explain is None or strict:
        show_problems(read.problems, strict=strict)
    for warning in warnings_of(wanted, spoken()):
        say(warning)
    if every is not None:
        _every_reading(read, wanted, chosen, out, left_out, as_json=as_json)
        return
    if by_reader:
        from reports.readers_scoring import score_by_readers

        score_by_readers(read, wanted, chosen, out)
        return
    with working("Scoring"):
        scores = score(read, wanted, readings=chosen)
        without = unwindowed(scores)
    if out is not None:
        with working("Writing"):
            _write(scores, out)
        say(f"Wrote {out}")
    if explain is not None:
        from reports.explaining import explain as explained

        for line in explained(scores, explain, spoken()):
            show(line)
    elif as_json:
        show_json(scores_json(read, scores, without, left_out))
    else:
        show_scores(read, scores, without, left_out)
    if len(read.problems):
        say(faults_line(read.problems))


def _check_out(out: Path, *, any_name: bool) -> None:
    """Raise ConsensusError where scores can't be written to a place, before they are made."""
    from questionnaires.files import refuse_unwritable

    if not any_name and out.suffix.lower() not in (".csv", ".xlsx"):
        raise ConsensusError(f"{out}: scores are written as .csv or .xlsx. Expected {out.stem or 'scores'}.xlsx.")
    refuse_unwritable([out])


def _every_reading(
    read: Courses,
    wanted: Sequence[Definition],
    chosen: dict[str, str],
    out: Path | None,
    left_out: Sequence[Unused],
    *,
    as_json: bool,
) -> None:
    """Show the counts by the definitions' own readings, then what becomes of them by all."""
    from consensus.scoring.score import score
    from reports.scoring import unwindowed

    verdicts = [definition for definition in wanted if not definition.is_score]
    if not as_json:
        with working("Scoring"):
            scores = score(read, verdicts, readings=chosen)
        show_scores(read, scores, unwindowed(scores))
        show()
    score_all_readings(read, verdicts, chosen, out, left_out, as_json=as_json)


def _write(scores: Scores, out: Path) -> None:
    from reports.scoring import scores_csv

    if out.suffix.lower() == ".csv":
        from questionnaires.files import write_text

        write_text(out, scores_csv(scores), bom=True)
        return
    from questionnaires.workbooks import write_workbook
    from reports.scores_workbook import scores_workbook

    write_workbook(out, scores_workbook(scores))


def readings_of(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return the readings that the options NAME=VALUE choose; BadParameter for one of another form."""
    chosen: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.BadParameter(
                f'"{pair}" is not of the form NAME=VALUE, such as imaging_window=any.', param_hint="--reading"
            )
        chosen[name.strip()] = value.strip()
    return chosen

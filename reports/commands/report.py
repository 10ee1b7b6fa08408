"""`consensus report`: the whole way, from a study to a page, tables, a definition and scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaires.problems import ConsensusError, one_of
from reports.commands.console import HELP, faults_line, progress, say, show, show_problems, speak, working
from reports.commands.propose import tell_unnamed

if TYPE_CHECKING:
    from reports.study import Results, Study

READING = "Reading, counting and scoring"

OTHERS_ONLY = (
    "Neither the rule nor the weights give a definition, so definition.yaml was not written; "
    "consensus propose --out FOLDER writes what follows in another way."
)


@click.command(
    context_settings=HELP,
    name="report",
    help="""\b
Example:
  consensus report cci-2020
  consensus report cci-2020 --language zh
  consensus report mine/study.toml --out out/mine --formats html,xlsx
  consensus report EXPORT.xlsx

Write the report on STUDY (a study file, a name of the library, or an export of answers alone): report.html,
report.docx, tables.xlsx, numbers.csv (every number shown), definition.yaml (the first proposal, where one follows),
scores.csv and provenance.json. Without --out they go to out/NAME.

Of an export alone the instrument is drafted and every closed question described; study.toml and instrument.xlsx, with
the cells to fill marked, stand beside the report to go on with.""",
)
@click.argument("study")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write into.")
@click.option("--language", help="The language of the report: en or zh; else that of the study.")
@click.option("--formats", help="Which documents, separated by commas: html, xlsx, docx, md; else those of the study.")
@click.option("--tables", is_flag=True, help="Write the tables alone, for a manuscript: tables.docx (and .md, .xlsx).")
@click.option("--strict", is_flag=True, help="Any fault in the files is fatal (exit code 3).")
def command(
    study: str, out: Path | None, language: str | None, formats: str | None, tables: bool, strict: bool
) -> None:
    """Write a study's report."""
    from reports.study import read_study, refuse_waiting, run_study
    from reports.study_language import messages_in
    from reports.write import refuse_unwritable_report, refuse_unwritable_tables, write_results, write_tables

    speak(messages_in(study, language))
    chosen = _as_asked(read_study(study), language, formats)
    refuse_waiting(chosen)
    folder = out if out is not None else Path("out") / chosen.name
    kinds = chosen.formats if formats is not None else ("docx",)
    if tables:
        refuse_unwritable_tables(folder, kinds)
    else:
        refuse_unwritable_report(folder, chosen)
    with working(READING):
        results = run_study(chosen)
    show_problems(results.problems, strict=strict, remarks=5)
    if tables:
        written, drafts = write_tables(folder, results, kinds, _writing), list[Path]()
    else:
        written, drafts = write_results(folder, results, _writing), _drafts(folder, results)
    for path in (*written, *drafts):
        show(str(path))
    if chosen.small_cells and not tables:
        _tell_masked(results, [path.name for path in written])
    if drafts:
        say(f"No question is marked as a criterion yet: fill the marked cells of {drafts[0]}.")
        say(f"Next: consensus report {drafts[1]}")
    elif results.proposals is not None and results.proposals.chosen is None:
        if any(proposal.definition is not None for proposal in results.proposals):
            say(OTHERS_ONLY)
        else:
            say("No definition follows from these answers, so definition.yaml was not written; the report says why.")
    if results.proposals is not None and not tables:
        tell_unnamed(results.proposals)
    if "docx" in chosen.formats and not tables:
        _warn_of_fonts(results)
    say(faults_line(results.problems))


def _tell_masked(results: Results, written: list[str]) -> None:
    """Say which files were not written because small cells are masked."""
    from reports import wording
    from reports.masking.report import left_out_of

    chosen = results.proposals.chosen if results.proposals is not None else None
    names = left_out_of(results, without_definition=chosen is not None and "definition.yaml" not in written)
    if names:
        say(wording.of(results.study.language).page.files_left_out(names))


def _warn_of_fonts(results: Results) -> None:
    """Say once where figures hold Chinese and no font of this machine can draw it."""
    from reports import wording
    from reports.figures.fonts import NO_FONT, lacks_chinese

    language, asked = results.study.language, results.instrument
    labels = [q.label.text(language) for q in asked.questions] if asked is not None else []
    if lacks_chinese([wording.of(language).page.SUMMARY, *labels]):
        say(NO_FONT)


def _writing(name: str) -> None:
    progress(f"Writing {name}")


def _as_asked(study: Study, language: str | None, formats: str | None) -> Study:
    """Return the study with the language and formats of the command line; ConsensusError for a word that is none."""
    from dataclasses import replace

    from reports import study_keys

    if language is not None:
        language, written = language.strip().lower(), study_keys.WRITTEN_LANGUAGES
        study_keys.check_words([language], study_keys.LANGUAGES, written, "--language", "a language of reports")
        waiting = tuple(pair for pair in study.waiting if pair[0] != "study.language")
        study = replace(study, language=language, waiting=waiting)
    if formats is not None:
        words = tuple(word.strip().lower() for word in formats.split(",") if word.strip())
        writable = study_keys.WRITTEN_FORMATS
        study_keys.check_words(list(words), study_keys.FORMATS, writable, "--formats", "a format of reports")
        if not words:
            raise ConsensusError(f'--formats: "{formats}" names none. Expected {one_of(writable)}.')
        waiting = tuple(pair for pair in study.waiting if pair[0] != "report.formats")
        study = replace(study, formats=words, waiting=waiting)
    return study


def _drafts(folder: Path, results: Results) -> list[Path]:
    """Write the instrument and the study drafted from an export; nothing for a study that names its instrument."""
    from reports.drafts import write_drafts

    study = results.study
    if study.path is not None or study.answers is None or results.instrument is None:
        return []
    return write_drafts(folder, results.instrument, study.answers, name=study.title or study.name)

"""A report as files: page, tables, definition, scores, provenance, each written whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaires.files import refuse_unwritable, write_all
from questionnaires.privacy import read_key
from questionnaires.problems import ConsensusError
from reports import study_keys
from reports.agreement_json import response_of
from reports.compose import compose
from reports.masking.report import Masked, masked_report
from reports.material import Material
from reports.numbers_file import numbers_csv, rows_of_report
from reports.recheck.files import recheck_files
from reports.rendering import names_of, no_stage, rendered, rendered_tables
from reports.scoring import scores_csv, unwindowed
from reports.wording.messages import said
from reports.writers.markdown import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from consensus.agreement.agree import Agreement
    from consensus.proposals.propose import Proposals
    from consensus.provenance import Provenance
    from consensus.scoring.score import Scores
    from reports.document import Document, Figure
    from reports.numbers_marked import NumberRow
    from reports.study import Results, Study


PASSING = ("definition.yaml", "answers_tidy.csv", "recheck.R", "scores.csv", "scores.xlsx")
ALL_FORMATS = ("report.html", "report.docx", "report.md", "tables.xlsx")


def write_report(
    out: str | Path,
    *,
    agreement: Agreement | None = None,
    proposals: Proposals | None = None,
    scores: Scores | None = None,
    title: str | None = None,
    language: str = "en",
    formats: Sequence[str] = ("html", "xlsx", "docx"),
) -> Path:
    """Write the report on whatever is given into the folder `out` and return the folder.

    Leaves `report.html`, `report.docx`, `tables.xlsx`, `numbers.csv`, `provenance.json`, and `definition.yaml`,
    `scores.csv` and `scores.xlsx` where there are proposals and scores. Raises ConsensusError where nothing was given,
    or a file can't be written.
    """
    from consensus.provenance import provenance
    from questionnaires.problems import Problems
    from reports.study import SEED

    if agreement is None and scores is None:
        raise ConsensusError("A report needs an agreement or scores, and got neither.")
    study_keys.check_words(
        [language], study_keys.LANGUAGES, study_keys.WRITTEN_LANGUAGES, "language", "a language of reports"
    )
    study_keys.check_words(
        list(formats), study_keys.FORMATS, study_keys.WRITTEN_FORMATS, "formats", "a format of reports"
    )
    inputs = [*(agreement.sources if agreement is not None else ())]
    found = Problems()
    if scores is not None:
        inputs.append((scores.courses.name, scores.courses.sha256))
        found = found + scores.courses.problems
    name = agreement.instrument.id if agreement is not None else Path(out).name
    material = Material(
        title=title or said(agreement.instrument.title if agreement is not None else name, language),
        language=language,
        provenance=provenance(name, inputs, seed=SEED),
        agreement=agreement,
        proposals=proposals,
        scores=scores,
        unwindowed=unwindowed(scores) if scores is not None else None,
        problems=found,
    )
    _write(Path(out), material, formats)
    return Path(out)


def refuse_unwritable_report(out: Path, study: Study) -> None:
    """Raise ConsensusError where a file that the report on a study surely has can't be written into the folder `out`.

    Of `scores.csv` and `scores.xlsx` an earlier run's are replaced or taken away: none of them may be in use.
    """
    scores = ["scores.csv", "scores.xlsx"] if study.courses is not None and not study.small_cells else []
    names = [*names_of(study.formats), *scores, "numbers.csv", "provenance.json"]
    refuse_unwritable(out / name for name in names)


def refuse_unwritable_tables(out: Path, formats: Sequence[str]) -> None:
    """Raise ConsensusError where the tables of a report can't be written into the folder `out`."""
    refuse_unwritable(out / name for name in names_of(formats, tables_alone=True))


def write_results(out: Path, results: Results, stage: Callable[[str], object] = no_stage) -> list[Path]:
    """Write the report on a study's results into the folder `out` and return the paths of all files written.

    `stage` is told the name of each document before it is made. Raises ConsensusError where the study has neither
    answers nor courses, or a file can't be written.
    """
    if results.agreement is None and results.scores is None and results.panel is None:
        name = results.study.path or results.study.name
        if results.study.panel is not None:
            raise ConsensusError(
                f"{name}: no round of its panel is closed yet, so there is nothing to tell. consensus rounds collect "
                "reads the answers of a round, consensus rounds close holds them against the rule."
            )
        raise ConsensusError(
            f"{name}: has neither answers nor courses, so there is nothing to tell. Add [[responses]] or [courses], or "
            "name an instrument with published counts."
        )
    return _write(out, material_of(results), results.study.formats, stage)


def write_tables(out: Path, results: Results, formats: Sequence[str], stage: Callable[[str], object]) -> list[Path]:
    """Write the tables of the report alone, for a manuscript, and return the paths of the files written."""
    document, _ = document_and_rows(material_of(results))
    files = rendered_tables(document, formats, stage)
    return write_all([(out / name, content) for name, content in files])


def material_of(results: Results) -> Material:
    """Return what the report on a study's results is made from."""
    study, answers = results.study, results.answers
    return Material(
        title=study.title
        or said(results.instrument.title if results.instrument is not None else study.name, study.language),
        language=study.language,
        provenance=results.provenance,
        agreement=results.agreement,
        # where nothing is marked as a criterion yet there is nothing to tell of definitions
        proposals=results.proposals if results.instrument is None or results.instrument.criteria else None,
        scores=results.scores,
        unwindowed=unwindowed(results.scores) if results.scores is not None else None,
        published=getattr(answers, "rows", ()),
        response=response_of(results),
        eligible=study.eligible,
        cleaned=results.cleaned,
        earlier=results.earlier,
        panel=results.panel,
        key=read_key(study.key) if study.key is not None else None,
        problems=results.problems,
        small_cells=study.small_cells,
    )


def document_and_rows(material: Material) -> tuple[Document, tuple[NumberRow, ...]]:
    """Return the report and the rows of its numbers, small cells masked where the study asks for it."""
    told = composed(material)
    return told.document, told.rows


def composed(material: Material) -> Masked:
    """Return what a report on the material shows, with its definition and the names of files that it leaves out."""
    document = compose(material)
    return masked_report(material, document, rows_of_report(document, material.agreement))


def _write(
    out: Path, material: Material, formats: Sequence[str], stage: Callable[[str], object] = no_stage
) -> list[Path]:
    told = composed(material)
    figures = _instead(material, told.document) if "docx" in formats else ()
    contents = rendered(told.document, formats, stage, figures)
    contents += [pair for pair in _beside(material, told, stage) if pair[0] not in told.left_out]
    written = write_all([(out / name, content) for name, content in contents])
    # what an earlier run left must not pass for this one's; nor may it tell what this one masks
    names = {name for name, _ in contents}
    for name in (*PASSING, *(ALL_FORMATS if material.small_cells else ())):
        if name not in names:
            (out / name).unlink(missing_ok=True)
    for drawn in (out / FOLDER).glob("*.svg") if material.small_cells else ():
        if f"{FOLDER}/{drawn.name}" not in names:
            drawn.unlink()
    return written


def _beside(material: Material, told: Masked, stage: Callable[[str], object]) -> Iterator[tuple[str, bytes]]:
    """Yield the files beside the documents."""
    from consensus.definitions.definition_yaml import definition_to_yaml
    from questionnaires.workbooks import workbook_bytes
    from reports.scores_workbook import scores_workbook

    if told.definition is not None:
        yield "definition.yaml", definition_to_yaml(told.definition).encode()
    if material.scores is not None and not material.small_cells:
        # Excel takes a CSV file for UTF-8 only with a byte-order mark
        yield "scores.csv", scores_csv(material.scores).encode("utf-8-sig")
        stage("scores.xlsx")
        yield "scores.xlsx", workbook_bytes(scores_workbook(material.scores))
    if not material.small_cells:
        yield from recheck_files(material.agreement, material.panel)
    yield "numbers.csv", numbers_csv(told.rows).encode("utf-8-sig")
    yield "provenance.json", _provenance_json(material.provenance).encode()


def _instead(material: Material, document: Document) -> tuple[Figure, ...]:
    """Return the figures in English for a report in Chinese on a machine that has no font for it; else none."""
    from reports.document import Figure
    from reports.figures.fonts import lacks_chinese
    from reports.numbers_file import texts_of

    if document.language == "en" or not lacks_chinese(texts_of(document)):
        return ()
    other, _ = document_and_rows(replace(material, language="en"))
    return tuple(block for block in other.walk() if isinstance(block, Figure))


def _provenance_json(made: Provenance) -> str:
    content = {
        "study": made.study,
        "version": made.version,
        "inputs": [{"name": name, "sha256": digest} for name, digest in made.inputs],
        "seed": made.seed,
        "libraries": dict(made.libraries),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

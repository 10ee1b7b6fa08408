"""A document in the formats that were asked for: names of files with their contents, a stage each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reports.document import Document

Files = list[tuple[str, bytes]]


def no_stage(name: str) -> None:
    """Tell nobody which file is being made."""


def rendered(
    document: Document,
    formats: Sequence[str],
    stage: Callable[[str], object] = no_stage,
    instead: Sequence[Figure] = (),
) -> Files:
    """Return the files of a report in these formats; `stage` is told the name of each before it is made.

    `instead` are the figures that are put into DOCX where this machine has no font for those of the document.
    """
    from reports.writers.pictures import Pictures

    pictures, files = Pictures(instead), Files()
    if "html" in formats:
        from reports.writers.html import page

        stage("report.html")
        files.append(("report.html", page(document, pictures).encode("utf-8")))
    if "docx" in formats:
        from reports.writers.docx import word_document

        stage("report.docx")
        files.append(("report.docx", word_document(document, pictures)))
    if "md" in formats:
        from reports.writers.markdown import FOLDER, markdown

        stage("report.md")
        files.append(("report.md", markdown(document).encode("utf-8")))
        figures = [block for block in document.walk() if isinstance(block, Figure)]
        files += [(f"{FOLDER}/{figure.id}.svg", pictures.svg(figure).encode("utf-8")) for figure in figures]
    if "xlsx" in formats:
        from reports.writers.xlsx import tables_workbook

        stage("tables.xlsx")
        files.append(("tables.xlsx", tables_workbook(document)))
    return files


def names_of(formats: Sequence[str], *, tables_alone: bool = False) -> list[str]:
    """Return the names of the documents in these formats, figures beside them aside, in the order of their making."""
    stem = "tables" if tables_alone else "report"
    kinds = ("docx", "md") if tables_alone else ("html", "docx", "md")
    return [f"{stem}.{kind}" for kind in kinds if kind in formats] + ["tables.xlsx"] * ("xlsx" in formats)


def rendered_tables(document: Document, formats: Sequence[str], stage: Callable[[str], object] = no_stage) -> Files:
    """Return the tables alone, in those of the formats that hold tables without a report: docx, md, xlsx."""
    files = Files()
    if "docx" in formats:
        from reports.writers.docx import word_document

        stage("tables.docx")
        files.append(("tables.docx", word_document(document, tables_alone=True)))
    if "md" in formats:
        from reports.writers.markdown import markdown

        stage("tables.md")
        files.append(("tables.md", markdown(document, tables_alone=True).encode("utf-8")))
    return files + rendered(document, [kind for kind in formats if kind == "xlsx"], stage)

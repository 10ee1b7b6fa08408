"""numbers.csv: every number that a report shows, once, with its limits, base and method."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from reports.document import Bullets, Callout, Figure, Prose, Section, Table
from reports.numbers_marked import NumberRow, spans_of
from reports.numbers_told import measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.agreement.agree import Agreement
    from reports.document import Block, Document

COLUMNS = tuple(field.name for field in fields(NumberRow))


def rows_shown(document: Document) -> tuple[NumberRow, ...]:
    """Return the rows of the numbers that the document shows, each once, in reading order."""
    rows = (row for text in texts_of(document) for _, _, row in spans_of(text))
    return tuple({row.id: row for row in rows}.values())


def rows_of_report(document: Document, agreement: Agreement | None = None) -> tuple[NumberRow, ...]:
    """Return all estimates of the agreement, then what else the document shows, in reading order.

    Raises ValueError where one id stands for two different numbers.
    """
    found: dict[str, NumberRow] = {}
    measurements = agreement.measurements if agreement is not None else ()
    rows = [row for m in measurements if (row := measured(m)).value is not None]
    rows += [row for text in texts_of(document) for _, _, row in spans_of(text)]
    for row in rows:
        if found.setdefault(row.id, row) != row:
            raise ValueError(f"{row.id}: stands for two numbers, {found[row.id]} and {row}")
    return tuple(found.values())


def numbers_csv(rows: tuple[NumberRow, ...]) -> str:
    """Return the rows as CSV with a header; a number keeps all its digits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([plain_number(part) for part in astuple(row)] for row in rows)
    return out.getvalue()


def texts_of(document: Document) -> Iterator[str]:
    """Yield every text of a document in reading order, with what the workbook alone shows."""
    yield from (text for text in (document.mark, document.title, document.subtitle) if text)
    for section in document.sections:
        yield from section_texts(section)


def section_texts(section: Section) -> Iterator[str]:
    """Yield every text of a section in reading order."""
    yield section.title
    for block in section.blocks:
        yield from _of_block(block)
    for inner in section.sections:
        yield from section_texts(inner)


def _of_block(block: Block) -> Iterator[str]:
    match block:
        case Prose():
            yield block.text
        case Bullets():
            yield from block.items
        case Table():
            yield from _of_table(block)
        case Figure():
            yield from (block.title, block.description, block.caption)
            yield from _of_table(block.data) if block.data is not None else ()
        case Callout():
            yield block.title
            for inner in block.blocks:
                yield from _of_block(inner)


def _of_table(table: Table) -> Iterator[str]:
    yield table.caption
    yield from (spanner.text for spanner in table.spanners)
    yield from (column.header for column in table.columns)
    yield from (cell.text for row in table.rows for cell in row)
    yield from table.footnotes


def plain_number(part: object) -> str:
    """Return a part of a row as the file holds it: all its digits, whole numbers without a point, nothing for None."""
    if part is None:
        return ""
    return str(int(part)) if isinstance(part, float) and part.is_integer() else str(part)

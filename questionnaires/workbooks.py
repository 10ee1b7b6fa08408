"""Workbooks without the time of writing in them, and texts in them that no program takes for formulas."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell

from questionnaires.files import write_bytes

FIXED = datetime(1980, 1, 1)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_workbook(path: str | Path, book: Workbook) -> Path:
    """Write a workbook whole or not at all, with fixed dates inside, and return its path."""
    return write_bytes(Path(path), workbook_bytes(book))


def workbook_bytes(book: Workbook) -> bytes:
    """Return the bytes of a workbook without the time of writing, which openpyxl puts into two places.

    The same workbook gives the same bytes on one machine; across machines the compression may differ.
    """
    book.properties.creator = "clinical-consensus"
    book.properties.created = book.properties.modified = FIXED
    raw = io.BytesIO()
    book.save(raw)
    return without_times(raw.getvalue())


def without_times(packed: bytes) -> bytes:
    """Return a workbook or document packed again without the times of writing."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            # a picture is compressed already
            entry.compress_type = zipfile.ZIP_STORED if item.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()


def set_text(cell: Cell | MergedCell, text: str) -> None:
    """Put a text from outside into a cell so that no spreadsheet program takes it for a formula."""
    cell.value = text
    if text.startswith(OPENS_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True

"""Cells that a workbook shows and parsers drop in silence: formulas without a stored value, errors; and hidden rows."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring, iterparse

from questionnaires.problems import ConsensusError

_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d+)$")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

LostCells = tuple[tuple[tuple[int, int], str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LookedAt:
    """What a closer look at one sheet found: lost cells with words, hidden rows counted from 0, and how wide it is."""

    lost: LostCells = ()
    hidden_rows: tuple[int, ...] = ()
    columns: int = 0


def look_closer(path: Path, parts: tuple[str, ...]) -> dict[str, LookedAt]:
    """Return what stands in the given sheet parts of a workbook, by the name of the sheet.

    Raises ConsensusError where the markup of the workbook is damaged.
    """
    if not parts:
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            names = _sheet_names(archive)
            return {names[part]: _look(archive, part) for part in parts if part in names}
    except (ParseError, KeyError, ValueError) as error:
        said = str(error).strip("'")
        raise ConsensusError(
            f"{path.name}: the file is damaged: {said}. Open it in a spreadsheet program and save it again."
        ) from None


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the sheet's name of each part."""
    targets = {}
    for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        target = relation.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        targets[relation.get("Id", "")] = whole
    book = fromstring(archive.read("xl/workbook.xml"))
    sheets = [e for e in book.iter() if _tag(e) == "sheet"]
    return {targets.get(e.get(_RELATION, ""), ""): e.get("name", "") for e in sheets}


def _look(archive: zipfile.ZipFile, part: str) -> LookedAt:
    lost: list[tuple[tuple[int, int], str]] = []
    hidden: list[int] = []
    row = column = widest = -1
    with archive.open(part) as stream:
        for event, element in iterparse(stream, events=("start", "end")):
            tag = _tag(element)
            if event == "start" and tag == "row":
                row, column = int(element.get("r", row + 2)) - 1, -1
                if element.get("hidden") in ("1", "true"):
                    hidden.append(row)
            elif event == "start" and tag == "c":
                row, column = _place(element.get("r"), row, column + 1)
                widest = max(widest, column)
            elif event == "end" and tag == "c":
                words = _lost(element)
                if words:
                    lost.append(((row, column), words))
            elif event == "end" and tag == "row":
                element.clear()
    return LookedAt(lost=tuple(lost), hidden_rows=tuple(hidden), columns=widest + 1)


def _lost(cell: Element) -> str:
    """Return in words what the cell has lost, or nothing."""
    parts = {_tag(child): child for child in cell}
    value = (parts["v"].text or "") if "v" in parts else ""
    if cell.get("t") == "e":
        return f"the error {value or '#VALUE!'}"
    if "f" in parts and not value and cell.get("t") != "str":
        return "a formula without its result"
    return ""


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    found = _REFERENCE.match(reference or "")
    if found is None:
        return row, column
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, number - 1


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]

"""The study and the instrument drafted from an export: two files to go on with, never over files that are there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaires.files import write_bytes
from reports.study import STUDY_FILE
from reports.study_template import INSTRUMENT_FILE, few_keys

if TYPE_CHECKING:
    from questionnaires.instrument import Instrument


def write_drafts(folder: Path, instrument: Instrument, export: Path, *, name: str, courses: bool = False) -> list[Path]:
    """Write `study.toml` and `instrument.xlsx` with the cells to fill marked, and return the paths written.

    A file that is there with other content is left as it is, and the draft goes to `study.draft.toml` or
    `instrument.draft.xlsx`. Raises ConsensusError where a file can't be written.
    """
    from questionnaires.workbooks import workbook_bytes
    from questionnaires.xlsform.marking import workbook_to_fill

    asked = _written(folder / INSTRUMENT_FILE, workbook_bytes(workbook_to_fill(instrument)))
    text = few_keys(name, courses=courses, answers=_from(folder, export), instrument=asked.name)
    return [asked, _written(folder / STUDY_FILE, text.encode("utf-8"))]


def _from(folder: Path, export: Path) -> str:
    """Return the path of the export as the study file names it: relative to its folder where that is possible."""
    try:
        return Path(os.path.relpath(export.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return export.resolve().as_posix()


def _written(path: Path, content: bytes) -> Path:
    if path.exists() and path.read_bytes() != content:
        path = path.with_name(f"{path.stem}.draft{path.suffix}")
    return write_bytes(path, content)

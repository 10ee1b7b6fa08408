"""The study and the instrument drafted from an export: two files to go on with, never over files that are there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaires.files import write_bytes
from reports.study import STUDY_FILE
from reports.study_template import INSTRUMENT_FILE, few_keys, in_language

if TYPE_CHECKING:
    from questionnaires.instrument import Instrument


def write_drafts(
    folder: Path, instrument: Instrument, export: Path, *, name: str, courses: bool | str = False, language: str = "en"
) -> list[Path]:
    """Write `study.toml` and `instrument.xlsx` with the cells to fill marked, and return the paths written.

    A file that is there with other content is left as it is, and the draft goes to `study.draft.toml` or
    `instrument.draft.xlsx`. Raises ConsensusError where a file can't be written.
    """
    from questionnaires.workbooks import workbook_bytes
    from questionnaires.xlsform.marking import workbook_to_fill

    asked = write_draft(folder / INSTRUMENT_FILE, workbook_bytes(workbook_to_fill(instrument)))
    text = few_keys(name, courses=courses, answers=relative_path(folder, export), instrument=asked.name)
    return [asked, write_draft(folder / STUDY_FILE, in_language(text, language).encode("utf-8"))]


def relative_path(folder: Path, file: Path) -> str:
    """Return the path of a file as the study file in a folder names it: relative to that folder where it can be."""
    try:
        return Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return file.resolve().as_posix()


def write_draft(path: Path, content: bytes) -> Path:
    """Write a file, beside one with other content as a draft, and return the path written."""
    if path.exists() and path.read_bytes() != content:
        path = path.with_name(f"{path.stem}.draft{path.suffix}")
    return write_bytes(path, content)

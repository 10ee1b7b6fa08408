"""The study file that a cohort's own sheet allows: its map drafted, what couldn't be placed as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reports.drafts import relative_path

if TYPE_CHECKING:
    from consensus.scoring.course_map import ScanMap
    from consensus.scoring.draft_map import Drafted

HEAD = """\
# A cohort: patients' courses, scored by definitions. Left of = stands what the sheet says, right of it what it is.
# Drafted by consensus new: look at every line, then run consensus check. All keys: study.reference.toml.
[study]
title = {title}

"""
TAIL = """
# [compare]
# definitions = ["jsh-lcsgj-2014", "mine.yaml"]   # none: every definition that the columns allow

[report]
formats = ["html", "xlsx"]
"""
ROWS = {
    "patients": "one row a patient, sessions in numbered columns",
    "sessions": "one row a session, the patient's columns repeated",
    "visits": "one row a visit, with a column that says whether there was a session",
}


def courses_section(path: Path, folder: Path, own_condition: Path | None) -> tuple[str, list[str]]:
    """Return the section [courses] of the study in `folder` for a cohort's file, and what was placed, in sentences.

    Raises ConsensusError where no sheet of the file can be a cohort's.
    """
    from consensus.definitions.condition import read_condition
    from consensus.scoring.draft_map import draft_map

    drafted = draft_map(path, read_condition(own_condition) if own_condition is not None else read_condition())
    text = f"[courses]\nfile = {_quoted(relative_path(folder, path))}\n" + "".join(_map_lines(drafted))
    if own_condition is not None:
        text += f"\n[condition]\nfolder = {_quoted(relative_path(folder, own_condition))}\n"
    return text, list(_told(drafted))


def cohort_study(name: str, section: str) -> str:
    """Return the study file of a cohort alone: no survey, no rule."""
    return HEAD.format(title=_quoted(name)) + section + TAIL


def _map_lines(drafted: Drafted) -> Iterator[str]:
    mapping = drafted.mapping
    if mapping is None:
        return
    if mapping.sheet is not None:
        yield f"sheet = {_quoted(mapping.sheet)}\n"
    yield f"rows = {_quoted(mapping.rows)}            # {ROWS[mapping.rows]}\n"
    yield f"header_rows = {mapping.header_rows}\n"
    if mapping.missing:
        yield f"missing = [{', '.join(map(_quoted, mapping.missing))}]   # beside empty cells\n"
    yield "\n[courses.columns]\n"
    for theirs, ours in mapping.columns:
        yield f"{_quoted(theirs)} = {_quoted(ours)}\n"
    main = mapping.sheet or drafted.file
    for header in (header for sheet, header in drafted.unplaced if sheet == main):
        yield f'# {_quoted(header)} = ""          # not placed: kept as it is\n'
    if mapping.units:
        yield "\n[courses.units]                # their unit, by our column\n"
        yield "".join(f"{ours} = {_quoted(unit)}\n" for ours, unit in mapping.units)
    yield from _further(drafted, mapping.scans, "assessments", "further scans, one row a scan")
    yield from _further(drafted, mapping.lesions, "lesions", _lesion_rows(mapping.lesions))
    for column, words in drafted.spellings:
        if len(words) > 1:
            yield f"\n# Texts of {column} are compared: left what stands there, right what it is read as already.\n"
            yield "# Where two that mean the same differ at the right, give them one name and take the # away:\n"
            yield f"# [courses.values.{column}]\n"
            yield "".join(f"# {_quoted(word)} = {_quoted(read_as)}\n" for word, read_as in words)
    if drafted.unread:
        yield "\n# Cells that no column could read; a word can be given a meaning under [courses.values.COLUMN]:\n"
        for header, word in drafted.unread:
            yield f"# {header}: {_quoted(word)}\n"


def _further(drafted: Drafted, sheet: ScanMap | None, key: str, what: str) -> Iterator[str]:
    if sheet is None:
        return
    yield f"\n[courses.{key}]          # {what}\n"
    yield f"sheet = {_quoted(sheet.sheet)}\nheader_rows = {sheet.header_rows}\n"
    yield f"\n[courses.{key}.columns]\n"
    for theirs, ours in sheet.columns:
        yield f"{_quoted(theirs)} = {_quoted(ours)}\n"
    for header in (header for name, header in drafted.unplaced if name == sheet.sheet):
        yield f'# {_quoted(header)} = ""          # not placed\n'


def _lesion_rows(lesions: ScanMap | None) -> str:
    numbered = lesions is not None and any("{n}" in theirs for theirs, _ in lesions.columns)
    return "lesions, one row a scan, {n} the lesion's number" if numbered else "lesions, one row a lesion and scan"


def _told(drafted: Drafted) -> Iterator[str]:
    mapping = drafted.mapping
    if mapping is None:
        yield f"{drafted.file} has the sheets patients and sessions: no map is needed."
        return
    sheet = f", sheet {mapping.sheet}" if mapping.sheet is not None else ""
    wide = any("{n}" in theirs for theirs, _ in mapping.columns)
    rows = ROWS[mapping.rows] if wide or mapping.rows != "patients" else "one row a patient, without sessions"
    yield f"{drafted.file}{sheet}: read as {rows}; {len(mapping.columns)} headers placed:"
    for theirs, ours in mapping.columns:
        yield f"  {theirs} -> {ours}"
    for further, what in ((mapping.scans, "further scans"), (mapping.lesions, _lesion_rows(mapping.lesions))):
        if further is not None:
            yield f"Sheet {further.sheet}: {what}; {len(further.columns)} headers placed:"
            for theirs, ours in further.columns:
                yield f"  {theirs} -> {ours}"
    if drafted.unplaced:
        named = ", ".join(f"{header} ({sheet})" for sheet, header in drafted.unplaced)
        yield f"Not placed, and kept as they are: {named}"
    if drafted.unread:
        yield "Not read: " + ", ".join(f'{header} "{word}"' for header, word in drafted.unread)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

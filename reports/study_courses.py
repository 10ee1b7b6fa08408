"""The section [courses] of a study file -> how a clinic's own sheet is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questionnaires.problems import ConsensusError, did_you_mean, one_of
from reports.study_keys import located

if TYPE_CHECKING:
    from consensus.scoring.course_map import CourseMap, ScanMap

MAPPING = ("sheet", "rows", "header_rows", "missing", "columns", "values", "units", "assessments", "lesions")
FURTHER = ("assessments", "lesions")
OF_SCANS: dict[str, type] = {"sheet": str, "header_rows": int, "columns": dict}


def course_map(path: Path, part: Mapping[str, Any]) -> CourseMap | None:
    """Return the map that the section holds, None where the sheets are ours already.

    Raises ConsensusError with one line for each value that can't be.
    """
    if not any(part.get(key) for key in MAPPING):
        return None
    from consensus.scoring.course_map import ROWS, SLOT, CourseMap

    faults: list[str] = []
    columns = _pairs(path, "courses.columns", part.get("columns", {}), faults)
    guessed = "patients" if any(SLOT in theirs for theirs, _ in columns) else "sessions"
    word = part.get("rows", guessed)
    if word not in ROWS:
        faults.append(
            f'{located(path, "courses.rows")}: "{word}" is not what a row can be. Expected {one_of(ROWS)}. '
            f"{did_you_mean(word, ROWS)}".rstrip()
        )
    header_rows = _header_rows(path, "courses.header_rows", part.get("header_rows", 1), faults)
    values = tuple(
        (column, _pairs(path, f"courses.values.{column}", words, faults))
        for column, words in part.get("values", {}).items()
    )
    scans, lesions = (_sheet(path, f"courses.{key}", part[key], faults) if part.get(key) else None for key in FURTHER)
    if not columns:
        faults.append(
            f"{path.name}: [courses] describes a sheet of your own, but names no columns. "
            'Expected [courses.columns] with "their header" = "our column".'
        )
    if faults:
        raise ConsensusError("\n".join(faults))
    return CourseMap(
        rows=next(each for each in ROWS if each == word),
        sheet=part.get("sheet"),
        header_rows=header_rows,
        missing=tuple(part.get("missing", ())),
        columns=columns,
        values=values,
        scans=scans,
        lesions=lesions,
        units=_pairs(path, "courses.units", part.get("units", {}), faults),
    )


def _sheet(path: Path, key: str, part: Mapping[str, Any], faults: list[str]) -> ScanMap:
    from consensus.scoring.course_map import ScanMap

    for name, value in part.items():
        at = located(path, f"{key}.{name}")
        if name not in OF_SCANS:
            hint = did_you_mean(name, OF_SCANS)
            faults.append(f"{at}: {name} is not a key of [{key}]. Expected {one_of(OF_SCANS)}. {hint}".rstrip())
        elif not isinstance(value, OF_SCANS[name]):
            faults.append(f"{at}: {name} is {value!r}.")
    if not isinstance(part.get("sheet"), str):
        faults.append(f"{located(path, key)}: [{key}] names no sheet.")
    columns = part.get("columns", {})
    return ScanMap(
        sheet=str(part.get("sheet", "")),
        header_rows=_header_rows(path, f"{key}.header_rows", part.get("header_rows", 1), faults),
        columns=_pairs(path, f"{key}.columns", columns if isinstance(columns, dict) else {}, faults),
    )


def _pairs(path: Path, key: str, table: Any, faults: list[str]) -> tuple[tuple[str, str], ...]:
    if not isinstance(table, dict):
        faults.append(f"{located(path, key)}: {key} is {table!r}. Expected a table.")
        return ()
    for theirs, ours in table.items():
        if not isinstance(ours, str | int | float):
            faults.append(f'{located(path, key)}: "{theirs}" is {ours!r}. Expected a text.')
    return tuple((str(theirs), _text(ours)) for theirs, ours in table.items())


def _text(ours: object) -> str:
    return str(int(ours)) if isinstance(ours, bool) else str(ours)


def _header_rows(path: Path, key: str, value: Any, faults: list[str]) -> int:
    if isinstance(value, int) and 1 <= value <= 10:
        return value
    faults.append(f"{located(path, key)}: header_rows is {value!r}. Expected a whole number from 1 to 10.")
    return 1

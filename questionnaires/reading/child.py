"""Read an old workbook (.xls, .ods) in a process of its own: such files can't be checked before they are parsed.

Run as `python -m questionnaires.reading.child FILE`, it writes the sheets as JSON lines. A file that asks for too much
memory or time then ends that process and not the one that the user works in.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

from questionnaires.reading.guard import RefusedFileError

SECONDS = 60
MEMORY = 2 << 30


def read_in_child(path: Path) -> list[tuple[str, bool, list[tuple[object, ...]]]]:
    """Return name, visibility and rows of each sheet; RefusedFileError where the process fails or takes too long."""
    command = [sys.executable, "-m", "questionnaires.reading.child", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise RefusedFileError(f"{path.name}: takes longer than {SECONDS} s to read. Save it as .xlsx.") from None
    if done.returncode:
        raise RefusedFileError(f"{path.name}: can't be read as a workbook. Save it as .xlsx and try again.")
    sheets = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    return [(s["name"], s["visible"], [tuple(map(_back, row)) for row in s["rows"]]) for s in sheets]


def _out(cell: object) -> object:
    if isinstance(cell, dt.datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, dt.time | dt.timedelta):
        return str(cell)
    return cell


def _back(cell: object) -> object:
    if not isinstance(cell, dict):
        return cell
    if "datetime" in cell:
        return dt.datetime.fromisoformat(cell["datetime"])
    return dt.date.fromisoformat(cell["date"])


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(path: str) -> None:
    """Write the sheets of a workbook to the standard output, one JSON object a line."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    _limit_memory()
    book = CalamineWorkbook.from_path(path)
    for meta in book.sheets_metadata:
        rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
        sheet = {
            "name": meta.name,
            "visible": meta.visible == SheetVisibleEnum.Visible,
            "rows": [[_out(cell) for cell in row] for row in rows],
        }
        sys.stdout.buffer.write(json.dumps(sheet).encode("utf-8") + b"\n")


if __name__ == "__main__":
    main(sys.argv[1])

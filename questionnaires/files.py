"""Outputs are written whole or not at all: a temporary file beside the target, then a rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from questionnaires.problems import ConsensusError


def write_bytes(path: Path, content: bytes) -> Path:
    """Write `content` to `path` and return it; ConsensusError where it can't be written or is in use."""
    return write_all([(path, content)])[0]


def write_all(contents: Iterable[tuple[Path, bytes]]) -> list[Path]:
    """Write several files that belong together and return their paths.

    Where one of them can't be written or is in use, ConsensusError is raised and none is touched.
    """
    drafts: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, content in contents:
            drafts.append((path, _draft(path, content)))
        for path, _ in drafts:
            _refuse_in_use(path)
        for path, draft in drafts:
            draft.replace(path)
    except OSError as error:
        raise ConsensusError(_refused(path, error)) from None
    finally:
        for _, draft in drafts:
            draft.unlink(missing_ok=True)
    return [path for path, _ in drafts]


def refuse_unwritable(paths: Iterable[Path]) -> None:
    """Raise ConsensusError, as `write_all` would, where one of the files can't be written or is in use.

    For use before long work; no folder is made and nothing is left behind.
    """
    for path in paths:
        try:
            _try_folder(path.parent)
            _refuse_in_use(path)
        except OSError as error:
            raise ConsensusError(_refused(path, error)) from None


def write_text(path: Path, text: str, *, bom: bool = False) -> Path:
    """Write `text` as UTF-8 with line feeds; `bom` puts the mark in front that Excel needs for CSV files."""
    return write_bytes(path, text.encode("utf-8-sig" if bom else "utf-8"))


def _draft(path: Path, content: bytes) -> Path:
    """Return a new file beside `path` that holds `content`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(_usual_mode())
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _try_folder(folder: Path) -> None:
    """Raise OSError where a folder can be neither written into nor made."""
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise NotADirectoryError
    # what permissions say of a folder and what may be done there differ on Windows and on network drives
    with tempfile.TemporaryFile(dir=folder):
        pass


def _refuse_in_use(path: Path) -> None:
    """Raise OSError for a file that another program holds open, as spreadsheet programs on Windows do."""
    if path.exists():
        with path.open("r+b"):
            pass


def _usual_mode() -> int:
    """Return what a newly made file would have: a temporary one is private, the report is not."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refused(path: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return (
            f"{path}: could not be written. If it is open in another program, close it there and run the command again."
        )
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return f"{path}: could not be written, because a file stands where its folder should be."
    return f"{path}: could not be written: {error.strerror or error}."

"""Outputs are written whole or not at all: a temporary file beside the target, then a rename."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from questionnaires.problems import ConsensusError


def write_bytes(path: Path, content: bytes) -> Path:
    """Write `content` to `path` and return it; ConsensusError where it can't be written or is in use."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(_usual_mode())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise ConsensusError(_refused(path, error)) from None
    return path


def write_text(path: Path, text: str, *, bom: bool = False) -> Path:
    """Write `text` as UTF-8 with line feeds; `bom` puts the mark in front that Excel needs for CSV files."""
    return write_bytes(path, text.encode("utf-8-sig" if bom else "utf-8"))


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

"""What is said of a file that isn't there: where it was looked for, and what there is instead."""

from __future__ import annotations

from pathlib import Path

from questionnaires.problems import ConsensusError, did_you_mean

LOCK = "~$"  # before the name of a workbook: what Excel and Word leave while it is open
WHOLE_NAME = "A file dragged into the terminal window gives its whole name."


def no_such_file(path: Path, expected: str = "") -> ConsensusError:
    """Return the error that there is no such file, with the nearest name in its folder; `expected` is a sentence."""
    parts = [f"{path}: there is no such file.", expected, *_where(path)]
    return ConsensusError(" ".join(part for part in parts if part))


def refuse_lock_file(path: Path) -> None:
    """Raise ConsensusError for the file that marks a workbook as open: it has nothing of the workbook in it."""
    if path.name.startswith(LOCK):
        raise ConsensusError(
            f"{path.name}: only marks that {path.name.removeprefix(LOCK)} is open in another program. "
            f"Expected {path.name.removeprefix(LOCK)}."
        )


def _where(path: Path) -> list[str]:
    folder = path.parent
    if not folder.is_dir():
        return [f"There is no folder {folder} either.", WHOLE_NAME]
    near = did_you_mean(path.name, _names(folder))
    return [near] if near else [f"It was looked for in {folder.resolve()}.", WHOLE_NAME]


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir() if not entry.name.startswith((".", LOCK))]
    except OSError:
        return []

"""Where a round's files lie: `sent/`, `returned/`, `answers.csv`, `collected.json` and `closed.json` of `rounds/1/`."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from questionnaires.files import write_bytes, write_text
from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class RoundFolder:
    """The folder of one round beside a study file; `base` is the folder of the study."""

    base: Path
    number: int

    @property
    def path(self) -> Path:
        """The folder itself."""
        return self.base / "rounds" / str(self.number)

    @property
    def sent(self) -> Path:
        """The workbooks that went out."""
        return self.path / "sent"

    @property
    def returned(self) -> Path:
        """The workbooks that came back."""
        return self.path / "returned"

    @property
    def answers(self) -> Path:
        """The answers that count."""
        return self.path / "answers.csv"

    @property
    def collected(self) -> Path:
        """What was found while they were collected."""
        return self.path / "collected.json"

    @property
    def closed(self) -> Path:
        """The results of the round."""
        return self.path / "closed.json"

    @property
    def key(self) -> Path:
        """The key that signs workbooks, one for all rounds."""
        return self.base / "rounds" / "key"


def signing_key(folder: RoundFolder, *, make: bool) -> bytes | None:
    """Return the key that workbooks are signed with; None where there is none and none is to be made."""
    if folder.key.is_file():
        return folder.key.read_bytes().strip()
    if not make:
        return None
    key = secrets.token_hex(KEY_BYTES).encode("ascii")
    write_bytes(folder.key, key + b"\n")
    return key


def write_json(path: Path, content: dict[str, Any]) -> Path:
    """Write JSON that a person can read, and return its path."""
    return write_text(path, json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def read_json(path: Path, hint: str) -> dict[str, Any]:
    """Return the content of a file that a command wrote; ConsensusError with a hint where it is missing or broken."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConsensusError(f"{path}: is not there. {hint}") from None
    except (OSError, ValueError) as error:
        raise ConsensusError(f"{path}: can't be read: {error}. {hint}") from None
    if not isinstance(content, dict):
        raise ConsensusError(f"{path}: is not what a command wrote. {hint}")
    return content

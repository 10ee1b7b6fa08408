"""The answers of one round that count: a row a panelist and item, and the file that keeps them."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from questionnaires.files import write_text
from questionnaires.problems import ConsensusError
from questionnaires.workbooks import OPENS_FORMULA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from consensus.rounds.experts import Experts

COLUMNS = ("panelist", "group", "item", "name", "answer", "kind", "comment")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a panelist answered to an item: the name of an option (or a number as text), its kind, the comment."""

    panelist: str
    item: str
    name: str
    answer: str = ""
    kind: str = "blank"
    comment: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that was found while answers were collected.

    `kind` says what: `no_vote`, `recused`, `stranger`, `not_invited`, `empty`, `twice`, `edited`, `unsigned`,
    `renamed`, `not_returned`, `late`, `correction`, ... `text` is the line that tells it; `counts` says that the
    answers count all the same. `fault` marks what makes `--strict` stop.
    """

    kind: str
    text: str
    panelist: str = ""
    counts: bool = True
    fault: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the finding as JSON has it."""
        return {key: getattr(self, key) for key in ("kind", "panelist", "counts", "fault", "text")}


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundAnswers:
    """The answers of one round that count, what was found on the way, and how many panelists answered at all.

    `experts` is what they say of their own expertise, where the form asks it.
    `sources` are the files behind it, as (name, SHA-256); `dialect` that of a platform's export.
    """

    round: int
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...] = ()
    answered: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    dialect: str = ""
    synthetic: bool = False
    corrections: tuple[dict[str, str], ...] = field(default_factory=tuple)
    experts: Experts | None = None

    def by_item(self) -> dict[str, dict[str, Answer]]:
        """Return the answers by item and panelist."""
        found = dict[str, dict[str, Answer]]()
        for answer in self.answers:
            found.setdefault(answer.item, {})[answer.panelist] = answer
        return found


def write_answers(path: Path, answers: Iterable[Answer]) -> str:
    """Write `answers.csv` and return its SHA-256."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_kept(getattr(answer, name)) for name in COLUMNS] for answer in answers)
    write_text(path, out.getvalue(), bom=True)
    return file_sha256(path)


def read_answers(path: Path, hint: str) -> tuple[Answer, ...]:
    """Read `answers.csv` of a round; ConsensusError with a hint where it is missing or has lost a column."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConsensusError(f"{path}: is not there. {hint}") from None
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    if rows and not set(COLUMNS) <= set(rows[0]):
        missing = ", ".join(name for name in COLUMNS if name not in rows[0])
        raise ConsensusError(f"{path}: has no column {missing}. {hint}")
    return tuple(Answer(**{name: _given(row[name] or "") for name in COLUMNS}) for row in rows)


def _kept(text: str) -> str:
    """Return a text as it is kept: with a quote in front where a spreadsheet program would take it for a formula."""
    return f"'{text}" if text.startswith((*OPENS_FORMULA, "'")) else text


def _given(text: str) -> str:
    return text[1:] if text.startswith("'") else text


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

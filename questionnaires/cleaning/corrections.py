"""`corrections.csv`: the one way to change or leave out an answer, each row with a reason and a name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from questionnaires.problems import ConsensusError, Problem, Problems, did_you_mean, one_of
from questionnaires.reading.text import key_of, shown
from questionnaires.reading.workbook import read_book

COLUMNS = ("file_sha256", "respondent", "question", "action", "old", "new", "reason", "by", "date")
ACTIONS = ("exclude", "set", "merge_group")
CORRECTIONS_FILE = "corrections.csv"
_OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """One row of `corrections.csv`; `line` is its line in the file, 0 for a row that is only proposed."""

    line: int = 0
    file_sha256: str = ""
    respondent: str = ""
    question: str = ""
    action: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    by: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrections:
    """The rows of a file of corrections, and what is wrong with those that can't be applied.

    `rows` are those with a known action; `undecided` counts rows whose action is still empty.
    """

    name: str
    sha256: str
    rows: tuple[Correction, ...] = ()
    undecided: int = 0
    problems: Problems = field(default_factory=Problems)

    def where(self, row: Correction) -> str:
        """Return where a row stands: `corrections.csv, line 22`."""
        return f"{self.name}, line {row.line}"


def read_corrections(path: Path) -> Corrections:
    """Read a file of corrections, as a spreadsheet program saves it in any encoding.

    Raises ConsensusError where the file can't be read or lacks a column; what is wrong with single rows is in
    `problems`.
    """
    book = read_book(path)
    rows = book.grids[0].rows
    header = {key_of(shown(cell)): at for at, cell in enumerate(rows[0])}
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise ConsensusError(
            f"{path.name}: has no column {', '.join(missing)}. Expected the columns {', '.join(COLUMNS)}."
        )
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        texts = {name: _bare(shown(cells[header[name]])) if header[name] < len(cells) else "" for name in COLUMNS}
        if any(texts.values()):
            found.append(Correction(line=number, **(texts | {"action": key_of(texts["action"])})))
    problems = tuple(_problems(path.name, found))
    return Corrections(
        name=path.name,
        sha256=book.sha256,
        rows=tuple(row for row in found if row.action in ACTIONS),
        undecided=sum(not row.action for row in found),
        problems=Problems(problems),
    )


def _bare(text: str) -> str:
    """Return a text without the apostrophe that `corrections_text` puts in front of what would be a formula."""
    bare = text.strip()
    return bare[1:] if bare.startswith("'") and bare[1:].startswith(_OPENS_FORMULA) else bare


def _problems(name: str, rows: Iterable[Correction]) -> Iterator[Problem]:
    for row in rows:
        where = f"{name}, line {row.line}"
        if row.action and row.action not in ACTIONS:
            yield Problem(
                where=where,
                question=row.question or None,
                got=f'"{row.action}" is no action',
                expected=one_of(ACTIONS),
                hint=did_you_mean(row.action, ACTIONS) or "The row was not applied.",
            )
        elif row.action and not (row.reason and row.by):
            lacking = " and ".join(word for word, text in (("a reason", row.reason), ("a name", row.by)) if not text)
            yield Problem(
                where=where,
                question=row.question or None,
                got=f"has no {lacking.removeprefix('a ').replace(' and a ', ' and no ')}",
                expected="why the answer was changed (reason) and who decided it (by)",
                severity="warning",
            )


def corrections_text(rows: Iterable[Correction]) -> str:
    """Return rows as the text of a CSV file that no spreadsheet program takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_inert(getattr(row, name)) for name in COLUMNS])
    return out.getvalue()


def _inert(text: str) -> str:
    """Return a text that opens no formula; an apostrophe in front is what spreadsheet programs understand."""
    return f"'{text}" if text.startswith(_OPENS_FORMULA) else text

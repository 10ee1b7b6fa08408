"""Corrections applied to the cells of a file, which are then read again: routing and typing follow the new answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from questionnaires.problems import Problem, Problems, did_you_mean, one_of
from questionnaires.reading.text import key_of, shown

if TYPE_CHECKING:
    from questionnaires.cleaning.corrections import Correction, Corrections
    from questionnaires.reading.layout import Column, Layout
    from questionnaires.responses import Responses

_HASH = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """What corrections did: the rows that took effect, those left out by address, and what was wrong with the rest.

    `addresses` are pairs of a row's line and the address of the answers that it is about.
    """

    name: str
    sha256: str
    rows: tuple[Correction, ...] = ()
    excluded: tuple[tuple[str, Correction], ...] = ()
    addresses: tuple[tuple[int, str], ...] = ()
    undecided: int = 0
    problems: Problems = field(default_factory=Problems)

    def address_of(self, row: Correction) -> str:
        """Return the address of the row of answers that a correction is about; empty for names that were joined."""
        return dict(self.addresses).get(row.line, "")

    def count(self, action: str) -> int:
        """Return how many rows of an action took effect."""
        return sum(row.action == action for row in self.rows)


def apply_corrections(answers: Responses, corrections: Corrections) -> tuple[Responses, Applied]:
    """Return the answers as corrected, and what the corrections did.

    A row whose `old` is not what the file has, that names nobody, or that is meant for another file, is not applied
    and stands in `problems` as a fault with its line.
    """
    work = _Work(answers, corrections)
    for row in corrections.rows:
        work.take(row)
    work.merge()
    changed = answers.with_cells(work.edits(), without=frozenset(work.excluded))
    work.check_new(changed)
    applied = Applied(
        name=corrections.name,
        sha256=corrections.sha256,
        rows=tuple(work.done),
        excluded=tuple((answers.records["address"][record], row) for record, row in sorted(work.excluded.items())),
        addresses=tuple(work.addresses.items()),
        undecided=corrections.undecided,
        problems=corrections.problems + work.problems,
    )
    return changed, applied


class _Work:
    """Corrections being applied: new texts by record and column, people left out, spellings joined."""

    def __init__(self, answers: Responses, corrections: Corrections) -> None:
        self.answers, self.corrections = answers, corrections
        self.layout: Layout = answers.source
        self.excluded: dict[int, Correction] = {}
        self.new: dict[tuple[int, int], tuple[str, Correction]] = {}
        self.merges: dict[int, dict[str, Correction]] = defaultdict(dict)
        self.asked = {p.column.position: p for p in answers.matched.placements}
        self.done: list[Correction] = []
        self.problems: list[Problem] = []
        self.people = _people(answers)
        self.strange: set[str] = set()
        self.addresses: dict[int, str] = {}

    def take(self, row: Correction) -> None:
        """Apply one row, or say why not."""
        if not self._is_for_this_file(row):
            return
        if row.action == "exclude":
            record = self._record(row)
            if record is not None:
                self.excluded[record] = row
                self.done.append(row)
        elif row.action == "set":
            self._set(row)
        elif (column := self._column(row)) is not None:
            self.merges[column.position][key_of(row.old)] = row

    def _fault(self, row: Correction, got: str, expected: str = "", hint: str = "The row was not applied.") -> None:
        where = self.corrections.where(row)
        self.problems.append(Problem(where=where, question=row.question or None, got=got, expected=expected, hint=hint))

    def _is_for_this_file(self, row: Correction) -> bool:
        """Return whether a row is meant for these answers; rows for other files are told once a file."""
        if row.file_sha256.lower() == self.answers.sha256:
            return True
        if row.file_sha256 not in self.strange:
            self.strange.add(row.file_sha256)
            same = sum(r.file_sha256 == row.file_sha256 for r in self.corrections.rows)
            got = f"file_sha256 is {row.file_sha256[:_HASH] or 'empty'}"
            self._fault(
                row,
                f"{got} and {self.answers.name} has {self.answers.sha256[:_HASH]}",
                expected=f"the SHA-256 of {self.answers.name}, {self.answers.sha256}",
                hint=f"The {same} rows with it were not applied: the file may have changed since they were written.",
            )
        return False

    def _record(self, row: Correction) -> int | None:
        """Return whom a row is about; None, told as a fault, where that is nobody or several."""
        found = self.people.get(key_of(row.respondent), [])
        if len(found) == 1:
            self.addresses[row.line] = self._address(found[0])
            return found[0]
        if not found:
            got = f'"{row.respondent}" is nobody in {self.answers.name}' if row.respondent else "names no respondent"
            self._fault(row, got, expected=f"an identifier or a row's address such as {self._address(0)}")
        else:
            rows = ", ".join(self._address(record) for record in found)
            self._fault(row, f'"{row.respondent}" answered {len(found)} times', expected=f"one of the rows {rows}")
        return None

    def _address(self, record: int) -> str:
        addresses = self.answers.records["address"]
        return str(addresses[record]) if record < len(addresses) else "Sheet1!2"

    def _column(self, row: Correction) -> Column | None:
        """Return the one column of a row's question; None, told as a fault, where there is none or several.

        One of several columns may be named by its header (`next_treatment/ablation`).
        """
        headed = [p.column for p in self.answers.matched.placements if key_of(p.column.header) == key_of(row.question)]
        if len(headed) == 1:
            return headed[0]
        names = [q.name for q in self.answers.instrument.questions]
        if row.question not in names:
            hint = did_you_mean(row.question, names) or "The row was not applied."
            self._fault(row, f'"{row.question}" is not a question', expected=one_of(names), hint=hint)
            return None
        placements = self.answers.matched.of(row.question)
        if len(placements) != 1 or placements[0].part != "whole":
            said = "has no column" if not placements else f"stands in {len(placements)} columns"
            headers = one_of(p.column.header for p in placements) if placements else ""
            self._fault(row, f"{row.question} {said}, so that no cell of it can be named", expected=headers)
            return None
        return placements[0].column

    def _set(self, row: Correction) -> None:
        column, record = self._column(row), self._record(row)
        if column is None or record is None:
            return
        at = (record, column.position)
        has = shown(self.layout.cells(column)[record]).strip()
        if at in self.new:
            self._fault(row, f"{row.question} of {row.respondent} is set in line {self.new[at][1].line} already")
        elif key_of(has) != key_of(row.old):
            self._fault(
                row,
                f'old is "{row.old}", and {row.question} of {row.respondent} is "{has}" in the file',
                hint="The row was not applied: an answer is changed only where old is what the file has.",
            )
        else:
            self.new[at] = (row.new, row)
            self.done.append(row)

    def merge(self) -> None:
        """Join the spellings that `merge_group` rows name; a row that joins nothing is a fault."""
        for position, rows in self.merges.items():
            question, column = self.asked[position].question, self.asked[position].column
            spelled = defaultdict(list)
            for record, cell in enumerate(self.layout.cells(column)):
                spelled[key_of(shown(cell))].append(record)
            for key, row in rows.items():
                if key not in spelled:
                    self._fault(row, f'nobody wrote "{row.old}" as {question}')
                    continue
                last = _end(rows, row)
                for record in spelled[key]:
                    self.new.setdefault((record, column.position), (last.new, last))
                self.done.append(row)
        self.done.sort(key=lambda row: row.line)

    def edits(self) -> dict[tuple[int, int], str]:
        """Return the new texts by record and column."""
        return {at: text for at, (text, _) in self.new.items()}

    def check_new(self, changed: Responses) -> None:
        """Tell of new answers that can't be read."""
        after = {address: record for record, address in enumerate(changed.records["address"])}
        for (record, position), (text, row) in self.new.items():
            now, question = after.get(self._address(record)), self.asked[position].question
            if now is not None and changed.kinds[question][now] == "invalid":
                self._fault(row, f'new is "{text}", which is no answer to {question}', hint="It counts as missing.")


def _people(answers: Responses) -> dict[str, list[int]]:
    """Return the records that an identifier, a pseudonym or a row's address stands for."""
    found: dict[str, list[int]] = defaultdict(list)
    records = answers.records
    names: Iterator[tuple[str, str, str]] = zip(
        map(str, records["address"]), answers.identifiers, map(str, records["respondent_id"]), strict=True
    )
    for record, (address, identifier, pseudonym) in enumerate(names):
        keys = {key_of(identifier), key_of(address)} - {""}
        # without a key respondents are called by their row's number, which a text file's address is as well
        for key in keys if pseudonym.isdigit() else keys | {key_of(pseudonym)}:
            found[key].append(record)
    return found


def _end(rows: dict[str, Correction], row: Correction) -> Correction:
    """Return the last row of a chain of spellings (A is B, B is C)."""
    seen = {key_of(row.old)}
    while key_of(row.new) in rows and key_of(row.new) not in seen:
        seen.add(key_of(row.new))
        row = rows[key_of(row.new)]
    return row

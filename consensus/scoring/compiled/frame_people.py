"""Columns of patients as expressions: what verdicts are told from, beside what came true at sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from consensus.definitions.condition import Condition
from consensus.scoring.compiled.facts import Numbers, Words
from consensus.scoring.compiled.frame_cells import Expr, Frame
from consensus.scoring.compiled.frame_gather import Layout
from consensus.scoring.compiled.frames import PATIENT
from consensus.scoring.compiled.plan import Question
from consensus.scoring.compiled.verdicts import Came
from consensus.scoring.compiled.vocabulary import Coded


@dataclass(slots=True, eq=False)
class FrameCohort:
    """One row a patient: id, whether held back, choices, and two columns a question; `came` names them."""

    condition: Condition
    frame: Frame
    questions: tuple[Question, ...]
    coded: dict[str, Coded]
    layout: Layout

    def came(self) -> dict[Question, Came]:
        """Return the columns of each question."""
        return {question: Came(nw.col(f"s{at}"), nw.col(f"p{at}")) for at, question in enumerate(self.questions)}

    def where(self, test: Any, yes: Any, no: Any) -> Any:
        """Return one or the other; numbers as whole ones of 64 bits, since Polars compares untyped ones wrongly."""
        typed = (nw.lit(one, nw.Int64) if type(one) is int else one for one in (yes, no))
        return nw.when(test).then(next(typed)).otherwise(next(typed))

    def least(self, columns: Sequence[Any]) -> Any:
        """Return the least of some columns."""
        return columns[0] if len(columns) == 1 else nw.min_horizontal(*columns)

    def everyone(self) -> Expr:
        """Return a flag that holds for each patient."""
        return ~nw.col(PATIENT).is_null()

    def chose(self, column: str, choice: str) -> Expr:
        """Return where a patient's column holds a choice."""
        return self.among_patients(self.words_at_patient(column), column, (choice,))

    def at_patient(self, column: str) -> Numbers:
        """Return a patient's column of amounts; all missing where there is no such column."""
        found = self.coded.get(column)
        if found is None:
            zero = nw.when(self.everyone()).then(0).otherwise(0)
            return Numbers(zero, zero, self.everyone())
        low = nw.col(found.low)
        return Numbers(low, low if found.exact else nw.col(found.high), nw.col(found.gap))

    def words_at_patient(self, column: str) -> Words:
        """Return a patient's column of texts or choices."""
        found = self.coded.get(column)
        if found is None:
            return Words(nw.lit(""), self.everyone())
        nothing = self.condition.column("patients", column).says_nothing
        return Words(nw.col(found.low), nw.col(found.gap), found.among(nothing) if nothing else None)

    def among_patients(self, words: Words, column: str, values: Sequence[str]) -> Expr:
        """Return where a text of patients is one of these."""
        found = self.coded.get(column)
        return ~self.everyone() if found is None else found.among(values)

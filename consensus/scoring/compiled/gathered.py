"""A cohort whose sessions stay in their engine: what came true is computed there and gathered as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition
from consensus.scoring.cells import fold
from consensus.scoring.compiled.array_cells import Array
from consensus.scoring.compiled.array_people import ArrayPeople
from consensus.scoring.compiled.facts import Numbers, Words
from consensus.scoring.compiled.frame_cohort import frame_cohort
from consensus.scoring.compiled.frame_gather import HELD, ROW
from consensus.scoring.compiled.frames import PATIENT
from consensus.scoring.compiled.kinds import Kind, collected, lazy, with_rows
from consensus.scoring.compiled.plan import Question
from consensus.scoring.compiled.verdicts import Came


@dataclass(eq=False)
class GatheredCohort(ArrayPeople):
    """Patients with the sessions at which each question came true; it answers as a cohort of arrays does."""

    condition: Condition
    ids: Array
    held: Array
    gathered: dict[Question, Came]
    numbers: dict[str, Numbers]
    words: dict[str, Words]

    def came(self, questions: Iterable[Question]) -> dict[Question, Came]:
        """Return for each question the session at which it came true, by patient."""
        return self.gathered

    def at_patient(self, column: str) -> Numbers:
        """Return a patient's column of amounts; all missing where there is no such column."""
        zero = np.zeros(len(self.ids), np.int64)
        return self.numbers.get(column, Numbers(zero, zero, self.everyone()))

    def words_at_patient(self, column: str) -> Words:
        """Return a patient's column of texts or choices."""
        none: Array = np.full(len(self.ids), "", dtype=object)
        return self.words.get(column, Words(none, self.everyone()))

    def among_patients(self, words: Words, column: str, values: Sequence[str]) -> Array:
        """Return where a text of patients is one of these."""
        found: Array = np.isin(words.code.astype(str), [fold(value) for value in values])
        return found


def gathered_cohort(
    patients: Any,
    sessions: Any,
    kind: Kind,
    definitions: Sequence[Definition],
    condition: Condition,
    questions: Sequence[Question],
    readings: Sequence[Mapping[str, str]],
) -> GatheredCohort:
    """Return the cohort of frames that are not pandas, with all questions answered where they are."""
    people = None if patients is None else lazy(with_rows(patients, kind, ROW), kind)
    cohort = frame_cohort(people, lazy(sessions, kind), condition, definitions, questions, readings, kind)
    names = cohort.frame.collect_schema().names()
    found = collected(cohort.frame.sort(*([ROW] if ROW in names else []), PATIENT, nulls_last=True))

    def array(name: str, dtype: Any) -> Array:
        values: Array = np.array(found[name].to_list(), dtype=dtype)
        return values

    numbers, words = dict[str, Numbers](), dict[str, Words]()
    for name, one in cohort.coded.items():
        gap = array(one.gap, bool)
        if one.is_text:
            nothing = [fold(choice) for choice in condition.column("patients", name).says_nothing]
            code = array(one.low, object)
            if one.vocabulary is not None:
                code = np.array(["", *one.vocabulary], dtype=object)[code.astype(np.int64)]
            words[name] = Words(code, gap, np.isin(code.astype(str), nothing) if nothing else None)
        else:
            numbers[name] = Numbers(array(one.low, np.int64), array(one.high, np.int64), gap)
    return GatheredCohort(
        condition=condition,
        ids=array(PATIENT, object),
        held=array(HELD, bool),
        gathered={
            question: Came(array(f"s{at}", np.int64), array(f"p{at}", bool))
            for at, question in enumerate(cohort.questions)
        },
        numbers=numbers,
        words=words,
    )

"""A cohort whose sessions stay in their engine: what came true is computed there and gathered as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition
from consensus.scoring.cells import fold
from consensus.scoring.compiled.array_cells import Array
from consensus.scoring.compiled.frame_cohort import HELD, ROW, frame_cohort
from consensus.scoring.compiled.frames import PATIENT
from consensus.scoring.compiled.kinds import Kind, collected, lazy, peeked, with_rows
from consensus.scoring.compiled.plan import Question
from consensus.scoring.compiled.verdicts import Came


@dataclass(slots=True, eq=False)
class GatheredCohort:
    """Patients with the sessions at which each question came true; it answers as a cohort of arrays does."""

    condition: Condition
    ids: Array
    held: Array
    gathered: dict[Question, Came]
    choices: dict[str, Array]

    def came(self, questions: Iterable[Question]) -> dict[Question, Came]:
        """Return for each question the session at which it came true, by patient."""
        return self.gathered

    def where(self, test: Array, yes: Any, no: Any) -> Array:
        """Return one or the other."""
        found: Array = np.where(test, yes, no)
        return found

    def least(self, columns: Sequence[Array]) -> Array:
        """Return the least of some columns."""
        found: Array = np.minimum.reduce(list(columns))
        return found

    def chose(self, column: str, choice: str) -> Array:
        """Return where a patient's column holds a choice."""
        found: Array = self.choices[column] == fold(choice) if column in self.choices else np.zeros(len(self.ids), bool)
        return found


def gathered_cohort(
    patients: Any,
    sessions: Any,
    kind: Kind,
    definitions: Sequence[Definition],
    condition: Condition,
    questions: Sequence[Question],
) -> GatheredCohort:
    """Return the cohort of frames that are not pandas, with all questions answered where they are."""
    people = None if patients is None else lazy(with_rows(patients, kind, ROW), kind)
    cohort = frame_cohort(people, lazy(sessions, kind), condition, definitions, questions, peek=peeked(kind))
    names = cohort.frame.collect_schema().names()
    found = collected(cohort.frame.sort(*([ROW] if ROW in names else []), PATIENT, nulls_last=True))

    def array(name: str, dtype: Any) -> Array:
        values: Array = np.array(found[name].to_list(), dtype=dtype)
        return values

    return GatheredCohort(
        condition=condition,
        ids=array(PATIENT, object),
        held=array(HELD, bool),
        gathered={
            question: Came(array(f"s{at}", np.int64), array(f"p{at}", bool))
            for at, question in enumerate(cohort.questions)
        },
        choices={name: array(one.low, object) for name, one in cohort.choices.items() if one.low in names},
    )

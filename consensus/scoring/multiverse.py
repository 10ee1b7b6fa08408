"""A definition read in every way that its text leaves open: whose verdict stands, and which reading flips it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition
from consensus.definitions.readings import in_force
from consensus.scoring.compiled.array_cells import Array
from consensus.scoring.compiled.plan import Question, questions_of
from consensus.scoring.compiled.table import Cohort, judged
from questionnaires.problems import ConsensusError

NOT_MET, UNKNOWN, MET = 0, 1, 2
VERDICTS = np.array(["not_met", "unknown", "met"], dtype=object)
MOST = 5_000

Readings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Universe:
    """One definition by all its readings.

    `open` are the readings that were varied, with their values; `combinations` their product; `codes` has one row a
    patient and one column a combination (0 not met, 1 unknown, 2 met); `own` are the verdicts by the definition's own
    readings.
    """

    definition: Definition
    open: tuple[tuple[str, tuple[str, ...]], ...]
    combinations: tuple[Readings, ...]
    codes: Array = field(repr=False)
    own: Array = field(repr=False)
    base: Readings

    @property
    def stable(self) -> Array:
        """Whether each patient's verdict is the same by all readings."""
        same: Array = (self.codes == self.codes[:, :1]).all(axis=1)
        return same

    def flipping(self) -> dict[str, Array]:
        """Return for each open reading whether it alone changes a patient's verdict, all others as they may be."""
        shape = (len(self.codes), *(len(values) for _, values in self.open))
        cube = self.codes.reshape(shape)
        found = {}
        for axis, (name, _) in enumerate(self.open, start=1):
            first = cube.take([0], axis=axis)
            found[name] = (cube != first).reshape(len(self.codes), -1).any(axis=1)
        return found

    def alone(self) -> dict[tuple[str, str], Array]:
        """Return for each value of an open reading whether it changes the own verdict, all else as it stands."""
        places = {dict_key(combination): at for at, combination in enumerate(self.combinations)}
        found = {}
        for name, values in self.open:
            for value in values:
                changed = dict_key(tuple((n, value if n == name else v) for n, v in self.base))
                if changed in places and (name, value) not in self.base:
                    found[name, value] = self.codes[:, places[changed]] != self.own
        return found


def dict_key(readings: Readings) -> frozenset[tuple[str, str]]:
    """Return readings as a key in which their order plays no part."""
    return frozenset(readings)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Multiverse:
    """Definitions by all readings that their texts leave open; `fixed` are those that the caller chose."""

    patients: Array = field(repr=False)
    universes: tuple[Universe, ...]
    fixed: Readings = ()

    def __repr__(self) -> str:
        each = ", ".join(f"{u.definition.id} x {len(u.combinations)}" for u in self.universes)
        return f"Multiverse({len(self.patients)} patients by {each})"

    def to_frame(self) -> pd.DataFrame:
        """Return one row a patient and definition.

        `verdict` is by the definition's own readings, `stable` whether all readings give it; `met`, `not_met` and
        `unknown` count combinations; `flips` names the open readings that change the verdict, each as NAME=VALUE where
        it does so from the definition's own readings alone.
        """
        frames = [self._of_patients(universe) for universe in self.universes]
        whole = pd.concat(frames) if frames else pd.DataFrame()
        return whole.sort_index(kind="stable").reset_index(drop=True)

    def _of_patients(self, universe: Universe) -> pd.DataFrame:
        alone, flipping = universe.alone(), universe.flipping()
        told: list[list[str]] = [[] for _ in self.patients]
        for (name, value), flips in alone.items():
            for at in np.flatnonzero(flips):
                told[at].append(f"{name}={value}")
        for name, flips in flipping.items():
            mine = [value for (n, _), value in alone.items() if n == name]
            by_itself = np.any(mine, axis=0) if mine else np.zeros(len(flips), bool)
            for at in np.flatnonzero(flips & ~by_itself):
                told[at].append(name)
        counts = {word: (universe.codes == code).sum(axis=1) for code, word in enumerate(VERDICTS)}
        return pd.DataFrame(
            {
                "patient_id": self.patients,
                "definition": universe.definition.id,
                "verdict": VERDICTS[universe.own],
                "stable": universe.stable,
                **{word: counts[word] for word in ("met", "not_met", "unknown")},
                "flips": [";".join(names) for names in told],
            }
        )

    def ranges(self) -> pd.DataFrame:
        """Return one row a definition: how many combinations, and how the failure rate moves over them.

        `rate` is met of all patients by the definition's own readings; `rate_low` and `rate_high` are the least and the
        greatest over the combinations, with the readings that give them; `unknown_low` and `unknown_high` count
        patients; `stable` counts patients with one verdict by all readings.
        """
        return pd.DataFrame([self._range(universe) for universe in self.universes])

    def _range(self, universe: Universe) -> dict[str, object]:
        met, unknown = ((universe.codes == code).sum(axis=0) for code in (MET, UNKNOWN))
        patients = len(self.patients)
        low, high = int(met.argmin()), int(met.argmax())

        def rate(number: int) -> float | None:
            return number / patients if patients else None

        return {
            "definition": universe.definition.id,
            "combinations": len(universe.combinations),
            "patients": patients,
            "met": int((universe.own == MET).sum()),
            "rate": rate(int((universe.own == MET).sum())),
            "rate_low": rate(int(met[low])),
            "rate_high": rate(int(met[high])),
            "readings_low": _text(universe.combinations[low]),
            "readings_high": _text(universe.combinations[high]),
            "unknown_low": int(unknown.min()),
            "unknown_high": int(unknown.max()),
            "stable": int(universe.stable.sum()),
        }

    def flips(self) -> pd.DataFrame:
        """Return one row a definition and open reading: of how many patients it can change the verdict."""
        rows = [
            (universe.definition.id, name, ", ".join(dict(universe.open)[name]), int(flips.sum()))
            for universe in self.universes
            for name, flips in universe.flipping().items()
        ]
        return pd.DataFrame(rows, columns=["definition", "reading", "values", "patients"])

    def by_combination(self) -> pd.DataFrame:
        """Return one row a definition and combination: its readings and how many are met, not met and unknown."""
        rows = []
        for universe in self.universes:
            counts = [(universe.codes == code).sum(axis=0) for code in (MET, NOT_MET, UNKNOWN)]
            for at, combination in enumerate(universe.combinations):
                rows.append((universe.definition.id, _text(combination), *(int(c[at]) for c in counts)))
        return pd.DataFrame(rows, columns=["definition", "readings", "met", "not_met", "unknown"])


def all_readings(
    cohort: Cohort,
    definitions: Sequence[Definition],
    fixed: Mapping[str, str] | None = None,
    *,
    progress: Callable[[int, int], Any] | None = None,
) -> Multiverse:
    """Return what definitions say by the product of their open readings; those that the caller fixed are not varied.

    `progress` is called with how many combinations are done and how many there are. Raises ConsensusError where a
    definition has more than 5000 combinations.
    """
    chosen = dict(fixed or {})
    plans = [(definition, *_plan(definition, cohort.condition, chosen)) for definition in definitions]
    whole = sum(len(combinations) for _, _, combinations in plans)
    done, universes = 0, []
    cohort.came(questions_of_all(definitions, cohort.condition, chosen))
    for definition, varied, combinations in plans:
        named = [dict(combination) | chosen for combination in combinations]
        codes = np.zeros((len(cohort.ids), len(combinations)), np.int8)
        for at, readings in enumerate(named):
            codes[:, at] = _codes(cohort, definition, readings)
            done += 1
            if progress is not None:
                progress(done, whole)
        base = in_force(definition, cohort.condition, chosen)
        universes.append(
            Universe(
                definition=definition,
                open=varied,
                combinations=combinations,
                codes=codes,
                own=_codes(cohort, definition, chosen),
                base=tuple((name, base[name]) for name, _ in varied),
            )
        )
    return Multiverse(patients=cohort.ids, universes=tuple(universes), fixed=tuple(chosen.items()))


def questions_of_all(
    definitions: Sequence[Definition], condition: Condition, fixed: Mapping[str, str]
) -> tuple[Question, ...]:
    """Return each question that some combination of readings asks, once."""
    found: dict[Question, None] = {}
    for definition in definitions:
        found |= dict.fromkeys(questions_of(definition, condition, fixed))
        for combination in _plan(definition, condition, fixed)[1]:
            found |= dict.fromkeys(questions_of(definition, condition, dict(combination) | dict(fixed)))
    return tuple(found)


def choices_of_all(
    definitions: Sequence[Definition], condition: Condition, fixed: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return the readings of each combination of each definition, and those that are fixed alone."""
    plans = (_plan(definition, condition, fixed)[1] for definition in definitions)
    return [dict(fixed), *(dict(combination) | dict(fixed) for combinations in plans for combination in combinations)]


def _plan(
    definition: Definition, condition: Condition, chosen: Mapping[str, str]
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[Readings, ...]]:
    """Return the readings to vary with their values, and the product of these, the last one changing fastest."""
    varied = tuple((name, values) for name, values in definition.open if name not in chosen)
    combinations = tuple(
        tuple(zip((name for name, _ in varied), values, strict=True)) for values in product(*(v for _, v in varied))
    )
    if len(combinations) > MOST:
        raise ConsensusError(
            f"definition {definition.id}: its open readings have {len(combinations)} combinations. "
            f"Expected at most {MOST}. Fix some of them."
        )
    return varied, combinations


def _codes(cohort: Cohort, definition: Definition, readings: Mapping[str, str]) -> Array:
    found = judged(cohort, definition, readings)
    codes: Array = np.where(found.met, MET, np.where(found.unknown, UNKNOWN, NOT_MET)).astype(np.int8)
    return codes


def _text(readings: Readings) -> str:
    return ";".join(f"{name}={value}" for name, value in readings)

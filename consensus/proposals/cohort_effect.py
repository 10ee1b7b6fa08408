"""What another rule, coding or school would change for the patients of a cohort."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.proposals.evidence import Shown
    from consensus.proposals.variations import Variation

    Verdicts = NDArray[np.int64]

MET, UNKNOWN, NOT_MET = 1, 0, -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """The verdicts by other terms, and how many patients they judge otherwise than the proposal does.

    `kind` and `setting` are those of a `Variation`, or say which proposal it is (`proposal` and its kind).
    """

    kind: str
    setting: str
    terms: tuple[str, ...]
    met: int
    unknown: int
    not_met: int
    reclassified: int
    newly_met: int
    no_longer_met: int
    threshold: float | None = None
    own: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the row for `propose --json`."""
        return {name: (list(v) if isinstance(v := getattr(self, name), tuple) else v) for name in self.__slots__}


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortEffect:
    """What the proposal says of a cohort of `patients`, and what other settings would change."""

    patients: int
    met: int
    unknown: int
    not_met: int
    effects: tuple[Effect, ...]

    def to_dict(self) -> dict[str, object]:
        """Return it as `propose --json` writes it."""
        return {
            "patients": self.patients,
            "met": self.met,
            "unknown": self.unknown,
            "not_met": self.not_met,
            "effects": [effect.to_dict() for effect in self.effects],
        }


def verdicts_by(table: NDArray[np.bool_], shown: Shown) -> Verdicts:
    """Return the verdict on each course (1 met, 0 unknown, -1 not met) by a truth table of the criteria it shows."""
    return np.where(table[shown.low], MET, np.where(table[shown.high], UNKNOWN, NOT_MET))


def cohort_effect(
    criteria: Sequence[str],
    proposal: NDArray[np.bool_],
    shown: Shown,
    variations: Sequence[Variation],
    further: Sequence[tuple[str, tuple[str, ...], NDArray[np.bool_]]] = (),
) -> CohortEffect:
    """Return the proposal's verdicts and those of each variation, and of `further` definitions (kind, terms, table)."""
    own = verdicts_by(proposal, shown)
    rows = [
        replace(
            _effect(v.kind, v.setting, v.terms, own, verdicts_by(any_table(criteria, v.terms), shown)),
            threshold=v.threshold,
            own=v.own,
        )
        for v in variations
        if v.kind != "hospital"
    ]
    rows += [_effect("proposal", kind, terms, own, verdicts_by(table, shown)) for kind, terms, table in further]
    return CohortEffect(
        patients=len(shown),
        met=int((own == MET).sum()),
        unknown=int((own == UNKNOWN).sum()),
        not_met=int((own == NOT_MET).sum()),
        effects=tuple(rows),
    )


def any_table(criteria: Sequence[str], terms: Sequence[str]) -> NDArray[np.bool_]:
    """Return the truth table of a definition that each of some terms meets alone."""
    needed = sum(1 << k for k, name in enumerate(criteria) if name in terms)
    return np.asarray((np.arange(2 ** len(criteria)) & needed) > 0)


def _effect(kind: str, setting: str, terms: tuple[str, ...], own: Verdicts, other: Verdicts) -> Effect:
    return Effect(
        kind=kind,
        setting=setting,
        terms=terms,
        met=int((other == MET).sum()),
        unknown=int((other == UNKNOWN).sum()),
        not_met=int((other == NOT_MET).sum()),
        reclassified=int((other != own).sum()),
        newly_met=int(((other == MET) & (own != MET)).sum()),
        no_longer_met=int(((other != MET) & (own == MET)).sum()),
    )

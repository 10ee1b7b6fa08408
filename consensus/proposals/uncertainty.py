"""What resampling says of a proposal: how often criteria get in, numbers are chosen, definitions win."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.agreement.resampling import FEW_CLUSTERS

if TYPE_CHECKING:
    from consensus.proposals.integer_points import IntegerPoints

LEVEL = 0.95
Interval = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class CriterionUncertainty:
    """How often, over all resampled surveys, a criterion is accepted, rejected, and a term of the proposal.

    `weight` and `points` are limits of its weight and of the fewest whole points that say the same (None where they
    are not known); `times` is how often each number of sessions is the median, `numbers` the same of each other unit.
    `bits` is the doubt that is left whether it is a term, and with which numbers: the entropy of that over the
    resampled surveys.
    """

    criterion: str
    accepted: float
    rejected: float
    term: float
    weight: Interval | None
    points: Interval | None = None
    times: tuple[tuple[int, float], ...] = ()
    numbers: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = ()
    bits: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenCase:
    """A combination of criteria that weighted definitions judge differently: `met` of them say failure."""

    criteria: tuple[str, ...]
    met: float
    bits: float


@dataclass(frozen=True, kw_only=True, slots=True)
class DefinitionShare:
    """How often one definition came out: the smallest sets of criteria that suffice, with the numbers each asks for.

    `times` are numbers of sessions, `numbers` others: criterion, unit, number.
    """

    sufficient: tuple[tuple[str, ...], ...]
    times: tuple[tuple[str, int], ...]
    share: float
    numbers: tuple[tuple[str, str, float], ...] = ()
    points: IntegerPoints | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncertainty:
    """What resampling gave: criteria in their order; definitions, thresholded and weighted, the commonest first.

    `cases` are the combinations of criteria that they judge most differently. `reason` says why definitions have no
    shares. `few` warns that there are too few hospitals to rely on limits.
    """

    replicates: int
    clusters: int | None
    seed: int
    criteria: tuple[CriterionUncertainty, ...]
    thresholded: tuple[DefinitionShare, ...] = ()
    weighted: tuple[DefinitionShare, ...] = ()
    cases: tuple[OpenCase, ...] = ()
    reason: str = ""

    @property
    def few(self) -> bool:
        """Whether limits can't be relied on, because there are few hospitals."""
        return self.clusters is not None and self.clusters < FEW_CLUSTERS

    def criterion(self, name: str) -> CriterionUncertainty:
        """Return what is known of one criterion; KeyError if there is none."""
        for one in self.criteria:
            if one.criterion == name:
                return one
        raise KeyError(name)

    def to_dict(self) -> dict[str, object]:
        """Return it as `propose --json` writes it."""
        return {
            "replicates": self.replicates,
            "clusters": self.clusters,
            "seed": self.seed,
            "level": LEVEL,
            "criteria": [
                {
                    "criterion": c.criterion,
                    "accepted": c.accepted,
                    "rejected": c.rejected,
                    "term": c.term,
                    "weight": None if c.weight is None else list(c.weight),
                    "points": None if c.points is None else list(c.points),
                    "times": {str(number): share for number, share in c.times},
                    "numbers": {unit: {f"{n:g}": share for n, share in found} for unit, found in c.numbers},
                    "bits": c.bits,
                }
                for c in self.criteria
            ],
            "thresholded": [_shown(one) for one in self.thresholded],
            "weighted": [_shown(one) for one in self.weighted],
            "cases": [{"criteria": list(c.criteria), "met": c.met, "bits": c.bits} for c in self.cases],
            "reason": self.reason or None,
        }


def _shown(one: DefinitionShare) -> dict[str, object]:
    points = one.points
    return {
        "sufficient": [list(names) for names in one.sufficient],
        "times": dict(one.times),
        "numbers": {f"{name}/{unit}": number for name, unit, number in one.numbers},
        "share": one.share,
        "points": None if points is None else list(points.points),
        "cut_off": None if points is None else points.cut_off,
    }

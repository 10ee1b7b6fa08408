"""Integer points: the fewest whole points that classify exactly as given weights and cut-off do."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.atlas import MOST_CRITERIA, atlas, smallest_sets, sums
from consensus.proposals.tables import MOST_TOLD, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.proposals.tables import Table

MOST_SETS = 5000


@dataclass(frozen=True, kw_only=True, slots=True)
class IntegerPoints:
    """Whole points, one a criterion, and the cut-off from which they are met; `proved` that none fewer classify alike.

    `reclassified` counts the profiles on which they differ from what they stand for: 0 but for a rounding.
    """

    points: tuple[int, ...]
    cut_off: int
    proved: bool
    reclassified: int = 0

    @property
    def total(self) -> int:
        """The sum of all points."""
        return sum(self.points)


def fewest_points(weights: Sequence[Fraction], cut_off: Fraction) -> IntegerPoints | None:
    """Return the fewest whole points that meet exactly the profiles that reach `cut_off` by real weights.

    None where they are too many to be found: beyond `MOST_TOLD` criteria or `MOST_SETS` sets that just suffice.
    """
    return None if len(weights) > MOST_TOLD else fewest_points_of(table_of(weights, cut_off))


def fewest_points_of(table: Table) -> IntegerPoints | None:
    """Return the fewest whole points of a truth table; None where no points express it, or too many sets would.

    Up to six criteria they are looked up in the atlas, beyond it an integer program finds them: the sum of points is
    smallest such that each smallest sufficient set reaches the cut-off and each largest insufficient one stays below.
    """
    criteria = len(table).bit_length() - 1
    if not table.any() or table.all():
        return IntegerPoints(points=(0,) * criteria, cut_off=0 if table.all() else 1, proved=True)
    if criteria <= MOST_CRITERIA:
        at = atlas(criteria).find(table)
        if at is None:
            return None
        found = atlas(criteria)
        return IntegerPoints(points=tuple(found.points[at].tolist()), cut_off=int(found.cut_offs[at]), proved=True)
    return _by_program(table, criteria)


def largest_remainder(weights: Sequence[Fraction], cut_off: Fraction, total: int) -> IntegerPoints:
    """Return weights rounded to whole points of a given sum, the largest remainders rounded up, ties in order.

    The cut-off is the one that reclassifies the fewest profiles (the smallest of equals). Raises ValueError where no
    weight is positive.
    """
    whole = sum(weights, Fraction(0))
    if whole <= 0:
        raise ValueError("there is no weight to share points out by")
    shares = [weight * total / whole for weight in weights]
    points = [int(share) for share in shares]
    rest = sorted(range(len(points)), key=lambda k: (points[k] - shares[k], k))
    for k in rest[: total - sum(points)]:
        points[k] += 1
    meant, reached = table_of(weights, cut_off), sums(np.array([points]))[0]
    wrong = [int(((reached >= limit) != meant).sum()) for limit in range(total + 2)]
    best = int(np.argmin(wrong))
    return IntegerPoints(points=tuple(points), cut_off=best, proved=False, reclassified=wrong[best])


def _by_program(table: Table, criteria: int) -> IntegerPoints | None:
    from scipy.optimize import Bounds, LinearConstraint, milp

    enough = smallest_sets(table)
    # what is largest among the insufficient leaves out what is smallest among the sets that stop the definition
    short = tuple(tuple(set(range(criteria)) - set(rest)) for rest in smallest_sets(~table[::-1]))
    if len(enough) + len(short) > MOST_SETS:
        return None
    rows = np.concatenate([_rows(enough, criteria), -_rows(short, criteria)])
    needed = np.concatenate([np.zeros(len(enough)), np.ones(len(short))])
    found = milp(
        c=np.array([1.0] * criteria + [0.001]),
        constraints=LinearConstraint(rows, lb=needed),
        integrality=np.ones(criteria + 1),
        bounds=Bounds(0, np.inf),
    )
    if found.x is None:
        return None
    whole = np.rint(found.x).astype(int)
    limit = int(whole[-1])
    right = bool(((sums(whole[None, :-1])[0] >= limit) == table).all())
    return IntegerPoints(points=tuple(whole[:-1].tolist()), cut_off=limit, proved=found.status == 0) if right else None


def _rows(sets: Sequence[Sequence[int]], criteria: int) -> NDArray[np.float64]:
    rows = np.zeros((len(sets), criteria + 1))
    for at, names in enumerate(sets):
        rows[at, list(names)] = 1
    rows[:, -1] = -1
    return rows

"""Whether two questions go together under a sampling design: Pearson's statistic, corrected by Rao and Scott."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.significance import SignificanceTest
from consensus.agreement.weighted import means

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.design import Design

METHOD = "rao-scott"
NO_SPREAD = "clusters show no variation between them, so there is nothing to hold the difference against"


def rao_scott(first: Sequence[object], second: Sequence[object], design: Design) -> SignificanceTest:
    """Return the second-order corrected F test of independence (Rao and Scott 1984, Ann Stat 12:46, as R prints it).

    Rows where either is None are left out. One answer to either question, and too few clusters, give reasons.
    """
    parts = _parts(first, second, design)
    if isinstance(parts, str):
        return SignificanceTest(method=METHOD, reason=parts)
    statistic, delta, n, df = parts
    trace, squared = float(np.trace(delta)), float(np.trace(delta @ delta))
    if not trace > 1e-10 or not squared > 0:
        return SignificanceTest(method=METHOD, reason=NO_SPREAD, n=n)
    d0 = trace**2 / squared
    f = statistic / trace
    p = float(special.fdtrc(d0, d0 * df, f))
    return SignificanceTest(method=METHOD, statistic=f, df=d0, df2=d0 * df, p=p, n=n)


def rao_scott_chi_squared(first: Sequence[object], second: Sequence[object], design: Design) -> SignificanceTest:
    """Return the first-order corrected test: the statistic over the mean design effect, p by R's chi-squared rule.

    The statistic is that of the rows that answered both questions; the F test of `rao_scott` is the one to print.
    """
    parts = _parts(first, second, design)
    if isinstance(parts, str):
        return SignificanceTest(method="rao-scott chi-squared", reason=parts)
    statistic, delta, n, _ = parts
    df = len(delta)
    if not float(np.trace(delta)) > 1e-10:
        return SignificanceTest(method="rao-scott chi-squared", reason=NO_SPREAD, n=n)
    scaled = statistic / (float(np.trace(delta)) / df)
    return SignificanceTest(
        method="rao-scott chi-squared", statistic=statistic, df=df, p=float(special.chdtrc(df, scaled)), n=n
    )


def _parts(
    first: Sequence[object], second: Sequence[object], design: Design
) -> tuple[float, NDArray[np.float64], int, int] | str:
    """Return Pearson's statistic, the matrix of design effects, the answers counted and the df; or why not."""
    rows, columns = _levels(first), _levels(second)
    there = np.array([a is not None and b is not None for a, b in zip(first, second, strict=True)])
    cells = [np.array([a == r and b == c for a, b in zip(first, second, strict=True)]) for r in rows for c in columns]
    if len(rows) < 2 or len(columns) < 2 or not there.any():
        return "one of the two has a single answer"
    indicators = np.where(there[:, None], np.stack(cells, axis=1).astype(float), np.nan)
    found = means(indicators, design)
    df = design.degrees_of_freedom()
    if found is None or df < 1:
        return "there are too few clusters for a test"
    shares = found.values.reshape(len(rows), len(columns))
    margins = (shares.sum(axis=1), shares.sum(axis=0))
    if (margins[0] == 0).any() or (margins[1] == 0).any():
        return "an answer was never given together with any of the others"
    expected = np.outer(*margins)
    statistic = found.answered * float(((shares - expected) ** 2 / expected).sum())
    return statistic, _effects(found.values, found.covariance, shares.shape, found.answered), found.answered, df


def _levels(values: Sequence[object]) -> list[object]:
    return sorted({v for v in values if v is not None}, key=str)


def _effects(
    cells: NDArray[np.float64], covariance: NDArray[np.float64], shape: tuple[int, int], n: int
) -> NDArray[np.float64]:
    """Return the generalized design effects of the interactions, orthogonal to rows and columns."""
    r, c = shape
    rows, columns = np.kron(np.eye(r), np.ones((c, 1))), np.kron(np.ones((r, 1)), np.eye(c))
    main = np.column_stack([np.ones(r * c), rows[:, 1:], columns[:, 1:]])
    inner = np.kron(_contrasts(r), _contrasts(c))
    inverse = np.where(cells > 0, 1 / np.where(cells > 0, cells, 1), 0)[:, None]  # an empty cell has no variance either
    inner = inner - main @ np.linalg.lstsq(main, inner, rcond=None)[0]
    weighted = inner * inverse
    plain = inner.T @ weighted / n
    return np.asarray(np.linalg.pinv(plain, hermitian=True) @ weighted.T @ covariance @ weighted)


def _contrasts(levels: int) -> NDArray[np.float64]:
    """Return contrasts of levels that each sum to 0."""
    return np.vstack([np.eye(levels - 1), -np.ones(levels - 1)])

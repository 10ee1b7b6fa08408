"""The group's rule from judged vignettes: a logistic regression in which every person has a strictness of their own.

P(person i calls vignette j failure) = expit(intercept + sum of the weights of the criteria that j shows + s u_i), u_i
normal. The likelihood is integrated over u by Gauss-Hermite quadrature (Bock and Aitkin 1981) and maximized with a weak
normal prior (standard deviation `PRIOR`) on the weights, so that a criterion that all judge alike gets a finite one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.integer_points import IntegerPoints, fewest_points
from consensus.proposals.tables import exact, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from consensus.proposals.tables import Table

    Floats = NDArray[np.float64]

PRIOR = 3.0
NODES = 21
FEWEST_JUDGED = 10
EXACT, REFINED = 1e-6, 1e-3


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupRule:
    """The weight of each criterion in log odds, with its standard error; or the `reason` why there is none.

    `intercept` is that of a case without any criterion, `spread` the standard deviation of people's strictness.
    `points` are the fewest whole ones of the rule that calls failure what the typical person more likely than not
    does; weights below 0 count as 0 in them. `unseen` criteria are in no vignette, so nothing is known of them.
    """

    criteria: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    errors: tuple[float, ...] = ()
    intercept: float | None = None
    spread: float | None = None
    people: int = 0
    points: IntegerPoints | None = None
    unseen: tuple[str, ...] = ()
    reason: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the rule as `propose --json` writes it."""
        rows = zip(self.criteria, self.weights, self.errors, strict=True)
        return {
            "weights": {name: {"log_odds": weight, "se": error} for name, weight, error in rows},
            "intercept": self.intercept,
            "spread_of_people": self.spread,
            "people": self.people,
            "points": None if self.points is None else dict(zip(self.criteria, self.points.points, strict=True)),
            "points_cut_off": None if self.points is None else self.points.cut_off,
            "unseen": list(self.unseen),
            "reason": self.reason or None,
        }


def group_rule(criteria: Sequence[str], profiles: NDArray[np.int64], judged: Floats) -> GroupRule:
    """Return the rule of a group, of its verdicts (people x vignettes; 1, 0, NaN) on profiles of criteria."""
    bits = (profiles[:, None] >> np.arange(len(criteria))[None, :] & 1).astype(float)
    seen = [k for k in range(len(criteria)) if 0 < bits[:, k].sum() < len(bits) or (bits[:, k].any() and len(bits) > 1)]
    unseen = tuple(name for k, name in enumerate(criteria) if not bits[:, k].any())
    people = np.isfinite(judged).any(axis=1)
    if not seen or people.sum() < FEWEST_JUDGED:
        reason = "too few people judged vignettes" if seen else "no vignette shows a criterion that others lack"
        return GroupRule(unseen=unseen, people=int(people.sum()), reason=reason)
    found, errors = _fitted(bits[:, seen], judged[people])
    intercept, weights, spread = float(found[0]), found[1:-1], float(np.exp(found[-1]))
    positive = [exact(max(float(w), 0.0)) for w in weights]
    # the typical person says failure where the odds are even or better
    cut_off = exact(-intercept)
    points = fewest_points(positive, cut_off) if cut_off > 0 else fewest_points(positive, Fraction(0))
    return GroupRule(
        criteria=tuple(criteria[k] for k in seen),
        weights=tuple(weights.tolist()),
        errors=tuple(errors[1:-1].tolist()),
        intercept=intercept,
        spread=spread,
        people=int(people.sum()),
        points=points,
        unseen=unseen,
    )


def group_table(rule: GroupRule) -> Table:
    """Return which profiles of its criteria a group's rule calls failure."""
    assert rule.intercept is not None
    return _table(np.array([rule.intercept, *rule.weights]))


def refitted_tables(
    rule: GroupRule, criteria: Sequence[str], profiles: NDArray[np.int64], judged: Floats, times: Floats
) -> NDArray[np.bool_]:
    """Return the tables (draws x profiles) of a rule fitted again.

    Each person counts so many `times` (draws x people). The other arguments are those that gave the rule, which is
    where each fit starts.
    """
    assert rule.intercept is not None
    assert rule.spread is not None
    seen = [criteria.index(name) for name in rule.criteria]
    bits = (profiles[:, None] >> np.array(seen)[None, :] & 1).astype(float)
    rows, back = np.unique(np.nan_to_num(judged, nan=-1.0), axis=0, return_inverse=True)
    many = np.zeros((len(times), len(rows)))
    np.add.at(many.T, back.ravel(), times.T)
    start = np.array([rule.intercept, *rule.weights, np.log(rule.spread)])
    # the curvature of the survey itself is nearly that of each draw, so that few steps lead there
    loss = _loss_of(bits, rows, np.bincount(back.ravel(), minlength=len(rows)).astype(float))
    about = _inverse(_curvature(lambda theta: loss(theta)[1], start))
    found = [_climbed(bits, rows[own > 0], own[own > 0], start, REFINED, about) for own in many]
    return np.array([_table(one[:-1]) for one in found])


def _table(found: Floats) -> Table:
    """Return which profiles the typical person more likely than not calls failure."""
    return table_of([exact(max(float(w), 0.0)) for w in found[1:]], max(exact(-float(found[0])), Fraction(0)))


def _fitted(bits: Floats, judged: Floats) -> tuple[Floats, Floats]:
    """Return intercept, weights and the logarithm of the spread, with their standard errors."""
    rows, many = np.unique(np.nan_to_num(judged, nan=-1.0), axis=0, return_counts=True)
    loss = _loss_of(bits, rows, many.astype(float))
    found = _climbed(bits, rows, many.astype(float), np.zeros(bits.shape[1] + 2), EXACT)
    bend = _curvature(lambda theta: loss(theta)[1], found)
    return found, np.sqrt(np.maximum(np.diag(np.linalg.pinv(bend)), 0.0))


def _climbed(
    bits: Floats, rows: Floats, many: Floats, start: Floats, precision: float, spread: Floats | None = None
) -> Floats:
    """Return the maximum of the likelihood of distinct rows of verdicts, each given so `many` times.

    `spread` is about the inverse of the curvature there, where that is known.
    """
    from scipy.optimize import minimize

    loss, options = _loss_of(bits, rows, many), {"gtol": precision, "maxiter": 500, "hess_inv0": spread}
    return np.asarray(minimize(loss, start, jac=True, method="BFGS", options=options).x)


def _loss_of(bits: Floats, rows: Floats, many: Floats) -> Callable[[Floats], tuple[float, Floats]]:
    nodes, shares = _quadrature()
    design = np.column_stack([np.ones(len(bits)), bits])
    yes, no = (rows == 1).astype(float), (rows == 0).astype(float)
    return lambda theta: _loss(theta, design, (yes, no, many), nodes, shares)


@cache
def _quadrature() -> tuple[Floats, Floats]:
    """Return the places of the quadrature and the share of each."""
    nodes, shares = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes, shares / shares.sum()


def _loss(
    theta: Floats, design: Floats, answers: tuple[Floats, Floats, Floats], nodes: Floats, shares: Floats
) -> tuple[float, Floats]:
    """Return the negative penalized log-likelihood and its slope."""
    yes, no, many = answers
    beta, spread = theta[:-1], np.exp(np.clip(theta[-1], -12.0, 4.0))
    eta = (design @ beta)[:, None] + spread * nodes[None, :]
    log_yes, log_no = -np.logaddexp(0, -eta), -np.logaddexp(0, eta)
    by_node = yes @ log_yes + no @ log_no + np.log(shares)
    top = by_node.max(axis=1, keepdims=True)
    likelihood = np.exp(by_node - top)
    total = likelihood.sum(axis=1, keepdims=True)
    posterior = likelihood / total * many[:, None]
    # slope of each vignette's log odds at each node
    chance = np.exp(log_yes)
    pull = (yes.T @ posterior) * (1 - chance) - (no.T @ posterior) * chance
    slope = np.append(design.T @ pull.sum(axis=1), float((pull * spread * nodes).sum()))
    weights = beta[1:]
    # the spread's logarithm has a wide prior as well: with nobody apart from others it would run away
    penalty = float((weights**2).sum() / (2 * PRIOR**2) + theta[-1] ** 2 / (2 * PRIOR**2))
    slope[1:-1] -= weights / PRIOR**2
    slope[-1] -= theta[-1] / PRIOR**2
    value = float((many * (top[:, 0] + np.log(total[:, 0]))).sum()) - penalty
    return -value, -slope


def _inverse(bend: Floats) -> Floats | None:
    """Return the inverse of a curvature; None where it is none of a maximum."""
    values, vectors = np.linalg.eigh(bend)
    if values.min() <= 0:
        return None
    found = (vectors / values) @ vectors.T
    return np.asarray((found + found.T) / 2)


def _curvature(slope: object, at: Floats, step: float = 1e-5) -> Floats:
    assert callable(slope)
    rows = [(slope(at + step * unit) - slope(at - step * unit)) / (2 * step) for unit in np.eye(len(at))]
    table = np.array(rows)
    return np.asarray((table + table.T) / 2)

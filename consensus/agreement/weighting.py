"""Weights that fit known margins (how many hospitals or people of each kind there are), and what they do to errors.

Deville and Särndal (1992, JASA 87:376) for calibration, Deming and Stephan (1940) for raking. After fitting, errors
come from residuals: what the margins already explain no longer varies. We take the residuals of calibration, weighted
by the first weights, also for raked weights; R's `rake` sweeps means out instead, which `sweep` repeats.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.design import Design

Distance = Literal["linear", "raking", "logit"]
SWEEPS = 10
MOST_ROUNDS = 500


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Adjustment:
    """How weights were fitted: `columns` are the indicators of all margins (rows x levels), `base` the weights before.

    `sweep` takes the means of each margin out in turn, unweighted, ten times over, as R's `rake` does.
    """

    columns: NDArray[np.float64]
    base: NDArray[np.float64]
    margins: tuple[NDArray[np.int64], ...] = ()
    sweep: bool = False

    def residuals(self, z: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return z less what the margins explain of it, at the fitted weights."""
        plain = z / weights[:, None]
        if self.sweep:
            for _ in range(SWEEPS):
                for codes in self.margins:
                    plain = plain - _means_by(plain, codes)[codes]
            return plain * weights[:, None]
        root = np.sqrt(self.base)[:, None]
        beta = np.linalg.lstsq(root * self.columns, root * plain, rcond=None)[0]
        return np.asarray((plain - self.columns @ beta) * weights[:, None])


def rake(
    design: Design, margins: Mapping[str, tuple[Sequence[str], Mapping[str, float]]], *, sweep: bool = False
) -> Design:
    """Return the design with weights raked to margins, each by name: the level of each row, and how many there are.

    Cycles through the margins until no weight changes by more than 1e-12 of itself. Raises ConsensusError for a level
    without a target or without respondents, for margins that do not sum to the same, and where it does not settle.
    """
    coded = {name: _coded(name, levels, targets) for name, (levels, targets) in margins.items()}
    _check_sums({name: float(target.sum()) for name, (_, target) in coded.items()})
    weights = design.weights.copy()
    for _ in range(MOST_ROUNDS):
        before = weights
        for codes, target in coded.values():
            weights = weights * (target / np.bincount(codes, weights=weights, minlength=len(target)))[codes]
        if np.abs(weights / before - 1).max() < 1e-12:
            return _fitted(design, weights, coded, sweep=sweep)
    raise ConsensusError(
        f"raking to {', '.join(margins)}: does not settle in {MOST_ROUNDS} rounds. Expected margins that can hold "
        "together. Join small levels."
    )


def calibrate(
    design: Design,
    margins: Mapping[str, tuple[Sequence[str], Mapping[str, float]]],
    distance: Distance = "raking",
    *,
    bounds: tuple[float, float] = (0.2, 3.0),
) -> Design:
    """Return the design with weights that fit the margins and lie as near to the first ones as `distance` tells.

    `bounds` limit the factor on each weight for the distance `logit`. Raises ConsensusError as `rake` does. Linear
    weights may be negative.
    """
    coded = {name: _coded(name, levels, targets) for name, (levels, targets) in margins.items()}
    _check_sums({name: float(target.sum()) for name, (_, target) in coded.items()})
    columns = _columns([codes for codes, _ in coded.values()])
    target = np.concatenate([values for _, values in coded.values()])
    multipliers = np.zeros(columns.shape[1])
    for _ in range(MOST_ROUNDS):
        factor, slope = _factor(columns @ multipliers, distance, bounds)
        missing = target - columns.T @ (design.weights * factor)
        if np.abs(missing).max() < 1e-10 * np.abs(target).max():
            return _fitted(design, design.weights * factor, coded, sweep=False)
        matrix = columns.T @ ((design.weights * slope)[:, None] * columns)
        multipliers = multipliers + np.linalg.lstsq(matrix, missing, rcond=1e-12)[0]
    raise ConsensusError(
        f"calibrating to {', '.join(margins)}: no weights fit these margins within the bounds. Expected wider bounds."
    )


def trim(weights: NDArray[np.float64], lowest: float, highest: float) -> NDArray[np.float64]:
    """Return weights cut to lie between two numbers, the excess spread evenly over those within, until all are.

    Raises ConsensusError where there is no room for it.
    """
    left = weights.copy()
    for _ in range(MOST_ROUNDS):
        cut = np.clip(left, lowest, highest)
        free, excess = cut == left, left.sum() - cut.sum()
        if free.all() or abs(excess) < 1e-13 * weights.sum():
            return cut
        if not free.any():
            break
        left = cut + np.where(free, excess / free.sum(), 0.0)
    raise ConsensusError(f"trimming to {lowest:g} - {highest:g}: leaves no room for the excess. Expected wider ends.")


def _fitted(
    design: Design,
    weights: NDArray[np.float64],
    coded: Mapping[str, tuple[NDArray[np.int64], NDArray[np.float64]]],
    *,
    sweep: bool,
) -> Design:
    margins = tuple(codes for codes, _ in coded.values())
    fitted = Adjustment(columns=_columns(margins), base=design.weights, margins=margins, sweep=sweep)
    return replace(design, weights=weights, adjustment=fitted)


def _coded(
    name: str, levels: Sequence[str], targets: Mapping[str, float]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    given = set(levels)
    targets = {level: there for level, there in targets.items() if there or level in given}
    places = {level: place for place, level in enumerate(targets)}
    unknown = sorted({str(level) for level in levels if level not in places})
    if unknown:
        raise ConsensusError(f"margin {name}: has no number for {', '.join(unknown)}. Expected one for each level.")
    impossible = [f"{level} ({targets[level]:g})" for level in places if not targets[level] > 0]
    if impossible:
        raise ConsensusError(
            f"margin {name}: got {', '.join(map(str, impossible))}. Expected more than none of each level given."
        )
    codes = np.array([places[level] for level in levels], dtype=np.int64)
    empty = [level for level in places if level not in given]
    if empty:
        raise ConsensusError(
            f"margin {name}: nobody who answered is {', '.join(map(str, empty))}. Expected respondents in each level. "
            "Join it with another level."
        )
    return codes, np.array([float(targets[level]) for level in targets])


def _check_sums(sums: Mapping[str, float]) -> None:
    if sums and max(sums.values()) - min(sums.values()) > 1e-6 * max(sums.values()):
        told = ", ".join(f"{name} {value:g}" for name, value in sums.items())
        raise ConsensusError(f"margins: their sums differ ({told}). Expected the same population in each.")


def _columns(margins: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    return np.concatenate([np.eye(int(codes.max()) + 1)[codes] for codes in margins], axis=1)


def _means_by(values: NDArray[np.float64], codes: NDArray[np.int64]) -> NDArray[np.float64]:
    counts = np.bincount(codes)
    return np.stack([np.bincount(codes, weights=column) / counts for column in values.T], axis=1)


def _factor(
    eta: NDArray[np.float64], distance: Distance, bounds: tuple[float, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the factor on each weight and its slope (Deville and Särndal 1992, cases 1, 2 and 6)."""
    if distance == "linear":
        return 1 + eta, np.ones_like(eta)
    if distance == "raking":
        return np.exp(eta), np.exp(eta)
    low, high = bounds
    a = (high - low) / ((1 - low) * (high - 1))
    grown = np.exp(a * eta)
    below = high - 1 + (1 - low) * grown
    factor = (low * (high - 1) + high * (1 - low) * grown) / below
    return factor, a * grown * (high - 1) * (1 - low) * (high - low) / below**2

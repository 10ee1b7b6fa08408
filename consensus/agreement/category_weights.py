"""How near two categories of a scale are: 1 for the same, less the further apart they lie (Gwet 2014, chapter 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

Weighting = Literal["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"]
WEIGHTINGS: tuple[Weighting, ...] = get_args(Weighting)


def category_weights(scores: Sequence[float], weighting: Weighting = "identity") -> NDArray[np.float64]:
    """Return the matrix of nearness between all categories of a scale, given by their scores in order.

    `ordinal` counts the categories that lie between two (these are weights of Gwet, not Krippendorff's ordinal
    metric). Entries are NaN where a ratio between two scores makes no sense. Raises ValueError for an unknown word.
    """
    if weighting not in WEIGHTINGS:
        raise ValueError(f"weighting is one of {', '.join(WEIGHTINGS)}, got {weighting}")
    x = np.asarray(scores, dtype=float)
    if len(x) < 2 or weighting == "identity":
        return np.eye(len(x))
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = _MATRICES[weighting](x)
    np.fill_diagonal(weights, 1.0)
    return weights


def _apart(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.abs(x[:, None] - x[None, :]))


def _linear(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 - _apart(x) / np.ptp(x))


def _quadratic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 - (_apart(x) / np.ptp(x)) ** 2)


def _radical(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 - np.sqrt(_apart(x) / np.ptp(x)))


def _ratio(x: NDArray[np.float64]) -> NDArray[np.float64]:
    widest = ((x.max() - x.min()) / (x.max() + x.min())) ** 2
    return np.asarray(1 - (_apart(x) / (x[:, None] + x[None, :])) ** 2 / widest)


def _ordinal(x: NDArray[np.float64]) -> NDArray[np.float64]:
    steps = _apart(np.arange(len(x), dtype=float)) + 1
    pairs = steps * (steps - 1) / 2
    return np.asarray(1 - pairs / pairs.max())


def _circular(x: NDArray[np.float64]) -> NDArray[np.float64]:
    turned = np.sin(np.pi * _apart(x) / (np.ptp(x) + 1)) ** 2
    return np.asarray(1 - turned / turned.max())


def _bipolar(x: NDArray[np.float64]) -> NDArray[np.float64]:
    total = x[:, None] + x[None, :]
    apart = _apart(x) ** 2 / ((total - 2 * x.min()) * (2 * x.max() - total))
    np.fill_diagonal(apart, 0.0)
    return np.asarray(1 - apart / np.nanmax(apart))


_MATRICES: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "linear": _linear,
    "quadratic": _quadratic,
    "radical": _radical,
    "ratio": _ratio,
    "ordinal": _ordinal,
    "circular": _circular,
    "bipolar": _bipolar,
}

"""Limits of a share where its profile likelihood, scaled to the design, falls by as much as chance allows.

Rao and Scott (1984, Ann Stat 12:46) scale the likelihood by the design effect. The limit itself is the root of an
equation; R's survey::svyciprop reads it off a spline through a dozen points of the profile instead, which moves it by
up to 5e-4 of itself where few say yes. Both are offered by name: R's, for whoever holds our numbers against R's, and
the root, which R's tends to as its steps get finer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize, special

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.proportions import Limits

STEPS_TO_THE_END, MOST_STEPS, POINTS_BETWEEN = 5, 9, 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """The profile of a share `p` with its design-based error, t quantile, n answers and their weights' sum.

    The weights are scaled to a mean of 1 over the whole design (or the named subgroup), as R scales them.
    """

    p: float
    se: float
    t: float
    n: int
    weight: float

    def fall(self, q: float) -> float:
        """Return the fall of twice the log likelihood of one answer from p to q."""
        return 2 * (self.p * math.log(self.p / q) + (1 - self.p) * math.log((1 - self.p) / (1 - q)))

    @property
    def reach(self) -> float:
        """How far the root of the scaled fall goes: t times the root of the design effect."""
        return self.t * self.se * math.sqrt(self.weight / (self.p * (1 - self.p)))

    def z(self, logit: float) -> float:
        """Return the signed root of the scaled fall at a logit; R's dispersion makes it n - 1 answers."""
        # by logarithms of the odds, since far out the share itself rounds to 0 or 1
        yes, no = (math.log(part) - float(special.log_expit(b)) for part, b in ((self.p, logit), (1 - self.p, -logit)))
        fall = max(2 * (self.p * yes + (1 - self.p) * no) * (self.n - 1), 0.0)
        return math.copysign(math.sqrt(fall), logit - float(special.logit(self.p)))


def root_limits(profile: Profile) -> Limits:
    """Return where the scaled fall of the likelihood is t^2 exactly: 0 or 1 where it never falls so far."""
    wanted, p = profile.reach**2 / max(profile.n - 1, 1), profile.p

    def beyond(q: float) -> float:
        return profile.fall(q) - wanted

    least, most = 1e-300, math.nextafter(1.0, 0.0)
    low = optimize.brentq(beyond, least, p, xtol=1e-15) if beyond(least) > 0 else 0.0
    high = optimize.brentq(beyond, p, most, xtol=1e-15) if beyond(most) > 0 else 1.0
    return float(low), float(high)


def profiled_limits(profile: Profile, *, finer: int = 1) -> Limits:
    """Return the limits that R's svyciprop(method = "likelihood") reads off its profile.

    The profile goes in steps of a fifth of the farthest root needed, each step a standard error of the logit long, at
    most nine to a side; a spline through its points is read at three times as many places, and linearly between those.
    `finer` divides the steps. Where the profile ends before the limit, R has none: then the root stands.
    """
    alpha = float(special.ndtr(-profile.reach)) / 2
    farthest = -float(special.stdtrit(max(profile.n - 1, 1), alpha / 2))
    if not math.isfinite(farthest):
        return root_limits(profile)
    step = farthest / STEPS_TO_THE_END / finer * profile.se / (profile.p * (1 - profile.p))
    middle = float(special.logit(profile.p))
    below = _walk(profile, middle, -step, farthest, MOST_STEPS * finer)
    above = _walk(profile, middle, step, farthest, MOST_STEPS * finer)
    logits = np.array([*reversed(below), middle, *above])
    roots = np.array([profile.z(b) for b in logits])
    if not (roots[0] < -profile.reach and profile.reach < roots[-1]):
        return root_limits(profile)
    places = np.linspace(logits[0], logits[-1], POINTS_BETWEEN * len(logits))
    read = spline(logits, roots, places)
    order = np.argsort(read, kind="stable")
    found = np.interp([-profile.reach, profile.reach], read[order], places[order])
    low, high = special.expit(found)
    return float(low), float(high)


def spline(x: NDArray[np.float64], y: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a cubic spline through points in order, at places between them.

    Forsythe, Malcolm and Moler (1977): the third derivative at each end is that of the cubic through the four points
    there (R: spline, "fmm"); of three points it is the parabola.
    """
    h, slopes = np.diff(x), np.diff(y) / np.diff(x)
    system, right = np.zeros((len(x), len(x))), np.zeros(len(x))
    inner = np.arange(1, len(x) - 1)
    system[inner, inner - 1], system[inner, inner + 1] = h[:-1], h[1:]
    system[inner, inner] = 2 * (h[:-1] + h[1:])
    right[inner] = 6 * np.diff(slopes)
    system[0, :2], system[-1, -2:] = [-1 / h[0], 1 / h[0]], [-1 / h[-1], 1 / h[-1]]
    if len(x) > 3:
        right[0], right[-1] = _third_derivative(x[:4], y[:4]), _third_derivative(x[-4:], y[-4:])
    bend = np.linalg.solve(system, right)
    i = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    left, gone, width = x[i + 1] - at, at - x[i], h[i]
    lines = (y[i] / width - bend[i] * width / 6) * left + (y[i + 1] / width - bend[i + 1] * width / 6) * gone
    return np.asarray(lines + (bend[i] * left**3 + bend[i + 1] * gone**3) / (6 * width), dtype=np.float64)


def _third_derivative(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    divided = y
    for order in range(1, 4):
        divided = np.diff(divided) / (x[order:] - x[:-order])
    return 6 * float(divided[0])


def _walk(profile: Profile, middle: float, step: float, farthest: float, most: int) -> list[float]:
    walked: list[float] = []
    while len(walked) < most:
        walked.append(middle + (len(walked) + 1) * step)
        if abs(profile.z(walked[-1])) >= farthest:
            break
    return walked

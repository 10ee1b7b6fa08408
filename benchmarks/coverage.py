"""How often 95 % intervals hold the truth for yes-or-no answers of people in hospitals: python benchmarks/coverage.py.

257 people in 184 hospitals (most with one, a few with up to six, as in the survey of 2020) answer yes with a chance
that differs between hospitals (beta-binomial, so that two people of one hospital correlate by rho). Seeded; each
setting draws 2,000 surveys. Printed: coverage of Wilson (people one by one), of the design (linearized, Korn and
Graubard), of the percentile bootstrap over hospitals, and of the band at the true correlation. Settings outside 93 to
97 % are marked.
"""

from __future__ import annotations

import argparse

import numpy as np

from consensus.agreement.clusters import design_effect
from consensus.agreement.design_intervals import korn_graubard
from consensus.agreement.proportions import wilson

PEOPLE, HOSPITALS, SURVEYS, SEED = 257, 184, 2000, 20261123
SHARES, CORRELATIONS = (0.05, 0.163, 0.5, 0.75, 0.9), (0.0, 0.05, 0.1, 0.2, 0.5)
REPLICATES = 400


def sizes_of(rng: np.random.Generator, people: int, hospitals: int) -> np.ndarray:
    """Return how many people each hospital has: one each, and the rest skewed to a few large ones."""
    chances = rng.dirichlet(np.full(hospitals, 0.35))
    return 1 + rng.multinomial(people - hospitals, chances)


def yes_by_hospital(rng: np.random.Generator, sizes: np.ndarray, share: float, rho: float, surveys: int) -> np.ndarray:
    """Return the number of yes in each hospital, surveys x hospitals."""
    if rho == 0:
        return rng.binomial(sizes, share, size=(surveys, len(sizes)))
    strength = (1 - rho) / rho
    chances = rng.beta(share * strength, (1 - share) * strength, size=(surveys, len(sizes)))
    return rng.binomial(sizes, chances)


def linearized(yes: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the linearized errors of the shares of all surveys (facts: 2.1), surveys."""
    n, g = sizes.sum(), len(sizes)
    p = yes.sum(axis=1) / n
    z = (yes - p[:, None] * sizes) / n
    return np.sqrt(g / (g - 1) * ((z - z.mean(axis=1, keepdims=True)) ** 2).sum(axis=1))


def covered(share: float, rho: float, surveys: int, seed: int) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    sizes = sizes_of(rng, PEOPLE, HOSPITALS)
    yes = yes_by_hospital(rng, sizes, share, rho, surveys)
    k, n, g = yes.sum(axis=1), int(sizes.sum()), len(sizes)
    p, errors = k / n, linearized(yes, sizes)
    inside = (k > 0) & (k < n)
    known = np.sqrt(p * (1 - p) / n * design_effect(sizes.tolist(), rho))
    found: dict[str, list[bool]] = {"wilson": [], "design": [], "band": [], "bootstrap": []}
    draws = rng.multinomial(g, np.full(g, 1 / g), size=REPLICATES)
    boot = (draws @ yes.T) / (draws @ sizes)[:, None]
    low, high = np.quantile(boot, [0.025, 0.975], axis=0)
    for at in np.flatnonzero(inside):
        limits = {
            "wilson": wilson(int(k[at]), n),
            "design": korn_graubard(p[at], errors[at], g - 1, n),
            "band": korn_graubard(p[at], known[at], g - 1, n),
            "bootstrap": (low[at], high[at]),
        }
        for name, (least, most) in limits.items():
            found[name].append(bool(least <= share <= most))
    return {name: float(np.mean(hits)) for name, hits in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--surveys", type=int, default=SURVEYS)
    surveys = parser.parse_args().surveys
    print(f"{surveys} surveys a setting, {PEOPLE} people in {HOSPITALS} hospitals, seed {SEED}; * outside 93 to 97 %\n")
    print(f"{'share':>6} {'rho':>5} " + " ".join(f"{name:>10}" for name in ("wilson", "design", "band", "bootstrap")))
    for row, share in enumerate(SHARES):
        for column, rho in enumerate(CORRELATIONS):
            found = covered(share, rho, surveys, SEED + 100 * row + column)
            cells = [f"{100 * v:8.1f}{' ' if 0.93 <= v <= 0.97 else '*'} " for v in found.values()]
            print(f"{share:>6g} {rho:>5g} " + " ".join(f"{cell:>10}" for cell in cells))


if __name__ == "__main__":
    main()

"""The cluster bootstrap beside scipy's and beside the bare matrix product: ratios of one run.

`python benchmarks/agreement.py` draws 10,000 times from 257 made-up people in 184 hospitals, for 40 shares and for
ordinal alpha of 40 statements. Seconds are CPU seconds, the fastest of some turns. With the package krippendorff
installed (extra `bench`) alpha is timed beside it on ready-made counts. The bare product is that of the draws with the
sums and with the sizes, and their quotient, the draws being there already. Matrix products run on one thread, ours and
theirs: threads that wait for each other on a busy machine burn CPU seconds that say nothing of the work.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from time import process_time

import numpy as np
import pandas as pd
from scipy import stats

from consensus.agreement.bootstrap_limits import percentile
from consensus.agreement.design import design_of
from consensus.agreement.rater_resampling import bootstrap_alpha
from consensus.agreement.ratings import ratings_of
from consensus.agreement.resampling import bootstrap_means, cluster_sums, draws

PEOPLE, HOSPITALS, SHARES, REPLICATES, SEED = 257, 184, 40, 10_000, 20261123


def fastest(work: Callable[[], object], times: int = 7) -> float:
    best = float("inf")
    for _ in range(times):
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return best


def survey() -> tuple[np.ndarray, np.ndarray]:
    """Return 0 and 1 answers (people x shares) and each person's hospital, every hospital with someone in it."""
    rng = np.random.default_rng(SEED)
    hospitals = np.concatenate([np.arange(HOSPITALS), rng.integers(0, HOSPITALS, PEOPLE - HOSPITALS)])
    return (rng.random((PEOPLE, SHARES)) < rng.random(SHARES)).astype(float), hospitals


def shares() -> dict[str, float]:
    answers, hospitals = survey()
    design = design_of(PEOPLE, clusters=hospitals.tolist())
    sums, sizes = cluster_sums(answers, design)
    w = np.concatenate(list(draws(HOSPITALS, REPLICATES, SEED)))

    def ours() -> None:
        found = bootstrap_means(answers, design, replicates=REPLICATES, seed=SEED)
        for item in range(SHARES):
            percentile(found.values[:, item])

    def bare() -> None:
        rng, rows = np.random.default_rng(SEED), np.arange(REPLICATES)[:, None] * HOSPITALS
        drawn = rng.integers(0, HOSPITALS, (REPLICATES, HOSPITALS)) + rows
        ready = (
            np.bincount(drawn.ravel(), minlength=REPLICATES * HOSPITALS).reshape(REPLICATES, HOSPITALS).astype(float)
        )
        _ = (ready @ sums) / (ready @ sizes)

    def scipys() -> None:
        for item in range(SHARES):
            data = (sums[:, item], sizes[:, item])
            stats.bootstrap(
                data,
                lambda s, n, axis: s.sum(axis=axis) / n.sum(axis=axis),
                paired=True,
                n_resamples=REPLICATES,
                method="percentile",
                rng=SEED,
            )

    return {
        "this package": fastest(ours),
        "draws by bincount and the bare product": fastest(bare),
        "bare product of ready draws": fastest(lambda: (w @ sums) / (w @ sizes)),
        "40 calls of scipy.stats.bootstrap": fastest(scipys, times=2),
    }


def alphas() -> dict[str, float]:
    _, hospitals = survey()
    rng = np.random.default_rng(SEED)
    table = pd.DataFrame(np.clip(np.round(rng.normal(6, 2, (SHARES, PEOPLE))), 1, 9).astype(int))
    ratings = ratings_of(table, categories=range(1, 10))
    found = {
        "this package, draws included": fastest(
            lambda: bootstrap_alpha(ratings, "ordinal", clusters=hospitals.tolist(), replicates=REPLICATES, seed=SEED)
        )
    }
    try:
        import krippendorff
    except ImportError:
        return found
    counts, some = ratings.counts.astype(int), 500
    opponent = fastest(
        lambda: [
            krippendorff.alpha(value_counts=counts, value_domain=list(range(1, 10)), level_of_measurement="ordinal")
            for _ in range(some)
        ]
    )
    return {**found, f"krippendorff on ready counts, scaled from {some}": opponent * REPLICATES / some}


def main() -> None:
    for title, found in (("40 shares", shares()), ("ordinal alpha of 40 statements", alphas())):
        print(f"\n{title}, {REPLICATES:,} replicates, {PEOPLE} people in {HOSPITALS} hospitals")
        first = next(iter(found.values()))
        for way, seconds in found.items():
            print(f"  {way:<50} {seconds:8.3f} s   {seconds / first:6.2f} x")


if __name__ == "__main__":
    if "OPENBLAS_NUM_THREADS" not in os.environ:  # it is read when numpy is imported
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    main()

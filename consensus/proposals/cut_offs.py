"""Where to cut: by vignettes' majorities, by a specificity on a cohort, beside the lightest criterion that suffices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from consensus.agreement.estimate import Estimate
from consensus.agreement.proportions import share
from consensus.proposals.evidence import majority

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from consensus.proposals.evidence import Shown

    Floats = NDArray[np.float64]

How = Literal["lightest_sufficient", "vignette_majority", "specificity", "given"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CutOff:
    """A cut-off and what it was chosen by, or the `reason` why there is none.

    `matched` of `of` vignettes get the majority's verdict; `sensitivity` and `specificity` are of the patients with a
    reference whose points lie on one side of the cut-off whatever is missing, `open` of them do not. `chosen` is how
    often each cut-off came out when patients were drawn anew.
    """

    how: How
    value: Fraction | None = None
    matched: int | None = None
    of: int | None = None
    sensitivity: Estimate | None = None
    specificity: Estimate | None = None
    open: int | None = None
    chosen: tuple[tuple[float, float], ...] = ()
    reason: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the cut-off as `propose --json` writes it."""
        return {
            "how": self.how,
            "value": None if self.value is None else float(self.value),
            "matched": self.matched,
            "of": self.of,
            "sensitivity": _estimate(self.sensitivity),
            "specificity": _estimate(self.specificity),
            "open": self.open,
            "chosen": [{"cut_off": value, "share": share} for value, share in self.chosen],
            "reason": self.reason or None,
        }


def by_vignettes(weights: Sequence[Fraction], shown: Shown, judged: Floats) -> CutOff:
    """Return the cut-off whose verdicts match the majority on most vignettes, of equals the one nearest most people.

    Among cut-offs that judge the vignettes alike it is the lowest sum that is still called failure.
    """
    most = majority(judged)
    told = shown.known & np.isfinite(most)
    totals = [_total(weights, int(p)) for p in shown.low[told]]
    options = sorted({total for total in totals if total > 0})
    if not options:
        return CutOff(
            how="vignette_majority", reason="no vignette that a majority judged shows a criterion with weight"
        )
    said = np.array([[total >= option for total in totals] for option in options])
    matched = (said == (most[told] == 1)[None, :]).sum(axis=1)
    yes, no = (judged[:, told] == 1).sum(axis=0), (judged[:, told] == 0).sum(axis=0)
    people = said @ yes + (~said) @ no
    best = max(range(len(options)), key=lambda at: (matched[at], people[at], at))
    return CutOff(how="vignette_majority", value=options[best], matched=int(matched[best]), of=int(told.sum()))


def by_specificity(
    weights: Sequence[Fraction],
    shown: Shown,
    reference: Floats,
    floor: float,
    *,
    replicates: int = 1000,
    seed: int = 20261123,
) -> CutOff:
    """Return the lowest cut-off whose specificity on a cohort is at least `floor`, with its sensitivity.

    `reference` is 1 where a patient's column says failure, 0 where it says none, NaN where it says nothing. Both
    figures are of the patients that the cut-off was chosen on, so they flatter it; and where the reference was judged
    with the same criteria they flatter it further.
    """
    low, high = (np.array([float(_total(weights, int(p))) for p in side]) for side in (shown.low, shown.high))
    options = sorted({_total(weights, int(p)) for p in (*shown.low, *shown.high) if _total(weights, int(p)) > 0})
    if not options or not (reference == 0).any():
        why = "no patient shows a criterion with weight" if not options else "no patient is without failure"
        return CutOff(how="specificity", reason=f"{why} in the reference" if options else why)
    cuts = np.array([float(option) for option in options])
    at = _lowest(low, high, reference, cuts, floor)
    if at is None:
        return CutOff(how="specificity", reason=f"no cut-off reaches a specificity of {floor:.0%}")
    rng, chosen = np.random.default_rng(seed), dict[float, int]()
    for _ in range(replicates):
        drawn = rng.integers(0, len(reference), len(reference))
        again = _lowest(low[drawn], high[drawn], reference[drawn], cuts, floor)
        if again is not None:
            chosen[float(cuts[again])] = chosen.get(float(cuts[again]), 0) + 1
    right, wrong, spared, alarmed = _counts(low, high, reference, cuts[at])
    return CutOff(
        how="specificity",
        value=options[at],
        sensitivity=share(right, right + wrong, base="answered"),
        specificity=share(spared, spared + alarmed, base="answered"),
        open=int((np.isfinite(reference) & (low < cuts[at]) & (high >= cuts[at])).sum()),
        chosen=tuple(sorted((value, n / replicates) for value, n in chosen.items())),
    )


def _total(weights: Sequence[Fraction], profile: int) -> Fraction:
    return sum((w for k, w in enumerate(weights) if profile >> k & 1), start=weights[0] * 0)


def _counts(low: Floats, high: Floats, reference: Floats, cut: float) -> tuple[int, int, int, int]:
    met, not_met = low >= cut - 1e-12, high < cut - 1e-12
    failed, well = reference == 1, reference == 0
    return (
        int((met & failed).sum()),
        int((not_met & failed).sum()),
        int((not_met & well).sum()),
        int((met & well).sum()),
    )


def _lowest(low: Floats, high: Floats, reference: Floats, cuts: Floats, floor: float) -> int | None:
    for at, cut in enumerate(cuts):
        _, _, spared, alarmed = _counts(low, high, reference, float(cut))
        if spared + alarmed and spared >= floor * (spared + alarmed):
            return at
    return None


def _estimate(found: Estimate | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {"value": found.value, "low": found.low, "high": found.high, "n": found.n, "reason": found.reason}

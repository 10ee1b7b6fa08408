"""Whether the same people answered alike in two rounds: every usual statistic, each with what it can't show."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from consensus.agreement.estimate import Estimate
from consensus.agreement.paired import mcnemar
from consensus.agreement.proportions import share
from consensus.agreement.significance import SignificanceTest
from consensus.agreement.spread import quantile
from consensus.agreement.tables import pearson
from consensus.agreement.tally import COUNTED
from consensus.agreement.two_raters import bowker, cohen, stuart_maxwell
from consensus.rounds.equivalence import Equivalence, mean_change, net_change
from consensus.rounds.signed_rank import sign_test, signed_rank
from consensus.rules.on_scale import ends_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.estimate import Base
    from consensus.rounds.answers import Answer
    from consensus.rounds.closing import ClosedRound
    from consensus.rounds.items import Items
    from consensus.rules.ballots import Ballot

UNLINKED = "the rounds are unlinked: nobody can be told to be the same person, so only totals may be compared"
NOTHING_TWICE = "no statement stands in two rounds with the same words, so there is no stability to judge"
NOBODY = "nobody answered both times"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stability:
    """One item in two rounds, by the people who answered both times; or the `reason` why there is nothing to tell.

    The base is `committed`, or `answered` where an answer may be equivocal, for such pairs count; answers that opt out
    make none. `unchanged` is the share whose answer is the same, `kappa` weighted by squares with the rounds as raters.
    The tests ask for a difference, so a large p shows nothing; `net` and `mean` ask whether the change is shown to be
    small.
    """

    item: str
    first: int
    second: int
    pairs: int = 0
    base: Base = "committed"
    unchanged: Estimate | None = None
    kappa: Estimate | None = None
    wilcoxon: SignificanceTest | None = None
    sign: SignificanceTest | None = None
    mcnemar: SignificanceTest | None = None
    symmetry: SignificanceTest | None = None
    margins: SignificanceTest | None = None
    groups: SignificanceTest | None = None
    percent_change: float | None = None
    spearman: float | None = None
    cv: tuple[float, float] | None = None
    iqr: tuple[float, float] | None = None
    net: Equivalence | None = None
    mean: Equivalence | None = None
    reason: str | None = None


def stability_of(rounds: Sequence[ClosedRound], items: Items, *, linked: bool = True) -> tuple[Stability, ...]:
    """Return the stability of each item between each round and the next one that asked it.

    Where the words changed in between, or the rounds are not `linked` by ids, the reason stands in place of figures.
    """
    found = []
    known = {closed.number: closed for closed in rounds}
    for item in items.names:
        asked = [number for number in items.asked_in(item) if number in known]
        for first, second in pairwise(asked):
            broken = UNLINKED if not linked else items.broken(item, first, second)
            found.append(
                Stability(item=item, first=first, second=second, reason=broken)
                if broken is not None
                else _between(item, known[first], known[second])
            )
        if asked and (change := _came_new(items, item, known)):
            found.append(change)
    return tuple(found)


def refused(found: Sequence[Stability], rounds: Sequence[ClosedRound], items: Items) -> str | None:
    """Return why there is no stability at all; None where some of it could be had.

    Rounds without a common statement (an empty item map) and rounds without a common person can't be compared.
    """
    if any(one.reason is None for one in found):
        return None
    return NOTHING_TWICE if are_linked(rounds) else UNLINKED


def are_linked(rounds: Sequence[ClosedRound]) -> bool:
    """Return whether anybody can be told to be the same person in two of the rounds."""
    people = [{answer.panelist for answer in closed.answers} for closed in rounds]
    return any(a & b for at, a in enumerate(people) for b in people[at + 1 :])


def _came_new(items: Items, item: str, known: Mapping[int, ClosedRound]) -> Stability | None:
    """Return an item that first came up after the first round, with what it came of as the reason."""
    rows = sorted((row for row in items.rows if row.item == item and row.asked), key=lambda row: row.round)
    first = min(known)
    if not rows or rows[0].round <= first or rows[0].change not in ("split", "merged", "new"):
        return None
    before = max((number for number in known if number < rows[0].round), default=first)
    reason = f"{rows[0].change} in round {rows[0].round}"
    return Stability(item=item, first=before, second=rows[0].round, reason=reason)


def _between(item: str, first: ClosedRound, second: ClosedRound) -> Stability:
    ballot = next(r.counts.ballot for r in second.results if r.item == item)
    before, after = (_committed(closed.answers, item) for closed in (first, second))
    both = [(before[person], after[person]) for person in before if person in after]
    return stability(both, ballot, item=item, rounds=(first.number, second.number))


def _committed(answers: Sequence[Answer], item: str) -> dict[str, str]:
    return {a.panelist: a.answer for a in answers if a.item == item and a.kind in COUNTED}


def stability(
    pairs: Sequence[tuple[str, str]], ballot: Ballot, *, item: str = "", rounds: tuple[int, int] = (1, 2)
) -> Stability:
    """Return the stability of pairs of answers, each the name of an option of the ballot.

    Ratings get all statistics; answers without numbers those of a table alone.
    """
    base: Base = "answered" if any(worth == 0.5 for worth in ballot.worths) else "committed"
    made = Stability(item=item, first=rounds[0], second=rounds[1], pairs=len(pairs), base=base)
    if not pairs:
        return _with(made, reason=NOBODY)
    same = sum(a == b for a, b in pairs)
    made = _with(made, unchanged=share(same, len(pairs), base=made.base))
    places = {option: at for at, option in enumerate(ballot.options)}
    table = np.zeros((len(places), len(places)), dtype=np.int64)
    for a, b in pairs:
        table[places[a], places[b]] += 1
    made = _with(made, symmetry=bowker(table), margins=stuart_maxwell(table), **_of_shares(pairs, ballot))
    margins = np.stack([table.sum(axis=1), table.sum(axis=0)])
    made = _with(
        made, groups=pearson(margins), percent_change=float(np.abs(margins[0] - margins[1]).sum()) / 2 / len(pairs)
    )
    points = [[ballot.points[places[answer]] for answer in pair] for pair in pairs]
    if any(point is None for pair in points for point in pair):
        return made
    numbers = np.array([[float(point or 0) for point in pair] for pair in points])
    return _with(made, **_of_ratings(numbers[:, 0], numbers[:, 1], ballot))


def _with(made: Stability, **fields: object) -> Stability:
    from dataclasses import replace

    return replace(made, **fields)  # type: ignore[arg-type]


def _of_shares(pairs: Sequence[tuple[str, str]], ballot: Ballot) -> dict[str, object]:
    """Return what can be told of who agrees: by what options endorse, else by the upper third of the scale."""
    agreeing = set(agreeing_options(ballot))
    if not agreeing:
        return {}
    newly = sum(a not in agreeing and b in agreeing for a, b in pairs)
    no_longer = sum(a in agreeing and b not in agreeing for a, b in pairs)
    return {"mcnemar": mcnemar(newly, no_longer).mid, "net": net_change(newly, no_longer, len(pairs))}


def agreeing_options(ballot: Ballot) -> Iterator[str]:
    """Yield the options that agree: those that endorse, else the upper third or so of a usual scale."""
    ends = ends_of(ballot)
    for option, worth, point in zip(ballot.options, ballot.worths, ballot.points, strict=True):
        if worth == 1 or (ends is not None and point is not None and ends[0].holds(point)):
            yield option


def _of_ratings(before: NDArray[np.float64], after: NDArray[np.float64], ballot: Ballot) -> dict[str, object]:
    change = after - before
    scale = [float(point) for point in ballot.scale]
    table = np.zeros((len(scale), len(scale)), dtype=np.int64)
    for a, b in zip(before, after, strict=True):
        table[scale.index(a), scale.index(b)] += 1
    alike = len(set(before)) == 1 or len(set(after)) == 1
    return {
        "kappa": cohen(table, "quadratic", scores=scale),
        "wilcoxon": signed_rank(change),
        "sign": sign_test(change),
        "spearman": None if alike else float(stats.spearmanr(before, after).statistic),
        "cv": _both(_cv, before, after),
        "iqr": _both(_iqr, before, after),
        "mean": mean_change(change),
    }


def _both(measure: object, before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[float, float] | None:
    values = [measure(side) for side in (before, after)]  # type: ignore[operator]
    return None if None in values else (values[0], values[1])


def _cv(ratings: NDArray[np.float64]) -> float | None:
    return float(ratings.std(ddof=1) / ratings.mean()) if len(ratings) > 1 and ratings.mean() > 0 else None


def _iqr(ratings: NDArray[np.float64]) -> float | None:
    points, counts = np.unique(ratings, return_counts=True)
    ends = [quantile(points.tolist(), counts.tolist(), Fraction(q, 4), kind=7) for q in (1, 3)]
    return None if ends[0] is None or ends[1] is None else float(ends[1] - ends[0])

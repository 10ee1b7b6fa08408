"""Schools of thought: groups of people who hold different definitions, or the finding that there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from consensus.proposals.derivation import derive
from consensus.proposals.mixture import Classes, latent_classes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.estimate import Coding
    from consensus.proposals.opinions import Opinions
    from consensus.rules.rule import Rule

    Floats = NDArray[np.float64]

MOST_SCHOOLS = 4
FEWEST_PEOPLE = 30
SMALLEST = 0.15
STABLE = 0.75
REPLICATES = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class School:
    """One school: how many are in it, how stable it is under resampling (mean Jaccard), and what it holds.

    `shares` are the support of each criterion within it, under the study's coding; `terms` those that the rule accepts
    there, or a majority where it accepts none (`fell_back`); `times` the number of sessions of each that has one.
    """

    size: int
    stability: float
    shares: tuple[tuple[str, float], ...]
    terms: tuple[str, ...]
    fell_back: bool
    times: tuple[tuple[str, int], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the school as `propose --json` writes it."""
        return {
            "size": self.size,
            "stability": self.stability,
            "shares": dict(self.shares),
            "terms": list(self.terms),
            "fell_back": self.fell_back,
            "times": dict(self.times),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """How the members of each school are spread over the answers to a question about people, with a test.

    `counts` has one row an answer (schools in order); p is of Pearson's chi-square, `adjusted` by Holm over the splits.
    """

    question: str
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    p: float | None
    adjusted: float | None
    reason: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the split as `propose --json` writes it."""
        return {
            "question": self.question,
            "counts": {answer: list(row) for answer, row in self.counts},
            "p": self.p,
            "adjusted": self.adjusted,
            "reason": self.reason or None,
        }


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Schools:
    """The schools found, largest first; with none, `reason` says why not.

    `candidates` are pairs of a number of schools and its criterion (ICL; smaller is better). `members` is the school of
    each person (-1: not told). `apart` are the criteria, those first whose support differs most between schools.
    """

    schools: tuple[School, ...] = ()
    candidates: tuple[tuple[int, float], ...] = ()
    members: NDArray[np.int64]
    apart: tuple[tuple[str, float], ...] = ()
    splits: tuple[Split, ...] = ()
    people: int = 0
    reason: str = ""

    def __len__(self) -> int:
        return len(self.schools)

    def to_dict(self) -> dict[str, object]:
        """Return the schools as `propose --json` writes them."""
        return {
            "schools": [school.to_dict() for school in self.schools],
            "candidates": [{"schools": k, "icl": icl} for k, icl in self.candidates],
            "apart": dict(self.apart),
            "splits": [split.to_dict() for split in self.splits],
            "people": self.people,
            "reason": self.reason or None,
        }


def schools_of(
    opinions: Opinions, rule: Rule, coding: Coding, *, judged: Floats | None = None, seed: int = 20261123
) -> Schools:
    """Return the schools among people by what they say of each criterion and, with `judged`, of each vignette.

    There are schools where several latent classes explain the answers better than one, none has less than 15 % of the
    people, and each is found again when people are drawn anew (mean Jaccard at least 0.75: Hennig 2007, CSDA 52:258).
    """
    codes = _codes(opinions, judged)
    there = (codes >= 0).sum(axis=1) * 2 > codes.shape[1]
    members = np.full(len(codes), -1, dtype=np.int64)
    if there.sum() < FEWEST_PEOPLE or codes.shape[1] < 2:
        return Schools(members=members, people=int(there.sum()), reason="too few people or criteria to tell schools")
    known = codes[there]
    fits = [latent_classes(known, k, seed=seed) for k in range(1, MOST_SCHOOLS + 1)]
    best = min(fits, key=lambda fit: fit.icl)
    candidates = tuple((fit.k, fit.icl) for fit in fits)
    reason, stability = _refused(known, best, seed)
    if reason:
        return Schools(members=members, candidates=candidates, people=int(there.sum()), reason=reason)
    members[there] = best.members
    return Schools(
        schools=tuple(_school(opinions, members == s, rule, coding, stability[s]) for s in range(best.k)),
        candidates=candidates,
        members=members,
        apart=_apart(opinions, members, best.k),
        people=int(there.sum()),
    )


def _codes(opinions: Opinions, judged: Floats | None) -> NDArray[np.int64]:
    """Return answers as codes: no, yes, equivocal; -1 for none."""
    columns = opinions.support if judged is None else np.column_stack([opinions.support, judged])
    codes = np.select([columns == 0, columns == 1, columns == 0.5], [0, 1, 2], default=-1)
    return np.asarray(codes, dtype=np.int64)


def _refused(codes: NDArray[np.int64], best: Classes, seed: int) -> tuple[str, list[float]]:
    """Return why the best classes are no schools (an empty text if they are), and how stable each is."""
    if best.k == 1:
        return "one group explains the answers best: people differ, but not in groups", []
    sizes = np.bincount(best.members, minlength=best.k)
    if sizes.min() < SMALLEST * len(codes):
        return "the best division has a group that is too small to be a school", []
    stability = _stability(codes, best, seed)
    if min(stability) < STABLE:
        return "the best division is not found again when people are drawn anew", []
    return "", stability


def _stability(codes: NDArray[np.int64], best: Classes, seed: int) -> list[float]:
    """Return the mean Jaccard index of each class with its match in classes of resampled people."""
    rng = np.random.default_rng(seed + 1)
    found = np.zeros((REPLICATES, best.k))
    for at in range(REPLICATES):
        drawn = rng.integers(0, len(codes), len(codes))
        again = latent_classes(codes[drawn], best.k, seed=seed + at, starts=3).members
        before = best.members[drawn]
        both = np.array([[((before == a) & (again == b)).sum() for b in range(best.k)] for a in range(best.k)])
        either = (
            (before[:, None] == np.arange(best.k)).sum(axis=0)[:, None] + np.bincount(again, minlength=best.k) - both
        )
        overlap = both / np.maximum(either, 1)
        rows, columns = linear_sum_assignment(-overlap)
        found[at, rows] = overlap[rows, columns]
    return [float(mean) for mean in found.mean(axis=0)]


def _school(opinions: Opinions, people: NDArray[np.bool_], rule: Rule, coding: Coding, stability: float) -> School:
    mine = opinions.only(people)
    derived = derive(mine.votes().sum(axis=0)[None], rule, coding)
    terms: list[int] = np.flatnonzero(derived.terms[0]).tolist()
    return School(
        size=int(people.sum()),
        stability=stability,
        shares=tuple(zip(opinions.criteria, np.nan_to_num(derived.weights[0]).tolist(), strict=True)),
        terms=tuple(opinions.criteria[k] for k in terms),
        fell_back=bool(derived.fell_back[0]),
        times=tuple((opinions.criteria[k], n) for k in terms if (n := _median(mine.times[k])) is not None),
    )


def _median(values: Floats | None) -> int | None:
    """Return the lower median of the numbers that people gave."""
    there = np.sort(values[np.isfinite(values)]) if values is not None else np.zeros(0)
    return int(there[(len(there) - 1) // 2]) if len(there) else None


def _apart(opinions: Opinions, members: NDArray[np.int64], k: int) -> tuple[tuple[str, float], ...]:
    """Return the criteria by how far apart the schools' mean support lies, the farthest first."""
    means = [np.nanmean(np.where(np.isfinite(s), s, np.nan), axis=0) if len(s) else None for s in
             (opinions.support[members == school] for school in range(k))]  # fmt: skip
    table = np.nan_to_num(np.array([m for m in means if m is not None]))
    spread = table.max(axis=0) - table.min(axis=0)
    order = np.argsort(-spread, kind="stable")
    return tuple((opinions.criteria[at], float(spread[at])) for at in order.tolist())


def splits_of(members: NDArray[np.int64], groups: Sequence[tuple[str, Sequence[str | None]]]) -> tuple[Split, ...]:
    """Return how schools are spread over groups, each a question with one answer a person (None: not known)."""
    from scipy.stats import chi2_contingency

    from consensus.agreement.multiplicity import adjust

    found = list[tuple[str, tuple[tuple[str, tuple[int, ...]], ...], float | None]]()
    schools = int(members.max(initial=-1)) + 1
    for question, given in groups:
        answers = sorted({g for g, m in zip(given, members, strict=True) if g is not None and m >= 0})
        rows = tuple((a, tuple(sum(1 for g, m in zip(given, members, strict=True) if g == a and m == s)
                               for s in range(schools))) for a in answers)  # fmt: skip
        table = np.array([row for _, row in rows])
        testable = len(rows) > 1 and schools > 1 and (table.sum(axis=0) > 0).all()
        found.append((question, rows, float(chi2_contingency(table, correction=False).pvalue) if testable else None))
    adjusted = adjust([p for _, _, p in found])
    return tuple(
        Split(question=q, counts=rows, p=p, adjusted=a, reason="" if p is not None else "there is nothing to compare")
        for (q, rows, p), a in zip(found, adjusted, strict=True)
    )

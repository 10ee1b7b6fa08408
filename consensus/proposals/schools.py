"""Schools of thought: groups of people who hold different definitions, or the finding that there are none."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    there, or a majority where it accepts none (`fell_back`); `times` the number of sessions of each that has one,
    `numbers` the others (criterion, unit, number). `held` is the share of drawn surveys whose matching group holds the
    same.
    """

    size: int
    stability: float
    shares: tuple[tuple[str, float], ...]
    terms: tuple[str, ...]
    fell_back: bool
    times: tuple[tuple[str, int], ...] = ()
    numbers: tuple[tuple[str, str, float], ...] = ()
    held: float = 0.0

    def to_dict(self) -> dict[str, object]:
        """Return the school as `propose --json` writes it."""
        return {
            "size": self.size,
            "stability": self.stability,
            "shares": dict(self.shares),
            "terms": list(self.terms),
            "fell_back": self.fell_back,
            "times": dict(self.times),
            "numbers": {f"{name}/{unit}": number for name, unit, number in self.numbers},
            "held": self.held,
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
    draws: int = 0
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
            "draws": self.draws or None,
            "reason": self.reason or None,
        }


def schools_of(
    opinions: Opinions, rule: Rule, coding: Coding, *, judged: Floats | None = None, seed: int = 20261123
) -> Schools:
    """Return the schools among people by what they say of each criterion and, with `judged`, of each vignette.

    There are schools where several latent classes explain the answers better than one, none has less than 15 % of the
    people, and each is found again in hospitals drawn anew (mean Jaccard at least 0.75: Hennig 2007, CSDA 52:258).
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
    if reason := _too_few(best, len(known)):
        return Schools(members=members, candidates=candidates, people=int(there.sum()), reason=reason)
    members[there] = best.members
    schools = tuple(_school(opinions, np.flatnonzero(members == s), rule, coding) for s in range(best.k))
    found, held = _again(opinions, np.flatnonzero(there), known, best, (schools, rule, coding), seed)
    if min(found) < STABLE:
        reason = "the best division is not found again when people are drawn anew"
        none = np.full(len(codes), -1, dtype=np.int64)
        return Schools(members=none, candidates=candidates, people=int(there.sum()), reason=reason)
    return Schools(
        schools=tuple(replace(one, stability=j, held=h) for one, j, h in zip(schools, found, held, strict=True)),
        candidates=candidates,
        members=members,
        apart=_apart(opinions, members, best.k),
        people=int(there.sum()),
        draws=REPLICATES,
    )


def _codes(opinions: Opinions, judged: Floats | None) -> NDArray[np.int64]:
    """Return answers as codes: no, yes, equivocal; -1 for none."""
    columns = opinions.support if judged is None else np.column_stack([opinions.support, judged])
    codes = np.select([columns == 0, columns == 1, columns == 0.5], [0, 1, 2], default=-1)
    return np.asarray(codes, dtype=np.int64)


def _too_few(best: Classes, people: int) -> str:
    """Return why the best classes are no schools before any is looked for again; an empty text if they may be."""
    if best.k == 1:
        return "one group explains the answers best: people differ, but not in groups"
    if np.bincount(best.members, minlength=best.k).min() < SMALLEST * people:
        return "the best division has a group that is too small to be a school"
    return ""


def _again(
    opinions: Opinions,
    there: NDArray[np.int64],
    codes: NDArray[np.int64],
    best: Classes,
    before: tuple[Sequence[School], Rule, Coding],
    seed: int,
) -> tuple[list[float], list[float]]:
    """Return for each class its mean Jaccard index over hospitals drawn anew, and how often its match holds the same.

    `there` are the rows of the people of `codes`.
    """
    schools, rule, coding = before
    rng = np.random.default_rng(seed + 1)
    hospitals = [
        np.flatnonzero(opinions.design.clusters[there] == c) for c in np.unique(opinions.design.clusters[there])
    ]
    found, held = np.zeros((REPLICATES, best.k)), np.zeros((REPLICATES, best.k))
    for at in range(REPLICATES):
        drawn = np.concatenate([hospitals[c] for c in rng.integers(0, len(hospitals), len(hospitals))])
        again = latent_classes(codes[drawn], best.k, seed=seed + at, starts=3).members
        own = best.members[drawn]
        both = np.array([[((own == a) & (again == b)).sum() for b in range(best.k)] for a in range(best.k)])
        either = (own[:, None] == np.arange(best.k)).sum(axis=0)[:, None] + np.bincount(again, minlength=best.k) - both
        overlap = both / np.maximum(either, 1)
        rows, columns = linear_sum_assignment(-overlap)
        found[at, rows] = overlap[rows, columns]
        for a, b in zip(rows, columns, strict=True):
            other = _school(opinions, there[drawn[again == b]], rule, coding)
            held[at, a] = _holds(other) == _holds(schools[a])
    return found.mean(axis=0).tolist(), held.mean(axis=0).tolist()


def _holds(school: School) -> tuple[object, ...]:
    return school.terms, school.times, school.numbers


def _school(opinions: Opinions, people: NDArray[np.int64], rule: Rule, coding: Coding) -> School:
    """Return what some people hold; `people` are rows, one that was drawn twice stands twice."""
    derived = derive(opinions.sides_of(people)[None], rule, coding)
    terms: list[int] = np.flatnonzero(derived.terms[0]).tolist()
    times = {k: t[people] for k, t in enumerate(opinions.times) if t is not None}
    return School(
        size=len(people),
        stability=0.0,
        shares=tuple(zip(opinions.criteria, np.nan_to_num(derived.weights[0]).tolist(), strict=True)),
        terms=tuple(opinions.criteria[k] for k in terms),
        fell_back=bool(derived.fell_back[0]),
        times=tuple((opinions.criteria[k], n) for k in terms if (n := _median(times.get(k))) is not None),
        numbers=tuple(
            (opinions.criteria[given.criterion], given.unit, number)
            for given in opinions.numbers
            if given.criterion in terms and np.isfinite(number := given.of(people))
        ),
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

"""The space of definitions held against one survey: the front, and the one that gives most of what people said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.atlas import MOST_CRITERIA, atlas, smallest_sets
from consensus.proposals.evidence import Evidence, Fit, Shown, fit_of, no_courses
from consensus.proposals.front import aims_of, front
from consensus.proposals.search import MOST_SEARCHED, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.proposals.candidates import Candidate
    from consensus.proposals.opinions import Opinions
    from consensus.proposals.vignettes import Vignettes

    Floats = NDArray[np.float64]

SHOWN_FRONT = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """One definition of the space: its fewest points, what suffices, and how well it agrees; None where not known.

    `given` is the share of all statements (stated answers and verdicts on vignettes) that it gives; the others are as
    in `Fit`. `name` says which proposal it is, empty for none.
    """

    points: tuple[int, ...]
    cut_off: int
    sufficient: tuple[tuple[str, ...], ...]
    given: float | None
    respondents: float | None
    answers: float | None
    judgements: float | None
    majorities: float | None
    sensitivity: float | None
    specificity: float | None
    met: float | None
    unknown: float | None
    name: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the definition as `propose --json` writes it."""
        found: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        return found | {"points": list(self.points), "sufficient": [list(names) for names in self.sufficient]}


@dataclass(frozen=True, kw_only=True, slots=True)
class AtlasReading:
    """All definitions over `criteria` held against a survey: `definitions` of them, the constant ones left out.

    `proved` tells that they are all there are; else they are what a search from `starts` starts looked at. `front` are
    those that no other beats, `best` the one that gives most of what people said, with the fewest points, None where to
    say never, or always, gives as much; `proposals` places the proposals among them. `clouds` counts all definitions by
    their points and the share they give, in whole percents; `best_by_points` is the largest share of each sum of
    points. `reason` says why there is nothing.
    """

    criteria: tuple[str, ...] = ()
    definitions: int = 0
    proved: bool = False
    starts: int = 0
    aims: tuple[str, ...] = ()
    front: tuple[Placed, ...] = ()
    best: Placed | None = None
    proposals: tuple[Placed, ...] = ()
    clouds: tuple[tuple[int, int, int], ...] = ()
    best_by_points: tuple[tuple[int, float], ...] = ()
    reason: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the reading as `propose --json` writes it."""
        return {
            "criteria": list(self.criteria),
            "criteria_count": len(self.criteria),
            "definitions": self.definitions,
            "proved": self.proved,
            "starts": self.starts or None,
            "aims": list(self.aims),
            "front": [one.to_dict() for one in self.front],
            "best": None if self.best is None else self.best.to_dict(),
            "proposals": [one.to_dict() for one in self.proposals],
            "best_by_points": [{"points": points, "given": given} for points, given in self.best_by_points],
            "reason": self.reason or None,
        }


def evidence_of(
    candidates: Sequence[Candidate],
    opinions: Opinions | None,
    vignettes: Vignettes | None = None,
    cohort: Shown | None = None,
    reference: Floats | None = None,
) -> Evidence:
    """Return what definitions are held against; without opinions, printed counts answer question by question."""
    found = Evidence(
        stated=opinions.stated if opinions is not None else _alone(candidates),
        cohort=cohort if cohort is not None else no_courses(),
        reference=reference if reference is not None else np.zeros(0),
    )
    if vignettes is None:
        return found
    return replace(found, judged=vignettes.verdicts, vignettes=vignettes.shown)


def read_atlas(
    evidence: Evidence,
    criteria: Sequence[str],
    named: Sequence[tuple[str, NDArray[np.bool_]]] = (),
    *,
    joint: bool = True,
    seed: int = 20261123,
) -> AtlasReading:
    """Return the space of definitions over `criteria` against the evidence; `named` are truth tables of proposals.

    Up to six criteria it is whole and the front a proof; up to fourteen it is searched. Without `joint` the answers of
    one person are not known together, so nobody can be matched as a whole.
    """
    k = len(criteria)
    if not 1 <= k <= MOST_SEARCHED:
        many = f"there are more than {MOST_SEARCHED} criteria" if k else "no criterion has a finding and a figure"
        return AtlasReading(criteria=tuple(criteria), reason=many)
    space = atlas(k) if k <= MOST_CRITERIA else search(evidence, seed=seed)
    varying = np.asarray(space.tables.any(axis=1) & ~space.tables.all(axis=1))
    fit = fit_of(space.tables, evidence)
    if not joint:
        fit = replace(fit, respondents=np.full(len(fit.respondents), np.nan))
    given = given_share(fit, evidence)
    best = _first_best(given, space.totals, varying)
    on = front(fit, space.totals, varying)[:SHOWN_FRONT]

    def placed(at: int, name: str = "") -> Placed:
        return _placed(criteria, space.points[at], int(space.cut_offs[at]), space.tables[at], fit, given, at, name)

    places = [(name, _find(space.tables, table)) for name, table in named]
    return AtlasReading(
        criteria=tuple(criteria),
        definitions=int(varying.sum()),
        proved=k <= MOST_CRITERIA,
        starts=getattr(space, "starts", 0),
        aims=aims_of(fit),
        front=tuple(placed(at) for at in on.tolist()),
        best=placed(best) if best is not None else None,
        proposals=tuple(placed(at, name) for name, at in places if at is not None),
        clouds=_clouds(given, space.totals, varying),
        best_by_points=_best_by_points(given, space.totals, varying),
    )


def given_share(fit: Fit, evidence: Evidence) -> Floats:
    """Return the share of all statements that each definition gives: stated answers and verdicts on told vignettes."""
    answers = int(np.isfinite(evidence.stated).sum())
    told = evidence.vignettes.known
    verdicts = int(np.isfinite(evidence.judged[:, told]).sum()) if told.any() else 0
    if not answers + verdicts:
        return np.full(len(fit.answers), np.nan)
    parts = np.nan_to_num(fit.answers) * answers + np.nan_to_num(fit.judgements) * verdicts
    return np.asarray(parts / (answers + verdicts))


def _alone(candidates: Sequence[Candidate]) -> Floats:
    """Return one row a printed vote, which says something of one criterion only."""
    rows = []
    for k, candidate in enumerate(candidates):
        yes, _, no, _ = candidate.sides()
        table = np.full((yes + no, len(candidates)), np.nan)
        table[:, k] = np.repeat([1.0, 0.0], [yes, no])
        rows.append(table)
    return np.concatenate(rows) if rows else np.zeros((0, 0))


def _first_best(given: Floats, totals: NDArray[np.int64], varying: NDArray[np.bool_]) -> int | None:
    """Return the definition that gives most with the fewest points; None where "never" or "always" gives as much."""
    if not np.isfinite(given).any():
        return None
    best = int(np.lexsort((totals, -np.round(given, 12)))[0])
    return best if varying[best] else None


def _find(tables: NDArray[np.bool_], table: NDArray[np.bool_]) -> int | None:
    at = np.flatnonzero((tables == table[None, :]).all(axis=1))
    return int(at[0]) if len(at) else None


def _placed(
    criteria: Sequence[str],
    points: NDArray[np.int64],
    cut_off: int,
    table: NDArray[np.bool_],
    fit: Fit,
    given: Floats,
    at: int,
    name: str,
) -> Placed:
    def told(values: Floats) -> float | None:
        return float(values[at]) if np.isfinite(values[at]) else None

    return Placed(
        points=tuple(points.tolist()),
        cut_off=cut_off,
        sufficient=tuple(tuple(criteria[k] for k in names) for names in smallest_sets(table)),
        given=told(given),
        respondents=told(fit.respondents),
        answers=told(fit.answers),
        judgements=told(fit.judgements),
        majorities=told(fit.majorities),
        sensitivity=told(fit.sensitivity),
        specificity=told(fit.specificity),
        met=told(fit.met),
        unknown=told(fit.unknown),
        name=name,
    )


def _best_by_points(
    given: Floats, totals: NDArray[np.int64], varying: NDArray[np.bool_]
) -> tuple[tuple[int, float], ...]:
    """Return the largest share that definitions of each sum of points give."""
    there = varying & np.isfinite(given)
    sums = np.unique(totals[there]).tolist()
    return tuple((points, float(given[there & (totals == points)].max())) for points in sums)


def _clouds(given: Floats, totals: NDArray[np.int64], varying: NDArray[np.bool_]) -> tuple[tuple[int, int, int], ...]:
    """Return how many definitions have so many points in all and give so many percent: (points, percent, count)."""
    there = varying & np.isfinite(given)
    many = np.bincount(totals[there] * 101 + np.rint(given[there] * 100).astype(np.int64))
    return tuple((at // 101, at % 101, int(many[at])) for at in np.flatnonzero(many).tolist())

"""Weights by name: from votes, ratings or rankings, each with the cut-off and the fewest points that follow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.tally import COUNTED
from consensus.proposals.atlas import smallest_sets
from consensus.proposals.derivation import OF_VOTES, SCHEMES, Scheme, weights_of
from consensus.proposals.integer_points import IntegerPoints, fewest_points_of
from consensus.proposals.rankings import borda, plackett_luce
from consensus.proposals.tables import MOST_TOLD, exact, table_of
from consensus.proposals.weights import passing
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from questionnaires.scales import steps_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.estimate import Coding
    from consensus.proposals.candidates import Candidate
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighting:
    """The weighted definition by one scheme, or the `reason` why it can't be had.

    `weights` are pairs of a criterion and its weight, the heaviest first; criteria that the scheme knows nothing of are
    in `unknown`. The cut-off is the lightest weight of a criterion that a simple majority supports; `points` are the
    fewest whole ones that classify alike, in the order of `weights`; `sufficient` the smallest sets that suffice.
    """

    scheme: Scheme
    weights: tuple[tuple[str, Fraction], ...] = ()
    cut_off: Fraction | None = None
    points: IntegerPoints | None = None
    sufficient: tuple[tuple[str, ...], ...] = ()
    unknown: tuple[str, ...] = ()
    n: int | None = None
    reason: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the scheme as `propose --json` writes it."""
        whole = () if self.points is None else self.points.points
        return {
            "scheme": self.scheme,
            "weights": {name: float(weight) for name, weight in self.weights},
            "cut_off": None if self.cut_off is None else float(self.cut_off),
            "points": dict(zip((name for name, _ in self.weights), whole, strict=False)),
            "points_cut_off": None if self.points is None else self.points.cut_off,
            "sufficient": [list(names) for names in self.sufficient],
            "unknown": list(self.unknown),
            "n": self.n,
            "reason": self.reason or None,
        }


def check_scheme(scheme: str) -> Scheme:
    """Return the scheme of that name; ConsensusError names the ones that there are."""
    if scheme in SCHEMES:
        return scheme
    hint = did_you_mean(scheme, SCHEMES)
    raise ConsensusError(f'weighting: "{scheme}" is no scheme. Expected {one_of(SCHEMES)}. {hint}'.rstrip())


def weightings(
    candidates: Sequence[Candidate], coding: Coding, answers: Responses | None = None
) -> tuple[Weighting, ...]:
    """Return the weighted definition by each scheme; ratings and rankings need respondents' answers."""
    return tuple(weighting(scheme, candidates, coding, answers) for scheme in SCHEMES)


def weighting(
    scheme: Scheme, candidates: Sequence[Candidate], coding: Coding, answers: Responses | None = None
) -> Weighting:
    """Return the weighted definition by one scheme."""
    if scheme in OF_VOTES:
        sides = np.array([c.sides() for c in candidates], dtype=float).reshape(-1, 4)
        return _weighted(scheme, candidates, coding, weights_of(scheme, sides, coding), None)
    if answers is None:
        what = "ratings" if scheme == "ratings" else "rankings"
        return Weighting(scheme=scheme, reason=f"the {what} of respondents are not known")
    worth, n, reason = _rated(candidates, answers) if scheme == "ratings" else _ranked(scheme, candidates, answers)
    return _weighted(scheme, candidates, coding, worth, n) if not reason else Weighting(scheme=scheme, reason=reason)


def _weighted(
    scheme: Scheme, candidates: Sequence[Candidate], coding: Coding, worth: Floats, n: int | None
) -> Weighting:
    known = [(c, exact(float(w))) for c, w in zip(candidates, worth, strict=True) if np.isfinite(w)]
    known.sort(key=lambda pair: -pair[1])
    pairs = tuple((c.id, weight) for c, weight in known)
    unknown = tuple(c.id for c, w in zip(candidates, worth, strict=True) if not np.isfinite(w))
    majority = {c.id for c in passing(candidates, coding)}
    cut_off = min((weight for name, weight in pairs if name in majority and weight > 0), default=None)
    if cut_off is None or len(pairs) > MOST_TOLD:
        reason = "no criterion that it weighs has a majority" if cut_off is None else "there are too many criteria"
        return Weighting(scheme=scheme, weights=pairs, unknown=unknown, n=n, reason=reason)
    table = table_of([weight for _, weight in pairs], cut_off)
    return Weighting(
        scheme=scheme,
        weights=pairs,
        cut_off=cut_off,
        points=fewest_points_of(table),
        sufficient=tuple(tuple(pairs[k][0] for k in names) for names in smallest_sets(table)),
        unknown=unknown,
        n=n,
    )


def _rated(candidates: Sequence[Candidate], answers: Responses) -> tuple[Floats, int | None, str]:
    """Return the mean rating of each candidate as a share of its scale."""
    found = np.full(len(candidates), np.nan)
    n = 0
    for at, candidate in enumerate(candidates):
        question = next((q for q in answers.instrument.questions_of("rating") if q.criterion == candidate.id), None)
        given = _ratings(answers, question) if question is not None else np.zeros(0)
        if len(given):
            found[at], n = float(given.mean()), max(n, len(given))
    return found, n, "" if n else "no criterion was rated"


def _ratings(answers: Responses, question: Question) -> Floats:
    scores = {c.name: c.score for c in question.choices if c.score is not None}
    ends = [float(step) for step in steps_of(question)] if question.type == "range" else list(scores.values())
    counted = answers.kinds[question.name].isin(sorted(COUNTED)).to_numpy(dtype=bool)
    values = [scores.get(v) if isinstance(v, str) else v for v in answers.values[question.name][counted]]
    given = np.array([float(v) for v in values if isinstance(v, int | float)])
    if len(ends) < 2 or max(ends) == min(ends):
        return np.zeros(0)
    return np.asarray((given - min(ends)) / (max(ends) - min(ends)))


def rankings_of(answers: Responses, question: Question) -> list[list[int]]:
    """Return the rankings that respondents gave, best first, as places of the question's options."""
    places = {choice.name: at for at, choice in enumerate(question.choices)}
    counted = answers.kinds[question.name].isin(sorted(COUNTED)).to_numpy(dtype=bool)
    given = answers.values[question.name][counted]
    return [[places[o] for o in order if o in places] for order in given if isinstance(order, tuple)]


def _ranked(scheme: Scheme, candidates: Sequence[Candidate], answers: Responses) -> tuple[Floats, int | None, str]:
    """Return the weights of the candidates that are options of the first ranking question, by name."""
    found = np.full(len(candidates), np.nan)
    asked = answers.instrument.questions_of("ranking")
    if not asked:
        return found, None, "no question asks for a ranking"
    options = [choice.name for choice in asked[0].choices]
    rankings = [order for order in rankings_of(answers, asked[0]) if order]
    if not rankings:
        return found, None, "nobody ranked anything"
    if scheme == "borda":
        worth = np.nanmean(borda(rankings, len(options)), axis=0) / max(len(options) - 1, 1)
    else:
        fitted = plackett_luce(rankings, len(options))
        if fitted.reason is not None:
            return found, len(rankings), fitted.reason
        worth = np.array(fitted.shares)
    known = {c.id for c in candidates}
    places = {name: at for at, name in enumerate(options) if name in known}
    if not places:
        return found, len(rankings), "no option of the ranking has the name of a criterion"
    return np.array([worth[places[c.id]] if c.id in places else np.nan for c in candidates]), len(rankings), ""

"""Weights by name: from votes, ratings or rankings, each with the cut-off and the fewest points that follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.tally import COUNTED
from consensus.proposals.atlas import smallest_sets
from consensus.proposals.derivation import OF_VOTES, SCHEMES, Scheme, weights_of
from consensus.proposals.integer_points import IntegerPoints, fewest_points_of
from consensus.proposals.ranked_options import option_of
from consensus.proposals.rankings import borda, plackett_luce
from consensus.proposals.tables import MOST_TOLD, exact, table_of
from consensus.proposals.uncertainty import Interval
from consensus.proposals.weights import passing
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from questionnaires.scales import steps_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.estimate import Coding
    from consensus.proposals.candidates import Candidate
    from questionnaires.instrument import Instrument, Question
    from questionnaires.responses import Responses

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighting:
    """The weighted definition by one scheme, or the `reason` why it can't be had.

    `weights` are pairs of a criterion and its weight, the heaviest first; criteria that the scheme knows nothing of are
    in `unknown`. The cut-off is the lightest weight of a criterion that a simple majority supports; `points` are the
    fewest whole ones that classify alike, in the order of `weights`; `sufficient` the smallest sets that suffice.
    `through` are pairs of a criterion and the option of another name that stands for it in a ranking.
    `limits` are 95 % limits of the weights over resampled surveys, in their order; None for one that has none.
    """

    scheme: Scheme
    weights: tuple[tuple[str, Fraction], ...] = ()
    cut_off: Fraction | None = None
    points: IntegerPoints | None = None
    sufficient: tuple[tuple[str, ...], ...] = ()
    unknown: tuple[str, ...] = ()
    n: int | None = None
    reason: str = ""
    limits: tuple[Interval | None, ...] = ()
    through: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the scheme as `propose --json` writes it."""
        whole = () if self.points is None else self.points.points
        return {
            "scheme": self.scheme,
            "weights": {name: float(weight) for name, weight in self.weights},
            "limits": {name: list(ends) for (name, _), ends in zip(self.weights, self.limits, strict=False) if ends},
            "cut_off": None if self.cut_off is None else float(self.cut_off),
            "points": dict(zip((name for name, _ in self.weights), whole, strict=False)),
            "points_cut_off": None if self.points is None else self.points.cut_off,
            "sufficient": [list(names) for names in self.sufficient],
            "unknown": list(self.unknown),
            "through": dict(self.through),
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
    if reason:
        return Weighting(scheme=scheme, reason=reason)
    through = () if scheme == "ratings" else _through(answers.instrument, candidates)
    return replace(_weighted(scheme, candidates, coding, worth, n), through=through)


def _through(instrument: Instrument, candidates: Sequence[Candidate]) -> tuple[tuple[str, str], ...]:
    options = instrument.questions_of("ranking")[0].choices
    pairs = zip(candidates, places_of(instrument, candidates), strict=True)
    return tuple((c.id, options[at].name) for c, at in pairs if at is not None and options[at].name != c.id)


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
        question = rating_question(answers, candidate)
        given = ratings_by(answers, question) if question is not None else np.zeros(0)
        given = given[np.isfinite(given)]
        if len(given):
            found[at], n = float(given.mean()), max(n, len(given))
    return found, n, "" if n else "no criterion was rated"


def rating_question(answers: Responses, candidate: Candidate) -> Question | None:
    """Return the first question that asks for a rating of a criterion, None without one."""
    return next((q for q in answers.instrument.questions_of("rating") if q.criterion == candidate.id), None)


def ratings_by(answers: Responses, question: Question) -> Floats:
    """Return each respondent's rating as a share of the scale, NaN for none and for a scale without a width."""
    scores = {c.name: c.score for c in question.choices if c.score is not None}
    ends = [float(step) for step in steps_of(question)] if question.type == "range" else list(scores.values())
    counted = answers.kinds[question.name].isin(sorted(COUNTED)).to_numpy(dtype=bool)
    values = [scores.get(v) if isinstance(v, str) else v for v in answers.values[question.name]]
    given = np.array([float(v) if isinstance(v, int | float) else np.nan for v in values], dtype=float)
    if len(ends) < 2 or max(ends) == min(ends):
        return np.full(len(given), np.nan)
    return np.asarray(np.where(counted, (given - min(ends)) / (max(ends) - min(ends)), np.nan))


def rankings_of(answers: Responses, question: Question) -> list[list[int]]:
    """Return the rankings that respondents gave, best first, as places of the question's options."""
    return [order for order in ranked_by(answers, question) if order]


def ranked_by(answers: Responses, question: Question) -> list[list[int]]:
    """Return each respondent's ranking, best first, as places of the question's options; empty for none."""
    places = {choice.name: at for at, choice in enumerate(question.choices)}
    counted = answers.kinds[question.name].isin(sorted(COUNTED)).to_numpy(dtype=bool)
    given = zip(answers.values[question.name], counted, strict=True)
    return [[places[o] for o in order if o in places] if c and isinstance(order, tuple) else [] for order, c in given]


def places_of(instrument: Instrument, candidates: Sequence[Candidate]) -> tuple[int | None, ...]:
    """Return for each candidate its option in the first ranking question, None where it has none."""
    asked = instrument.questions_of("ranking")
    return tuple(option_of(c.criterion, asked[0].choices) if asked else None for c in candidates)


def _ranked(scheme: Scheme, candidates: Sequence[Candidate], answers: Responses) -> tuple[Floats, int | None, str]:
    """Return the weights of the candidates that options of the first ranking question stand for."""
    found = np.full(len(candidates), np.nan)
    asked = answers.instrument.questions_of("ranking")
    if not asked:
        return found, None, "no question asks for a ranking"
    items, rankings = len(asked[0].choices), rankings_of(answers, asked[0])
    if not rankings:
        return found, None, "nobody ranked anything"
    if scheme == "borda":
        worth = np.nanmean(borda(rankings, items), axis=0) / max(items - 1, 1)
    else:
        fitted = plackett_luce(rankings, items)
        if fitted.reason is not None:
            return found, len(rankings), fitted.reason
        worth = np.array(fitted.shares)
    places = places_of(answers.instrument, candidates)
    if all(place is None for place in places):
        return found, len(rankings), "no option of the ranking stands for a criterion"
    return np.array([np.nan if place is None else worth[place] for place in places]), len(rankings), ""

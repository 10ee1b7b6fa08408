"""What those who did not answer could change in a survey: response rates, bounds, the late beside the early."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from consensus.agreement.design_intervals import kish_effect
from consensus.agreement.estimate import Estimate
from consensus.agreement.indicators import endorsed, in_base
from consensus.agreement.nonresponse import early_and_late, response_rate, tipping_rate, worst_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.design import Design
    from consensus.agreement.nonresponse import WorstCase
    from consensus.agreement.support import Votes
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

PLAUSIBLE_RATES = (0.9, 0.7, 0.5)
FRAME = "A high response rate tells nothing of who was on the list of those invited."
FEW = 10  # people in a wave


@dataclass(frozen=True, kw_only=True, slots=True)
class SilentBounds:
    """What the share of full support for a criterion could be among all invited, if nobody or all others said yes.

    `at_rates` are bounds at assumed response rates, where the number invited is not known or beside it. `needed` is the
    response rate from which on a share at or above the threshold would stay there whatever the others would have said;
    None where it is below.
    """

    question: str
    criterion: str
    yes: int
    answered: int
    worst: WorstCase
    at_rates: tuple[tuple[float, float, float], ...] = ()
    needed: Fraction | None = None
    late_less_early: Estimate | None = None
    items_missing: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """Who did not answer: rates by definition (pairs of a name and an estimate), and what each criterion could be.

    `waves` are the sizes of the early and the late half, None where no times are known. `weight_effect` is Kish's
    design effect of weights fitted to known margins.
    """

    invited: int | None
    answered: int
    rates: tuple[tuple[str, Estimate], ...] = ()
    bounds: tuple[SilentBounds, ...] = ()
    waves: tuple[int, int] | None = None
    weight_effect: float | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the key `nonresponse` of `agree --json`."""
        return {
            "invited": self.invited,
            "answered": self.answered,
            "rates": [_rate(name, e) for name, e in self.rates],
            "waves": None if self.waves is None else {"early": self.waves[0], "late": self.waves[1]},
            "weight_effect": self.weight_effect,
            "bounds": [_bounds(b) for b in self.bounds],
            "reason": self.reason,
        }


def silence(
    invited: int | None,
    answered: int,
    votes: Sequence[tuple[Question, Votes]],
    threshold: Fraction | None,
    *,
    answers: Responses | None = None,
    design: Design | None = None,
    level: float = 0.95,
) -> Silence:
    """Return what nonresponse could change, by the votes on each criterion.

    With single answers, rates tell complete from partial ones, and early answers are set beside late ones. Where more
    answered than were invited, `reason` says so.
    """
    known = invited if invited is not None and invited >= answered else None
    reason = (
        None if invited is None or known is not None else f"{answered} answered of {invited} invited, which can't be"
    )
    waves = None if answers is None else _waves(answers)
    bounds = tuple(_of_question(q, v, known, threshold, answers, waves, level) for q, v in votes)
    weighted = design is not None and design.adjustment is not None
    return Silence(
        invited=known,
        answered=answered,
        rates=_rates(answered, invited, answers, level),
        bounds=bounds,
        waves=None if waves is None else (int((~waves[0]).sum()), int(waves[0].sum())),
        weight_effect=kish_effect(design.weights) if weighted and design is not None else None,
        reason=reason,
    )


def at_rate(share: float, rate: float) -> tuple[float, float]:
    """Return the bounds of a share at an assumed response rate: all others no, or all others yes."""
    return share * rate, share * rate + 1 - rate


def _rates(
    answered: int, invited: int | None, answers: Responses | None, level: float
) -> tuple[tuple[str, Estimate], ...]:
    """Return response rates by AAPOR's definitions (recalled): RR1 counts complete answers, RR2 partial ones too."""
    if invited is not None and invited < answered:
        impossible = Estimate(reason="more answered than were invited", level=level, n=invited, base="invited")
        return (("RR2", impossible),)
    rates = [("RR2", response_rate(answered, invited, level=level))]
    if answers is not None:
        rates.insert(0, ("RR1", response_rate(_complete(answers), invited, level=level)))
    return tuple(rates)


def _complete(answers: Responses) -> int:
    """Return how many people answered every closed question with a role that they were asked."""
    questions = [q for q in answers.instrument.questions if q.role is not None and q.closed]
    gaps = [in_base(answers, q, "asked") & ~in_base(answers, q, "answered") for q in questions]
    return len(answers.values) if not gaps else int((~np.any(gaps, axis=0)).sum())


def _waves(answers: Responses) -> tuple[NDArray[np.bool_], NDArray[np.bool_]] | None:
    """Return who answered in the later half of those with a time, and who has a time; None without enough of them."""
    times = answers.records["submitted"].fillna(answers.records["started"])
    known = np.asarray(times.notna(), dtype=bool)
    if int(known.sum()) < 2 * FEW or times[known].nunique() < 2:
        return None
    middle = times[known].sort_values().iloc[int(known.sum()) // 2]
    late = np.asarray((times >= middle) & pd.Series(known, index=times.index), dtype=bool)
    return late, known


def _of_question(
    question: Question,
    votes: Votes,
    invited: int | None,
    threshold: Fraction | None,
    answers: Responses | None,
    waves: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None,
    level: float,
) -> SilentBounds:
    yes, n = votes.yes, votes.answered
    worst = _worst(yes, n, invited, question)
    rates = () if n == 0 else tuple((rate, *at_rate(yes / n, rate)) for rate in PLAUSIBLE_RATES)
    missing = 0
    if answers is not None:
        missing = int((in_base(answers, question, "asked") & ~in_base(answers, question)).sum())
    return SilentBounds(
        question=question.name,
        criterion=question.criterion or question.name,
        yes=yes,
        answered=n,
        worst=worst,
        at_rates=rates,
        needed=None if threshold is None else tipping_rate(yes, n, threshold),
        late_less_early=_late(answers, question, waves, level),
        items_missing=missing,
    )


def _worst(yes: int, answered: int, invited: int | None, question: Question) -> WorstCase:
    from consensus.agreement.nonresponse import WorstCase

    if invited is None:
        return WorstCase(reason="the number of people invited is not known", answered=answered)
    if question.relevant:
        reason = "not everybody was to be asked, so bounds among all invited say nothing"
        return WorstCase(reason=reason, answered=answered, invited=invited)
    return worst_case(yes, answered, invited)


def _late(
    answers: Responses | None,
    question: Question,
    waves: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None,
    level: float,
) -> Estimate | None:
    if answers is None or waves is None:
        return None
    late, known = waves
    given = endorsed(answers, question)
    full, there = given == 1.0, np.isfinite(given) & known
    early = (int((full & there & ~late).sum()), int((there & ~late).sum()))
    after = (int((full & there & late).sum()), int((there & late).sum()))
    return early_and_late(early, after, level=level)


def _rate(name: str, e: Estimate) -> dict[str, object]:
    shown: dict[str, object] = {
        "definition": name,
        "value": e.value,
        "low": e.low,
        "high": e.high,
        "n": e.n,
        "base": e.base,
    }
    return shown | {"standing": "recalled", "reason": e.reason}


def _bounds(b: SilentBounds) -> dict[str, object]:
    late = b.late_less_early
    return {
        "criterion": b.criterion,
        "question": b.question,
        "count": b.yes,
        "n": b.answered,
        "low": b.worst.low,
        "high": b.worst.high,
        "reason": b.worst.reason,
        "at_response_rate": [{"rate": rate, "low": low, "high": high} for rate, low, high in b.at_rates],
        "response_rate_needed": None if b.needed is None else float(b.needed),
        "late_less_early": None if late is None else {"value": late.value, "low": late.low, "high": late.high},
        "items_missing": b.items_missing,
    }

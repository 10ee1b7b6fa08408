"""What each respondent holds of each candidate, as arrays, and summed up by hospital for resampling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.design import design_of
from consensus.agreement.tally import ANSWERED, COUNTED
from consensus.proposals.forms import RISE, TIMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.design import Design
    from consensus.proposals.candidates import Candidate
    from questionnaires.instrument import Instrument, Question
    from questionnaires.responses import Responses

    Floats = NDArray[np.float64]

SIDES = ("yes", "equivocal", "no", "opted_out")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Given:
    """Another number of a criterion than that of sessions: who gave which (NaN for none), and who answered at all."""

    criterion: int
    unit: str
    values: Floats
    answered: NDArray[np.bool_]

    def of(self, people: NDArray[np.int64]) -> float:
        """Return the number that some people (rows, repeated ones count again) agree on, NaN where most gave none."""
        there = np.sort(self.values[people][np.isfinite(self.values[people])])
        if 2 * len(there) <= self.answered[people].sum():
            return float("nan")
        number = float(there[(len(there) - 1) // 2])
        return float("nan") if self.unit == RISE and number <= 0 else number


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Opinions:
    """What people hold of some criteria, in their order.

    `support` (people x criteria) is 1, 0.5, 0, or NaN for no answer and for opting out; `answered` tells the two apart.
    `times` holds for each criterion the number of sessions that each person gave it, or None where no question asks for
    one; `numbers` the others that are in their terms.
    """

    criteria: tuple[str, ...]
    support: Floats
    answered: NDArray[np.bool_]
    times: tuple[Floats | None, ...]
    design: Design
    numbers: tuple[Given, ...] = ()

    def __repr__(self) -> str:
        return f"Opinions({len(self.support)} people on {len(self.criteria)} criteria)"

    @property
    def stated(self) -> Floats:
        """What each says of a criterion alone: 1 it suffices, 0 it does not, NaN neither."""
        return np.where(self.support == 0.5, np.nan, self.support)

    @property
    def strata(self) -> NDArray[np.int64] | None:
        """The stratum of each cluster, None where there is one stratum."""
        if len(self.design.stratum_names) < 2:
            return None
        found = np.zeros(self.design.cluster_count, dtype=np.int64)
        found[self.design.clusters] = self.design.strata
        return found

    def votes(self) -> Floats:
        """Return how many people are on each side (clusters x criteria x `SIDES`); each counts once, as in verdicts."""
        return np.stack([_summed(side.astype(float), self.design) for side in self._sides()], axis=2)

    def sides_of(self, people: NDArray[np.int64]) -> Floats:
        """Return how many of some people (rows, repeated ones count again) are on each side (criteria x `SIDES`)."""
        return np.stack([side[people].sum(axis=0) for side in self._sides()], axis=1).astype(float)

    def _sides(self) -> tuple[NDArray[np.bool_], ...]:
        opted_out = self.answered & np.isnan(self.support)
        return self.support == 1, self.support == 0.5, self.support == 0, opted_out


def opinions_of(answers: Responses, candidates: Sequence[Candidate], design: Design | None = None) -> Opinions:
    """Return what the respondents hold of the candidates.

    Where `design` puts nobody together (or is None), hospitals are those of the instrument's question of role
    `cluster`.
    """
    instrument = answers.instrument
    votes = [_support(answers, c.question) for c in candidates]
    n = len(answers.values)
    return Opinions(
        criteria=tuple(c.id for c in candidates),
        support=np.column_stack([v for v, _ in votes]) if votes else np.zeros((n, 0)),
        answered=np.column_stack([a for _, a in votes]) if votes else np.zeros((n, 0), dtype=bool),
        times=tuple(_times(answers, c.criterion.parameter) for c in candidates),
        design=design if design is not None and design.clustered else clusters_of(answers, instrument),
        numbers=tuple(
            Given(criterion=k, unit=n.unit, values=values, answered=who_answered(answers, question))
            for k, c in enumerate(candidates)
            for n in c.numbers
            if n.unit != TIMES
            for question in (instrument.question(n.question),)
            for values in (numbers_given(answers, question),)
        ),
    )


def clusters_of(answers: Responses, instrument: Instrument) -> Design:
    """Return the design in which people of one hospital (the question of role `cluster`) come together."""
    asked = instrument.questions_of("cluster")
    given = list(answers.values[asked[0].name]) if asked else None
    return design_of(len(answers.values), clusters=given)


def choices_as(answers: Responses, question: Question, worth: dict[str, float]) -> Floats:
    """Return what the options of a closed question stand for, one number a respondent, NaN for everything else."""
    counted = answers.kinds[question.name].isin(sorted(COUNTED)).to_numpy(dtype=bool)
    given = [worth.get(value, np.nan) if isinstance(value, str) else np.nan for value in answers.values[question.name]]
    return np.where(counted, np.array(given, dtype=float), np.nan)


def endorsements(question: Question) -> dict[str, float]:
    """Return how far each option supports the criterion, without those that take no side."""
    worth = {choice.name: question.endorsement(choice) for choice in question.choices}
    return {name: value for name, value in worth.items() if value is not None}


def _support(answers: Responses, question: Question) -> tuple[Floats, NDArray[np.bool_]]:
    return choices_as(answers, question, endorsements(question)), who_answered(answers, question)


def who_answered(answers: Responses, question: Question) -> NDArray[np.bool_]:
    """Return which respondents answered a question, opting out included."""
    return answers.kinds[question.name].isin(sorted(ANSWERED)).to_numpy(dtype=bool)


def _times(answers: Responses, name: str | None) -> Floats | None:
    question = next((q for q in answers.instrument.questions if q.name == name), None)
    return None if question is None or question.parameter not in (None, TIMES) else numbers_given(answers, question)


def numbers_given(answers: Responses, question: Question) -> Floats:
    """Return the number that each respondent gave to a question, NaN for none."""
    if question.closed:
        return choices_as(answers, question, {c.name: c.score for c in question.choices if c.score is not None})
    counted = answers.kinds[question.name].isin(sorted(COUNTED)).to_numpy(dtype=bool)
    given = [float(v) if isinstance(v, int | float) else np.nan for v in answers.values[question.name]]
    return np.where(counted, np.array(given, dtype=float), np.nan)


def _summed(columns: Floats, design: Design) -> Floats:
    found = np.zeros((design.cluster_count, columns.shape[1]))
    np.add.at(found, design.clusters, columns)
    return found

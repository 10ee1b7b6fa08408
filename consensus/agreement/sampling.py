"""How a survey came about, by the names of its columns, and the design of its rows that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from consensus.agreement.design import Lonely, design_of
from consensus.agreement.weighting import rake
from questionnaires.cleaning.grouping import spellings
from questionnaires.problems import ConsensusError, did_you_mean
from questionnaires.reading.text import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.agreement.design import Design
    from questionnaires.responses import Responses

Margin = tuple[str, tuple[tuple[str, float], ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sampling:
    """Who was asked: `cluster`, `stratum` and `weight` name questions, or columns beside them.

    `invited` is how many people were; `clusters` how many hospitals they are of, where nobody knows who belongs to
    which. `population` is how many clusters there are in all, by stratum where there are strata (pairs of a name and a
    number). `margins` are known totals, each a question with pairs of an answer and a number, that weights are raked
    to. `lonely` says how a stratum with one cluster counts.
    """

    cluster: str | None = None
    stratum: str | None = None
    weight: str | None = None
    invited: int | None = None
    clusters: int | None = None
    population: int | tuple[tuple[str, int], ...] | None = None
    margins: tuple[Margin, ...] = ()
    lonely: Lonely = "refuse"

    @property
    def plain(self) -> bool:
        """Whether people count as drawn one by one."""
        return not (self.cluster or self.stratum or self.weight or self.margins)

    def to_dict(self) -> dict[str, object]:
        """Return the key `sampling` of `agree --json`."""
        return {
            "cluster": self.cluster,
            "stratum": self.stratum,
            "weight": self.weight,
            "margins": [name for name, _ in self.margins],
            "invited": self.invited,
        }


def design_for(answers: Responses, sampling: Sampling) -> Design:
    """Return the design of the rows of `answers`; spellings of a cluster that differ in blanks or width are one.

    Raises ConsensusError for a column that is not there, weights that are no positive numbers, and as `design_of` and
    `rake` do.
    """
    clusters = None if sampling.cluster is None else _names(answers, sampling.cluster, "cluster")
    strata = None if sampling.stratum is None else _strata(answers, sampling.stratum)
    weights = None if sampling.weight is None else _weights(answers, sampling.weight)
    population = dict(sampling.population) if isinstance(sampling.population, tuple) else sampling.population
    design = design_of(
        len(answers.values),
        clusters=clusters,
        strata=strata,
        weights=weights,
        population=population,
        lonely=sampling.lonely,
    )
    if not sampling.margins:
        return design
    return rake(design, {name: _margin(answers, name, targets) for name, targets in sampling.margins})


def column_of(answers: Responses, name: str, what: str) -> list[object]:
    """Return a question's answers or the cells of a column beside the questions, one a row; None where empty.

    Raises ConsensusError where `name` is neither; `what` says what it was named for.
    """
    if name in answers.values:
        return [None if _absent(v) else v for v in answers.values[name]]
    if name in answers.beside:
        return [None if _absent(v) or v == "" else v for v in answers.beside[name]]
    known = [*answers.values, *answers.beside]
    hint = did_you_mean(name, known) or f"There are {', '.join(known[:7])}, ...."
    raise ConsensusError(f'{what}: "{name}" is neither a question nor a column of {answers.name}. {hint}')


def grouping_of(answers: Responses, name: str, what: str = "by") -> list[str | None]:
    """Return the group of each row by an answer, in one spelling each; None where it is missing."""
    return [None if v is None else str(v) for v in _names(answers, name, what)]


def _names(answers: Responses, name: str, what: str) -> list[object]:
    given = column_of(answers, name, what)
    if any(isinstance(v, tuple) for v in given):
        raise ConsensusError(f'{what}: "{name}" allows several answers, so people do not fall into groups by it.')
    known = spellings(str(v) for v in given if v is not None)
    return [known[key_of(str(v))][0] if v is not None and key_of(str(v)) in known else None for v in given]


def _strata(answers: Responses, name: str) -> list[object]:
    return ["not known" if v is None else v for v in _names(answers, name, "stratum")]


def _weights(answers: Responses, name: str) -> Sequence[float]:
    given = column_of(answers, name, "weight")
    numbers = pd.to_numeric(pd.Series(given, dtype=object), errors="coerce").to_numpy(dtype=float)
    wrong = [at for at, number in enumerate(numbers) if not (np.isfinite(number) and number > 0)]
    if wrong:
        where = answers.where(wrong[0], name) if name in answers.values else answers.records["address"][wrong[0]]
        raise ConsensusError(f"{where}: the weight is {given[wrong[0]]!r}. Expected a positive number for each row.")
    return [float(number) for number in numbers]


def _margin(
    answers: Responses, name: str, targets: tuple[tuple[str, float], ...]
) -> tuple[list[str], dict[str, float]]:
    given = grouping_of(answers, name, "margins")
    missing = sum(level is None for level in given)
    if missing:
        raise ConsensusError(
            f"margins: {missing} people did not answer {name}, so they can't be weighted by it. "
            "Expected an answer of each."
        )
    return [str(level) for level in given], dict(targets)


def _absent(value: object) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value))

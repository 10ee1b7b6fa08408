"""How surely criteria stand in their order of support: the probability of each rank, from joint draws of hospitals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.indicators import in_base
from consensus.agreement.resampling import FEW_CLUSTERS, ranks
from consensus.agreement.tensor import TallyTensor, tally_tensor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.design import Design
    from consensus.agreement.estimate import Coding
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

REPLICATES = 2000
WORTH = {"as_no": 0.0, "half": 0.5, "as_yes": 1.0}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """Criteria in their order of support, the highest first, and how probable each rank is for each of them.

    `n` is how many people answered any of them.
    """

    questions: tuple[str, ...]
    criteria: tuple[str, ...]
    support: tuple[float, ...]
    probabilities: tuple[tuple[float, ...], ...]
    coding: Coding
    replicates: int
    n: int = 0
    note: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the key `ranking` of `agree --json`."""
        rows = zip(self.criteria, self.questions, self.support, self.probabilities, strict=True)
        listed = [{"criterion": c, "question": q, "support": s, "probability_of_rank": list(p)} for c, q, s, p in rows]
        return {"equivocal": self.coding, "replicates": self.replicates, "criteria": listed, "note": self.note}


def ranking(
    answers: Responses, criteria: Sequence[Question], design: Design, coding: Coding, *, seed: int = 20261123
) -> Ranking | None:
    """Return the ranks of criteria that at least one person answered; None for fewer than two."""
    asked = [q for q in criteria if q.closed and not q.multiple]
    tensor = tally_tensor(answers, asked, design)
    whole = tensor.answered.sum(axis=0)
    asked = [q for q in asked if whole[tensor.columns(q.name)].max(initial=0) > 0]
    if len(asked) < 2:
        return None
    sides = _sides(tensor, asked)

    def support(counts: NDArray[np.float64], answered: NDArray[np.float64]) -> NDArray[np.float64]:
        yes, half, first = (counts @ sides[0], counts @ sides[1], answered @ sides[2])
        below = yes + counts @ sides[3] if coding == "drop" else first
        above = yes if coding == "drop" else yes + WORTH.get(coding, 0.5) * half
        return np.asarray(above / np.where(below > 0, below, np.nan))

    found = tensor.replicates(support, replicates=REPLICATES, seed=seed)
    kept = np.where(np.isnan(found.values), -np.inf, found.values)
    chance = ranks(type(found)(
        estimates=found.estimates, values=kept, left_out=found.left_out, clusters=found.clusters, seed=seed
    ))  # fmt: skip
    order = np.argsort(-np.nan_to_num(found.estimates, nan=-1.0), kind="stable")
    few = f"only {found.clusters} clusters, so the probabilities can't be relied on"
    return Ranking(
        questions=tuple(asked[at].name for at in order),
        criteria=tuple(asked[at].criterion or asked[at].name for at in order),
        support=tuple(float(np.nan_to_num(found.estimates[at])) for at in order),
        probabilities=tuple(tuple(float(p) for p in chance[at]) for at in order),
        coding=coding,
        replicates=REPLICATES,
        n=int(np.any([in_base(answers, q) for q in asked], axis=0).sum()),
        note=few if found.clusters < FEW_CLUSTERS else None,
    )


def _sides(tensor: TallyTensor, asked: Sequence[Question]) -> tuple[NDArray[np.float64], ...]:
    """Return matrices (cells x questions) that sum the votes for, equivocal ones, the base once, and votes against."""
    yes, half, base, no = (np.zeros((len(tensor.cells), len(asked))) for _ in range(4))
    for column, question in enumerate(asked):
        cells = tensor.columns(question.name)
        base[cells[0], column] = 1.0
        for cell in cells:
            worth = question.endorsement(question.choice(tensor.cells[cell][1]))
            for side, value in ((yes, 1.0), (half, 0.5), (no, 0.0)):
                side[cell, column] = float(worth == value)
    return yes, half, base, no

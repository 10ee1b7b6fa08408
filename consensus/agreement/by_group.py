"""Shares within groups of people (specialty, region), each beside a share that leans on what all have in common.

Small groups swing by chance. The shrunken share is the mean of a beta distribution fitted to all groups by its first
two moments (Kleinman 1973, JASA 68:46): a group moves to the overall share the more, the fewer people it has. It is
always called shrunken and never stands alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.counted import option_shares
from consensus.agreement.design_intervals import design_share
from consensus.agreement.estimate import Estimate, Measurement
from consensus.agreement.indicators import chosen
from consensus.agreement.tally import OptionTally, QuestionTally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.design import Design
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

SHRUNKEN = "shrunken share"


@dataclass(frozen=True, kw_only=True, slots=True)
class Grouping:
    """Groups of people by one question (or column): the group of each row, None where it is not known."""

    by: str
    of_rows: tuple[str | None, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The groups, the largest first, equal ones by name."""
        sizes = Counter(name for name in self.of_rows if name is not None)
        return tuple(sorted(sizes, key=lambda name: (-sizes[name], name)))

    @property
    def unknown(self) -> int:
        """How many people belong to no group that is known."""
        return sum(name is None for name in self.of_rows)

    def rows(self, name: str) -> NDArray[np.bool_]:
        """Return which rows belong to a group."""
        return np.array([group == name for group in self.of_rows], dtype=bool)

    def label(self, name: str) -> str:
        """Return a group as `agree --json` names it: `specialty=surgery`."""
        return f"{self.by}={name}"


def group_measurements(
    answers: Responses, question: Question, grouping: Grouping, design: Design | None, *, level: float
) -> Iterator[Measurement]:
    """Yield the shares of a question's options within each group, under the design too, and shrunken ones."""
    if not question.closed or question.name == grouping.by:
        return
    given, names = chosen(answers, question), grouping.names
    there = np.isfinite(given[:, 0]) if given.size else np.zeros(len(given), dtype=bool)
    inside = [grouping.rows(name) for name in names]
    sizes = [int((rows & there).sum()) for rows in inside]
    counts = [np.nansum(given[rows], axis=0).astype(int) for rows in inside]
    for name, rows, n, count in zip(names, inside, sizes, counts, strict=True):
        options = tuple(OptionTally(option=c.name, count=int(k)) for c, k in zip(question.choices, count, strict=True))
        counted = QuestionTally(question=question.name, options=options, answered=n)
        yield from option_shares(question, counted, "answered", level=level, group=grouping.label(name))
        if design is not None:
            yield from _under_design(given, question, grouping, name, rows, design, level)
    for at, choice in enumerate(question.choices):
        found = shrunken_shares([int(count[at]) for count in counts], sizes, level=level)
        for name, estimate, count in zip(names, found, counts, strict=True):
            yield Measurement(
                question=question.name,
                measure=SHRUNKEN,
                estimate=estimate,
                option=choice.name,
                criterion=question.criterion,
                group=grouping.label(name),
                count=int(count[at]),
            )


def shrunken_shares(counts: Sequence[int], sizes: Sequence[int], *, level: float = 0.95) -> tuple[Estimate, ...]:
    """Return each group's share leaned on all groups' with a beta prior of their moments; limits are its quantiles.

    One group with answers, and groups that differ no more than chance would have it, get the overall share: `note` says
    so. An empty group gets it too, with the prior's own spread; no answers at all give reasons.
    """
    k, n = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    total = n.sum()
    if total == 0:
        return tuple(Estimate(reason="the base is empty", level=level, method="beta-binomial", n=0) for _ in counts)
    overall = float(k.sum() / total)
    strength = _strength(k, n, overall)
    found = []
    for count, size in zip(k, n, strict=True):
        a, b = overall * strength + count, (1 - overall) * strength + size - count
        value = overall if not np.isfinite(strength) else float(a / (a + b))
        low, high = (None, None) if not np.isfinite(strength) or min(a, b) <= 0 else _quantiles(a, b, level)
        if low is not None and high is not None:
            low, high = min(low, value), max(high, value)
        note = None if low is not None else "groups differ no more than chance would have it"
        found.append(
            Estimate(value=value, low=low, high=high, level=level, method="beta-binomial", n=int(size), note=note)
        )
    return tuple(found)


def _strength(k: NDArray[np.float64], n: NDArray[np.float64], overall: float) -> float:
    """Return how many people the prior is worth, infinite where groups do not differ beyond chance."""
    k, n = k[n > 0], n[n > 0]
    if len(n) < 2 or overall in (0.0, 1.0):
        return float("inf")
    spread = float((n * (k / n - overall) ** 2).sum())
    within = overall * (1 - overall)
    typical = float(n.sum() - (n**2).sum() / n.sum())
    between = (spread - (len(n) - 1) * within) / typical
    if between <= 0:
        return float("inf")
    return max(within / between - 1, 0.5)  # never less than half a person's worth


def _quantiles(a: float, b: float, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    return float(special.betaincinv(a, b, tail)), float(special.betaincinv(a, b, 1 - tail))


def _under_design(
    given: NDArray[np.float64],
    question: Question,
    grouping: Grouping,
    name: str,
    rows: NDArray[np.bool_],
    design: Design,
    level: float,
) -> Iterator[Measurement]:
    for at, choice in enumerate(question.choices):
        yield Measurement(
            question=question.name,
            measure="share",
            estimate=design_share(given[:, at], design, subgroup=rows, level=level),
            option=choice.name,
            criterion=question.criterion,
            group=grouping.label(name),
            count=float(np.nansum(given[rows, at])),
            under="design",
        )

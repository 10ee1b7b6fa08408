"""The estimates that counts alone give: shares of each base, endorsements under each coding, numbers, consensus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from consensus.agreement.estimate import Base, Estimate, Measurement
from consensus.agreement.joint import joint_measurements
from consensus.agreement.proportions import exact_share, share
from consensus.agreement.scale_points import middle_counts
from consensus.agreement.scaled import consensus_measurements, number_measurements
from consensus.agreement.simultaneous import simultaneous_shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.agreement.tally import OptionTally, QuestionTally, Tally
    from questionnaires.instrument import Question


def counted_measurements(tally: Tally, question: Question, *, level: float, seed: int) -> Iterator[Measurement]:
    """Yield what the counts of one question say, endorsements aside."""
    counted = tally.question(question.name)
    yield from option_shares(question, counted, "answered", level=level)
    yield from _exact(question, counted, level)
    middle = middle_counts(tally, question) if question.criterion is not None else None
    if middle is not None:
        sided = {c.name for c in question.choices if c.endorses in (0, 1)}
        yield from option_shares(question, counted, "committed", level=level, only=sided)
    if counted.asked is not None and counted.answered is not None and counted.asked > counted.answered:
        yield from option_shares(question, counted, "asked", level=level)
    yield from _together(question, counted, level)
    yield from number_measurements(question, counted, level=level, seed=seed)
    if middle is not None:
        yield from consensus_measurements(question, middle, level=level, seed=seed, middle=True)


def option_shares(
    question: Question,
    counted: QuestionTally,
    base: Base,
    *,
    level: float,
    group: str | None = None,
    only: set[str] | None = None,
) -> Iterator[Measurement]:
    """Yield the share of each option (of `only` these) of a base, with Wilson limits."""
    reason = counted.reason or "the count of this answer is not published"
    for option in counted.options:
        if only is not None and option.option not in only:
            continue
        yield Measurement(
            question=question.name,
            measure="share",
            estimate=share(option.count, counted.base(base), base=base, level=level, reason=reason),
            option=option.option,
            criterion=question.criterion,
            group=group,
            count=option.count,
        )


def _exact(question: Question, counted: QuestionTally, level: float) -> Iterator[Measurement]:
    """Yield the shares of those who answered once more with Clopper and Pearson's exact limits."""
    for option in counted.options:
        if option.count is not None and counted.answered:
            yield Measurement(
                question=question.name,
                measure="exact share",
                estimate=exact_share(option.count, counted.answered, level=level),
                option=option.option,
                criterion=question.criterion,
                count=option.count,
            )


def _together(question: Question, counted: QuestionTally, level: float) -> Iterator[Measurement]:
    """Yield limits that hold for all options of a question at once; for several answers, also joint bounds."""
    known = [o for o in counted.options if o.count is not None]
    if counted.answered is None or len(known) < len(counted.options) or not counted.answered:
        return
    if question.multiple:
        yield from joint_measurements(question, counted, level=level)
        return
    if len(known) < 3 or sum(o.count or 0 for o in known) != counted.answered:
        return
    for option, estimate in zip(known, _goodman(known, level), strict=True):
        yield Measurement(
            question=question.name,
            measure="joint share",
            estimate=estimate,
            option=option.option,
            criterion=question.criterion,
            count=option.count,
        )


def _goodman(known: list[OptionTally], level: float) -> tuple[Estimate, ...]:
    found = simultaneous_shares([o.count or 0 for o in known], level=level)
    return tuple(replace(e, method=f"{e.method} over {len(known)}") for e in found)

"""Content validity of rated items: who calls each relevant, against guessing, and what that makes of a whole scale.

An item is a question of role `rating` on an ordered scale. What counts as relevant is the study's to say; without its
word 3 and 4 of four points do (Lynn 1986, Nurs Res 35:382), and of three the highest, "essential" (Lawshe 1975, Pers
Psychol 28:563). On other scales there is no such custom, and only Aiken's V (1985), which needs no cut, is given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from consensus.agreement.blocks import blocks_of
from consensus.agreement.content_validity import (
    NOBODY,
    aiken_v,
    critical_count,
    item_cvi,
    lawshe_cvr,
    modified_kappa,
    scale_cvi,
)
from consensus.agreement.estimate import Estimate, Measurement
from consensus.agreement.scale_points import scale_of
from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consensus.agreement.tally import QuestionTally, Tally
    from questionnaires.instrument import Instrument, Question

CUSTOM = {4: 2, 3: 2}  # of scales with so many points, the first that counts as relevant, by position
TOO_FEW = "not even all votes would be more than guessing"


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemValidity:
    """One item: of `experts` who rated it, `relevant` gave a point from `least` on; `estimates` by measure.

    `least` is None where the scale has no such point: then only Aiken's V is there.
    """

    question: str
    highest: float
    least: float | None
    relevant: int | None
    experts: int
    estimates: tuple[tuple[str, Estimate], ...]

    def estimate(self, measure: str) -> Estimate:
        """Return the estimate of a measure; KeyError if it is not there."""
        return dict(self.estimates)[measure]

    def rows(self) -> Iterator[Measurement]:
        """Yield the rows of `agree --json`."""
        counted = ("i-cvi", "modified kappa", "cvr")
        for measure, e in self.estimates:
            count = float(self.relevant) if measure in counted and self.relevant is not None else None
            yield Measurement(question=self.question, measure=measure, estimate=e, count=count)


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentValidity:
    """Items on one scale, and what they make together: S-CVI/Ave and S-CVI/UA (of two or more items)."""

    name: str
    items: tuple[ItemValidity, ...]
    whole: tuple[Estimate, ...] = ()

    def rows(self) -> Iterator[Measurement]:
        """Yield the rows of `agree --json`, the block's name in place of a question for the scale's own."""
        for item in self.items:
            yield from item.rows()
        first, experts = self.items[0], max(item.experts for item in self.items)
        for measure, point in (("relevant from", first.least), ("relevant to", first.highest)):
            if point is not None and first.least is not None:
                estimate = Estimate(value=point, method="point of the scale", n=experts)
                yield Measurement(question=self.name, measure=measure, estimate=estimate)
        for e in self.whole:
            yield Measurement(question=self.name, measure=e.method, estimate=replace(e, n=experts))

    def to_dict(self) -> dict[str, object]:
        """Return the row of the `content_validity` list of `agree --json`."""
        return {
            "scale": self.name,
            "relevant_from": self.items[0].least,
            "items": [{"question": i.question, "relevant": i.relevant, "experts": i.experts} for i in self.items],
            **{e.method: e.value for e in self.whole},
        }


def content_validity(
    tally: Tally, instrument: Instrument, relevant: float | None = None, *, level: float = 0.95
) -> tuple[ContentValidity, ...]:
    """Return the validity of all rated items, block by block, by counts alone; `relevant` is the lowest such point.

    Raises ConsensusError where `relevant` is the lowest point, or none, of every rating scale.
    """
    counted = {q.question: q for q in tally.questions}
    rated = [q for q in instrument.questions if q.role == "rating" and q.name in counted and len(scale_of(q)) > 1]
    if relevant is not None and not any(relevant in scale_of(q)[1:] for q in rated):
        raise ConsensusError(
            f"relevant: {relevant:g} is no point of a rating scale above its lowest. "
            "Expected the lowest rating that counts as relevant, such as 3 of 1 to 4."
        )
    blocks = {name: b.name for b in blocks_of(instrument) for name in b.questions}
    parts: dict[str, list[Question]] = {}
    for question in rated:
        parts.setdefault(blocks.get(question.name, question.name), []).append(question)
    return tuple(_whole(name, [_item(q, counted[q.name], relevant, level) for q in qs]) for name, qs in parts.items())


def _whole(name: str, items: Sequence[ItemValidity]) -> ContentValidity:
    if len(items) < 2 or any(item.relevant is None for item in items):
        return ContentValidity(name=name, items=tuple(items))
    whole = scale_cvi([item.relevant or 0 for item in items], [item.experts for item in items])
    return ContentValidity(name=name, items=tuple(items), whole=whole)


def _item(question: Question, counted: QuestionTally, relevant: float | None, level: float) -> ItemValidity:
    scale = scale_of(question)
    given = [(score, n) for score, n in counted.scores if score in scale]
    n, least = sum(n for _, n in given), _least(scale, relevant)
    mean = sum(score * n for score, n in given) / n if n else 0.0
    estimates = [("aiken v", aiken_v(mean, n, scale[0], scale[-1], level=level))]
    votes = None
    if least is not None:
        votes = sum(n for score, n in given if score >= least)
        estimates = [*_of_votes(votes, n, level), *estimates]
    return ItemValidity(
        question=question.name, highest=scale[-1], least=least, relevant=votes, experts=n, estimates=tuple(estimates)
    )


def _of_votes(votes: int, n: int, level: float) -> list[tuple[str, Estimate]]:
    index = item_cvi(votes, n, level=level) if n else Estimate(reason=NOBODY, level=level, method="wilson", n=0)
    return [
        ("i-cvi", index),
        ("modified kappa", modified_kappa(votes, n)),
        ("cvr", lawshe_cvr(votes, n)),
        ("cvr needed", _needed(n)),
    ]


def _needed(n: int) -> Estimate:
    """Return the content validity ratio of the fewest votes that guessing reaches in 5 % of the cases at most."""
    method = "exact binomial, guessing one in two"
    count = critical_count(n) if n else None
    if count is None:
        return Estimate(reason=TOO_FEW if n else NOBODY, method=method, n=n)
    return Estimate(value=2 * count / n - 1, method=method, n=n)


def _least(scale: tuple[float, ...], relevant: float | None) -> float | None:
    if relevant is not None:
        return relevant if relevant in scale[1:] else None
    return scale[CUSTOM[len(scale)]] if len(scale) in CUSTOM else None

"""Which questions stand on one scale, so that agreement can be told over all of them: criteria, blocks of ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.indicators import COUNTED_KINDS, endorsed
from consensus.agreement.ratings import MISSING, Ratings
from consensus.agreement.scale_points import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.tally import Tally
    from questionnaires.instrument import Instrument, Question
    from questionnaires.responses import Responses

CRITERIA = "criteria"
IN_BLOCKS = frozenset({"rating", "opinion", "criterion", "vignette"})
EITHER, SIDES = (0.0, 1.0), (0.0, 0.5, 1.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Two or more questions on one scale: `name`, the questions, the scale's categories, and whether these have order.

    The block `criteria` holds how far each criterion is supported: 0, 0.5 (where any question has it) and 1.
    """

    name: str
    questions: tuple[str, ...]
    categories: tuple[object, ...]
    ordered: bool


def blocks_of(instrument: Instrument) -> tuple[Block, ...]:
    """Return the blocks of an instrument, the criteria first; questions that stand alone on their scale make none."""
    found: dict[tuple[object, ...], list[Question]] = {}
    for question in instrument.questions:
        if question.role in IN_BLOCKS and not question.multiple and (question.closed or question.type == "range"):
            scale = scale_of(question)
            if not _endorses(question) and (scale or question.closed):
                key = (question.groups, question.list_name or question.parameters, question.role)
                found.setdefault(key, []).append(question)
    blocks = [_block(questions) for questions in found.values() if len(questions) > 1]
    return (*_criteria(instrument), *_distinct(blocks))


def ratings_in(answers: Responses, block: Block) -> Ratings:
    """Return who answered what in a block: questions as units, respondents as raters."""
    asked = {q.name: q for q in answers.instrument.questions}
    codes = np.stack([_codes(answers, asked[name], block) for name in block.questions])
    return Ratings(
        codes=codes,
        categories=block.categories,
        scores=scores_of(block),
        units=block.questions,
        raters=tuple(f"{at:07d}" for at in range(codes.shape[1])),
    )


def counts_in(tally: Tally, block: Block) -> NDArray[np.float64] | None:
    """Return counts of a block from printed tables, questions x categories; None where some are not known."""
    rows = []
    for name in block.questions:
        if block.name == CRITERIA:
            votes = tally.votes(name)
            if votes is None:
                return None
            given = {0.0: votes.no, 0.5: votes.equivocal, 1.0: votes.yes}
            rows.append([float(given[float(str(c))]) for c in block.categories])
            continue
        counts = [_count(tally, name, category, block) for category in block.categories]
        if any(c is None for c in counts):
            return None
        rows.append([float(c or 0) for c in counts])
    return np.array(rows, dtype=float)


def scores_of(block: Block) -> tuple[float, ...]:
    """Return the numbers that a block's categories stand for, their ranks where they are words."""
    if all(isinstance(c, int | float) for c in block.categories):
        return tuple(float(str(c)) for c in block.categories)
    return tuple(float(at) for at in range(1, len(block.categories) + 1))


def _count(tally: Tally, name: str, category: object, block: Block) -> int | None:
    if not block.ordered:
        return tally.question(name).count(str(category))
    question = tally.instrument.question(name)
    counts = [tally.question(name).count(c.name) for c in question.choices if c.score == category]
    return None if any(c is None for c in counts) else sum(c or 0 for c in counts)


def _endorses(question: Question) -> bool:
    return question.role == "criterion" and question.criterion is not None and question.closed


def _criteria(instrument: Instrument) -> Iterator[Block]:
    asked = [q for q in instrument.questions if _endorses(q) and not q.multiple]
    told = [q for q in asked if any(q.endorsement(c) is not None for c in q.choices)]
    if len(told) < 2:
        return
    halves = any(q.endorsement(c) == 0.5 for q in told for c in q.choices)
    scale = SIDES if halves else EITHER
    yield Block(name=CRITERIA, questions=tuple(q.name for q in told), categories=scale, ordered=True)


def _block(questions: Sequence[Question]) -> Block:
    first, scale = questions[0], scale_of(questions[0])
    name = first.groups[-1] if first.groups else first.list_name or first.role or ""
    words = tuple(c.name for c in first.choices if c.missing is None)
    ordered = len(scale) > 1 and (not first.closed or len(scale) == len(words))
    categories: tuple[object, ...] = scale if ordered else words
    return Block(name=name, questions=tuple(q.name for q in questions), categories=categories, ordered=ordered)


def _distinct(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks with names of their own: a second one of a name is told by its first question."""
    seen = {CRITERIA}
    for block in blocks:
        name = block.name if block.name not in seen else f"{block.name}: {block.questions[0]}"
        seen.add(name)
        yield Block(name=name, questions=block.questions, categories=block.categories, ordered=block.ordered)


def _codes(answers: Responses, question: Question, block: Block) -> NDArray[np.int64]:
    place: dict[object, int] = {category: at for at, category in enumerate(block.categories)}
    if block.name == CRITERIA:
        worth = endorsed(answers, question)
        sided = np.isin(worth, [float(str(c)) for c in block.categories]) & has_side(answers, question)
        return np.where(sided, np.searchsorted(np.array(block.categories, dtype=float), worth), MISSING).astype(
            np.int64
        )
    values: Sequence[object] = list(answers.values[question.name])
    if question.closed and block.ordered:
        scores = {c.name: c.score for c in question.choices}
        values = [scores.get(v) if isinstance(v, str) else None for v in values]
    codes = np.array([place.get(v, MISSING) if v is not None else MISSING for v in values], dtype=np.int64)
    counted = np.asarray(answers.kinds[question.name].isin(COUNTED_KINDS), dtype=bool)
    return np.where(counted, codes, MISSING)


def has_side(answers: Responses, question: Question) -> NDArray[np.bool_]:
    """Return who gave an answer that speaks for, against or between: not opted out, not blank."""
    sided = {c.name for c in question.choices if question.endorsement(c) is not None}
    return np.array([v in sided for v in answers.values[question.name]], dtype=bool)

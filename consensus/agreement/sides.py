"""How the answers to a question part into for, undecided and against; ratings that share a scale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.agreement.tally import QuestionTally, Tally
    from questionnaires.instrument import Question

ON_SCALE, ASIDE = ("against", "equivocal", "for"), ("rest", "opted_out")
SIDES = (*ON_SCALE, *ASIDE)
RANGE = re.compile(r"start=(-?\d+).*?end=(-?\d+)(?:.*?step=(\d+))?")
LEAST = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Parted:
    """The answers to one question by side; `counts` has each side that somebody is on.

    Sides are those towards the question's criterion (`of_criterion`), else towards its own sentence. `rest` is what
    printed counts leave over: it may hold any other answer, so it takes no side; `opted_out` are answers without one.
    """

    question: str
    of_criterion: bool
    counts: tuple[tuple[str, int], ...]

    @property
    def n(self) -> int:
        """How many answers there are."""
        return sum(count for _, count in self.counts)

    def to_dict(self) -> dict[str, object]:
        """Return the question's row of `sides` in `agree --json`."""
        given = dict(self.counts)
        told = "criterion" if self.of_criterion else "question"
        return {"question": self.question, "towards": told, "n": self.n} | {side: given.get(side, 0) for side in SIDES}


def sides_of(tally: Tally) -> tuple[Parted, ...]:
    """Return how the answers to each criterion and opinion part, as far as their counts are known and take sides."""
    found = []
    for counted in tally.questions:
        question = tally.instrument.question(counted.question)
        if question.role in ("criterion", "opinion") and not question.multiple:
            parted = _parted(question, counted)
            found += [parted] if parted is not None else []
    return tuple(found)


def _parted(question: Question, counted: QuestionTally) -> Parted | None:
    of_criterion = question.role == "criterion" and question.criterion is not None
    parts: dict[str, int] = {}
    sided = False
    for option in counted.options:
        if option.count is None:
            return None
        choice = question.choice(option.option)
        worth = question.endorsement(choice) if of_criterion else choice.endorses
        side = {1.0: "for", 0.5: "equivocal", 0.0: "against", None: "opted_out"}.get(worth, "opted_out")
        sided = sided or (side != "opted_out" and not option.complement)
        side = "rest" if option.complement else side
        parts[side] = parts.get(side, 0) + option.count
    if not sided or not counted.answered:
        return None
    return Parted(question=question.name, of_criterion=of_criterion, counts=tuple(parts.items()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """The levels of a scale from the lowest, and the answers that are no part of it."""

    levels: tuple[str, ...]
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingBlock:
    """Ratings on one scale: for each question its counts by level and by answers aside."""

    scale: Scale
    questions: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

    def to_dict(self) -> dict[str, object]:
        """Return the block as `ratings` of `agree --json` has it."""
        return {
            "levels": list(self.scale.levels),
            "aside": list(self.scale.aside),
            "questions": [
                {"question": name, "n": sum(n for _, n in counts), "counts": dict(counts)}
                for name, counts in self.questions
            ],
        }


def rating_blocks(tally: Tally) -> tuple[RatingBlock, ...]:
    """Return the ratings by scale, each scale that at least two ratings with an answer share."""
    blocks: dict[Scale, list[tuple[str, tuple[tuple[str, int], ...]]]] = {}
    for question in tally.instrument.questions_of("rating"):
        scale = rating_scale(question)
        counts = _counts(tally, question)
        if scale is not None and any(n for _, n in counts):
            every = (*scale.levels, *scale.aside)
            blocks.setdefault(scale, []).append((question.name, tuple(pair for pair in counts if pair[0] in every)))
    return tuple(RatingBlock(scale=s, questions=tuple(q)) for s, q in blocks.items() if len(q) >= LEAST)


def rating_scale(question: Question) -> Scale | None:
    """Return the scale of a rating: the range that it is asked on, or its options with a score; None without one."""
    if question.closed:
        scored = sorted((c.score, c.name) for c in question.choices if c.score is not None)
        levels = tuple(name for _, name in scored)
        aside = tuple(c.name for c in question.choices if c.name not in levels)
        return Scale(levels=levels, aside=aside) if len(levels) > 2 else None
    found = RANGE.search(question.parameters)
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return Scale(levels=tuple(str(level) for level in range(int(found[1]), int(found[2]) + 1, int(found[3] or 1))))


def _counts(tally: Tally, question: Question) -> tuple[tuple[str, int], ...]:
    try:
        counted = tally.question(question.name)
    except KeyError:
        return ()
    if question.closed:
        return tuple((o.option, o.count or 0) for o in counted.options)
    return tuple((f"{score:g}", n) for score, n in counted.scores)

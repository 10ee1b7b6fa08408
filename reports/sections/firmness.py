"""How firm a verdict is: the fewest votes that would change it, toward the side that is stronger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Bullets, Prose
from reports.sections.question import against_text, support_text

if TYPE_CHECKING:
    from consensus.rules.flips import Flip
    from consensus.rules.verdict import RuleVerdict
    from questionnaires.instrument import Question
    from reports.document import Block
    from reports.material import Material

SHOWN = 3


def firmness(material: Material, question: Question, verdicts: list[RuleVerdict]) -> list[Block]:
    """Return one sentence a verdict with the votes that would change it."""
    say = material.words.firmness
    lines = [text for verdict in verdicts if (text := firmness_of(material, question, verdict))]
    return [Prose(text=say.LEAD), Bullets(items=tuple(lines))] if lines else [Prose(text=say.NONE)]


def firmness_of(material: Material, question: Question, verdict: RuleVerdict) -> str:
    """Return how far one verdict is from turning, in a sentence; empty where nothing turns it."""
    say, flips = material.words.firmness, verdict.flips
    if not flips or verdict.votes is None or verdict.against is None:
        return ""
    if verdict.outcome in ("in", "out"):
        share = support_text(material, verdict) if verdict.outcome == "in" else against_text(verdict)
        return str(say.undone(verdict.coding, verdict.outcome, share, _moves(material, question, verdict, flips)))
    if verdict.rule.threshold is None:
        return str(say.changed(verdict.coding, verdict.outcome, _moves(material, question, verdict, flips)))
    side = "out" if verdict.against >= verdict.votes else "in"
    toward = tuple(flip for flip in flips if flip.becomes == side)
    if not toward:
        side = flips[0].becomes
        toward = tuple(flip for flip in flips if flip.becomes == side)
    share = support_text(material, verdict) if side == "in" else against_text(verdict)
    threshold = numbers_told.threshold(verdict.rule)
    moves = _moves(material, question, verdict, toward)
    return str(say.short(verdict.coding, verdict.outcome, side, share, threshold, moves))


def _moves(material: Material, question: Question, verdict: RuleVerdict, flips: tuple[Flip, ...]) -> list[str]:
    say = material.words.firmness
    cheapest = sorted(flips, key=lambda flip: flip.votes)[:SHOWN]
    return [
        say.move(
            say.votes(flip.votes, numbers_told.number(numbers_told.flipped(verdict, flip))),
            material.option(question, flip.from_option),
            material.option(question, flip.to_option),
        )
        for flip in cheapest
    ]

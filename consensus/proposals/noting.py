"""Where the numbers in a proposal's terms are from, as notes of its definition: question, median, who accepts it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from consensus.proposals.forms import DAYS, RISE, TIMES
from questionnaires.instrument import Labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.proposals.parameters import ParameterVote
    from consensus.proposals.proposal import Proposal
    from questionnaires.instrument import Instrument

OF_ALL = ("thresholded", "weighted", "atlas", "vignettes")
UNITS = {
    TIMES: ("{} times", "{}次"),
    DAYS: ("within {} days", "{}天内"),
    "viable_percent": ("more than {} percent viable", "存活超过{}%"),
    RISE: ("a rise by {} percent or more", "升高{}%或以上"),
}


def with_notes(proposal: Proposal, parameters: Sequence[ParameterVote], instrument: Instrument) -> Proposal:
    """Return a proposal whose definition notes the votes behind each number in its terms.

    A school's numbers are its own and not those of all, so they get no such note.
    """
    made = proposal.definition
    if made is None or proposal.kind not in OF_ALL:
        return proposal
    notes = tuple(_note(p, instrument) for p in numbers_in(proposal, parameters))
    return replace(proposal, definition=replace(made, notes=(*made.notes, *notes)))


def numbers_in(proposal: Proposal, parameters: Sequence[ParameterVote]) -> tuple[ParameterVote, ...]:
    """Return the numbers that are in the terms of a proposal, in the order of its terms."""
    terms = proposal.definition.terms if proposal.definition is not None else ()
    if proposal.kind not in OF_ALL:
        return ()
    return tuple(p for term in terms for p in parameters if p.in_term and p.criterion == term.id)


def _note(p: ParameterVote, instrument: Instrument) -> Labels:
    n = sum(times for _, times in p.counts)
    accept = round((p.accepts.value or 0) * n)
    english, chinese = UNITS.get(p.unit, (f"{p.unit} {{}}", f"{p.unit} {{}}"))
    number = f"{p.chosen:g}"
    criterion, question = instrument.criterion(p.criterion).label, instrument.question(p.question).label
    return Labels(
        (
            (
                "en",
                f"{criterion.text('en')}: {english.format(number)} is the median of the {n} numbers given to "
                f"“{question.text('en')}”; "
                f"{accept} of {n} accept it.",
            ),
            (
                "zh",
                f"{criterion.text('zh')}：{chinese.format(number)}，为“{question.text('zh')}”所得{n}个数值的中位数；"
                f"{n}人中{accept}人可接受。",
            ),
        )
    )

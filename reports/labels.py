"""English labels of an instrument and those of another language: what a sentence of a lower layer quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from questionnaires.instrument import Instrument


def labels_of(instrument: Instrument, language: str) -> dict[str, str]:
    """Return the labels of criteria, questions and answers by their English ones."""
    labels = [c.label for c in instrument.criteria] + [q.label for q in instrument.questions]
    labels += [choice.label for q in instrument.questions for choice in q.choices]
    return {str(label): label.text(language) for label in labels if str(label)}

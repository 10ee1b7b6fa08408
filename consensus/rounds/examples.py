"""The example of a template is no panelist and no statement: it is refused until one's own stand in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consensus.rounds.sheet import Row
    from questionnaires.instrument import Instrument

EXAMPLE = "EXAMPLE"


def refuse_examples(rows: Iterable[Row], column: str, what: str) -> None:
    """Raise ConsensusError where the example of a template still stands among the rows."""
    for row in rows:
        if row.text(column).upper().startswith(EXAMPLE):
            raise ConsensusError(
                f"{row.where(column)}: {row.text(column)} is the template's example. Expected {what} of your own there."
            )


def refuse_example_questions(form: Instrument, name: str) -> None:
    """Raise ConsensusError where a question of the template's form is still in a form."""
    for question in form.questions:
        if any(text.upper().startswith(EXAMPLE) for _, text in question.label.texts):
            raise ConsensusError(
                f'{name}: {question.name} asks "{question.label}", the template\'s example. Expected one of your own '
                "there."
            )

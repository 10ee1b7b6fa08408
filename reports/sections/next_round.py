"""What the next round should ask. Absent where nothing hangs in the balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import proposal_numbers as told
from reports.document import Column, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from reports.material import Material


def next_round(material: Material) -> Section | None:
    """Return a row for each thing to ask; None without proposals."""
    found = material.proposals
    if found is None or found.nothing or not found.criteria:
        return None
    say = material.words.space
    if not found.next_round:
        return Section(id="next-round", title=say.NEXT_TITLE, blocks=(Prose(text=say.NOTHING_OPEN),))
    rows = []
    for at, ask in enumerate(found.next_round, start=1):
        share, votes = (
            told.percent(material, "next_round", at, "share"),
            told.number(material, "next_round", at, "votes"),
        )
        about = material.words.certainty.AND.join(material.criterion(name) for name in ask.criteria)
        if ask.why == "number" and ask.question is not None:
            about = material.question(ask.question)
        rows.append(
            (
                text_cell(about),
                text_cell(say.asked(ask.why, share, votes, told.percent(material, "next_round", at, "tips"))),
            )
        )
    columns = (Column(header=say.ASK, head=True), Column(header=say.WHY))
    table = Table(id="next-round", caption=say.NEXT_CAPTION, columns=columns, rows=tuple(rows))
    return Section(id="next-round", title=say.NEXT_TITLE, blocks=(table,))

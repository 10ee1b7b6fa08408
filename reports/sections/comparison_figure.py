"""The figure of a comparison with an earlier survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Figure
from reports.frames import rows_of as frame_rows

if TYPE_CHECKING:
    from reports.earlier import Earlier
    from reports.material import Material


def figure(material: Material, earlier: Earlier) -> Figure:
    """Return shares then and now, one row a shared answer."""
    from reports.figures.then_and_now import draw_then_and_now, then_and_now_data
    from reports.sections.comparison import rows_of

    say, words = material.words.comparison, material.words.survey
    data = then_and_now_data(earlier.comparison)
    asked = [(material.question(r.question), material.option(r.question, r.option)) for r in frame_rows(data)]
    labels = [say.figure_label(question, option) for question, option in asked]
    texts = {
        "axis": say.FIGURE_AXIS,
        "now": say.NOW,
        "then": say.THEN,
        "difference": say.FIGURE_DIFFERENCE,
        "to": f" {words.TO} ",
    }
    compared = [a for a in earlier.comparison.answers if a.difference.value is not None]
    said = [
        say.figure_row(label, *(numbers_told.percent(row) for row in rows_of(earlier, answer)[:2]))
        for label, answer in zip(labels, compared, strict=True)
    ]
    return Figure(
        id=f"then-and-now-{earlier.name}",
        title=say.FIGURE_TITLE,
        description=material.words.page.sentences(said),
        caption=say.FIGURE_CAPTION,
        draw=lambda: draw_then_and_now(data, labels, texts),
    )

"""Each figure of a document drawn once, however many writers show it, as SVG and as PNG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.figures.canvas import to_png, to_svg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.figure import Figure as Drawing

    from reports.document import Figure

DPI = 200


class Pictures:
    """The drawings of a document's figures, made when first asked for.

    `instead` are figures that PNG takes in place of those of their id, where this machine can't draw their letters.
    """

    def __init__(self, instead: Iterable[Figure] = ()) -> None:
        self._drawn: dict[str, Drawing] = {}
        self._instead = {figure.id: figure for figure in instead}

    def svg(self, figure: Figure) -> str:
        """Return the figure for a page, with its title and description."""
        return to_svg(self._drawing(figure), prefix=figure.id, title=figure.title, description=figure.description)

    def png(self, figure: Figure) -> tuple[bytes, float, float]:
        """Return the figure as PNG with its width and height in inches."""
        other = self._instead.get(figure.id)
        drawing = self._drawing(figure) if other is None else other.draw()
        width, height = drawing.get_size_inches()
        return to_png(drawing, dpi=DPI), float(width), float(height)

    def _drawing(self, figure: Figure) -> Drawing:
        if figure.id not in self._drawn:
            self._drawn[figure.id] = figure.draw()
        return self._drawn[figure.id]

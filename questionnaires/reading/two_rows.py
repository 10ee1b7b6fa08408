"""Headers over two rows: a question above the first of its columns, and what each column holds below it."""

from __future__ import annotations

from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import Column
from questionnaires.reading.text import is_empty, key_of, shown

WHOLE = frozenset({"response", "open-ended response", ""})


def has_second_row(grid: Grid, top: int) -> bool:
    """Return whether the row below a header row belongs to the header.

    So it is where header cells are merged sideways, and where texts stand below empty header cells and nothing below
    the first header.
    """
    if top + 1 >= len(grid.rows):
        return False
    if any(first == top and right > left for first, left, _, right in grid.merged):
        return True
    above, below = grid.rows[top], grid.rows[top + 1]
    under = [c for at, c in enumerate(below) if is_empty(grid.cell(top, at)) and not is_empty(c)]
    named = not is_empty(grid.cell(top, 0)) and is_empty(grid.cell(top + 1, 0))
    return named and len(above) > 1 and bool(under) and all(isinstance(c, str) and not _is_number(c) for c in under)


def _is_number(text: str) -> bool:
    return text.strip().lstrip("-").replace(".", "", 1).isdigit()


def two_row_columns(grid: Grid, top: int) -> tuple[Column, ...]:
    """Return a column for each header; the text above holds until the next one, the text below is an option or item."""
    columns: list[Column] = []
    question = ""
    for position in range(grid.width):
        above, below = shown(grid.cell(top, position)), shown(grid.cell(top + 1, position))
        question = above if above.strip() else question
        if question.strip():
            option = None if key_of(below) in WHOLE else below
            columns.append(Column(position=position, header=question, ids=(), texts=(question,), option=option))
    return tuple(columns)

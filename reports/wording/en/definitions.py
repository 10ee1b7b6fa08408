"""Sentences about what definitions ask for, and about the cells that would settle unknown verdicts."""

from __future__ import annotations

TITLE = "What each definition asks for"
MATRIX_CAPTION = "The criteria side by side"
MATRIX_NOTE = "An empty cell: the definition does not ask for it."
CRITERION = "Criterion"
LOOKED_FOR = "Looked for: "
EXPLICITLY_NOT = "Explicitly not a part of it:"
READ_AS = "How its ambiguous parts were understood here:"
NOTES = "What has to be known of its text:"
WARNING = "Off by default, used because it was asked for by name: "

WORKLIST_TITLE = "What is worth looking up"
WORKLIST_CAPTION = "Empty cells that alone can settle unknown verdicts, by column"
COLUMN = "Column of the records"
CELLS = "Cells"
SETTLES = "Verdicts that they can settle"


def lettered(letter: str, title: str) -> str:
    """Return the heading of a definition's column in the matrix, explained below it."""
    return f"{letter}: {title}"


def worklist_lead(cells: str, verdicts: str) -> str:
    """Return how far the records could be completed, the numbers as texts."""
    return (
        f"Filling {cells} single cells can settle up to {verdicts} unknown verdicts: for each there is a value that would decide. The sheet "
        "worklist of scores.xlsx names every cell with its patient, most useful first."
    )

"""Sentences about this survey beside an earlier one."""

from __future__ import annotations

from collections.abc import Sequence

FRAMES_CAPTION = "Whom each survey asked"
NOW = "This survey"
THEN = "Earlier survey"
SURVEY = "Survey"
PEOPLE = "People who answered"
INVITED = "People invited"
ELIGIBLE = "Who was analyzed"
KIND = "Data"
REMARKS = "Remarks"
UNKNOWN = "not known"
ANSWERS_CAPTION = "Shared items side by side, n/N (%)"
SHEET_HEADERS = ("Count now", "Base now", "Count then", "Base then", "Difference in points")
DIFFERENCE = "Now less then, points"
INTERVAL = "95% interval"
METHOD = (
    "Differences are in percentage points with 95% limits by Newcombe's method 10 (from the Wilson limits of both shares). They take the "
    "people of the two surveys as different and independent; whoever answered both counts twice."
)
READ_WITH_CARE = (
    "A difference between two surveys is not a change of mind: other people were asked, in another way, and partly in other words. "
    "Limits that leave out zero only say that chance among such people would hardly make so large a difference."
)
SAME_WORDING = "All shared items were worded alike, with the same answers."
WORDINGS_CAPTION = "Where the wording or the answers differ"
WORDING_HEADERS = ("Question now", "Answers now", "Question then", "Answers then")
RECONSTRUCTED_MARK = "*"
RECONSTRUCTED = "* Wording reconstructed from the published result; the original question was not read in print."
FIGURE_TITLE = "Shared items then and now"
FIGURE_AXIS = "Share of those who answered"
FIGURE_DIFFERENCE = "Difference in points [95% interval]"
FIGURE_CAPTION = "Open circles are the earlier survey, filled diamonds this one; the line between them is the difference, told at the right."


def lead(title: str) -> str:
    """Return what the section sets side by side."""
    return f"Items of this survey that are the same as items of \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}, side by side. First, whom each of the two asked:"


def nothing_shared(title: str, survey: str) -> str:
    """Return that no item is shared, and how one would be marked."""
    return (
        f"No item of this survey is marked as the same as one of \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}. "
        f"Items are marked in the column same_as of the instrument, as in {survey}:QUESTION."
    )


def eligible(conditions: Sequence[str]) -> str:
    """Return who was analyzed."""
    return f"those for whom {' and '.join(conditions)}" if conditions else "everyone who answered"


def kind(synthetic: bool, printed: bool) -> str:
    """Return what kind of data a survey is known by."""
    known = "printed counts" if printed else "single answers"
    return f"SYNTHETIC {known}" if synthetic else known


def uncounted(question: str, why: str) -> str:
    """Return why a shared item is not in the table."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{question}\N{RIGHT DOUBLE QUOTATION MARK} is not in the table: {why}."


def routed(question: str, condition: str) -> str:
    """Return of whom the percentages of a routed question are."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{question}\N{RIGHT DOUBLE QUOTATION MARK} was asked only of those who had answered {condition}."


def options(labels: Sequence[str]) -> str:
    """Return the answers that could be given."""
    return "; ".join(labels)


def figure_label(question: str, answer: str) -> str:
    """Return the label of one answer of one question."""
    return f"{question} \N{EN DASH} {answer}"


def figure_row(label: str, now: str, then: str) -> str:
    """Return one row of the figure in words."""
    return f"{label}: {then} then, {now} now."

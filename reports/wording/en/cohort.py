"""Sentences about patients scored by definitions."""

from __future__ import annotations

from collections.abc import Sequence

NO_BREAK = "\N{NO-BREAK SPACE}"
VERDICTS = {"met": "met", "not_met": "not met", "unknown": "unknown"}
COUNTS_CAPTION = "Patients by definition, n/N (%)"
PATIENTS_TITLE = "Patients by definition: met, unknown, not met"
PATIENTS_AXIS = "Patients"
PATIENTS_CAPTION = (
    "Unknown is not the same as not met: something that the definition needs was not recorded, so it can't be told. "
    "Nothing was guessed."
)
RECLASSIFIED_TITLE = "Who is judged differently"
RECLASSIFIED_CAPTION = "Patients whom the definition of the row calls met and that of the column not met"
RECLASSIFIED_NOTE = "Patients whose verdict is unknown by one of the two are not counted here."
CAUSES_TITLE = "Why verdicts are unknown"
CAUSES_CAPTION = "What was missing in unknown verdicts, commonest first"
CAUSES_LEAD = "A verdict is unknown where the records leave it open. One patient can lack several things."
WINDOW_TITLE = "Definitions that say when the imaging must be"
BASELINE = (
    "A date of failure must not be used as if it had been known at the start: whoever lives longer has more time to fail. "
    "\N{LEFT DOUBLE QUOTATION MARK}Ever failed\N{RIGHT DOUBLE QUOTATION MARK} must not serve as a baseline covariate in a survival analysis."
)

DEFINITION = "Definition"
MISSING = "What was missing (column of the records)"
MET_BY = "Met by"
NOT_MET_BY = "Not met by"
SAME = "\N{EN DASH}"


STANDING = {
    "verified": "its text was read in print",
    "recalled": "its text is recalled, not read in print",
    "derived": "derived from votes by this study",
    "choice": "a choice of the study",
    "example": "an example",
}


def marked_recalled(title: str) -> str:
    """Return the title of a definition whose text was not read in print, marked."""
    return f"{title} [recalled]"


def source(cite: str, standing: str) -> str:
    """Return where a definition comes from and how sure its text is."""
    return f"Source: {cite} ({standing})."


def counts_row(title: str, met: str, unknown: str, not_met: str) -> str:
    """Return one row of the figure in words."""
    return f"{title}: {met} met, {unknown} unknown, {not_met} not met."


def patients(number: int, shown: str) -> str:
    """Return a number of patients, `shown` as text."""
    return f"{shown}{NO_BREAK}patient{'' if number == 1 else 's'}"


def sessions(number: int, shown: str, word: str) -> str:
    """Return a number of sessions, called what the condition calls them: "courses of inhaled therapy"."""
    noun, of, rest = word.partition(" of ")
    return f"{shown}{NO_BREAK}{noun}{'' if number == 1 else 's'}{of}{rest}"


def definitions(number: int, shown: str) -> str:
    """Return a number of definitions, `shown` as text."""
    return f"{shown}{NO_BREAK}definition{'' if number == 1 else 's'}"


def lead(patients: str, sessions: str, definitions: str, synthetic: bool) -> str:
    """Return what was scored."""
    invented = (
        " They are SYNTHETIC: made up to show what a report says, and no evidence about any definition."
        if synthetic
        else ""
    )
    verb = "was" if definitions.endswith("definition") else "were"
    return f"{definitions} {verb} applied to the courses of {patients} ({sessions}).{invented}"


def window(assessment: str, own: Sequence[tuple[str, str]]) -> str:
    """Return why some definitions have a row of their own without their window: (title, window in words)."""
    stated = "; ".join(f"{title}: {days}" for title, days in own)
    return (
        f"A definition may say when the {assessment} that judges a session must be ({stated}). Those without a second row state no such "
        "window. Part of a difference can come from that alone, so the second row shows the counts with the window lifted."
    )


def column(called: str, name: str) -> str:
    """Return a column by its name."""
    return called if called == name else f"{called} ({name})"


def missing(columns: Sequence[str], reason: str) -> str:
    """Return which column is missing, or why a recorded one doesn't tell."""
    return " or ".join(columns) + (f" ({reason})" if reason else "")


def days(value: str) -> str:
    """Return a window that has no words of its own."""
    return f"{value.replace('-', ' to ')} days after the session"


def without_window(title: str) -> str:
    """Return the label of a definition counted without its window."""
    return f"{title}, window lifted"

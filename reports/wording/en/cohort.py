"""Sentences about patients scored by definitions."""

from __future__ import annotations

VERDICTS = {"met": "met", "not_met": "not met", "unknown": "unknown"}
COUNTS_CAPTION = "Patients by definition"
PATIENTS_TITLE = "Patients by definition: met, unknown, not met"
PATIENTS_AXIS = "Patients"
PATIENTS_CAPTION = (
    "Unknown is not the same as not met: something that the definition needs was not recorded, so it can't be told. "
    "Nothing was guessed."
)
RECLASSIFIED_TITLE = "Who is judged differently"
RECLASSIFIED_CAPTION = "Patients whom the definition of the row calls met and that of the column not met"
CAUSES_TITLE = "Why verdicts are unknown"
CAUSES_CAPTION = "What was missing in unknown verdicts, commonest first"
CAUSES_LEAD = "A verdict is unknown where the records leave it open. One patient can lack several things."
WINDOW_TITLE = "Definitions that say when the imaging must be"
BASELINE = (
    "A date of failure must not be used as if it had been known at the start: whoever lives longer has more time to fail. "
    "\N{LEFT DOUBLE QUOTATION MARK}Ever failed\N{RIGHT DOUBLE QUOTATION MARK} must not serve as a baseline covariate in a survival analysis."
)

DEFINITION = "Definition"
DEFINITIONS_TITLE = "What each definition asks for"
MISSING = "What was missing"
MET_BY = "Met by"
NOT_MET_BY = "Not met by"
SAME = "\N{EN DASH}"


def source(cite: str, standing: str) -> str:
    """Return where a definition comes from and how sure its text is."""
    return f"Source: {cite} ({standing})."


def counts_row(title: str, met: int, unknown: int, not_met: int) -> str:
    """Return one row of the figure in words."""
    return f"{title}: {met} met, {unknown} unknown, {not_met} not met."


def lead(patients: str, sessions: str, definitions: str, synthetic: bool) -> str:
    """Return what was scored."""
    invented = (
        " They are SYNTHETIC: made up to show what a report says, and no evidence about any definition."
        if synthetic
        else ""
    )
    return f"{definitions} were applied to the courses of {patients} ({sessions}).{invented}"


def counts(title: str, met: str, unknown: str) -> str:
    """Return the counts of one definition."""
    return f"{title}: met by {met}, unknown in {unknown}."


def window(own: str) -> str:
    """Return why some definitions have a row of their own without their window."""
    return (
        f"Some definitions count a response only if its imaging lies in a window after the session ({own}); others state none. Part of a "
        "difference can come from that alone, so their counts without a window stand beside them."
    )


def without_window(title: str) -> str:
    """Return the label of a definition counted without its window."""
    return f"{title}, without its window"

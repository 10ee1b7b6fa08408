"""Sentences about who fails by which definition, and about one patient's course."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "Who fails by which definition"
TOGETHER_TITLE = "Patients by the definitions that they meet"
TOGETHER_COUNT = "Patients who meet exactly these"
TOGETHER_SIZES = "Patients who meet it at all"
COURSE_TITLE = "One patient's course under each definition"
COURSE_CAPTION = (
    "Each line is a definition. Filled circles are sessions that showed what it asks for, open ones did not, and a question mark is what the "
    "records leave open. The thick line joins the sessions that decided, the diamond is the day on which the definition was met."
)
MARKS = {
    "yes": "decided",
    "other": "finding there",
    "no": "not there",
    "open": "not recorded",
    "met": "definition met",
}


def together_caption(rest: str) -> str:
    """Return what the figure of combinations shows; `rest` patients have one that is not shown, empty for none."""
    left = f" Another {rest} patients have rarer combinations, which are not shown." if rest else ""
    return (
        "Each column is one combination of definitions, its bar how many patients meet exactly these. A definition without its dot is not "
        f"met, or unknown.{left}"
    )


def combination(definitions: Sequence[str], share: str) -> str:
    """Return one combination in words."""
    return f"{' and '.join(definitions) if definitions else 'None of the definitions'}: {share}."


def course_lead(patient: str) -> str:
    """Return why this course is shown; `patient` is empty where the name must not be told."""
    named = f" It is patient {patient} of the sample." if patient else ""
    return f"This is the course on which the definitions differ most.{named} Days count from the first session."


def axis(session: str) -> str:
    """Return the name of the time axis."""
    return f"Days from the first {session}"


def met_at(session: str, days: str) -> str:
    """Return where a definition was met."""
    return f"session {session}, day {days}"


def course_row(definition: str, verdict: str) -> str:
    """Return one line of the timeline in words."""
    return f"{definition}: {verdict}."

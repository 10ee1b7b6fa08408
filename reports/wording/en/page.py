"""What the page says around its sections: titles, marks, contents."""

from __future__ import annotations

CONTENTS = "Contents"
TABLE = "Table"
FIGURE = "Figure"
DATA_BEHIND = "The numbers behind this figure"
SCROLL = "Scroll sideways to see all of it"
FOOTER = (
    "Made by clinical-consensus. No output of this software is medical advice: it tells what people answered and what a definition "
    "says of records, not what to do for a patient."
)
BETWEEN = " "
LIST = "; "
STOP = "."

NO_FIGURE = "The figure \N{LEFT DOUBLE QUOTATION MARK}{figure}\N{RIGHT DOUBLE QUOTATION MARK} is left out, for it would show masked numbers."
MASKED = "masked"
TABLE_LEFT_OUT = "The table \N{LEFT DOUBLE QUOTATION MARK}{table}\N{RIGHT DOUBLE QUOTATION MARK} is left out, for each of its numbers is small or would let a small one be worked out."
SENTENCES_LEFT_OUT = "Sentences with numbers that are small, or would let a small one be worked out, are left out here."
SECTION_LEFT_OUT = "This part is left out, for what it says of other ways to count would narrow down masked numbers."
SINGLE_LEFT_OUT = "The list is left out, for each of its rows is about single people."
SUMMARY = "Summary"
RESPONDENTS = "Who was asked and who answered"
CRITERIA = "What was agreed, criterion by criterion"
OVERVIEW = "All criteria against the rule"
OTHERS = "What else was asked"
PROPOSALS = "The definitions that follow"
LEFT_OUT = "Votes that became no term"
TREATMENTS = "What people would do next"
COMPARISON = "Beside an earlier survey"
COHORT = "The definitions on patients"
DATA = "What the data are like"
PROBLEMS = "What was found in the files"
METHODS = "How the numbers were made"
LIMITATIONS = "What these numbers can't tell"
CHECKLISTS = "Reporting checklists"
PROVENANCE = "Where the numbers come from"
NUMBERS = "Every number"
NUMBERS_LEAD = (
    "Each number of this report is a row of numbers.csv, which lies beside it, and each number in its sentences links to that row here. "
    "Shares go from 0 to 1 and are not rounded."
)
NUMBERS_CAPTION = "The numbers that this report shows"
NUMBERS_HEADERS = ("Number", "Value", "Low", "High", "Base", "n", "Method")


def title(study_title: str) -> str:
    """Return the report's title."""
    return study_title


def heading(text: str) -> str:
    """Return a word as the heading of a column."""
    return text[:1].upper() + text[1:]


def continued(title: str) -> str:
    """Return the title of a further part of a figure."""
    return f"{title} (continued)"


def pair(what: str, value: str) -> str:
    """Return a thing with its value."""
    return f"{what}: {value}"


def caption_after(text: str) -> str:
    """Return a caption as it follows its number: *Table 1*. Text."""
    return f". {text}"


def subtitle(has_survey: bool, has_cohort: bool) -> str:
    """Return the line under the title."""
    if has_survey and has_cohort:
        return "What clinicians agreed on, which definition follows, and what it says of patients"
    return (
        "What clinicians agreed on and which definition follows"
        if has_survey
        else "What each definition says of patients"
    )


def mark(survey: str | None, patients: str | None, survey_synthetic: bool, patients_synthetic: bool) -> str | None:
    """Return the first line of a report in which anything is synthetic, naming what is and what is not."""
    invented = None if patients is None else f"the {patients} sample patients are invented"
    if survey_synthetic and patients_synthetic and patients is not None:
        return f"SYNTHETIC: the answers are made up, and {invented}. Nothing here is a finding about people."
    if survey_synthetic:
        return "SYNTHETIC: the answers are made up. Nothing here is a finding about what clinicians think."
    if patients_synthetic and invented is not None:
        kept = f" The counts of the survey are as {survey}." if survey is not None else ""
        return f"SYNTHETIC patients: {invented} and stand for no one.{kept}"
    return None


MARKED_BY_TITLE = "SYNTHETIC: the study names its data synthetic. Nothing here is a finding about people."
PUBLISHED = "published"
ANSWERED = "answered"

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(year: int, month: int, day: int) -> str:
    """Return a date."""
    return f"{day} {MONTHS[month - 1]} {year}"


def sentences(parts: list[str]) -> str:
    """Return sentences as one text."""
    return BETWEEN.join(parts)


def masked_note(least: str) -> str:
    """Return that small cells are masked; `least` people are enough to be shown."""
    return (
        f"Numbers of fewer than {least} people or patients, but not 0, are masked in this report, and so is what would let such a number be worked "
        "out. How many answered each question is shown, also where it tells that a few left it out."
    )


def files_left_out(names: tuple[str, ...]) -> str:
    """Return which files are not written beside a report with masked numbers."""
    text = f"Not written beside the report, because they tell of single people or would tell masked numbers: {', '.join(names)}."
    if "scores.xlsx" in names:
        text += " consensus score with --out writes the verdicts on single patients, for those who may see them."
    return text

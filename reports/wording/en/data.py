"""Sentences about the respondents' characteristics, missing answers, corrections, and the codebook."""

from __future__ import annotations

CHARACTERISTICS = "Characteristics of the respondents"
CHARACTERISTIC, VALUE = "Characteristic", "n/N (%) or median (quartiles)"
NUMBER, BASE, PERCENT = "n", "N", "%"
MEDIAN, MISSING_ROW, GROUPS = "median (quartiles), range", "not answered", "different names"
CHARACTERISTICS_NOTE = "Percentages are of those who answered the question; numbers as median with quartiles (type 7)."
GROUPS_NOTE = "Names were typed by hand. Names that corrections.csv joins count as one."
MISSING = "What was not answered"
MISSING_LEAD = "Asked are all to whom a question was shown. Missing is what was asked and not answered; an answer such as don't know is an answer."
NOTHING_MISSING = "Each question was answered by everybody who was asked."
MISSING_CAPTION = "Missing answers by question, of the analyzed"
MISSING_HEADERS = ("Question", "Asked", "Answered", "Missing, n/N (%)")
KINDS = {
    "blank": "Left blank",
    "not_reached": "Not reached",
    "invalid": "Not readable",
    "lost": "Lost in the file",
    "unknown": "Not known why",
    "not_shown": "Not shown",
    "dont_know": "Don't know",
    "refused": "Rather not say",
    "not_applicable": "Doesn't apply",
    "recused": "Recused",
    "withdrawn": "Withdrawn",
}
CORRECTIONS = "What was corrected"
CORRECTIONS_CAPTION = "Every row of corrections.csv that took effect"
CORRECTIONS_HEADERS = (
    "Line",
    "Row of the file",
    "Question",
    "Action",
    "As it was",
    "As it is now",
    "Reason",
    "By",
    "Date",
)
ACTIONS = {"exclude": "left out", "set": "answer set", "merge_group": "names joined"}
FLAGS = "What was looked at"
FLAGS_LEAD = "A flag leaves nobody out: only a row of corrections.csv or the rule of who is eligible does."
FLAGS_CAPTION = "Flags of the answers as they were sent"
FLAGS_HEADERS = ("Flag", "Rows", "Definition")
FLAG_NAMES = {
    "test entry": "test entry",
    "same person": "same person again",
    "same answers": "same answers throughout",
    "speeding": "too fast",
    "straight line": "one answer to a whole block",
    "attention": "attention question missed",
    "answered though not shown": "answered though not shown",
    "not readable": "cell that is no answer",
}
FLAG_DEFINITIONS = {
    "test entry": "a free text, a name or a group says that the entry is a test, or the platform marks it as a preview",
    "same person": (
        "the identifier, or the account that the platform recorded, stands in an earlier row as well; names that name "
        "nobody and addresses, which colleagues share, don't count"
    ),
    "same answers": (
        "every answer equals those of an earlier row, where less than one such pair in 100 is to be expected by chance "
        "if answers are independent"
    ),
    "speeding": (
        "less than a third of the median time, or less than two seconds an answer; not judged with fewer than ten "
        "known times"
    ),
    "straight line": "one answer to all of at least five questions that stand together with the same options",
    "attention": "another answer to an attention question than the one it asks for",
    "answered though not shown": "an answer to a question that the routing did not show; it is not counted",
    "not readable": "a cell that is no answer to its question or is out of range; it counts as missing",
}
CODEBOOK = "Codebook"
CODEBOOK_LEAD = "Every question with its name in the data, its options, and how they count."
CODEBOOK_CAPTION = "Questions and options"
CODEBOOK_HEADERS = ("Name", "Question", "Kind", "Option", "In words", "Counts as", "Asked if")
WORTH = {1.0: "agrees", 0.5: "equivocal", 0.0: "does not agree"}
TYPES = {
    "select_one": "one option",
    "select_multiple": "several options",
    "rank": "ranking",
    "integer": "whole number",
    "decimal": "number",
    "range": "scale",
    "text": "text",
    "date": "date",
    "dateTime": "date and time",
    "time": "time",
    "calculate": "calculated",
    "note": "note",
    "file": "file",
    "image": "picture",
}


def corrected(people: str, answers: str, names: str) -> str:
    """Return how many people were left out, answers set and names joined."""
    return f"Left out: {people}. Answers set: {answers}. Spellings of names joined: {names}."


def finished(share: str) -> str:
    """Return how many of those who opened the form came to its end."""
    return f"Of all who sent or began the form, {share} came to its end, as the survey platform recorded it."


def number_worth(score: str) -> str:
    """Return an option that stands for a number."""
    return f"the number {score}"


def median(middle: str, low: str, high: str, least: str, most: str) -> str:
    """Return median, quartiles and range."""
    return f"{middle} ({low} to {high}), {least} to {most}"
